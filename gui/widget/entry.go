package widget

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Entry is Fyne's text field with two differences: the keys that it has no use for go to the Host, and a view that is older than
// what has just been typed does not overwrite it.
type Entry struct {
	fynewidget.Entry
	id   string
	host Host
	// ReadOnly makes it a text that can be selected and copied, but not changed.
	ReadOnly bool
	// OnEdited is told what is typed. OnEnter takes Enter where the field has an answer of its own, and reports whether it had.
	OnEdited func(string)
	OnEnter  func() bool
	onRing   func(bool)
	now      func() time.Time

	typing  []typedText // what was typed and not yet seen in a view
	settled string      // the last value that a view brought and that was shown
	ignored *string     // a view's value that looked stale
	setting bool
}

type typedText struct {
	text string
	at   time.Time
}

// NewEntry makes a text field. A secret one hides its text and doesn't let it be copied.
func NewEntry(id string, h Host, now func() time.Time, secret, multiline bool) *Entry {
	e := &Entry{id: id, host: h, now: now}
	e.Password, e.MultiLine = secret, multiline
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiline {
		e.Wrapping = fyne.TextWrapBreak
		e.SetMinRowsVisible(pasteRows)
	}
	if secret {
		// Without an item of its own Fyne adds an eye that no key reaches.
		e.ActionItem = canvas.NewRectangle(nil)
	}
	e.OnChanged = e.changed
	e.ExtendBaseWidget(e)
	return e
}

// ID is what the field is known by from one view to the next.
func (e *Entry) ID() string { return e.id }

// Usable reports whether it can have the focus now.
func (e *Entry) Usable() bool { return e.Visible() && !e.Disabled() }

func (e *Entry) changed(text string) {
	if e.setting {
		return
	}
	e.typing = append(e.typing, typedText{text, e.now()})
	e.ignored = nil
	if e.OnEdited != nil {
		e.OnEdited(text)
	}
}

// Sync takes the value that a view gives the field. What was typed a moment ago comes back in views one after the other; such a
// value, or the one from before the typing, is stale as long as something newer was typed.
func (e *Entry) Sync(value string) {
	if value == e.Text {
		e.typing, e.ignored, e.settled = nil, nil, value
		return
	}
	if e.stale(value) {
		e.ignored = &value
		return
	}
	e.Reset(value)
}

func (e *Entry) stale(value string) bool {
	if len(e.typing) == 0 || e.now().Sub(e.typing[len(e.typing)-1].at) >= SettleTime {
		return false
	}
	if value == e.settled {
		return true
	}
	for i, typed := range e.typing {
		if typed.text == value {
			e.typing, e.settled = e.typing[i+1:], value
			return true
		}
	}
	return false
}

// Reset shows a value, whatever has been typed, with the cursor at its end. OnEdited is not called.
func (e *Entry) Reset(value string) {
	e.typing, e.ignored, e.settled = nil, nil, value
	e.setting = true
	e.SetText(value)
	e.setting = false
	e.toEnd()
}

// toEnd puts the cursor behind the text, where typing goes on.
func (e *Entry) toEnd() {
	lines := strings.Split(e.Text, "\n")
	e.CursorRow, e.CursorColumn = len(lines)-1, len([]rune(lines[len(lines)-1]))
	if !e.ReadOnly {
		e.Refresh()
	}
}

// Unsettled reports whether a value that looked stale waits for Settle.
func (e *Entry) Unsettled() bool { return e.ignored != nil }

// Pending is how many of the texts that were typed no view has brought back yet.
func (e *Entry) Pending() int { return len(e.typing) }

// Settle shows a value that looked stale once nothing has been typed for SettleTime.
func (e *Entry) Settle() {
	if e.ignored != nil && !e.stale(*e.ignored) {
		e.Reset(*e.ignored)
	}
}

// SettleTime is how long after the last key a view's older value counts as stale.
const SettleTime = 2 * time.Second

// AcceptsTab keeps Tab for moving on, in fields of several lines too.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained shows the ring.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.showRing(true)
	e.host.FocusGained(e)
}

// FocusLost hides the ring.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.showRing(false)
}

func (e *Entry) showRing(on bool) {
	if e.onRing != nil {
		e.onRing(on)
	}
}

// TypedRune takes a character.
func (e *Entry) TypedRune(r rune) {
	if !e.ReadOnly {
		e.Entry.TypedRune(r)
	}
}

// TypedKey edits. The keys that mean nothing to a text field go to the Host.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case e.isForWindow(key.Name):
		e.host.TypedKey(key)
	case isEnter(key.Name) && (!e.MultiLine || e.ReadOnly):
		if e.OnEnter == nil || !e.OnEnter() {
			e.host.TypedKey(key)
		}
	case e.ReadOnly && (key.Name == fyne.KeyBackspace || key.Name == fyne.KeyDelete):
	default:
		e.Entry.TypedKey(key)
	}
}

// isForWindow reports whether a key is for the window rather than for the field.
func (e *Entry) isForWindow(name fyne.KeyName) bool {
	if name == fyne.KeyPageUp || name == fyne.KeyPageDown {
		return !e.MultiLine || e.ReadOnly
	}
	return name == fyne.KeyEscape || name == fyne.KeyF1 || name == fyne.KeyTab
}

// TypedShortcut takes the shortcuts of editing; the window's own come first.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.host.Shortcut(s) {
		return
	}
	if e.ReadOnly && !readingShortcut(s) {
		return
	}
	if e.Password && hiddenShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// readingShortcut reports whether a shortcut leaves a text as it is.
func readingShortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
		return true
	case *desktop.CustomShortcut:
		return s.KeyName == fyne.KeyLeft || s.KeyName == fyne.KeyRight
	}
	return false
}

// hiddenShortcut reports whether a shortcut would take a hidden text out of its field.
func hiddenShortcut(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut:
		return true
	}
	return false
}

// TappedSecondary opens Fyne's menu of cut, copy and paste, but not over a text that can't be changed: its Copy button
// and the keys do the same.
func (e *Entry) TappedSecondary(p *fyne.PointEvent) {
	if !e.ReadOnly {
		e.Entry.TappedSecondary(p)
	}
}
