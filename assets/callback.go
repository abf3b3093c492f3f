package assets

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the page itself
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed pages/callback.html
var callbackHTML string

var callbackTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("callback").Parse(callbackHTML)
})

// callbackPage fills the template.
type callbackPage struct {
	Lang, App, Title, Text, Hint string
	// Done reports whether a consent was given.
	Done bool
}

// RenderCallback writes the HTML document that a browser shows after a consent. page is the part of the translation keys
// that names it ("admin-done", "declined" …); one that has no words is an error.
func RenderCallback(w io.Writer, tr *Translator, page string) error {
	t, err := callbackTemplate()
	if err != nil {
		return fmt.Errorf("assets: callback page: %w", err)
	}
	key := "callback." + page
	if !tr.Has(key+".title") || !tr.Has(key+".text") {
		return fmt.Errorf("assets: callback page %q has no words", page)
	}
	return t.Execute(w, callbackPage{
		Lang:  tr.Lang(),
		App:   tr.Text("app.name", nil),
		Title: tr.Text(key+".title", nil),
		Text:  tr.Text(key+".text", nil),
		Hint:  tr.Text("callback.close-hint", nil),
		Done:  strings.HasSuffix(page, "-done"),
	})
}

// CallbackStyleHash is the source expression ("sha256-…") that a Content-Security-Policy must allow for the page's style. It
// is that of an empty style if the page could not be written.
var CallbackStyleHash = sync.OnceValue(func() string {
	var document bytes.Buffer
	if t, err := callbackTemplate(); err == nil {
		_ = t.Execute(&document, callbackPage{})
	}
	_, style, _ := strings.Cut(document.String(), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
})
