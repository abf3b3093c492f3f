//go:build e2e && windows

package schedule

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partner-center-connector/connector"
)

// TestSchtasks hands the task to the Task Scheduler of this computer, compares what that keeps of it, and removes it. Wine 8 can't be asked: there the file in
// which its scheduler keeps the task is looked at, which Windows shows to administrators alone. It has the settings, but neither trigger nor action.
func TestSchtasks(t *testing.T) {
	s := New(Config{Program: `C:\Program Files\Jürgen & Co\pcc.exe`, LastRun: func() (connector.ScheduledRun, error) { return connector.ScheduledRun{}, nil }})
	w := tasks{s.host}
	plan := must(s.Plan(t.Context()))(t)
	if err := s.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if text := must(w.query(t.Context()))(t); text == "" {
		keptByWine(t, w.name(), plan.Parts[0].Text)
	} else if !w.same(plan.Parts[0], connector.SchedulePart{Text: text}) {
		t.Errorf("what is kept is another task:\n%s", text)
	}
	if err := s.Remove(t.Context()); err != nil {
		t.Error(err)
	}
	var failed *connector.SchedulerError
	if _, err := w.run(t.Context(), "", "schtasks", "/Delete", "/TN", w.name(), "/F"); !errors.As(err, &failed) {
		t.Errorf("it was still there: %v", err)
	}
	plan.Parts[0].Text = "<Task>"
	if err := s.Install(t.Context(), plan); !errors.As(err, &failed) {
		t.Errorf("half a task: %v", err)
	}
}

func keptByWine(t *testing.T, name, planned string) {
	t.Helper()
	text := string(must(os.ReadFile(filepath.Join(os.Getenv("SystemRoot"), "System32", "Tasks", name)))(t))
	kept, want := must(readTask(text))(t), must(readTask(planned))(t)
	if kept.Settings != want.Settings || kept.Description != want.Description {
		t.Errorf("what is kept is another task:\n%s", text)
	}
}
