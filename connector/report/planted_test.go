package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view/viewtest"
)

// planter fills every text of a value with a word of its own, however deep it lies.
type planter struct {
	t       *testing.T
	planted []string
	// depth is how many pointers lie above: a draft's trial has a draft.
	depth int
}

// deepest is where no pointer is filled any more.
const deepest = 4

// word makes the next word: names, and secrets of every shape.
func (p *planter) word() string {
	n := len(p.planted)
	shapes := []string{
		"Fabrikam Customer %d", "fabrikam%d", "eyJhbGciOiJub25lIn0.eyJzdWIiOiI%dX.c2lnbmF0dXJl", "1.AXoA%dfabrikamRefreshTokenOfThirtyCharacters",
		"abc%d8Q~fabrikamClientSecretValueOf40Chars", "https://login.microsoftonline.com/fabrikam/adminconsent?state=fabrikam%d",
		"http://fabrikam:password%d@proxy.fabrikam.example:8080", "user%d@fabrikam.example", "/home/fabrikam/%d",
	}
	word := fmt.Sprintf(shapes[n%len(shapes)], 1000+n)
	p.planted = append(p.planted, word)
	return word
}

func (p *planter) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(p.word())
	case reflect.Pointer:
		if p.depth < deepest {
			p.depth++
			v.Set(reflect.New(v.Type().Elem()))
			p.fill(v.Elem())
			p.depth--
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				p.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			p.fill(v.Index(i))
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		p.fill(key)
		p.fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Interface:
		if v.Type() == reflect.TypeFor[error]() {
			v.Set(reflect.ValueOf(fmt.Errorf("%s", p.word())))
		}
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint32, reflect.Func:
	default:
		p.t.Fatalf("nothing is planted into a %s", v.Type())
	}
}

// TestNothingPlantedComesThrough fills every text of everything that a report is made of: nothing of it passes, whatever shape it has.
func TestNothingPlantedComesThrough(t *testing.T) {
	p := &planter{t: t}
	s := Source{}
	p.fill(reflect.ValueOf(&s).Elem())
	s.Now, s.Version = viewtest.Now, "1.2.3"
	if len(p.planted) < 300 {
		t.Fatalf("only %d texts were planted", len(p.planted))
	}
	r := s.Report()
	for _, form := range []string{string(r.JSON()), r.Text(assets.NewTranslator("en")), r.Text(assets.NewTranslator("de"))} {
		for _, word := range append(p.planted, "abrikam", "eyJ", "password") {
			if strings.Contains(form, word) {
				t.Errorf("%q came through:\n%s", word, form)
			}
		}
	}
	if len(r.Connectors) != 2 || len(r.Drafts) != 2 || len(r.Shown) != 2 || len(r.Browsers) != 2 || r.Connectors[0].Checks[0].State != other {
		t.Errorf("the report has not what was planted into: %+v", r)
	}
}

// TestTheEnvironmentDoesNotComeThrough plants into the variables that a desktop has.
func TestTheEnvironmentDoesNotComeThrough(t *testing.T) {
	for _, name := range []string{"XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "HTTPS_PROXY", "LANG", "USER", "LOGNAME", "HOSTNAME", "HOME"} {
		t.Setenv(name, "/fabrikam-"+name)
	}
	s := Source{Now: viewtest.Now, System: HereIs(true)}
	if text := string(s.Report().JSON()); strings.Contains(text, "fabrikam") {
		t.Errorf("it came through: %s", text)
	}
	if got := s.System.shaped(); got.Desktop != other || got.Session != other || !got.Elevated {
		t.Errorf("the system is %+v", got)
	}
	t.Setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
	t.Setenv("XDG_SESSION_TYPE", "wayland")
	if got := HereIs(false).shaped(); got.Desktop != "GNOME" || got.Session != "wayland" {
		t.Errorf("the system is %+v", got)
	}
}

// TestLinesOfTheLog checks that of a line only those values pass that name nobody.
func TestLinesOfTheLog(t *testing.T) {
	const began = "time=2026-11-23T09:30:00.123+01:00 level=WARN "
	for line, want := range map[string]string{
		began + `msg="connector checked" program=pcc pid=4711 connector.id=` + viewtest.SavedID + ` connector.cloud=global health=good checks="mfa=passed role=failed"`: "",
		began + `msg=check check=mfa state=failed problem.kind=no-mfa problem.answer=AADSTS50076 problem.correlation=0b1f0d0e-1111-4222-8333-444455556666`:              "",
		began + `msg="command ended" program=pcc command="pcc check" exit=3 took=1m2.5s`:                                                                                "",
		began + `msg="browser ended" pid=12 exit=0 "handed over"=true browser=edge mode=private version=1.2.3`:                                                          "",
		began + `msg="window started" program=window pid=4711 version=1.2.3 rehearsal=false`:                                                                            "",
		began + `msg=effect program=window pid=4711 kind=wizard.ReadComputer`:                                                                                           "",
		began + `msg="token handed out" program=pcc pid=4711 connector.id=` + viewtest.SavedID + ` resource=partnercenter cached=false`:                                 "",
		began + `msg="token handed out" program=pcc pid=4711 connector.id=` + viewtest.SavedID + ` resource=graph cached=true`:                                          "",
		began + `msg=effect kind="wizard.Fabrikam GmbH" resource=fabrikam program=fabrikam`:                                                                             began + `msg=effect kind=… resource=… program=…`,
		began + `msg="browser not noted" error="open /home/fabrikam/x: Fabrikam"`:                                                                                       began + `msg="browser not noted" error=…`,
		began + `msg=x token=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln`:                                                                                                  began + `msg=x token=…`,
		began + `msg=x raw=1.AXoAfabrikamRefreshTokenOfThirtyCharacters secret=abc8Q~fabrikamClientSecretValueOf40Chars`:                                                began + `msg=x raw=… secret=…`,
		began + `msg=x url="https://login.microsoftonline.com/fabrikam?state=s3cr3t" proxy=http://me:pa55word@proxy.fabrikam.example:8080`:                              began + `msg=x url=… proxy=…`,
		began + `msg="saved Fabrikam GmbH" user=max@fabrikam.example cloud=fabrikam command="pcc connect --name Fabrikam" checks="mfa=Fabrikam"`:                        began + `msg=… user=… cloud=… command=… checks=…`,
		began + `msg="said \"Fabrikam\" twice" answer=900421`:                                                                                                           began + `msg=… answer=900421`,
		"panic: fabrikam":                 "…",
		began + `msg=fine and Fabrikam=1`: began + `msg=fine …`,
		"":                                "",
	} {
		if want == "" {
			want = line
		}
		s := Source{Log: []string{line}}
		if got := s.Report().Log; !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got  %q\n want %q", line, got, want)
		}
	}
	s := Source{Log: slices.Repeat([]string{"level=INFO"}, MaxLines+1)}
	s.Log[0] = "level=WARN"
	if got := s.Report().Log; len(got) != MaxLines || got[0] != "level=INFO" {
		t.Errorf("%d lines, the first %q", len(got), got[0])
	}
}

// full has everything that a report tells.
func full() Source {
	c := viewtest.Saved()
	c.Checks = viewtest.EvidentChecks()
	c.Origin, c.Copies = connector.OriginTaken, []connector.VaultPlace{{URL: "https://fabrikam.vault.azure.net"}}
	c.Scopes = auth.MoreScopes()[:1]
	c.History = []connector.Past{
		{What: connector.HappenedConsent, From: viewtest.Now.Add(-48 * time.Hour), To: viewtest.Now.Add(-48 * time.Hour), Count: 1},
		{What: connector.HappenedUnchecked, Problem: connector.KindNoNetwork, Scheduled: true, From: viewtest.Now.Add(-24 * time.Hour), To: viewtest.Now, Count: 2},
	}
	refused := c
	refused.ID, refused.Health, refused.Tenant.CloudFromFile = "6c9d3c71-2e84-4f0a-8c6d-7a1b9e0f2c35", connector.HealthSignIn, true
	refused.Origin, refused.Copies, refused.Scopes, refused.History = connector.OriginHere, nil, nil, nil
	refused.Checks = []connector.Check{{ID: connector.CheckMFA, State: connector.CheckFailed, At: viewtest.Now, Problem: noMFA()}}
	return Source{
		Now: viewtest.Now, Version: "1.2.3", Build: viewtest.Build(), System: System{Name: "debian", Version: "12", Kernel: "6.1.0-18-amd64", Desktop: "GNOME", Session: "x11"},
		Keychain: KeychainGnome, Settings: connector.Settings{Language: "de", Theme: connector.ThemeDark, UserBrowser: "firefox"},
		Languages: []assets.Language{{Tag: "de", Name: "Deutsch"}},
		Browsers: []browser.Browser{
			{
				ID: "edge", Name: "Microsoft Edge", Family: browser.Chromium, Packaging: browser.Native, Default: true, Policy: browser.PolicyForbidsPrivate,
				PolicyFrom: []string{"InPrivateModeAvailability (/etc/opt/edge/policies/managed/fabrikam.json)"},
			},
		},
		Proxies: []connector.Proxy{{Found: proxy.Found{Source: proxy.Environment, Address: "http://proxy.fabrikam.example:8080"}}},
		Preset:  connector.Preset{Path: "/etc/fabrikam.toml"},
		Schedule: &connector.Schedule{
			Kind: connector.ScheduleSystemd, Installed: true, Active: true, Changed: []string{"/home/me/x.timer"}, Next: viewtest.Now.Add(time.Hour),
			Last: connector.ScheduledRun{At: viewtest.Now, ExitCode: 4, Checked: 1, Failed: 1},
		},
		Shown: []connector.Problem{*noMFA()}, Connectors: []connector.Connector{c, refused}, Drafts: []connector.Draft{viewtest.Draft(connector.StepUser)},
		Log: []string{"time=2026-11-23T09:30:00Z level=INFO msg=checked id=" + viewtest.SavedID},
	}
}

func noMFA() *connector.Problem {
	return &connector.Problem{
		Kind: connector.KindNoMFA, Actor: connector.ActorAdmin, Code: "AADSTS50076", Raw: "User fabrikam …", OAuth: "invalid_grant", Suberror: "basic_action",
		CorrelationID: "0b1f0d0e-1111-4222-8333-444455556666", TraceID: "0b1f0d0e-1111-4222-8333-444455556667", At: viewtest.Now,
		Args: map[string]string{"UPN": "user@fabrikam.example"},
	}
}
