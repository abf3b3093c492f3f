package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// examination is one thing that doctor looks at. State is "passed", "warning", "failed" or "unknown".
type examination struct {
	ID      string       `json:"id"`
	State   string       `json:"state"`
	Detail  string       `json:"detail"`
	Problem *jsonProblem `json:"problem"`
	raw     *connector.Problem
}

const doctorExample = `  pcc doctor
  pcc doctor --json`

func (p *program) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: p.t("cli.doctor.short"), Long: p.t("cli.doctor.long"), Example: doctorExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			e, err := p.engine()
			if err != nil {
				return err
			}
			found := p.examine(cmd.Context(), e)
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			return p.showExaminations(found, e)
		},
	}
}

func (p *program) examine(ctx context.Context, e *engine.Engine) []examination {
	found := []examination{p.examineElevated(e), p.examineKeychain(ctx, e), p.examineBrowsers(ctx, e), p.examineDisk(e)}
	found = append(found, p.examinePolicy(e)...)
	found = append(found, p.examinePreset(e))
	if len(e.Clouds) > 0 {
		found = append(found, p.examineProxy(ctx, e))
	}
	return append(found, p.examineClouds(ctx, e)...)
}

// examineProxy says how the first cloud's sign-in service is reached, and who decided that.
func (p *program) examineProxy(ctx context.Context, e *engine.Engine) examination {
	host := signInHost(e.Clouds)
	found := proxy.Find(ctx, host)
	x := p.finding("proxy", nil, say("cli.doctor.proxy."+string(found.Source), "Host", host, "Address", found.Address, "Variable", found.Variable, "Script", found.Script))
	if found.Source.Doubtful() {
		x.State = string(connector.CheckWarning)
	}
	return x
}

// signInHost is that of the cloud that is used: the last one of a clouds file, else the first one there is.
func signInHost(all []auth.Cloud) string {
	for i, c := range slices.Backward(all) {
		if c.FromFile || i == 0 {
			return strings.TrimPrefix(c.Login, "https://")
		}
	}
	return ""
}

func (p *program) finding(id string, problem *connector.Problem, detail view.Text) examination {
	x := examination{ID: id, State: string(connector.CheckPassed), Detail: detail.Render(p.tr)}
	if problem != nil {
		j := p.jsonOf(problem)
		x.State, x.Detail, x.Problem, x.raw = string(connector.CheckFailed), "", &j, problem
	}
	return x
}

func (p *program) examineElevated(e *engine.Engine) examination {
	if e.Ports.Browsers.Elevated() {
		problem := &connector.Problem{Kind: connector.KindElevated, Actor: connector.ActorYou, At: time.Now()}
		x := p.finding("elevation", problem, view.Text{})
		x.State = string(connector.CheckWarning)
		return x
	}
	return p.finding("elevation", nil, say("cli.doctor.not-elevated"))
}

func (p *program) examineKeychain(ctx context.Context, e *engine.Engine) examination {
	problem := problems.Of(e.Ports.Vault.Test(ctx), time.Now())
	return p.finding("keychain", problem, say("cli.doctor.keychain"))
}

func (p *program) examineBrowsers(ctx context.Context, e *engine.Engine) examination {
	all, err := e.Ports.Browsers.Installed(ctx)
	lines, offered := []string{}, false
	for _, b := range all {
		if len(b.Modes()) > 0 || len(b.PolicyFrom) > 0 {
			lines = append(lines, p.browserLine(b))
		}
		offered = offered || len(b.Modes()) > 0
	}
	said := say("cli.said", "Text", strings.Join(lines, "; "))
	if offered {
		x := p.finding("browsers", nil, said)
		if modes := all[0].Modes(); len(modes) == 0 || modes[0] != browser.ModePrivate {
			x.State = string(connector.CheckWarning)
		}
		return x
	}
	problem := &connector.Problem{Kind: connector.KindNoBrowser, Actor: connector.ActorYou, At: time.Now()}
	if err != nil {
		problem.Raw = err.Error()
	}
	x := p.finding("browsers", problem, view.Text{})
	if len(lines) > 0 {
		x.Detail = said.Render(p.tr)
	}
	// A copied link still works: a warning, no failure.
	x.State = string(connector.CheckWarning)
	return x
}

// browserLine names a browser, and the policies that forbid a window of it.
func (p *program) browserLine(b browser.Browser) string {
	key := "cli.doctor.browser"
	switch {
	case len(b.PolicyFrom) == 0:
	case len(b.Modes()) == 0:
		key += "-profile"
	default:
		key += "-" + string(b.Policy)
	}
	return p.tr.Text(key, map[string]any{"Name": b.Name, "ID": b.ID, "From": strings.Join(b.PolicyFrom, ", ")})
}

func (p *program) examineDisk(e *engine.Engine) examination {
	all, err := e.Keeper().List()
	if err == nil {
		_, err = e.Ports.Store.Drafts()
	}
	return p.finding("lists", problems.Of(err, time.Now()), say("cli.doctor.lists", "Path", e.Store.Dir(), "Number", len(all)))
}

func (p *program) examineClouds(ctx context.Context, e *engine.Engine) []examination {
	found := []examination{}
	var offset time.Duration
	known := false
	for _, r := range e.Directory.Reach(ctx) {
		known = known || r.TimeKnown
		if r.Offset.Abs() > offset.Abs() {
			offset = r.Offset
		}
		problem := problems.Of(r.Err, time.Now())
		cloud, _ := auth.FindCloud(e.Clouds, r.Cloud)
		if problem != nil {
			problem.With("Hosts", strings.Join(cloud.Hosts(), ", "))
		}
		x := p.finding(networkID+r.Cloud, problem, say("cli.doctor.cloud", "Host", strings.TrimPrefix(cloud.Login, "https://")))
		if problem != nil && mayBeBlocked(e.Clouds, r.Cloud) {
			x.State = string(connector.CheckWarning)
		}
		found = append(found, x)
	}
	return append(found, p.examineClock(offset, known))
}

// mayBeBlocked reports whether a cloud need not be reached: most partners use the global one, and who gave a clouds file uses those in it.
func mayBeBlocked(all []auth.Cloud, name string) bool {
	return slices.ContainsFunc(all, func(c auth.Cloud) bool { return c.Name == name && name != "global" && !c.FromFile })
}

func (p *program) examineClock(offset time.Duration, known bool) examination {
	if !known {
		return examination{ID: "clock", State: string(connector.CheckUnknown), Detail: p.t("cli.doctor.clock-unknown")}
	}
	problem := problems.OfClock(offset, time.Now())
	return p.finding("clock", problem, say("cli.doctor.clock", "Offset", offset.Abs().Round(time.Second).String()))
}

func (p *program) showExaminations(found []examination, e *engine.Engine) error {
	code := ExitFine
	for _, x := range found {
		if x.State == string(connector.CheckFailed) {
			code = graver(code, codeOf(x.raw))
		}
	}
	if p.json {
		p.print(map[string]any{"examinations": found, "preset": jsonOfPreset(e.Ports.Preset), "policy": p.jsonOfPolicy(e), "exitCode": code})
	} else {
		for _, x := range found {
			p.showExamination(x)
		}
	}
	if code != ExitFine {
		return &exitError{code: code, shown: true}
	}
	return nil
}

func (p *program) showExamination(x examination) {
	row := view.CheckRow{State: connector.CheckState(x.State), Title: p.examinationTitle(x.ID), Word: say("check-state." + x.State)}
	for line := range strings.Lines(x.Detail) {
		row.Evidence = append(row.Evidence, say("cli.said", "Text", strings.TrimSuffix(line, "\n")))
	}
	if x.raw != nil {
		card := view.ProblemCard(x.raw)
		row.Problem = &card
	}
	p.write(p.Out, p.outWidth(), p.checkLines(row))
}

const networkID = "network-"

func (p *program) examinationTitle(id string) view.Text {
	if cloud, ok := strings.CutPrefix(id, networkID); ok {
		return say("cli.doctor.network", "Cloud", cloud)
	}
	return say("cli.doctor." + id + "-title")
}
