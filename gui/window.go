package gui

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// Options are what a window needs from outside. Translator and Send are required.
type Options struct {
	Translator *assets.Translator
	// Rehearsal marks the window of a rehearsal.
	Rehearsal bool
	// Theme is the theme to begin with; from then on each view brings its own.
	Theme connector.Theme
	// Send takes what the person does. It is called on the UI thread and must not block.
	Send func(wizard.Event)
	// Dispatch runs a function on the UI thread, now or soon; without one it is Do.
	Dispatch func(func())
	// OpenURL opens an address in the default browser.
	OpenURL func(url string)
	// Command takes the commands that the window does not know by itself ("rehearse", "quit"); and "help" where there is
	// no Help.
	Command func(name, topic string)
	// Help makes the view of the help window for a topic and what is searched for.
	Help func(topic, search string) view.View
	// Close is called when the window is to be closed, instead of closing it.
	Close func()
	// Now is the time; without one it is time.Now.
	Now func() time.Time
}

// Window is the main window, and through it the one for help.
type Window struct {
	app     fyne.App
	options Options
	native  fyne.Window
	screen  *screen
	help    *help

	// theme and lang are those that the window shows now.
	theme connector.Theme
	lang  string
	// raised is the Raise of the last view.
	raised int
	timer  *time.Timer
	due    time.Time // when the timer ends
	closed bool

	mu     sync.Mutex
	next   *view.View
	queued bool
}

// New makes the main window, which Show fills and Open brings up. It gives the app our theme, icon and words.
func New(app fyne.App, o Options) *Window {
	o = withDefaults(o)
	if icon, err := assets.AppIcon(); err == nil {
		app.SetIcon(fyne.NewStaticResource("app.png", icon))
	}
	w := &Window{app: app, options: o}
	w.native = app.NewWindow(w.Title())
	w.setTheme(o.Theme)
	w.setLanguage(o.Translator.Lang())
	w.native.SetMaster()
	w.native.Resize(fyne.NewSize(windowStartW, windowStartH))
	w.native.CenterOnScreen()
	w.screen = newScreen(w.native)
	w.connect(w.screen)
	w.native.SetOnClosed(w.stop)
	if o.Close != nil {
		w.native.SetCloseIntercept(o.Close)
	}
	return w
}

// Title is what the window is called. That of a rehearsal says so, on the task bar too.
func (w *Window) Title() string {
	name := w.options.Translator.Text("app.name", nil)
	if w.options.Rehearsal {
		return w.options.Translator.Text("window.rehearsal", map[string]any{"Name": name})
	}
	return name
}

func withDefaults(o Options) Options {
	if o.Dispatch == nil {
		o.Dispatch = Do
	}
	if o.OpenURL == nil {
		o.OpenURL = func(string) {}
	}
	if o.Command == nil {
		o.Command = func(string, string) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// setTheme shows the app in a theme.
func (w *Window) setTheme(theme connector.Theme) {
	w.theme = theme
	widget.SetTheme(w.app, theme)
}

// setLanguage shows the translator's language where no view does: in Fyne's own words and in the titles of the windows.
func (w *Window) setLanguage(lang string) {
	w.lang = lang
	if err := translateFyne(w.options.Translator); err != nil {
		fyne.LogError("translations", err)
	}
	w.native.SetTitle(w.Title())
	if w.help != nil {
		w.drawHelp()
		w.help.native.SetTitle(w.help.screen.text(w.help.screen.view.Title))
	}
}

func (w *Window) connect(s *screen) {
	s.tr, s.now, s.wake = w.options.Translator, w.options.Now, w.wake
	s.send, s.open, s.command = w.options.Send, w.options.OpenURL, w.run
	s.copy = func(text string) { w.app.Clipboard().SetContent(text) }
}

// run does a command: the window's own here, the others outside.
func (w *Window) run(name, topic string) {
	switch {
	case name == "help" && w.options.Help != nil:
		w.showHelp(topic)
	case name == "clear-clipboard":
		w.app.Clipboard().SetContent("")
	default:
		w.options.Command(name, topic)
	}
}

// Show draws a view, from whichever goroutine it is called. Of several views in a row only the newest is drawn.
func (w *Window) Show(v view.View) {
	w.mu.Lock()
	w.next = &v
	queued := w.queued
	w.queued = true
	w.mu.Unlock()
	if !queued {
		w.options.Dispatch(w.drawNext)
	}
}

func (w *Window) drawNext() {
	w.mu.Lock()
	v := w.next
	w.next, w.queued = nil, false
	w.mu.Unlock()
	if v == nil || w.closed {
		return
	}
	if v.Theme != w.theme {
		w.setTheme(v.Theme)
	}
	if lang := w.options.Translator.Lang(); lang != w.lang {
		w.setLanguage(lang)
	}
	first := !w.screen.drawn
	raise := v.Raise > w.raised && !first
	if raise {
		w.screen.raisedAt = w.options.Now()
	}
	w.screen.draw(*v)
	if raise {
		w.raise()
	}
	w.raised = v.Raise
	w.wake()
}

// Open brings the window up. It must be called on the UI thread; Run does.
func (w *Window) Open() { w.native.Show() }

// Close closes it, without asking Options.Close. It must be called on the UI thread.
func (w *Window) Close() { w.native.Close() }

// raise brings the window to the front or, where the system forbids that, asks for attention.
func (w *Window) raise() {
	w.native.Show()
	w.native.RequestFocus()
	n, ok := w.native.(driver.NativeWindow)
	if !ok {
		return
	}
	n.RunNative(func(context any) {
		if !raiseNative(context) {
			w.app.SendNotification(fyne.NewNotification(w.native.Title(), w.screen.text(w.screen.view.Title)))
		}
	})
}

// wake starts the timer if something on the screen counts seconds. It is not started again once nothing does, so that an idle
// window takes no processor time.
func (w *Window) wake() {
	if w.closed || !w.counts() {
		return
	}
	pace := w.screen.pace()
	if w.help != nil {
		pace = min(pace, w.help.screen.pace())
	}
	due := w.options.Now().Add(pace)
	if w.timer != nil && !due.Before(w.due) {
		return
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	w.due = due
	w.timer = time.AfterFunc(pace, func() { w.options.Dispatch(w.tick) })
}

func (w *Window) counts() bool {
	return w.screen.ticks() || w.help != nil && w.help.screen.ticks()
}

func (w *Window) tick() {
	w.timer = nil
	if w.closed {
		return
	}
	w.screen.tick()
	if w.help != nil {
		w.help.screen.tick()
	}
	w.wake()
}

func (w *Window) stop() {
	w.closed = true
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	w.closeHelp()
}
