package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// TestWhatCanNotBeWrittenLeavesTheFile holds it for a value that has no JSON, and for a list that could not be read again.
func TestWhatCanNotBeWrittenLeavesTheFile(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := s.PutDraft(connector.Draft{ID: "a", Name: "of use"}); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, s, draftsFile)
	if err := s.PutDraft(connector.Draft{ID: "b", Name: strings.Repeat("x", 16<<20)}); !errors.Is(err, safefile.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	year := connector.Draft{Created: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)} // JSON has no such time
	for _, id := range []string{"a", "b"} {
		year.ID = id
		if err := s.PutDraft(year); err == nil {
			t.Errorf("%s: a value without JSON was written", id)
		}
	}
	if after := readFile(t, s, draftsFile); after != before {
		t.Errorf("the list became\n%.300s", after)
	}
	// The largest list there is can be read.
	if err := s.PutDraft(connector.Draft{ID: "b", Name: strings.Repeat("x", 16<<20-1_000)}); err != nil {
		t.Error(err)
	}
	if all, err := s.Drafts(); err != nil || len(all) != 2 {
		t.Errorf("%d drafts, %v", len(all), err)
	}
	if left := glob(t, s, "*.damaged-*"); len(left) != 0 {
		t.Errorf("put aside: %v", left)
	}
}

// TestTheLargestListIsReadAgain looks at the last byte: what is written can be read, whatever its size.
func TestTheLargestListIsReadAgain(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	put := func(length int) error { return s.PutDraft(connector.Draft{ID: "a", Name: strings.Repeat("x", length)}) }
	if err := put(1); err != nil {
		t.Fatal(err)
	}
	largest := 16<<20 - len(readFile(t, s, draftsFile)) + 1
	if err := put(largest); err != nil {
		t.Fatalf("a list of 16 MiB is refused: %v", err)
	}
	if _, err := s.Drafts(); err != nil {
		t.Errorf("and not read again: %v", err)
	}
	if err := put(largest + 1); !errors.Is(err, safefile.ErrTooLarge) {
		t.Errorf("one byte more: %v", err)
	}
}
