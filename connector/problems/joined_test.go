package problems

import (
	"errors"
	"testing"
	"time"
)

// TestJoinedErrorsStayApart holds that two errors of one command are not read as one.
func TestJoinedErrorsStayApart(t *testing.T) {
	one, other := errors.New("open /a/lock: read-only file system"), errors.New("open /a/list: read-only file system")
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.Join(one, other), "open /a/lock: read-only file system; open /a/list: read-only file system"},
		{errors.Join(one, errors.Join(other, one)), "open /a/lock: read-only file system; open /a/list: read-only file system"},
		{one, "open /a/lock: read-only file system"},
	} {
		if got := Of(c.err, time.Time{}).Raw; got != c.want {
			t.Errorf("%q", got)
		}
	}
}
