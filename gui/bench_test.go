package gui

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"partner-center-connector/assets"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	// Fyne's test driver never lets go of what it has drawn, so that collecting garbage finds little and takes a quarter of the time.
	debug.SetGCPercent(200)
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// queue is a dispatcher that runs what it was given when it is told to, like a UI thread.
type queue struct {
	mu   sync.Mutex
	jobs []func()
}

func (q *queue) add(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = append(q.jobs, f)
}

// drain runs everything that waits and returns how much it was.
func (q *queue) drain() int {
	n := 0
	for {
		q.mu.Lock()
		jobs := q.jobs
		q.jobs = nil
		q.mu.Unlock()
		if len(jobs) == 0 {
			return n
		}
		for _, f := range jobs {
			f()
			n++
		}
	}
}

// testApp is the one app of all tests: making one anew throws Fyne's font caches away.
var testApp = sync.OnceValue(test.NewApp)

// bench is a window in Fyne's test driver, and what came out of it.
type bench struct {
	t        *testing.T
	app      fyne.App
	w        *Window
	queue    *queue
	now      time.Time
	events   []wizard.Event
	commands []string
	urls     []string
}

func newBench(t *testing.T, lang string) *bench {
	t.Helper()
	tr := assets.NewTranslator(lang)
	return newBenchIn(t, tr)
}

func newBenchIn(t *testing.T, tr *assets.Translator) *bench {
	t.Helper()
	b := &bench{t: t, app: testApp(), queue: &queue{}, now: viewtest.Now}
	b.w = New(b.app, Options{
		Translator: tr,
		Send:       func(e wizard.Event) { b.events = append(b.events, e) },
		Dispatch:   b.queue.add,
		OpenURL:    func(u string) { b.urls = append(b.urls, u) },
		Command:    func(name, topic string) { b.commands = append(b.commands, name+" "+topic) },
		Now:        func() time.Time { return b.now },
	})
	t.Cleanup(b.w.Close)
	return b
}

// newKeyBench shows the keys of the texts instead of sentences.
func newKeyBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, "en")
	b.w.screen.tr = keys{}
	return b
}

// keys shows a key and what fills it.
type keys struct{}

func (keys) Text(key string, args map[string]any) string {
	if len(args) == 0 {
		return key
	}
	var filled []string
	for _, name := range slices.Sorted(maps.Keys(args)) {
		filled = append(filled, fmt.Sprint(args[name]))
	}
	return key + "(" + strings.Join(filled, " ") + ")"
}

func (b *bench) show(v view.View) {
	b.w.Show(v)
	b.queue.drain()
}

func (b *bench) resize(width, height float32) { b.w.native.Resize(fyne.NewSize(width, height)) }

func (b *bench) canvas() fyne.Canvas { return b.w.native.Canvas() }

func (b *bench) focused() string { return b.w.screen.focusedID() }

func (b *bench) focus(id string) {
	b.t.Helper()
	c := b.w.screen.pool.find(id)
	if c == nil {
		b.t.Fatalf("no control %q", id)
	}
	b.canvas().Focus(c)
}

// key presses a key as Fyne's driver does: the focused control gets it, or else the canvas. Each press comes a second
// after the one before.
func (b *bench) key(name fyne.KeyName) {
	b.now = b.now.Add(time.Second)
	b.repeat(name)
}

func (b *bench) repeat(name fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: name}
	if f := b.canvas().Focused(); f != nil {
		f.TypedKey(ev)
		return
	}
	b.canvas().OnTypedKey()(ev)
}

// shortcut presses a shortcut as Fyne's driver does.
func (b *bench) shortcut(name fyne.KeyName, m fyne.KeyModifier) {
	s := &desktop.CustomShortcut{KeyName: name, Modifier: m}
	if f, ok := b.canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	// The test driver's canvas keeps the one that takes shortcuts in an embedded field.
	inner := reflect.ValueOf(b.canvas()).Elem().FieldByName("WindowlessCanvas").Interface()
	inner.(fyne.Shortcutable).TypedShortcut(s)
}

// tab moves the focus as Fyne's driver does, unless the focused control takes the key.
func (b *bench) tab() {
	if f, ok := b.canvas().Focused().(fyne.Tabbable); ok && f.AcceptsTab() {
		b.t.Fatalf("%s keeps the Tab key", b.focused())
	}
	b.canvas().FocusNext()
}

func (b *bench) typeText(text string) {
	for _, r := range text {
		b.canvas().Focused().TypedRune(r)
	}
}

func (b *bench) lastEvent() wizard.Event {
	if len(b.events) == 0 {
		return nil
	}
	return b.events[len(b.events)-1]
}

func (b *bench) entry(id string) *widget.Entry {
	b.t.Helper()
	e, ok := b.w.screen.pool.find(id).(*widget.Entry)
	if !ok {
		b.t.Fatalf("no entry %q", id)
	}
	return e
}

func say(key string) view.Text { return view.Text{Key: key} }
