package connector

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

func TestUnreadable(t *testing.T) {
	t.Parallel()
	all := UnreadableErrors{}
	for i := range 3 {
		all = append(all, &UnreadableError{ID: fmt.Sprint(i), Err: fmt.Errorf("file %d: %w", i, ErrListDamaged)})
	}
	const three = "file 0: it could not be read, and nothing was written over it; file 1: it could not be read, and nothing was written over it; " +
		"file 2: it could not be read, and nothing was written over it"
	if all.Error() != three {
		t.Errorf("told: %s", all.Error())
	}
	all = append(all, &UnreadableError{ID: "3", Err: fs.ErrPermission})
	if all.Error() != three+"; …" {
		t.Errorf("told: %s", all.Error())
	}
	err := fmt.Errorf("list: %w", all)
	if got := Unreadable(err); len(got) != 4 || got[3].ID != "3" {
		t.Errorf("found %v", got)
	}
	if !errors.Is(err, ErrListDamaged) || !errors.Is(err, fs.ErrPermission) || errors.Is(err, ErrListNewer) {
		t.Error("the causes are not found")
	}
	for _, err := range []error{nil, ErrListDamaged, all[0]} {
		if got := Unreadable(err); got != nil {
			t.Errorf("%v: %v", err, got)
		}
	}
}
