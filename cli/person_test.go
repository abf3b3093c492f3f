package cli_test

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// step is something that a person waits to see. Unless it is only seen, they type a line then, or the number of the choice of a menu.
type step struct {
	sees   string
	only   bool
	types  string
	choice bool
	// first is done before anything is typed.
	first func()
	// copies returns what is typed instead, where it is known only then.
	copies func() string
}

func see(text string) step { return step{sees: text, only: true} }

func answer(question, text string) step { return step{sees: question, types: text} }

// enter presses Enter alone at a menu, which takes what it recommends.
func enter() step { return answer("What next, by its number [", "") }

// pick takes a choice of the next menu by its words.
func pick(label string) step { return step{sees: label, choice: true} }

// patience is how long a person waits to see something.
const patience = 30 * time.Second

// person sits at a terminal: they read what is written, and type the next answer when they see what they wait for.
type person struct {
	t     *testing.T
	mu    sync.Mutex
	moved *sync.Cond
	text  bytes.Buffer
	read  int // how much of text the person has dealt with
	steps []step
	// gone reports whether the person waits no longer, ended whether the program has.
	gone, ended bool
	rest        []byte
}

func newPerson(t *testing.T, steps []step) *person {
	t.Helper()
	t.Helper()
	p := &person{t: t, steps: steps}
	p.moved = sync.NewCond(&p.mu)
	return p
}

// Write shows something on the screen.
func (p *person) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved.Broadcast()
	return p.text.Write(b)
}

// Read types. It ends with io.EOF when there is nothing more to type.
func (p *person) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		line, ok := p.next()
		if !ok {
			return 0, io.EOF
		}
		p.rest = []byte(line + "\n")
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// secret types without an echo.
func (p *person) secret() ([]byte, error) {
	line, ok := p.next()
	if !ok {
		return nil, io.EOF
	}
	return []byte(line), nil
}

func (p *person) next() (string, bool) {
	for {
		p.mu.Lock()
		if len(p.steps) == 0 || p.gone {
			p.mu.Unlock()
			return "", false
		}
		s := p.steps[0]
		text, ok := p.wait(s)
		if ok {
			p.steps = p.steps[1:]
		}
		ended := p.ended
		p.mu.Unlock()
		if !ok && ended {
			return "", false
		}
		if !ok {
			p.t.Errorf("the person never saw %q in\n%s", s.sees, p.screen())
			return "", false
		}
		if s.first != nil {
			s.first()
		}
		if s.copies != nil {
			text = s.copies()
		}
		if !s.only {
			return text, true
		}
	}
}

// wait waits for what a step sees, and returns what is to be typed.
func (p *person) wait(s step) (string, bool) {
	late := time.AfterFunc(patience, p.leave)
	defer late.Stop()
	for !p.gone {
		if end, types := s.find(p.text.String()[p.read:]); end > 0 {
			p.read += end
			return types, true
		}
		p.moved.Wait()
	}
	return "", false
}

// find returns where what the step sees ends, 0 if it is not there yet, and what is typed then.
func (s step) find(text string) (int, string) {
	if !s.choice {
		if at := strings.Index(text, s.sees); at >= 0 {
			return at + len(s.sees), s.types
		}
		return 0, ""
	}
	const question = "What next, by its number"
	at := regexp.MustCompile(`(?m)^ [* ] *(\d+)  ` + regexp.QuoteMeta(s.sees)).FindStringSubmatchIndex(text)
	if at == nil {
		return 0, ""
	}
	end := strings.Index(text[at[1]:], question)
	if end < 0 {
		return 0, ""
	}
	return at[1] + end + len(question), text[at[2]:at[3]]
}

func (p *person) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = true
	p.moved.Broadcast()
}

func (p *person) screen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// sit runs a command line with a person at the terminal.
func (w *world) sit(steps []step, args ...string) result {
	w.t.Helper()
	return w.sitUntil(w.t.Context(), steps, args...)
}

// sitAsked is sit for a command line that says all but the tenant, which the person is asked for: one that says all asks nothing.
func (w *world) sitAsked(ctx context.Context, steps []step, args ...string) result {
	w.t.Helper()
	at := slices.Index(args, "--tenant")
	steps = slices.Insert(slices.Clone(steps), 0, answer(words("field.tenant")+":", args[at+1]))
	return w.sitUntil(ctx, steps, slices.Delete(slices.Clone(args), at, at+2)...)
}

func (w *world) sitUntil(ctx context.Context, steps []step, args ...string) result {
	w.t.Helper()
	p := newPerson(w.t, steps)
	w.person = p
	out := &bytes.Buffer{}
	host := w.host("", out, nil)
	host.In, host.Err, host.ReadSecret, host.ReadPaste = p, p, p.secret, p.secret
	host.InTerminal, host.Width = true, func() int { return 100 }
	code := cli.Main(ctx, host, w.args(args))
	p.mu.Lock()
	for len(p.steps) > 0 && p.steps[0].only && strings.Contains(p.text.String()[p.read:], p.steps[0].sees) {
		p.steps = p.steps[1:]
	}
	left := p.steps
	p.ended, p.gone = true, true
	p.moved.Broadcast()
	p.mu.Unlock()
	if len(left) > 0 && ctx.Err() == nil {
		w.t.Errorf("%q was never asked for, with %d more, in\n%s", left[0].sees, len(left)-1, p.screen())
	}
	return result{code, out.String(), p.screen()}
}
