package cli_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/view/viewtest"
)

// everyday is what the commands print where all is well, from the first connector to none.
func (o *outputs) everyday() {
	w := newWorld(o.t, "good")
	o.add("connect", w.connect("--json"))
	o.add("connect", w.connect("--json", "--name", "Second", "--admin-consent", "other-person"))
	o.run(w, "list")
	o.run(w, "check", "Practice")
	o.run(w, "status", "Practice")
	o.run(w, "token", "Practice", "--resource", "graph")
	o.run(w, "renew", "Practice")
	o.run(w, "rename", "Practice", "Practice")
	o.run(w, "record", "Practice")
	o.run(w, "registration", "--tenant", w.facts.Domain, "-o", w.path("registration.sh"))
	o.run(w, "report")
	o.run(w, "doctor")
	o.run(w, "explain", "AADSTS65001")
	o.run(w, "version")
	w.build = viewtest.Build
	o.run(w, "version")
	o.run(w, "report")
	o.run(w, "version", "--licenses")
	o.run(w, "schema")
	o.run(w, "remove", "--draft", "Second", "--yes")
	o.run(w, "remove", "Practice", "--yes")
	o.run(w, "remove", "--all", "--yes")
	o.run(w, "rehearse", "--list-scenarios")
	o.add("rehearse", newWorld(o.t, "good").served("--json", "--scenario", "certificate-unknown"))
	o.add("rehearse", newWorld(o.t, "good").served("--json", "--scenario", "secret-expired"))
}

// badDays is what they print where something goes wrong.
func (o *outputs) badDays() {
	w := newWorld(o.t, "good")
	for name := range o.schemas {
		if name != "error" {
			o.run(w, name, "--no-such-flag")
		}
	}
	w.mustConnect()
	w.play("later-revoked")
	w.clock.forward(2 * time.Hour)
	o.run(w, "token", "Practice")
	o.run(w, "check", "Practice")
	o.run(w, "check", "--all", "--if-older", "20h")
	o.run(w, "status")
	o.run(w, "record", "Practice")
	o.run(w, "report")
	w.keychain.err = errors.New("the keychain is broken")
	o.run(w, "check", "Practice")
	o.run(w, "doctor")
	w.keychain.err = nil
	o.run(w, "status", "Practice")
	w.play("later-app-deleted")
	o.run(w, "token", "Practice")
	o.run(w, "check", "Practice")
	for _, scenario := range []string{"app-unknown", "no-mfa"} {
		o.add("connect", newWorld(o.t, scenario).connect("--json"))
	}
	w.play("good")
	o.add("connect", w.runWith("", w.connectArgs("--name", "Third", "--certificate", w.write("bad.pem", "no PEM"), "--client-kind", "certificate", "--json")...))
	practice := w.onlyID()
	if err := w.mustOpen().Ports.Store.PutDraft(connector.Draft{ID: "renews-" + practice, Step: connector.StepUser, Created: w.clock.Now(), Renews: practice}); err != nil {
		o.t.Fatal(err)
	}
	o.run(w, "list")
	o.run(w, "report")
	w.setUpElsewhere("Practice")
	o.newer = true
	o.run(w, "list")
	o.run(w, "check", "--all")
	o.newer = false
	w.damage("connectors/"+practice+".json", `{"format": 3, "added": 1, "connector": {`)
	w.damage("drafts.json", "{")
	for _, command := range []string{"list", "status", "report"} {
		o.run(w, command)
	}
	o.run(w, "check", "--all")
}

// stopped is what a run of several checks prints that somebody has stopped.
func (o *outputs) stopped() {
	w := newWorld(o.t, "good")
	w.mustConnect()
	ctx, stop := context.WithCancel(o.t.Context())
	stop()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	code := cli.Main(ctx, w.host("", out, errs), w.args([]string{"check", "--all", "--json"}))
	if code != cli.ExitFailed {
		o.t.Errorf("check --all, stopped: exit code %d", code)
	}
	o.add("check", result{code, out.String(), errs.String()})
}

// vaults is what they print of a credential that goes to a key vault and comes back.
func (o *outputs) vaults() {
	w := handedWorld(o.t)
	at := []string{"--vault", w.vault("contoso"), "--json"}
	handover := append([]string{"handover", "keyvault", "Practice", "--yes", "--with-secret"}, at...)
	o.add("handover", w.run(append(handover, "--dry-run")...))
	o.add("handover", w.run(handover...))
	o.add("list", w.run("list", "--json"))
	o.add("record", w.run("record", "Practice", "--json"))
	o.add("token", w.server("token", "--vault", w.vault("contoso"), "--json", "--clouds", w.path("clouds.toml"), "practice"))
	o.add("handover", w.run("handover", "keyvault", "Practice", "--yes", "--move", "--vault", w.vault("contoso"), "--json"))
	o.run(w, "list")
	o.run(w, "check", "Practice")
	o.run(w, "takeback", "Practice")
	o.run(w, "status", "Practice")
}

// links is what they print of the two links of another product.
func (o *outputs) links() {
	w := newWorld(o.t, "links-good")
	w.browsers.closing = true
	file := w.write("links.eml", w.makeLinks().mail())
	o.add("connect", w.run(w.linkArgs("--from-link", file, "--json")...))
	o.run(w, "list")
	o.add("connect", w.run(w.linkArgs("--from-link", file, "--reported", "admin", "--json")...))
	o.run(w, "connect", "--resume", "--reported", "user")
	o.run(w, "connect", "--resume", "--reported", "saved")
	o.run(w, "record", "Kept")
	o.run(w, "check", "--all")
	w = newWorld(o.t, "good")
	w.mustConnect()
	w.keepElsewhere("Kept", func(c *connector.Connector) {
		now := w.clock.Now()
		c.Links.Finished, c.Links.Remind = now, connector.DayOf(now)
		for _, kind := range []link.Kind{link.Admin, link.User} {
			*c.Links = c.Links.With(kind, func(l *connector.ProductLink) {
				l.Started, l.Ended, l.Private, l.Browser = now, now, true, "Firefox"
			})
		}
	})
	o.run(w, "status", "Kept")
	w.keepElsewhere("Kept", func(c *connector.Connector) { c.User.UPN = "" })
	o.run(w, "status", "Kept")
}

// computer is what they print about the computer: the daily check, the preset.
func (o *outputs) computer() {
	w := newWorld(o.t, "good")
	s := &schedules{plan: practicePlan, now: connector.Schedule{
		Next: w.clock.Now(), Changed: []string{"/home/me/check.timer"},
		Last: connector.ScheduledRun{At: w.clock.Now(), ExitCode: 1, Problem: connector.KindKeychainLocked},
	}}
	s.plan.BusMissing = "/run/user/1000/bus"
	w.schedules = s
	o.run(w, "schedule", "install", "--yes")
	o.run(w, "schedule", "status")
	o.run(w, "report")
	s.now.Last = connector.ScheduledRun{At: w.clock.Now()}
	o.run(w, "schedule", "status")
	o.run(w, "schedule", "remove", "--yes")
	s.now.Last = connector.ScheduledRun{}
	o.run(w, "schedule", "status")
	for range 2 {
		o.run(w, "schedule", "install", "--yes")
		s.now.Last = connector.ScheduledRun{At: w.clock.Now()}
	}
	w.facts.ClientKind = "secret"
	o.add("connect", w.connect("--secret-expires", "2027-11-30", "--json"))
	if err := w.mustOpen().Ports.Store.ChangeSettings(func(connector.Settings) connector.Settings {
		return connector.Settings{
			Language: "de", Theme: connector.ThemeDark, AdminBrowser: practiceBrowser.ID, UserBrowser: practiceBrowser.ID,
			Notify: connector.NotifyOff, Log: connector.LogDebug,
		}
	}); err != nil {
		o.t.Fatal(err)
	}
	w.publicPreset()
	o.run(w, "doctor")
	o.add("doctor", w.under(connector.Policy{Places: []string{"/etc/policy.toml"}, Values: []connector.PolicyValue{
		{Name: "allowed-clouds", List: []string{"global"}, From: "/etc/policy.toml", Locked: true}, {Name: "theme", Text: "dark", From: "/etc/policy.toml"},
	}}, "doctor", "--json"))
	path := w.withPreset(`role = "sales-agent"`, `scopes = ["`+auth.ScopePartnerBilling+`"]`)
	second := o.t.TempDir()
	if text := w.read(path); os.WriteFile(filepath.Join(second, preset.FileName), []byte(text), 0o600) != nil {
		o.t.Fatal("there is no second preset")
	}
	w.presets = append(w.presets, preset.Place{Dir: second})
	o.run(w, "doctor")
	w.withPreset("role = ")
	o.run(w, "report")
}

// files are documents whose parts no practice cloud brings about at once. Tests of other packages hold that the program makes them.
func (o *outputs) files() {
	for command, folder := range map[string]string{"record": "record", "report": "report"} {
		found, err := filepath.Glob(filepath.Join("..", "connector", folder, "testdata", "*.json"))
		if err != nil || len(found) == 0 {
			o.t.Errorf("%s: %v", folder, err)
		}
		for _, file := range found {
			text, err := os.ReadFile(file)
			if err != nil {
				o.t.Error(err)
			}
			o.add(command, result{out: string(text)})
		}
	}
}
