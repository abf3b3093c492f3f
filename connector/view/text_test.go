package view_test

import (
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

func TestRender(t *testing.T) {
	at := time.Date(2026, time.March, 4, 9, 5, 0, 0, time.UTC)
	cases := map[string]struct {
		text   view.Text
		en, de string
	}{
		"empty":  {view.Text{}, "", ""},
		"plain":  {view.Text{Key: "common.back"}, "Back", "Zurück"},
		"nested": {view.Text{Key: "common.change", Args: map[string]any{"Field": view.Text{Key: "field.kind"}}}, "Change: How the app registration proves itself", "Ändern: Womit sich die App-Registrierung ausweist"},
		"time":   {view.Text{Key: "common.at", Args: map[string]any{"At": at}}, "4 March 2026, 09:05", "4. März 2026, 09:05 Uhr"},
		"day":    {view.Text{Key: "common.day", Args: map[string]any{"Day": connector.DayOf(at)}}, "4 March 2026", "4. März 2026"},
		"one":    {view.Text{Key: "home.connectors", Args: map[string]any{"Count": 1}}, "1 connector", "1 Connector"},
		"many":   {view.Text{Key: "home.connectors", Args: map[string]any{"Count": 12}}, "12 connectors", "12 Connectors"},
	}
	tr := translators(t)
	for name, c := range cases {
		if got := c.text.Render(tr["en"]); got != c.en {
			t.Errorf("%s: %q, want %q", name, got, c.en)
		}
		if got := c.text.Render(tr["de"]); got != c.de {
			t.Errorf("%s: %q, want %q", name, got, c.de)
		}
	}
}
