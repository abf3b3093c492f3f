package store

import (
	"reflect"
	"testing"

	"partner-center-connector/connector"
)

func TestNotified(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var seen []connector.Notified
	to := func(after []connector.Notified) func([]connector.Notified) []connector.Notified {
		return func(before []connector.Notified) []connector.Notified {
			seen = before
			return after
		}
	}
	change := func(after []connector.Notified) []connector.Notified {
		t.Helper()
		if err := beside(t, s).ChangeNotified(to(after)); err != nil {
			t.Fatal(err)
		}
		return seen
	}
	if before := change(nil); len(before) != 0 || exists(s.path(notifiedFile)) {
		t.Errorf("in a new folder: %v, a file: %v", before, exists(s.path(notifiedFile)))
	}
	told := []connector.Notified{{ConnectorID: "c-1", Problem: connector.KindNoMFA, At: noon}}
	change(told)
	if before := change(nil); !reflect.DeepEqual(before, told) {
		t.Errorf("read back: %v", before)
	}
	if before := change(told); len(before) != 0 {
		t.Errorf("forgotten, there is %v", before)
	}
	writeFile(t, s, notifiedFile, "half")
	if before := change(told); len(before) != 0 {
		t.Errorf("of a damaged file: %v", before)
	}
	if before := change(told); !reflect.DeepEqual(before, told) {
		t.Errorf("after a damaged one: %v", before)
	}
}
