package program

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/test"

	"partner-center-connector/assets"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui"
)

// pageWith is a view with one button.
func pageWith(id string) view.View {
	return view.View{Page: "p", Blocks: []view.Block{view.Actions{Buttons: []view.Button{{ID: id, Label: view.Text{Key: "home.new"}, Event: wizard.NewConnector{}}}}}}
}

func stageWindow(t *testing.T) *gui.Window {
	t.Helper()
	tr := assets.NewTranslator("en")
	w := gui.New(test.NewTempApp(t), gui.Options{Translator: tr, Send: func(wizard.Event) {}, Dispatch: func(f func()) { f() }})
	t.Cleanup(w.Close)
	return w
}

// TestTheWindowComesUpWithTheFirstCompleteView has the lists read before there is a window: it is filled before anybody can see it.
func TestTheWindowComesUpWithTheFirstCompleteView(t *testing.T) {
	w, s := stageWindow(t), newStage()
	s.show(pageWith("reading"), false)
	s.show(pageWith("home"), true)
	s.enter(w)
	if w.Press("reading") || !w.Press("home") {
		t.Error("the window comes up with another view than the complete one")
	}
	s.show(pageWith("later"), true)
	if !w.Press("later") {
		t.Error("a later view is not shown")
	}
}

func TestTheWindowWaitsForTheFirstCompleteView(t *testing.T) {
	w := stageWindow(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		s.show(pageWith("reading"), false)
		entered := false
		go func() {
			s.enter(w)
			entered = true
		}()
		synctest.Wait()
		if entered {
			t.Fatal("the window came up without the lists")
		}
		s.show(pageWith("home"), true)
		synctest.Wait()
		if !entered || !w.Press("home") {
			t.Error("the window does not come up with the complete view")
		}
	})
}

// TestPatienceEnds shows what there is where the lists take long.
func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		start := time.Now()
		s.begin()
		<-s.ready
		if took := time.Since(start); took != 300*time.Millisecond {
			t.Errorf("the window comes up after %v", took)
		}
	})
	w := stageWindow(t)
	late := newStage()
	late.show(pageWith("reading"), false)
	late.release()
	late.enter(w)
	if !w.Press("reading") {
		t.Error("the window does not say that it reads")
	}
}
