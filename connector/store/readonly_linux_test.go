package store

import (
	"errors"
	"os"
	"testing"

	"partner-center-connector/test/unprivileged"
)

// TestAFolderThatCannotBeWrittenToIsRead has connectors but never had a draft.
func TestAFolderThatCannotBeWrittenToIsRead(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	if err := errors.Join(os.Remove(s.path(listsLock)), os.Chmod(s.Dir(), 0o500)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(s.Dir(), 0o700) }()
	unprivileged.Do(t, func() {
		all, err := s.Connectors()
		drafts, draftsErr := s.Drafts()
		if len(all) != 3 || len(drafts) != 0 || err != nil || draftsErr != nil {
			t.Errorf("%d connectors, %v; %d drafts, %v", len(all), err, len(drafts), draftsErr)
		}
	})
}
