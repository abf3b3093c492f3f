package program

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
)

// TestTheProgramHasAClipboard holds that what the window's engine is given puts a link where it can be pasted from.
func TestTheProgramHasAClipboard(t *testing.T) {
	a := test.NewTempApp(t)
	p := &program{options: options{configDir: t.TempDir()}, tr: assets.NewTranslator("en"), releaseInstance: func() {}}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if err := p.engine.Ports.Clipboard(t.Context(), auth.NewSecret("https://login.microsoftonline.com/common/adminconsent?state=s")); err != nil {
		t.Fatal(err)
	}
	if got := a.Clipboard().Content(); got != "https://login.microsoftonline.com/common/adminconsent?state=s" {
		t.Errorf("the clipboard has %q", got)
	}
}
