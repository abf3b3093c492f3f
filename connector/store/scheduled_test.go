package store

import (
	"errors"
	"testing"

	"partner-center-connector/connector"
)

// TestScheduledRunIsKept, whole, for every process of the folder; a damaged one is kept aside, and the next run is kept all the same.
func TestScheduledRunIsKept(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if run, err := s.ScheduledRun(); run != (connector.ScheduledRun{}) || err != nil {
		t.Errorf("before the first: %+v, %v", run, err)
	}
	first := connector.ScheduledRun{At: noon, ExitCode: 3, Checked: 5, Skipped: 2, Failed: 1, Problem: connector.KindKeychainLocked}
	if err := s.PutScheduledRun(first); err != nil {
		t.Fatal(err)
	}
	if run, err := beside(t, s).ScheduledRun(); run != first || err != nil {
		t.Errorf("%+v, %v", run, err)
	}
	writeFile(t, s, scheduledFile, `{"format": 1, "run": {"exitCode": "three"}}`)
	second := connector.ScheduledRun{At: noon, Checked: 8}
	if err := s.PutScheduledRun(second); err != nil {
		t.Error(err)
	}
	if run, err := s.ScheduledRun(); run != second || err != nil {
		t.Errorf("after a damaged one: %+v, %v", run, err)
	}
	newer := `{"format": 2, "run": {}}`
	writeFile(t, s, scheduledFile, newer)
	if err := s.PutScheduledRun(second); !errors.Is(err, connector.ErrListNewer) || readFile(t, s, scheduledFile) != newer {
		t.Errorf("over that of a newer version: %v", err)
	}
}
