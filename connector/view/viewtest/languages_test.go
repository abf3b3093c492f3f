package viewtest

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"partner-center-connector/assets"
	"partner-center-connector/connector/view"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

func TestPseudoKeepsWhatIsNotWords(t *testing.T) {
	for text, want := range map[string]string{
		"Back":                               "Bbåççk",
		"Name: {{.Name}} and pcc.exe":        "Nñåmmê: {{.Name}} ååñdd pcc.exe",
		"Open https://example.com":           "Ööpêêñ https://example.com",
		"{{if .Raw}}With{{else}}Out{{end}}.": "{{if .Raw}}Wwîtth{{else}}Ööütt{{end}}.",
		"pcc connect --lang de":              "ppççç ççöñññêççt --lang ddê",
	} {
		if got := pseudo(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// TestPseudoIsLonger holds that the pseudo-locale is at least 40 % longer than English, be it in letters or on the screen.
func TestPseudoIsLonger(t *testing.T) {
	en, long := Languages().Translator("en"), Languages().Translator(PseudoTag)
	for _, key := range []string{"common.continue", "home.empty", "rail.mfa", "page.user.title", "reason.ticks", "window.select-all"} {
		short, longer := utf8.RuneCountInString(en.Text(key, nil)), utf8.RuneCountInString(long.Text(key, nil))
		if letters := short - strings.Count(en.Text(key, nil), " "); longer-short < letters*4/10-1 {
			t.Errorf("%s has %d letters, English %d", key, longer, short)
		}
	}
}

// TestAFileIsALanguage adds a language by adding one file: everything that a person reads is in it then, and it can be chosen.
func TestAFileIsALanguage(t *testing.T) {
	catalog := Languages()
	if want := (assets.Language{Tag: PseudoTag, Name: PseudoName}); !slices.Contains(catalog.Languages(), want) {
		t.Fatalf("languages %v", catalog.Languages())
	}
	tr := catalog.Translator(PseudoTag)
	if tr.Lang() != PseudoTag || !tr.Speaks(PseudoTag) || !slices.Contains(tr.Tags(), PseudoTag) {
		t.Errorf("it speaks %s of %v", tr.Lang(), tr.Tags())
	}
	s := settings()
	s.SettingsPage.Computer.Languages = tr.Languages()
	offered := false
	for _, b := range view.Project(s).Blocks {
		if c, ok := b.(view.Choice); ok {
			offered = offered || slices.ContainsFunc(c.Options, func(o view.Option) bool { return o.Value == PseudoTag && o.Plain == PseudoName })
		}
	}
	if !offered {
		t.Error("the settings do not offer it")
	}
	date := view.Text{Key: "common.at", Args: map[string]any{"At": Now}}
	if said := date.Render(tr); !strings.Contains(said, "Nñöv") {
		t.Errorf("a date is %q", said)
	}
	var page bytes.Buffer
	if err := assets.RenderCallback(&page, tr, "admin-done"); err != nil || !strings.Contains(page.String(), tr.Text("callback.admin-done.title", nil)) {
		t.Errorf("the page after a consent (%v): %s", err, page.String())
	}
}

// TestThePracticePagesSpeakIt opens a page of the practice cloud.
func TestThePracticePagesSpeakIt(t *testing.T) {
	tr := Languages().Translator(PseudoTag)
	cloud, err := rehearsal.Start(t.Context(), rehearsal.Options{Text: tr.Text})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cloud.Close() }()
	f := cloud.Facts()
	v := visitor.New()
	page, err := v.Open(t.Context(), f.Pages+"/"+f.TenantID+"/oauth2/v2.0/authorize")
	if err != nil || page.Status == http.StatusNotFound || !strings.Contains(page.Body, tr.Text("rehearsal.banner", nil)) {
		t.Errorf("%v: %s", err, page.Body)
	}
}
