package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/connector/preset"
)

// withPreset puts a preset where the world's program looks for one, and returns its path.
func (w *world) withPreset(lines ...string) string {
	w.t.Helper()
	dir := w.path("preset")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(dir, preset.FileName)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.presets = []preset.Place{{Dir: dir}}
	return path
}

// publicPreset gives the practice cloud's public app registration, and wants it locked.
func (w *world) publicPreset() string {
	return w.withPreset(
		`product = "Fabrikam Billing"`, `support = "https://support.fabrikam.example"`, `client-id = "`+w.facts.Clients.Public+`"`,
		`kind = "public"`, `redirect-path = "/consent"`, `scopes = ["GroupMember.Read.All"]`, `locked = ["client-id", "kind", "scopes"]`,
		"[links]", `name = "Fabrikam Links"`)
}

// few are the flags that are left to give.
func (w *world) few(more ...string) []string {
	return append([]string{"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--yes"}, more...)
}

func TestConnectTakesThePreset(t *testing.T) {
	w := newWorld(t, "good")
	path := w.publicPreset()
	r := w.run(w.few()...)
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	got := w.list().Connectors[0]
	if got["clientId"] != w.facts.Clients.Public || got["clientKind"] != "public" {
		t.Errorf("%v", got)
	}
	if want := words("cli.preset.from", "Path", path); !strings.Contains(r.err, want) {
		t.Errorf("%q does not stand in\n%s", want, r.err)
	}
}

func TestFlagsAndThePreset(t *testing.T) {
	cases := []struct {
		name string
		kept bool
		args []string
		// locked is the field that is refused; empty where the flag wins. kind and id are what is saved then.
		locked, kind string
		groups       bool
	}{
		{"the same values", true, []string{"--client-kind", "public", "--with-groups", "--redirect-path", "/other"}, "", "public", true},
		{"another client ID", true, []string{"--client-id", "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"}, "field.client-id", "", false},
		{"another kind", true, []string{"--client-kind", "certificate"}, "field.kind", "", false},
		{"a client secret", true, []string{"--secret-stdin"}, "field.kind", "", false},
		{"fewer permissions", true, []string{"--with-groups=false"}, "field.with-groups", "", false},
		{"not locked", false, []string{"--client-id", "SECRET", "--secret-stdin", "--with-groups=false"}, "", "secret", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, "good")
			path := w.publicPreset()
			w.kept = c.kept
			args := slices.Clone(c.args)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "SECRET", w.facts.Clients.Secret)
			}
			if c.kind == "" && slices.Contains(args, "certificate") {
				args = append(args, w.credentialArgs("certificate")...)
			}
			r := w.runWith(w.facts.ClientSecret+"\n", w.few(args...)...)
			if c.locked != "" {
				want := words("cli.error.preset-locked", "Path", path, "Field", words(c.locked))
				if r.code != cli.ExitUsage || !strings.Contains(r.err, want) || len(w.list().Drafts) != 0 {
					t.Errorf("exit code %d, drafts %v\n%s\nwant\n%s", r.code, w.list().Drafts, r.err, want)
				}
				return
			}
			if strings.Contains(strings.Join(args, " "), "/other") {
				// The practice app registration has no such redirect URI: the flag did win.
				if r.code == cli.ExitFine || !strings.Contains(r.err, "/other") {
					t.Errorf("exit code %d\n%s", r.code, r.err)
				}
				return
			}
			if r.code != cli.ExitFine {
				t.Fatalf("exit code %d\n%s", r.code, r.err)
			}
			if got := w.list().Connectors[0]; got["clientKind"] != c.kind || got["clientId"] != w.facts.Clients.Secret {
				t.Errorf("%v", got)
			}
		})
	}
}

// TestRegistrationBesideAPreset holds that a script which the preset makes needless says so, and never looks for the publisher's registration.
func TestRegistrationBesideAPreset(t *testing.T) {
	w := newWorld(t, "good")
	path := w.withPreset(`client-id = "` + w.facts.Clients.Public + `"`)
	said := "The preset " + path + " gives its publisher's app registration " + w.facts.Clients.Public + ", which needs no script. This makes your own.\n"
	r := w.run("registration")
	if r.code != cli.ExitFine || strings.Join(strings.Fields(r.err), " ") != strings.TrimSpace(said) || strings.Contains(r.out, w.facts.Clients.Public) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// What the preset gives is not missing; what it does not give still is.
func TestWhatIsStillMissingBesideAPreset(t *testing.T) {
	cases := map[string]struct {
		preset []string
		want   string
	}{
		"nothing given":  {nil, "--client-id, --certificate | --secret-stdin | --client-kind public."},
		"client ID only": {[]string{`client-id = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"`}, "missing: --certificate | --secret-stdin | --client-kind public."},
		"a certificate":  {[]string{`client-id = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"`, `kind = "certificate"`}, "missing: --certificate."},
		"a secret":       {[]string{`kind = "secret"`}, "missing: --client-id, --secret-stdin."},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "good")
			if c.preset != nil {
				w.withPreset(c.preset...)
			}
			r := w.run(w.few()...)
			if got := strings.Join(strings.Fields(r.err), " "); r.code != cli.ExitUsage || !strings.Contains(got, c.want) {
				t.Errorf("exit code %d\n%s", r.code, r.err)
			}
		})
	}
}

func TestConversationAsksForNothingThatThePresetGives(t *testing.T) {
	w := newWorld(t, "good")
	w.publicPreset()
	w.kept = true
	r := w.sit(slices.Concat(w.pages1to3(), []step{
		see("Page 4 of 7"), see("From the preset"), see(w.facts.Clients.Public),
		answer(words("field.name")+" [rehearsal.example]:", "Practice"),
		see("For use with Fabrikam Billing"),
	}, consents(), []step{see(" * 1  " + words("page.check.save")), enter()}), "connect")
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	for _, asked := range []string{words("field.for"), words("field.client-id") + ":", words("field.redirect-path") + " [", words("field.with-groups") + " ["} {
		if strings.Contains(r.err, "\n"+asked) {
			t.Errorf("%q was asked for", asked)
		}
	}
}

func TestABadPresetStopsNothing(t *testing.T) {
	w := newWorld(t, "good")
	path := w.withPreset(`product = "Fabrikam"`, `client-secret = "s3cr3t-value"`)
	r := w.connect()
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	for _, want := range []string{path + ":2: client-secret", "The preset " + path, "Line 2: The key client-secret is not allowed."} {
		if !strings.Contains(strings.Join(strings.Fields(r.err), " "), want) {
			t.Errorf("%q does not stand in\n%s", want, r.err)
		}
	}
	doctor := w.run("doctor")
	if doctor.code != cli.ExitFine || !strings.Contains(doctor.out, path+":2: client-secret") {
		t.Errorf("exit code %d\n%s", doctor.code, doctor.out)
	}
	if all := r.out + r.err + doctor.out; strings.Contains(all, "s3cr3t") || strings.Contains(all, "For use with Fabrikam") {
		t.Errorf("something of the preset was used or shown:\n%s", all)
	}
}

func TestDoctorShowsThePreset(t *testing.T) {
	w := newWorld(t, "good")
	type found struct {
		Examinations []struct{ ID, State, Detail string }
		Preset       *struct {
			Path, Product, Support, ClientID, ClientKind, RedirectPath, Ignored, LinksProduct string
			WithGroups, LocksHold, Usable                                                     bool
			Given, Locked                                                                     []string
		}
	}
	examine := func() (state, detail string, all found) {
		w.decode(w.run("doctor", "--json"), &all)
		for _, x := range all.Examinations {
			if x.ID == "preset" {
				return x.State, x.Detail, all
			}
		}
		t.Fatal("the preset was not looked at")
		return "", "", all
	}
	if state, detail, all := examine(); state != "passed" || detail != words("cli.doctor.preset-practice") || all.Preset != nil {
		t.Errorf("in practice: %s, %s", state, detail)
	}
	w.presets = []preset.Place{{Dir: w.path("absent")}}
	if state, detail, _ := examine(); state != "passed" || !strings.Contains(detail, w.path("absent")) {
		t.Errorf("without one: %s, %s", state, detail)
	}
	path := w.publicPreset()
	state, detail, _ := examine()
	if state != "warning" || !strings.Contains(detail, "To be locked, but changeable") {
		t.Errorf("a loose one: %s, %s", state, detail)
	}
	w.kept = true
	state, detail, all := examine()
	if state != "passed" {
		t.Errorf("a kept one: %s", state)
	}
	for _, want := range []string{path, "Fabrikam Billing", w.facts.Clients.Public, "http://localhost/consent", "Locked: Client ID, ", words("cli.doctor.preset-links", "Product", "Fabrikam Links")} {
		if !strings.Contains(detail, want) {
			t.Errorf("%q does not stand in %s", want, detail)
		}
	}
	p := all.Preset
	if p == nil || p.Path != path || p.ClientKind != "public" || !p.WithGroups || !p.LocksHold || !p.Usable || p.LinksProduct != "Fabrikam Links" ||
		!slices.Equal(p.Given, []string{"client-id", "kind", "redirect-path", "scopes"}) || !slices.Equal(p.Locked, []string{"client-id", "kind", "scopes"}) {
		t.Errorf("%+v", p)
	}
}
