package report

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"partner-center-connector/connector/view"
)

// JSON is the report for programs.
func (r Report) JSON() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(r) // plain strings always encode
	return out.Bytes()
}

// Text is the report for people, in Markdown that reads as plain text does.
func (r Report) Text(tr view.Translator) string {
	p := page{tr: tr}
	p.line("# " + p.say("report.title"))
	p.line("")
	p.line(p.say("report.about"))
	p.section("report.program")
	p.facts(
		"report.made", r.Made, "report.version", r.Program.Version, "report.commit", r.Program.Commit, "report.modified", p.changed(r.Program), "report.go", r.Program.Go+" "+r.Program.OS+"/"+r.Program.Arch,
		"report.system", joined(r.System.Name, r.System.Version, r.System.Kernel), "report.desktop", joined(r.System.Desktop, r.System.Session),
		"report.elevated", p.yes(r.System.Elevated), "report.keychain", r.Keychain, "report.proxy", joined(r.Proxies...), "report.preset", p.yes(r.Preset),
		"report.preset-problem", told(r.PresetProblem), "report.settings", joined(
			r.Settings.Language, r.Settings.Theme, r.Settings.AdminBrowser, r.Settings.UserBrowser),
		"report.notify", r.Settings.Notify, "report.level", r.Settings.Log,
	)
	p.browsers(r.Browsers)
	p.schedule(r.Schedule)
	p.problems(r)
	p.connectors(r)
	p.drafts(r.Drafts)
	p.log(r.Log)
	return p.String()
}

// page is the report as it is being written.
type page struct {
	strings.Builder
	tr view.Translator
}

func (p *page) say(key string) string { return p.tr.Text(key, nil) }

func (p *page) line(text string) { _, _ = p.WriteString(text + "\n") }

func (p *page) section(key string) { p.line("\n## " + p.say(key) + "\n") }

// changed says it of a program whose files differed from its commit; of others there is nothing to say.
func (p *page) changed(of Program) string {
	if !of.Modified {
		return ""
	}
	return p.yes(true)
}

// facts writes pairs of a label's key and a value; without those that are empty.
func (p *page) facts(pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			p.line("- " + p.say(pairs[i]) + ": " + pairs[i+1])
		}
	}
}

func (p *page) yes(is bool) string {
	if is {
		return p.say("common.yes")
	}
	return p.say("common.no")
}

func (p *page) browsers(all []Browser) {
	p.section("report.browsers")
	for _, b := range all {
		line := "- " + joined(b.ID, b.Family, b.Packaging, b.Policy, joined(b.Policies...))
		if b.Default {
			line += " (" + p.say("report.default") + ")"
		}
		p.line(line)
	}
	p.none(len(all))
}

// none says that a section has nothing in it.
func (p *page) none(count int) {
	if count == 0 {
		p.line(p.say("report.none"))
	}
}

func (p *page) schedule(s Schedule) {
	p.section("report.schedule")
	if s.Kind == "" {
		p.none(0)
		return
	}
	p.facts("report.schedule-kind", s.Kind, "report.installed", p.yes(s.Installed), "report.active", p.yes(s.Active), "report.next", s.Next,
		"report.last", s.Last, "report.problem", s.LastProblem)
	if s.Changed > 0 {
		p.facts("report.changed", strconv.Itoa(s.Changed))
	}
	if s.Last != "" {
		p.facts("report.exit-code", strconv.Itoa(s.LastExitCode), "report.counts",
			strconv.Itoa(s.LastChecked)+" / "+strconv.Itoa(s.LastSkipped)+" / "+strconv.Itoa(s.LastFailed))
	}
}

func (p *page) problems(r Report) {
	p.section("report.problems")
	for _, one := range r.Shown {
		p.line("- " + told(&one))
	}
	p.facts("report.list", told(r.ListProblem))
	if r.ListProblem == nil {
		p.none(len(r.Shown))
	}
}

func (p *page) connectors(r Report) {
	p.section("report.connectors")
	p.line(p.tr.Text("report.connectors.count", map[string]any{"Shown": len(r.Connectors), "Count": r.Count}))
	for _, c := range r.Connectors {
		p.line("\n### " + c.ID + "\n")
		p.facts(
			"report.health", c.Health, "report.origin", c.Origin, "report.tenant", joined(c.TenantID, c.Cloud), "report.client", joined(c.ClientID, c.ClientKind),
			"report.role", c.Role, "report.admin-consent", c.AdminConsent, "report.scopes", joined(c.Scopes...), "report.saved", c.Saved,
			"report.consented", c.Consented, "report.refreshed", c.Refreshed, "report.checked", c.Checked, "report.secret-expires", c.SecretExpires,
		)
		if c.Copies > 0 {
			p.facts("report.copies", strconv.Itoa(c.Copies))
		}
		for _, one := range c.Checks {
			p.line("- " + joined(one.ID+": "+one.State, one.At, told(one.Problem)))
		}
		p.history(c.History)
	}
}

func (p *page) history(all []Past) {
	if len(all) == 0 {
		return
	}
	p.line("\n" + p.say("report.history") + "\n")
	for _, e := range all {
		scheduled := ""
		if e.Scheduled {
			scheduled = p.say("report.scheduled")
		}
		p.line("- " + joined(e.From, e.To, e.What, e.Health, e.Problem, "×"+strconv.Itoa(e.Count), scheduled))
	}
}

func (p *page) drafts(all []Draft) {
	p.section("report.drafts")
	for _, d := range all {
		p.line("- " + joined(d.ID, d.Page, d.TenantID, d.Cloud, joined(d.ClientID, d.ClientKind), d.Created))
	}
	p.none(len(all))
}

// log writes the lines indented, so that nothing in them is taken for Markdown.
func (p *page) log(lines []string) {
	p.section("report.log")
	for _, line := range lines {
		p.line("    " + line)
	}
	p.none(len(lines))
}

// told is a problem in one line; empty for none.
func told(p *Problem) string {
	if p == nil {
		return ""
	}
	return joined(p.Kind, p.Code, p.OAuth, p.Suberror, p.Actor, p.CorrelationID, p.TraceID, p.At)
}

// joined are the parts that are not empty.
func joined(parts ...string) string {
	kept := []string{}
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", ")
}
