package program

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector/wizard"
)

// startedProgram is a program before it has a window.
func startedProgram(t *testing.T) *program {
	t.Helper()
	p := &program{options: options{configDir: t.TempDir()}, tr: assets.NewTranslator("en"), releaseInstance: func() {}}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	return p
}

// TestTheProgramHasAClipboard holds that what the window's engine is given puts a link where it can be pasted from.
func TestTheProgramHasAClipboard(t *testing.T) {
	a := test.NewTempApp(t)
	p := startedProgram(t)
	if err := p.engine.Ports.Clipboard(t.Context(), auth.NewSecret("https://login.microsoftonline.com/common/adminconsent?state=s")); err != nil {
		t.Fatal(err)
	}
	if got := a.Clipboard().Content(); got != "https://login.microsoftonline.com/common/adminconsent?state=s" {
		t.Errorf("the clipboard has %q", got)
	}
}

// TestTheWindowChecksByItself holds that the window's machine makes the check that a sign-in can only have some minutes later.
func TestTheWindowChecksByItself(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	byItself := false
	startedProgram(t).newRunner(func(s wizard.State) {
		byItself = byItself || s.Home.Lasting.ByItself
		if s.Home.Loaded {
			cancel()
		}
	}).Run(ctx)
	if !byItself {
		t.Error("nobody checks whether a sign-in lasts")
	}
}
