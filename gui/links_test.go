package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

const foreignLink = "https://login.microsoftonline.com/contoso.com/adminconsent?client_id=8d2b6f14&state=of-another-product"

func linksView(value string) view.View {
	return view.View{Page: "links", Focus: "links", Blocks: []view.Block{
		view.Input{ID: "links", Field: connector.FieldLinks, Label: say("links"), Multiline: true, Value: value},
	}}
}

// TestAPastedLinkIsGoneOnceItWasRead holds that a link of another product stays in the field until it is read, and that nothing brings it
// back then: neither the next view nor the keys that undo.
func TestAPastedLinkIsGoneOnceItWasRead(t *testing.T) {
	b := newKeyBench(t)
	b.show(linksView(""))
	b.app.Clipboard().SetContent(foreignLink)
	t.Cleanup(func() { b.app.Clipboard().SetContent("") })
	b.entry("links").TypedShortcut(&fyne.ShortcutPaste{Clipboard: b.app.Clipboard()})
	if sent, _ := b.lastEvent().(wizard.Edited); sent.Field != connector.FieldLinks || sent.Value != foreignLink {
		t.Fatalf("sent %#v", b.lastEvent())
	}
	b.show(linksView(foreignLink))
	if got := b.entry("links").Text; got != foreignLink {
		t.Fatalf("while it is typed the field shows %q", got)
	}
	b.show(linksView(""))
	b.entry("links").TypedShortcut(&fyne.ShortcutUndo{})
	if got := b.entry("links").Text; got != "" {
		t.Errorf("after it was read the field shows %q", got)
	}
}

// TestALinkThatIsOfferedElsewhereLeavesItsField holds that a field for something else does not keep a link that the machine did not take.
func TestALinkThatIsOfferedElsewhereLeavesItsField(t *testing.T) {
	b := newKeyBench(t)
	b.show(inputView("contoso.com"))
	b.app.Clipboard().SetContent(foreignLink)
	t.Cleanup(func() { b.app.Clipboard().SetContent("") })
	e := b.entry("name")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: b.app.Clipboard()})
	b.show(inputView("contoso.com"))
	b.now = b.now.Add(widget.SettleTime)
	b.w.tick()
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if e.Text != "contoso.com" {
		t.Errorf("the field shows %q", e.Text)
	}
}
