package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector/view"
)

// errNoAnswer says that standard input ended.
var errNoAnswer = errors.New("standard input ended")

// prompt asks questions on standard error and reads the answers from standard input, a line each, only while it asks.
type prompt struct {
	program *program
	in      *bufio.Reader
}

func (p *program) prompt() *prompt { return &prompt{program: p, in: bufio.NewReader(p.In)} }

type line struct {
	text string
	err  error
}

// line asks and returns what was typed, without white space around it. Its errors are ctx's and errNoAnswer.
func (q *prompt) line(ctx context.Context, question string) (string, error) {
	_, _ = fmt.Fprint(q.program.Err, question+" ")
	return q.read(ctx, func() (string, error) {
		text, err := q.in.ReadString('\n')
		if err != nil && text == "" {
			return "", errNoAnswer
		}
		return text, nil
	})
}

func (q *prompt) read(ctx context.Context, read func() (string, error)) (string, error) {
	got := make(chan line, 1)
	go func() {
		text, err := read()
		got <- line{strings.TrimSpace(text), err}
	}()
	select {
	case l := <-got:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// maxSecret is more than any client secret or PEM bundle has, in bytes.
const maxSecret = 64 << 10

// secret asks for a secret without showing it; where nobody sits at standard input it reads all of it.
func (q *prompt) secret(ctx context.Context, question string) (auth.Secret, error) {
	host := q.program.Host
	if host.InTerminal {
		_, _ = fmt.Fprint(host.Err, question+" ")
		text, err := q.read(ctx, func() (string, error) {
			b, err := host.ReadSecret()
			return string(b), err
		})
		_, _ = fmt.Fprintln(host.Err)
		return auth.NewSecret(text), err
	}
	text, err := q.read(ctx, func() (string, error) {
		b, err := io.ReadAll(io.LimitReader(q.in, maxSecret))
		return string(b), err
	})
	return auth.NewSecret(text), err
}

// yes asks a question that "y" (or the language's own letter) answers.
func (q *prompt) yes(ctx context.Context, question string) (bool, error) {
	answer, err := q.line(ctx, question+" "+q.program.t("cli.yes-no"))
	if err != nil || answer == "" {
		return false, err
	}
	first := strings.ToLower(answer)[:1]
	return first == "y" || first == q.program.t("cli.yes-letter"), nil
}

func (p *program) confirm(ctx context.Context, question view.Text) bool {
	ok, err := p.prompt().yes(ctx, question.Render(p.tr))
	return ok && err == nil
}

// option asks for one of several, by number; an empty answer keeps the current one (-1 for none).
func (q *prompt) option(ctx context.Context, question string, options []string, current int) (int, error) {
	for i, o := range options {
		mark := " "
		if i == current {
			mark = "*"
		}
		_, _ = fmt.Fprintf(q.program.Err, "  %s %d  %s\n", mark, i+1, o)
	}
	for {
		answer, err := q.line(ctx, question)
		if err != nil {
			return -1, err
		}
		if answer == "" && current >= 0 {
			return current, nil
		}
		n, err := strconv.Atoi(answer)
		if err == nil && n >= 1 && n <= len(options) {
			return n - 1, nil
		}
		q.program.say(say("cli.error.number", "Highest", len(options)))
	}
}
