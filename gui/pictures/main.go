// Command pictures draws the pictures of the documentation: every page of the window as the program itself draws it, without a
// display, from states with a fixed clock and fixed names, so that the same program makes the same pictures.
package main

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	if len(args) != 1 {
		_, _ = fmt.Fprintln(stderr, "usage: pictures FOLDER")
		return 2
	}
	time.Local = time.UTC
	total, err := drawAll(args[0], shots())
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return 1
	}
	_, _ = fmt.Fprintf(stderr, "%d pictures, %d KiB, in %s\n", len(shots()), total>>10, args[0])
	return 0
}

// drawAll draws the pictures into a folder, where they replace every picture, and returns their size in bytes.
func drawAll(folder string, all []shot) (int64, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // documentation is for everybody
		return 0, err
	}
	old, err := filepath.Glob(filepath.Join(folder, "*.png"))
	if err != nil {
		return 0, err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return 0, err
		}
	}
	app, total := test.NewApp(), int64(0)
	for _, s := range all {
		size, err := write(filepath.Join(folder, s.file+".png"), draw(app, s))
		if err != nil {
			return 0, fmt.Errorf("%s: %w", s.file, err)
		}
		total += size
	}
	return total, nil
}

// draw shows a page in a window of its own and takes its picture.
func draw(app fyne.App, s shot) image.Image {
	tr := assets.NewTranslator(s.lang)
	here := func(f func()) { f() }
	w := gui.New(app, gui.Options{
		Translator: tr, Theme: s.theme, Send: func(wizard.Event) {}, Dispatch: here, Now: func() time.Time { return viewtest.Now },
	})
	defer w.Close()
	windows := app.Driver().AllWindows()
	native := windows[len(windows)-1]
	native.Canvas().(interface{ SetScale(float32) }).SetScale(s.scale)
	native.Resize(s.size)
	v := s.view(tr)
	v.Theme = s.theme
	w.Show(v)
	return w.Picture()
}

func write(path string, picture image.Image) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, fewer(picture)); err != nil {
		_ = f.Close()
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return 0, err
	}
	return info.Size(), f.Close()
}

// page is the view of a state.
func page(name string) func(view.Translator) view.View {
	return func(view.Translator) view.View { return view.Project(viewtest.State(name)) }
}

// focused is the same with the focus on another control, which brings it into view.
func focused(of func(view.Translator) view.View, id string) func(view.Translator) view.View {
	return func(tr view.Translator) view.View {
		v := of(tr)
		v.Focus = id
		return v
	}
}

// help is a page of the help window.
func help(topic string) func(view.Translator) view.View {
	return func(tr view.Translator) view.View {
		return view.Help(connector.Preset{}, viewtest.Products(), topic, "", tr.Text)
	}
}
