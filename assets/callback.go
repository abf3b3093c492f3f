package assets

import (
	"crypto/sha256"
	_ "embed" // for the page itself
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"
)

// callbackHTML is filled as a sentence is, from values that are escaped.
//
//go:embed pages/callback.html
var callbackHTML string

// RenderCallback writes the HTML document that a browser shows after a consent. page is the part of the translation keys
// that names it ("admin-done", "declined" …); one that has no words is an error.
func RenderCallback(w io.Writer, tr *Translator, page string) error {
	key := "callback." + page
	if !tr.Has(key+".title") || !tr.Has(key+".text") {
		return fmt.Errorf("assets: callback page %q has no words", page)
	}
	args := map[string]any{}
	for name, value := range map[string]string{
		"Lang":  tr.Lang(),
		"App":   tr.Text("app.name", nil),
		"Title": tr.Text(key+".title", nil),
		"Text":  tr.Text(key+".text", nil),
		"Hint":  tr.Text("callback.close-hint", nil),
	} {
		args[name] = html.EscapeString(value)
	}
	// A consent was given.
	args["Done"] = strings.HasSuffix(page, "-done")
	document, err := fill(callbackHTML, nil, args)
	if err != nil {
		return fmt.Errorf("assets: callback page: %w", err)
	}
	_, err = io.WriteString(w, document)
	return err
}

// CallbackStyleHash is the source expression ("sha256-…") that a Content-Security-Policy must allow for the page's style.
var CallbackStyleHash = sync.OnceValue(func() string {
	_, style, _ := strings.Cut(callbackHTML, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
})
