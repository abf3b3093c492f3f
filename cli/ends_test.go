package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/rehearsal"
)

// keptOnPage4 leaves a draft whose app registration Microsoft did not know yet.
func (w *world) keptOnPage4() {
	w.t.Helper()
	w.play("app-unknown")
	defer w.play("good")
	r := w.runWith(w.facts.ClientSecret+"\n", w.secretArgs()...)
	drafts, err := w.mustOpen().Ports.Store.Drafts()
	if err != nil || len(drafts) != 1 || r.code == cli.ExitFine {
		w.t.Fatalf("%d drafts, %v, exit code %d\n%s", len(drafts), err, r.code, r.err)
	}
}

// secretArgs make a connector with a client secret.
func (w *world) secretArgs() []string {
	return []string{
		"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id", w.clientID("secret"),
		"--client-kind", "secret", "--secret-stdin", "--yes",
	}
}

// ended runs a command line that must end by itself.
func (w *world) ended(stdin string, args ...string) result {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 30*time.Second)
	defer cancel()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	code := cli.Main(ctx, w.host(stdin, out, errs), w.args(args))
	if ctx.Err() != nil {
		w.t.Errorf("%q did not end by itself:\n%s", args, errs)
	}
	return result{code, out.String(), errs.String()}
}

func TestADraftIsGoneOnWithOnAComputerThatKeepsNothing(t *testing.T) {
	w := newWorld(t, "good")
	w.keptOnPage4()
	w.keychain.err = errors.New("the keychain is broken")
	r := w.ended("", "connect", "--resume", "--yes")
	if r.code != 1 || !strings.Contains(r.err, words("problem.keychain-broken.title", "Failed", "-")) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestADraftIsGoneOnWithAsRoot(t *testing.T) {
	w := newWorld(t, "good")
	w.keptOnPage4()
	w.elevation, w.browsers.elevated = true, true
	// Without --resume too: a script that is run again takes its draft up by itself.
	for _, args := range [][]string{{"connect", "--resume", "--yes"}, w.secretArgs()} {
		r := w.ended(w.facts.ClientSecret+"\n", args...)
		if r.code != 1 || !strings.Contains(r.err, words("problem.elevated.title")) {
			t.Errorf("%q: exit code %d\n%s", args[1], r.code, r.err)
		}
	}
}

func TestOnlyTheEndOfAClientSecretIsGiven(t *testing.T) {
	w := newWorld(t, "good")
	for _, kind := range []string{"public", "certificate"} {
		args := append([]string{"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--client-kind", kind, "--client-id", w.clientID(kind), "--secret-expires", "2099-01-01", "--yes"}, w.credentialArgs(kind)...)
		r := w.ended("", args...)
		if r.code != 2 || !strings.Contains(r.err, words("cli.error.secret-expires")) {
			t.Errorf("%s: exit code %d\n%s", kind, r.code, r.err)
		}
	}
}

// TestEveryConversationEnds holds that pcc connect comes to an end by itself, with a reason where it is not the wished one, on whatever
// computer, in whatever scenario, by flags or by a person who types anything.
func TestEveryConversationEnds(t *testing.T) {
	scenarios := rehearsal.Scenarios()
	for seed := range uint64(conversations) {
		random := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(t, scenarios[random.IntN(len(scenarios))].Name)
		name := fmt.Sprintf("seed %d, %s", seed, w.facts.Scenario)
		for range 5 {
			w.upset(random)
			args, stdin := w.anyArgs(random), anyLines(random)
			r := w.talk(random, stdin, args)
			if r.code != cli.ExitFine && strings.TrimSpace(r.err) == "" && strings.TrimSpace(r.out) == "" {
				t.Errorf("%s: %q ended with exit code %d and without a word", name, args, r.code)
			}
			if strings.Contains(r.err, "reason.") {
				t.Errorf("%s: %q: an unfinished sentence\n%s", name, args, r.err)
			}
			if t.Failed() {
				t.Fatalf("%s: %q\n%s\n%s", name, args, r.out, r.err)
			}
		}
	}
}

// conversations is how many worlds are talked in, five times each.
const conversations = 80

// upset makes the computer one on which something does not work, now and then.
func (w *world) upset(random *rand.Rand) {
	w.keychain.mu.Lock()
	w.keychain.err = nil
	if random.IntN(5) == 0 {
		w.keychain.err = errors.New("the keychain is broken")
	}
	w.keychain.mu.Unlock()
	w.elevation = random.IntN(6) == 0
	w.browsers.elevated = w.elevation
	w.browsers.installed = []browser.Browser{practiceBrowser}
	if random.IntN(6) == 0 {
		w.browsers.installed = nil
	}
}

// anyArgs are the flags of a connector, some of them missing or wrong.
func (w *world) anyArgs(random *rand.Rand) []string {
	args := []string{"connect"}
	some := func(chance int, flag string, values ...string) {
		if random.IntN(100) < chance {
			args = append(args, flag+"="+values[random.IntN(len(values))])
		}
	}
	kind := []string{w.facts.ClientKind, w.facts.ClientKind, "public", "secret", "certificate"}[random.IntN(5)]
	some(85, "--tenant", w.facts.Domain, w.facts.Domain, "nowhere.example", "not a tenant")
	some(85, "--user", w.facts.IntegrationUPN, w.facts.IntegrationUPN, "somebody@else.example")
	some(85, "--client-id", w.clientID(kind), w.clientID(kind), "77777777-7777-4777-8777-777777777777")
	some(80, "--client-kind", kind)
	some(60, "--name", "Practice", "Another")
	some(85, "--yes", "true")
	some(20, "--with-groups", "true")
	some(20, "--resume", "true")
	some(15, "--cloud", "global", "practice")
	some(25, "--admin-consent", "default", "isolated", "link", "other-person", "skip")
	some(25, "--user-consent", "private", "guest", "plain", "link")
	some(10, "--admin-answer", "http://localhost/consent?admin_consent=True&tenant=x&state=y")
	if random.IntN(10) > 0 {
		args = append(args, w.credentialArgs(kind)...)
	}
	return args
}

// anyLines are what somebody types: numbers of choices mostly, the right things and the wrong ones.
func anyLines(random *rand.Rand) string {
	text := strings.Builder{}
	for range random.IntN(60) {
		switch random.IntN(6) {
		case 0:
			text.WriteString([]string{"", "yes", "y", "n", "no", "x", "?", "contoso.example", "/callback", "AADSTS65001", "0"}[random.IntN(11)])
		default:
			fmt.Fprint(&text, 1+random.IntN(9))
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// talk runs a command line in a terminal or without one. Where it waits for a browser that nobody will use, it is ended as by Ctrl+C.
func (w *world) talk(random *rand.Rand, stdin string, args []string) result {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	waits := &waits{}
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host(stdin, out, errs)
	host.InTerminal = random.IntN(2) == 0
	host.ReadSecret = func() ([]byte, error) { return []byte(w.facts.ClientSecret), nil }
	host.Open = func(o engine.Options) (*engine.Engine, error) {
		e, err := w.open(o)
		if err == nil {
			waits.Consenter, e.Ports.Consents = e.Ports.Consents, waits
		}
		return e, err
	}
	ended := make(chan int, 1)
	go func() { ended <- cli.Main(ctx, host, w.args(args)) }()
	for until := time.Now().Add(time.Minute); ; {
		select {
		case code := <-ended:
			return result{code, out.String(), errs.String()}
		case <-time.After(20 * time.Millisecond):
		}
		switch {
		case waits.long():
			cancel()
		case time.Now().After(until):
			w.t.Errorf("%q does not end, and waits for no browser", args)
			cancel()
		}
	}
}

// waits notes how many answers of browsers are waited for, and since when the last of them is.
type waits struct {
	connector.Consenter
	mu    sync.Mutex
	count int
	since time.Time
}

// long reports whether it has been waited so long that nobody will answer.
func (w *waits) long() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count > 0 && time.Since(w.since) > 300*time.Millisecond
}

func (w *waits) add(count int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count += count
	w.since = time.Now()
}

func (w *waits) BeginAdmin(ctx context.Context, r auth.AdminRequest) (connector.Attempt, error) {
	return w.noting(w.Consenter.BeginAdmin(ctx, r))
}

func (w *waits) BeginUser(ctx context.Context, r auth.UserRequest) (connector.Attempt, error) {
	return w.noting(w.Consenter.BeginUser(ctx, r))
}

func (w *waits) noting(a connector.Attempt, err error) (connector.Attempt, error) {
	if err != nil {
		return nil, err
	}
	return waitedFor{a, w}, nil
}

type waitedFor struct {
	connector.Attempt
	waits *waits
}

func (a waitedFor) Answer(ctx context.Context) (auth.Answer, error) {
	a.waits.add(1)
	defer a.waits.add(-1)
	return a.Attempt.Answer(ctx)
}
