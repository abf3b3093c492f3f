package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// endsWithin is how long the program may take to end when it is told to.
const endsWithin = 2 * time.Second

func TestASignalEndsAWait(t *testing.T) {
	w := newWorld(t, "good")
	w.browsers.idle = true
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var at time.Time
	seen := see("Waiting for the administrator's answer")
	seen.first = func() { at = time.Now(); cancel() }
	r := w.sitAsked(ctx, []step{enter(), seen, see("never")}, w.connectArgs()...)
	if took := time.Since(at); took > endsWithin {
		t.Errorf("it took %s", took)
	}
	if l := w.list(); r.code != cli.ExitFailed || !strings.Contains(r.err, "Stopped.\nThe draft is kept. Go on with:\npcc connect --draft ") || len(l.Drafts) != 1 {
		t.Errorf("exit code %d, %d drafts\n%s", r.code, len(l.Drafts), r.err)
	}
}

func TestASignalEndsAQuestion(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "secret"
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := see("Client secret:")
	asked.first = cancel
	args := w.connectArgs()
	args = append(args[:len(args)-2:len(args)-2], "--with-groups")
	r := w.sitAsked(ctx, []step{asked, see("never")}, args...)
	if r.code != 1 || !strings.Contains(r.err, "Stopped.\nThe draft is kept.") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if n := len(w.keychain.items); n != 0 {
		t.Errorf("the keychain holds %d items", n)
	}
}

func TestASignalEndsAScript(t *testing.T) {
	w := newWorld(t, "good")
	w.browsers.idle = true
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, errs := &bytes.Buffer{}, &watched{want: "Waiting for the administrator", seen: cancel}
	host := w.host("", out, nil)
	host.Err = errs
	started := time.Now()
	code := cli.Main(ctx, host, w.args(w.connectArgs("--json")))
	got := failed{}
	w.decode(result{code, out.String(), errs.String()}, &got)
	if code != cli.ExitFailed || got.Error.Kind != "stopped" || got.Error.DraftID == "" || time.Since(started) > endsWithin+patience {
		t.Errorf("exit code %d, %+v", code, got)
	}
	if len(w.list().Drafts) != 1 {
		t.Error("the draft is not kept")
	}
}

// watched calls seen when a text was written.
type watched struct {
	bytes.Buffer
	want string
	seen func()
}

func (w *watched) Write(b []byte) (int, error) {
	n, err := w.Buffer.Write(b)
	if strings.Contains(w.String(), w.want) {
		w.seen()
	}
	return n, err
}

func TestNothingTypedLeavesNoDraft(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.sit(nil, "connect"); r.code != cli.ExitFailed || strings.Contains(r.err, "draft") || len(w.list().Drafts) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestALockedConnectorIsNotWaitedForWithoutEnd(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	id, _ := w.list().Connectors[0]["id"].(string)
	e := w.mustOpen()
	unlock, err := e.Store.Lock(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	// The limit of the command is minutes; here it is the caller's.
	code := cli.Main(ctx, w.host("", out, errs), w.args([]string{"token", "Practice"}))
	if code != cli.ExitLater || !strings.Contains(errs.String(), "Who must act: You") || out.Len() > 0 {
		t.Errorf("exit code %d\n%s", code, errs)
	}
}
