package view_test

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/test/timezone"
)

// TestADayIsShownAsItWasTyped types a day on page 4, and looks for it there, on home and on the connector's screen, west and east of Greenwich.
func TestADayIsShownAsItWasTyped(t *testing.T) {
	tr := translators(t)["en"]
	for _, zone := range []string{"America/New_York", "UTC", "Pacific/Auckland"} {
		timezone.In(t, zone, func() {
			d := connector.Draft{ID: "d", Step: connector.StepConnector, ClientKind: auth.SecretClient}
			s := wizard.State{Screen: wizard.ScreenWizard, Wizard: wizard.Wizard{Open: true, Draft: d}}
			s, _ = wizard.Machine{}.Next(s, wizard.Edited{Field: connector.FieldSecretExpires, Value: "2027-01-01"})
			if in := endField(t, s); in.Good.Render(tr) != "1 January 2027" || in.Value != "2027-01-01" {
				t.Errorf("%s: the page shows %q, and answers %q", zone, in.Value, in.Good.Render(tr))
			}
			s.Wizard.Draft.SecretExpiresInput = ""
			if in := endField(t, s); in.Value != "2027-01-01" {
				t.Errorf("%s: a renewal fills in %q", zone, in.Value)
			}
			c := viewtest.Saved()
			c.SecretExpires = s.Wizard.Draft.SecretExpires
			if said := said(t, home(c)); !slices.Contains(said, "The client secret ends on 1 January 2027") {
				t.Errorf("%s: home says %q", zone, said)
			}
			if said := said(t, opened(c)); !slices.Contains(said, "39 days left, until 1 January 2027") {
				t.Errorf("%s: the screen says %q", zone, said)
			}
		})
	}
}

func endField(t *testing.T, s wizard.State) view.Input {
	t.Helper()
	for _, b := range view.Project(s).Blocks {
		if in, ok := b.(view.Input); ok && in.Field == connector.FieldSecretExpires {
			return in
		}
	}
	t.Fatal("the page does not ask for the end")
	return view.Input{}
}

func home(c connector.Connector) wizard.State {
	return wizard.State{Screen: wizard.ScreenHome, Home: wizard.Home{Loaded: true, Now: viewtest.Now, Connectors: []connector.Connector{c}}}
}

func opened(c connector.Connector) wizard.State {
	s := home(c)
	s.Screen, s.Detail = wizard.ScreenConnector, wizard.Detail{ID: c.ID, Now: viewtest.Now}
	return s
}

// said is every sentence of a screen, in English.
func said(t *testing.T, s wizard.State) []string {
	t.Helper()
	v, tr, all := view.Project(s), translators(t)["en"], []string{}
	for _, text := range append(texts(v), texts(v.Controls())...) {
		all = append(all, text.Render(tr))
	}
	return all
}

// TestTimesFollowTheRulesOfTheirOwnMoment shows a time in July to a reader in January.
func TestTimesFollowTheRulesOfTheirOwnMoment(t *testing.T) {
	tr := translators(t)["en"]
	summer, winter := time.Date(2026, time.July, 8, 22, 30, 0, 0, time.UTC), time.Date(2027, time.January, 8, 22, 30, 0, 0, time.UTC)
	for zone, want := range map[string][2]string{
		"Europe/Berlin":    {"9 July 2026, 00:30 UTC+02:00", "8 January 2027, 23:30 UTC+01:00"},
		"America/New_York": {"8 July 2026, 18:30 UTC-04:00", "8 January 2027, 17:30 UTC-05:00"},
		"Pacific/Auckland": {"9 July 2026, 10:30 UTC+12:00", "9 January 2027, 11:30 UTC+13:00"},
		"Asia/Kolkata":     {"9 July 2026, 04:00 UTC+05:30", "9 January 2027, 04:00 UTC+05:30"},
	} {
		timezone.In(t, zone, func() {
			for i, at := range []time.Time{summer, winter} {
				text := view.Text{Key: "common.name", Args: map[string]any{"Name": view.Text{Key: "common.at", Args: map[string]any{"At": at}}}}
				if got := text.Zoned().Render(tr); got != want[i] {
					t.Errorf("%s: %q, want %q", zone, got, want[i])
				}
				if got := text.Render(tr); got+want[i][len(want[i])-len(" UTC+00:00"):] != want[i] {
					t.Errorf("%s: %q, want %q", zone, got, want[i])
				}
			}
		})
	}
}

// TestWhatHasEndedIsNotHealthy looks at a connector that was healthy eleven months ago, whose client secret and refresh token have both ended.
func TestWhatHasEndedIsNotHealthy(t *testing.T) {
	c := viewtest.Saved()
	at := viewtest.Now.AddDate(0, -11, 0)
	c.Saved, c.Consented, c.Refreshed, c.Checked, c.SecretExpires = at, at, at, at, connector.Day{Year: 2026, Month: time.February, Day: 8}
	for _, b := range view.Project(home(c)).Blocks {
		if row, ok := b.(view.Row); ok && (row.Severity != view.Bad || row.Word.Key != "health.expired") {
			t.Errorf("home calls it %s, %s", row.Word.Key, row.Severity)
		}
	}
	v := view.Project(opened(c))
	if v.Footer.Main == nil || v.Footer.Main.Event != (wizard.Renew{}) {
		t.Errorf("the main button is %+v", v.Footer.Main)
	}
	for _, sentence := range said(t, opened(c)) {
		if sentence == "Healthy" || sentence == translators(t)["en"].Text("detail.secret-ends.text", nil) {
			t.Errorf("its screen says: %s", sentence)
		}
	}
}
