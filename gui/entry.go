package gui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is a text field that hands on the keys that it doesn't use, and that a stale view can't disturb while something
// is being typed in it.
type entry struct {
	widget.Entry
	id   string
	host host
	// fixed makes it a text that can be selected and copied, but not changed.
	fixed bool
	// edited is told what is typed; submit takes Enter where the field has an answer of its own to it.
	edited func(string)
	submit func() bool
	onRing func(bool)
	now    func() time.Time

	typing  []typedText // what was typed and not yet seen in a view
	settled string      // the last value that a view brought and that was shown
	ignored *string     // a view's value that looked stale
	setting bool
}

type typedText struct {
	text string
	at   time.Time
}

func newEntry(id string, h host, now func() time.Time, secret, multiline bool) *entry {
	e := &entry{id: id, host: h, now: now}
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

func (e *entry) stopID() string { return e.id }

func (e *entry) usable() bool { return e.Visible() && !e.Disabled() }

func (e *entry) changed(text string) {
	if e.setting {
		return
	}
	e.typing = append(e.typing, typedText{text, e.now()})
	e.ignored = nil
	if e.edited != nil {
		e.edited(text)
	}
}

// take brings the value that a view says the field has. What was typed a moment ago comes back in views one after the
// other; such a value, or the one from before the typing, is stale as long as something newer was typed.
func (e *entry) take(value string) {
	if value == e.Text {
		e.typing, e.ignored, e.settled = nil, nil, value
		return
	}
	if e.stale(value) {
		e.ignored = &value
		return
	}
	e.put(value)
}

func (e *entry) stale(value string) bool {
	if len(e.typing) == 0 || e.now().Sub(e.typing[len(e.typing)-1].at) >= settleTime {
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

func (e *entry) put(value string) {
	e.typing, e.ignored, e.settled = nil, nil, value
	e.setting = true
	e.SetText(value)
	e.setting = false
	e.toEnd()
}

// toEnd puts the cursor behind the text, where typing goes on.
func (e *entry) toEnd() {
	lines := strings.Split(e.Text, "\n")
	e.CursorRow, e.CursorColumn = len(lines)-1, len([]rune(lines[len(lines)-1]))
	if !e.fixed {
		e.Refresh()
	}
}

// settle shows a value that looked stale once nothing has been typed for a while.
func (e *entry) settle() {
	if e.ignored != nil && !e.stale(*e.ignored) {
		e.put(*e.ignored)
	}
}

// AcceptsTab keeps Tab for moving on, in fields of several lines too.
func (e *entry) AcceptsTab() bool { return false }

// FocusGained shows the ring.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.ringed(true)
	e.host.gained(e)
}

// FocusLost hides the ring.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.ringed(false)
}

func (e *entry) ringed(on bool) {
	if e.onRing != nil {
		e.onRing(on)
	}
}

// TypedRune takes a character.
func (e *entry) TypedRune(r rune) {
	if !e.fixed {
		e.Entry.TypedRune(r)
	}
}

// TypedKey edits; the keys that mean nothing to a text field are the window's.
func (e *entry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case e.isWindows(key.Name):
		e.host.typed(key)
	case isEnter(key.Name) && (!e.MultiLine || e.fixed):
		if e.submit == nil || !e.submit() {
			e.host.typed(key)
		}
	case e.fixed && (key.Name == fyne.KeyBackspace || key.Name == fyne.KeyDelete):
	default:
		e.Entry.TypedKey(key)
	}
}

func (e *entry) isWindows(name fyne.KeyName) bool {
	if name == fyne.KeyPageUp || name == fyne.KeyPageDown {
		return !e.MultiLine || e.fixed
	}
	return name == fyne.KeyEscape || name == fyne.KeyF1 || name == fyne.KeyTab
}

// TypedShortcut takes the shortcuts of editing; the window's own come first.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if e.host.shortcut(s) {
		return
	}
	if e.fixed && !readingShortcut(s) {
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
func (e *entry) TappedSecondary(p *fyne.PointEvent) {
	if !e.fixed {
		e.Entry.TappedSecondary(p)
	}
}
