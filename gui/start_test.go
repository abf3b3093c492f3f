package gui

import (
	"errors"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/lang"

	"partner-center-connector/assets"
)

func TestRunWithoutADisplay(t *testing.T) {
	if !displayByEnvironment {
		t.Skip("this system always has a display")
	}
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	err := Run(func() fyne.App { t.Error("an app was made"); return nil }, nil)
	if !errors.Is(err, ErrNoDisplay) {
		t.Errorf("err = %v", err)
	}
}

func TestOpenSurvivesAPanic(t *testing.T) {
	_, err := open(func() fyne.App { panic("glfw") }, nil)
	if !errors.Is(err, ErrNoOpenGL) {
		t.Errorf("err = %v", err)
	}
}

func TestOpen(t *testing.T) {
	b := newKeyBench(t)
	app, err := open(func() fyne.App { return b.app }, func(fyne.App) *Window { return b.w })
	if err != nil || app != b.app {
		t.Errorf("app %v, err %v", app, err)
	}
}

// windowOf is a window whose native one has the context.
type windowOf struct {
	fyne.Window
	context any
}

func (w windowOf) RunNative(f func(any)) { f(w.context) }

func TestHasWindow(t *testing.T) {
	tests := []struct {
		context any
		want    bool
	}{
		{driver.X11WindowContext{}, false},
		{driver.X11WindowContext{WindowHandle: 1}, true},
		{driver.WaylandWindowContext{}, false},
		{driver.WaylandWindowContext{WaylandSurface: 1}, true},
		{driver.WindowsWindowContext{}, false},
		{driver.WindowsWindowContext{HWND: 1}, true},
		{driver.MacWindowContext{}, false},
		{driver.MacWindowContext{NSWindow: 1}, true},
		{driver.UnknownContext{}, true},
	}
	for _, tt := range tests {
		if got := hasWindow(windowOf{context: tt.context}); got != tt.want {
			t.Errorf("%#v: %v", tt.context, got)
		}
	}
}

func TestOpenWithoutANativeWindow(t *testing.T) {
	b := newKeyBench(t)
	w := &Window{native: windowOf{Window: b.w.native, context: driver.X11WindowContext{}}}
	if _, err := open(func() fyne.App { return b.app }, func(fyne.App) *Window { return w }); !errors.Is(err, ErrNoOpenGL) {
		t.Errorf("err = %v", err)
	}
}

func TestFyneShowsOurWords(t *testing.T) {
	testApp()
	tr := assets.NewTranslator("de")
	if err := translateFyne(tr); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Cut", "Copy", "Paste", "Select all", "Undo", "Redo", "Quit"} {
		if got, want := lang.L(word), tr.Text("window."+fyneWords[word], nil); got != want {
			t.Errorf("%s is %q, want %q", word, got, want)
		}
	}
}

func isInFront(w fyne.Window) bool {
	return reflect.ValueOf(w).Elem().FieldByName("focused").Bool()
}
