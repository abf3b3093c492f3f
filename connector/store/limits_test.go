package store

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// TestAValueWithoutJSONLeavesTheFile checks that a list which can't be encoded stays as it was.
func TestAValueWithoutJSONLeavesTheFile(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := s.PutDraft(connector.Draft{ID: "a", Name: "of use"}); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, s, draftsFile)
	for _, id := range []string{"a", "b"} {
		// JSON has no such year.
		if err := s.PutDraft(connector.Draft{ID: id, Created: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)}); err == nil {
			t.Errorf("%s was written", id)
		}
	}
	if after := readFile(t, s, draftsFile); after != before {
		t.Errorf("the list became\n%s", after)
	}
}

// TestTheLargestListIsReadAgain checks that what is written can be read, and that what could not be read is not written: the whole list would
// count as damaged.
func TestTheLargestListIsReadAgain(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	put := func(length int) error {
		return s.PutDraft(connector.Draft{ID: "a", Name: strings.Repeat("x", length)})
	}
	if err := put(1); err != nil {
		t.Fatal(err)
	}
	largest := 16<<20 - len(readFile(t, s, draftsFile)) + 1
	err := put(largest + 1)
	var failed *fs.PathError
	if !errors.Is(err, safefile.ErrTooLarge) || !errors.As(err, &failed) || failed.Op != "write" || failed.Path != s.path("drafts.json") {
		t.Errorf("a list of one byte more than 16 MiB: %v", err)
	}
	if all, err := s.Drafts(); err != nil || len(all) != 1 || all[0].Name != "x" {
		t.Errorf("after it was refused: %d drafts, %v", len(all), err)
	}
	if err := put(largest); err != nil {
		t.Errorf("a list of 16 MiB is refused: %v", err)
	}
	if _, err := s.Drafts(); err != nil {
		t.Errorf("and not read again: %v", err)
	}
}
