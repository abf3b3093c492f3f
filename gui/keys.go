package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// shortcutKey is a shortcut of the window and what it does.
type shortcutKey struct {
	key      fyne.KeyName
	modifier fyne.KeyModifier
	do       func(*screen)
}

// shortcuts are the window's. On macOS Alt+Left moves by a word in text, so that Back is Command+[ there.
func shortcuts() []shortcutKey {
	back := shortcutKey{fyne.KeyLeft, fyne.KeyModifierAlt, (*screen).goBack}
	if runtime.GOOS == "darwin" {
		back = shortcutKey{fyne.KeyLeftBracket, fyne.KeyModifierSuper, (*screen).goBack}
	}
	return []shortcutKey{
		back,
		{fyne.KeyN, fyne.KeyModifierShortcutDefault, (*screen).newConnector},
		{fyne.KeyF, fyne.KeyModifierShortcutDefault, (*screen).search},
		{fyne.KeyComma, fyne.KeyModifierShortcutDefault, (*screen).settings},
	}
}

// bindKeys takes the keys of a window in which nothing has the focus.
func (s *screen) bindKeys() {
	canvas := s.window.Canvas()
	canvas.SetOnTypedKey(s.TypedKey)
	for _, k := range shortcuts() {
		canvas.AddShortcut(&desktop.CustomShortcut{KeyName: k.key, Modifier: k.modifier}, func(fyne.Shortcut) { k.do(s) })
	}
}

// Shortcut runs one of the window's shortcuts.
func (s *screen) Shortcut(sc fyne.Shortcut) bool {
	for _, k := range shortcuts() {
		own := desktop.CustomShortcut{KeyName: k.key, Modifier: k.modifier}
		if own.ShortcutName() == sc.ShortcutName() {
			k.do(s)
			return true
		}
	}
	return false
}

// windowKeys are the keys of the window and what they do.
var windowKeys = map[fyne.KeyName]func(*screen){
	fyne.KeyReturn:   (*screen).enter,
	fyne.KeyEnter:    (*screen).enter,
	fyne.KeyEscape:   (*screen).leave,
	fyne.KeyF1:       func(s *screen) { s.command("help", s.view.Page) },
	fyne.KeyPageDown: func(s *screen) { s.page.scrollBy(s.page.scroll.Size().Height - scrollStep) },
	fyne.KeyPageUp:   func(s *screen) { s.page.scrollBy(scrollStep - s.page.scroll.Size().Height) },
	fyne.KeyDown:     func(s *screen) { s.page.scrollBy(scrollStep) },
	fyne.KeyUp:       func(s *screen) { s.page.scrollBy(-scrollStep) },
	fyne.KeyHome:     func(s *screen) { s.page.scrollToTop() },
	fyne.KeyEnd:      func(s *screen) { s.page.scrollBy(s.page.content.Size().Height) },
}

// TypedKey takes a key that no control used.
func (s *screen) TypedKey(key *fyne.KeyEvent) {
	if do := windowKeys[key.Name]; do != nil {
		do(s)
	}
}

// IgnoresKey reports whether Enter or Space on a control does not count.
func (s *screen) IgnoresKey(c widget.TabStop) bool {
	ignored := s.ignoresKey(c.ID())
	if !ignored {
		s.placed, s.acted = "", c.ID()
	}
	return ignored
}

// ignoresKey reports whether Enter or Space, which would press the button of an ID, does not count: it is held down, or it was pressed before
// the person can have seen what it would do.
func (s *screen) ignoresKey(id string) bool {
	held := s.keyHeld()
	return held || s.notAimed(id)
}

// keyHeld reports whether Enter or Space comes from a key held down. Fyne does not tell a repeat from a press, but a repeat
// comes sooner after the last one than anyone presses on purpose.
func (s *screen) keyHeld() bool {
	now := s.now()
	held := s.pressed && now.Sub(s.lastPress) < repeatGuard
	s.lastPress, s.pressed = now, true
	return held
}

// enter presses the main button.
func (s *screen) enter() {
	switch main := s.view.Footer.Main; {
	case main != nil && !s.ignoresKey(main.ID):
		s.run(*main)
	case main == nil && s.confirm != nil && !s.keyHeld():
		s.confirm()
	}
}

// leave does what Esc does here. Held down, it would leave one thing after the other.
func (s *screen) leave() {
	now := s.now()
	held := now.Sub(s.lastEscape) < repeatGuard
	s.lastEscape = now
	switch {
	case held || s.notAimed(sightEscape):
	case s.view.Escape != nil:
		s.send(s.view.Escape)
	case s.escape != nil:
		s.escape()
	}
}

func (s *screen) goBack() {
	if s.view.Return != nil && !s.notAimed(sightReturn) {
		s.send(s.view.Return)
	}
}

// newConnector presses the button for a new connector if the view has one.
func (s *screen) newConnector() { pressFor[wizard.NewConnector](s) }

// settings presses the button for the settings if the view has one.
func (s *screen) settings() { pressFor[wizard.OpenSettings](s) }

// pressFor presses the button that sends an event of type E.
func pressFor[E wizard.Event](s *screen) {
	for _, b := range allButtons(s.view) {
		if _, ok := b.Event.(E); ok && !b.Disabled {
			s.run(b)
			return
		}
	}
}

// search puts the focus into the search field if the view has one.
func (s *screen) search() {
	for _, b := range s.view.Blocks {
		if in, ok := b.(view.Input); ok && in.Field == connector.FieldSearch {
			if c := s.pool.find(in.ID); c != nil {
				s.Focus(c)
			}
			return
		}
	}
}

// allButtons are the buttons of a view that stand by themselves: in the footer, in rows of buttons and in notices.
func allButtons(v view.View) []view.Button {
	list := []view.Button{}
	list = append(list, v.Tools...)
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case view.Actions:
			list = append(append(list, b.Buttons...), b.More...)
		case view.Notice:
			list = append(list, b.Buttons...)
		}
	}
	for _, b := range []*view.Button{v.Footer.Back, v.Footer.Main} {
		if b != nil {
			list = append(list, *b)
		}
	}
	return list
}
