package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

func inputView(value string) view.View {
	return view.View{Page: "p", Focus: "name", Blocks: []view.Block{
		view.Input{ID: "name", Field: connector.FieldName, Label: say("name"), Value: value},
		view.Actions{Buttons: []view.Button{{ID: "other", Label: say("other"), Event: wizard.Save{}}}},
	}}
}

func TestTypingSendsEdited(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView(""))
	b.typeText("ab")
	want := []wizard.Event{
		wizard.Edited{Field: connector.FieldName, Value: "a"},
		wizard.Edited{Field: connector.FieldName, Value: "ab"},
	}
	if len(b.events) != 2 || b.events[0] != want[0] || b.events[1] != want[1] {
		t.Errorf("sent %#v", b.events)
	}
}

// TestFastTyping types faster than the views come back: none of them takes a letter away.
func TestFastTyping(t *testing.T) {
	const text = "Contoso production"
	for lag := range 6 {
		b := newKeyBench(t)
		b.show(inputView(""))
		var views []view.View
		for _, r := range text {
			b.now = b.now.Add(30 * time.Millisecond)
			b.typeText(string(r))
			edited := b.lastEvent().(wizard.Edited)
			views = append(views, inputView(edited.Value))
			if len(views) > lag {
				b.show(views[0])
				views = views[1:]
			}
			if got, typed := b.entry("name").Text, edited.Value; got != typed {
				t.Fatalf("lag %d: %q became %q", lag, typed, got)
			}
		}
		for _, v := range views {
			b.show(v)
		}
		if e := b.entry("name"); e.Text != text || e.Pending() != 0 || b.focused() != "name" {
			t.Errorf("lag %d: ends with %q, %d waiting, focus %q", lag, e.Text, e.Pending(), b.focused())
		}
	}
}

// TestViewFromBeforeTyping shows a view for another reason, made before the letter arrived.
func TestViewFromBeforeTyping(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView("Con"))
	b.typeText("t")
	b.show(inputView("Con"))
	if got := b.entry("name").Text; got != "Cont" {
		t.Errorf("the view from before took the letter away: %q", got)
	}
}

func TestProgrammaticChangeArrives(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView(""))
	b.typeText("x")
	b.show(inputView("something else"))
	if got := b.entry("name").Text; got != "something else" {
		t.Errorf("a change by the program shows %q", got)
	}
	if n := len(b.events); n != 1 {
		t.Errorf("it was sent back as typed: %d events", n)
	}
}

// TestChangeBackArrives lets the program reset a field to what it was before the typing: that looks stale at first.
func TestChangeBackArrives(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView(""))
	b.typeText("x")
	b.show(inputView(""))
	if got := b.entry("name").Text; got != "x" {
		t.Errorf("at once: %q", got)
	}
	b.now = b.now.Add(widget.SettleTime)
	b.w.tick()
	if got := b.entry("name").Text; got != "" {
		t.Errorf("after a while: %q", got)
	}
	if b.w.screen.ticks() {
		t.Error("the timer goes on")
	}
}

func TestPageChangeTakesTheNewValue(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView(""))
	b.typeText("x")
	v := inputView("")
	v.Page = "q"
	b.show(v)
	if got := b.entry("name").Text; got != "" {
		t.Errorf("the new page shows %q", got)
	}
}

func TestSecretIsSentOnce(t *testing.T) {
	for _, how := range []string{"done", "enter"} {
		t.Run(how, func(t *testing.T) {
			b := newKeyBench(t)
			v := view.View{Page: "p", Focus: "secret", Blocks: []view.Block{
				view.Input{ID: "secret", Field: connector.FieldSecret, Label: say("secret"), Secret: true},
			}}
			b.show(v)
			b.typeText("s3cret")
			b.show(v)
			if len(b.events) != 0 || b.entry("secret").Text != "s3cret" {
				t.Fatalf("before Done: %#v, %d letters", b.events, len(b.entry("secret").Text))
			}
			if how == "done" {
				b.focus("secret.done")
			}
			b.key(fyne.KeyReturn)
			sent, ok := b.lastEvent().(wizard.SecretEntered)
			if !ok || sent.Field != connector.FieldSecret || sent.Secret.Reveal() != "s3cret" || len(b.events) != 1 {
				t.Errorf("sent %#v", b.events)
			}
			if b.entry("secret").Text != "" {
				t.Error("the secret stays in the field")
			}
		})
	}
}

func TestSecretIsNotCopied(t *testing.T) {
	b := newKeyBench(t)
	b.show(view.View{Page: "p", Focus: "s", Blocks: []view.Block{view.Input{ID: "s", Secret: true, Label: say("s")}}})
	b.typeText("s3cret")
	e := b.entry("s")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: b.app.Clipboard()})
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: b.app.Clipboard()})
	if got := b.app.Clipboard().Content(); got != "" || e.Text != "s3cret" {
		t.Errorf("clipboard %d letters, field %d", len(got), len(e.Text))
	}
}

func TestCertificateKeepsItsLines(t *testing.T) {
	b := newKeyBench(t)
	b.show(view.View{Page: "p", Focus: "c", Blocks: []view.Block{
		view.Input{ID: "c", Field: connector.FieldCertificate, Secret: true, Multiline: true, Label: say("c")},
	}})
	const pem = "-----BEGIN X-----\nabc\n-----END X-----\n"
	b.app.Clipboard().SetContent(pem)
	b.entry("c").TypedShortcut(&fyne.ShortcutPaste{Clipboard: b.app.Clipboard()})
	b.focus("c.done")
	b.key(fyne.KeyReturn)
	sent, _ := b.lastEvent().(wizard.SecretEntered)
	if sent.Secret.Reveal() != pem {
		t.Errorf("%d bytes became %d", len(pem), len(sent.Secret.Reveal()))
	}
}

func TestRawLineCanOnlyBeRead(t *testing.T) {
	b := newKeyBench(t)
	const line = "AADSTS50076 · 3f0c9a52 · 2026-11-23T09:30:00Z"
	b.show(view.View{Page: "p", Focus: "x.raw-toggle", Blocks: []view.Block{
		view.Problem{ID: "x", Title: say("title"), Actor: say("actor"), Do: say("do"), Raw: line},
	}})
	if b.w.screen.pool.find("x.raw") != nil {
		t.Fatal("the raw line is not folded away at first")
	}
	b.key(fyne.KeyReturn)
	if b.focused() != "x.raw-toggle" {
		t.Errorf("after unfolding the focus is on %q", b.focused())
	}
	e := b.entry("x.raw")
	b.canvas().Focus(e)
	b.typeText("abc")
	for _, k := range []fyne.KeyName{fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyReturn} {
		b.key(k)
	}
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: b.app.Clipboard()})
	if e.Text != line {
		t.Errorf("the raw line became %q", e.Text)
	}
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: b.app.Clipboard()})
	if got := b.app.Clipboard().Content(); got != line {
		t.Errorf("copied %q", got)
	}
	b.app.Clipboard().SetContent("")
	b.focus("x.raw-copy")
	b.key(fyne.KeySpace)
	if got := b.app.Clipboard().Content(); got != line {
		t.Errorf("the Copy button copied %q", got)
	}
}
