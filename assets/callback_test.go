package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"testing"
)

var callbackPages = []string{
	"admin-done", "user-done", "declined", "wrong-tenant", "failed", "superseded", "not-private", "expired", "stranger", "received",
}

func TestRenderCallback(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		tr := NewTranslator(lang)
		titles := map[string]string{}
		for _, page := range callbackPages {
			var b bytes.Buffer
			if err := RenderCallback(&b, tr, page); err != nil {
				t.Fatalf("%s %s: %v", lang, page, err)
			}
			document := html.UnescapeString(b.String())
			for _, key := range []string{"callback." + page + ".title", "callback." + page + ".text", "callback.close-hint"} {
				if words := tr.Text(key, nil); !strings.Contains(document, words) || strings.HasPrefix(words, "[") {
					t.Errorf("%s %s: %q is not on the page", lang, page, key)
				}
			}
			title := tr.Text("callback."+page+".title", nil)
			if other := titles[title]; other != "" {
				t.Errorf("%s: %s and %s have the same title", lang, page, other)
			}
			titles[title] = page
			checkCallbackDocument(t, lang, b.String())
		}
	}
}

// checkCallbackDocument holds the page to what its Content-Security-Policy allows.
func checkCallbackDocument(t *testing.T, lang, document string) {
	t.Helper()
	for _, bad := range []string{"<script", "http:", "https:", "//", " style=", "@import", "url(", "ZgotmplZ", "<form", "<a "} {
		if strings.Contains(document, bad) {
			t.Errorf("the page has %q in it", bad)
		}
	}
	for _, good := range []string{`<html lang="` + lang + `">`, `<link rel="icon" href="data:,">`, "prefers-color-scheme: dark"} {
		if !strings.Contains(document, good) {
			t.Errorf("the page lacks %q", good)
		}
	}
	styles := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindAllStringSubmatch(document, -1)
	if len(styles) != 1 {
		t.Fatalf("%d styles", len(styles))
	}
	sum := sha256.Sum256([]byte(styles[0][1]))
	if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); CallbackStyleHash() != want {
		t.Errorf("the style's hash is %s, not %s", want, CallbackStyleHash())
	}
}

func TestRenderCallbackOfAnUnknownPage(t *testing.T) {
	tr := NewTranslator("en")
	var b bytes.Buffer
	if err := RenderCallback(&b, tr, "no-such-page"); err == nil || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}
