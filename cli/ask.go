package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/plaintext"
)

// errNoAnswer means that standard input ended.
var errNoAnswer = errors.New("standard input ended")

// errBack means that a person wants to go back.
var errBack = errors.New("back")

// errMoved means that a question was taken back, because what it was about has changed.
var errMoved = errors.New("the question is settled")

// Limits of what is read, in bytes: a line that a person types or pastes, and a client secret or PEM bundle.
const (
	maxLine   = 64 << 10
	maxSecret = 64 << 10
)

// prompt asks questions on standard error and reads the answers from standard input, a line each.
type prompt struct {
	program *program
	in      *bufio.Reader
	// pending is a read that is under way; a question that was taken back leaves it to the next one.
	pending chan answer
	// questions counts what was asked.
	questions int
	// hint is what is to be told below the next question; empty for nothing.
	hint string
	// backs reports whether there is something to go back to.
	backs bool
}

type answer struct {
	text string
	err  error
}

// change takes a question back: wake is signalled when moved should be asked whether the question is still open. Its zero value
// never does.
type change struct {
	wake  <-chan struct{}
	moved func() bool
}

func newPrompt(p *program) *prompt {
	in := p.In
	if in == nil {
		in = strings.NewReader("")
	}
	return &prompt{program: p, in: bufio.NewReader(in)}
}

// line asks and returns what was typed, without white space around it. Its errors are ctx's, errNoAnswer and errBack.
func (q *prompt) line(ctx context.Context, question string) (string, error) {
	for {
		q.ask(question)
		text, err := q.await(ctx, change{})
		if err == nil && q.goesBack(text) {
			err = errBack
		}
		if err != nil || !q.program.unreadable(text) {
			return text, err
		}
	}
}

// unreadable reports whether a line can't be an answer, and tells the person so: arrow keys and the like leave control characters in it.
func (p *program) unreadable(text string) bool {
	if len(text) >= maxLine {
		p.say(say("cli.error.line-long"))
		return true
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		p.say(say("cli.error.line-control"))
		return true
	}
	return false
}

// goesBack reports whether an answer is the wish to go back.
func (q *prompt) goesBack(text string) bool {
	return q.backs && slices.Contains(append(strings.Fields(q.program.t("cli.ask.back-words")), "back"), strings.ToLower(text))
}

// ask writes a question, and below it what there is to know about it.
func (q *prompt) ask(question string) {
	p, ending := q.program, " "
	if q.hint != "" {
		ending = "\n"
	}
	_, _ = fmt.Fprint(p.Err, strings.Join(wrap(question, p.errWidth()), "\n")+ending)
	if q.tellHint() {
		_, _ = fmt.Fprint(p.Err, "> ")
	}
}

// tellHint writes what there is to know about a question, and reports whether there was something.
func (q *prompt) tellHint() bool {
	if q.hint == "" {
		return false
	}
	indented(q.program.Err, q.program.errWidth(), "  ", "  ", q.hint)
	q.hint = ""
	return true
}

// await waits for the next line. Its errors are ctx's, errNoAnswer, and errMoved when c took the question back.
func (q *prompt) await(ctx context.Context, c change) (string, error) {
	q.questions++
	if q.pending == nil {
		pending := make(chan answer, 1)
		q.pending = pending
		go func() { pending <- q.read() }()
	}
	for {
		select {
		case a := <-q.pending:
			q.pending = nil
			return a.text, a.err
		case <-c.wake:
			if c.moved() {
				return "", errMoved
			}
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// read reads a line. Of one that is too long it keeps maxLine bytes.
func (q *prompt) read() answer {
	line := []byte{}
	for {
		piece, err := q.in.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), maxLine-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil && len(line) == 0:
			return answer{err: errNoAnswer}
		default:
			return answer{text: strings.TrimSpace(strings.ToValidUTF8(string(line), ""))}
		}
	}
}

// all reads standard input to its end, at most twice limit bytes of it. Its errors are ctx's, those of reading, and a usage error for what is
// no text.
func (q *prompt) all(ctx context.Context, limit int64) (string, error) {
	got := make(chan answer, 1)
	go func() {
		b, err := io.ReadAll(io.LimitReader(q.in, 2*limit)) // UTF-16 has two bytes for a letter
		text, encoding := plaintext.UTF8(b)
		if err == nil && encoding != nil {
			err = q.program.usageText("cli.error.encoding", nil)
		}
		got <- answer{string(text), err}
	}()
	select {
	case a := <-got:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// secret asks for a secret without showing it; where nobody sits at standard input it reads all of it. Its errors are ctx's,
// errNoAnswer, and usage errors for what can't be a client secret.
func (q *prompt) secret(ctx context.Context, question string) (auth.Secret, error) {
	text, err := q.hidden(ctx, question)
	if err != nil {
		return auth.Secret{}, err
	}
	if strings.ContainsRune(text, utf8.RuneError) {
		return auth.Secret{}, q.program.usageText("cli.error.encoding", nil)
	}
	if len(text) >= maxSecret {
		return auth.Secret{}, q.program.usageText("cli.error.secret-long", nil)
	}
	// PowerShell begins what it pipes with a byte order mark, as do some editors a file; nobody asked about that.
	if q.goesBack(strings.TrimSpace(text)) {
		return auth.Secret{}, errBack
	}
	cleaned := connector.Clean(connector.FieldSecret, strings.TrimPrefix(text, "\ufeff"))
	text = cleaned.Value
	if said := view.SecretCleanedText(wizard.WithoutSecret(cleaned)); !said.Empty() {
		q.program.say(said)
	}
	if reason := connector.SecretReason(text); reason != "" {
		return auth.Secret{}, q.program.usageText("reason."+string(reason), nil)
	}
	return auth.NewSecret(text), nil
}

// hidden asks without showing what is typed.
func (q *prompt) hidden(ctx context.Context, question string) (string, error) {
	if !q.program.InTerminal {
		return q.all(ctx, maxSecret)
	}
	if err := q.quiet(ctx); err != nil {
		return "", err
	}
	q.ask(question)
	defer func() { _, _ = fmt.Fprintln(q.program.Err) }()
	return q.unseen(ctx, q.program.ReadSecret)
}

// paste asks a person for a text that may have several lines, without showing it.
func (q *prompt) paste(ctx context.Context, question string) (auth.Secret, error) {
	if err := q.quiet(ctx); err != nil {
		return auth.Secret{}, err
	}
	q.ask(question)
	defer func() { _, _ = fmt.Fprintln(q.program.Err) }()
	text, err := q.unseen(ctx, q.program.ReadPaste)
	if err == nil && q.goesBack(strings.TrimSpace(text)) {
		err = errBack
	}
	return auth.NewSecret(text), err
}

// quiet waits until no read is under way that shows what is typed. It has to end first, or else it would show a secret.
func (q *prompt) quiet(ctx context.Context) error {
	if q.pending == nil {
		return nil
	}
	q.ask(q.program.t("cli.ask.enter"))
	_, err := q.await(ctx, change{})
	return err
}

// unseen reads what is not shown. Its errors are ctx's, errNoAnswer where standard input has ended, and those of read.
func (q *prompt) unseen(ctx context.Context, read func() ([]byte, error)) (string, error) {
	got := make(chan answer, 1)
	go func() {
		b, err := read()
		if errors.Is(err, io.EOF) {
			err = errNoAnswer
		}
		got <- answer{string(b), err}
	}()
	select {
	case a := <-got:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// yes asks a question that is answered with yes or no; no answer is no.
func (q *prompt) yes(ctx context.Context, question string) (bool, error) {
	t := q.program.t
	for {
		text, err := q.line(ctx, question+" "+t("cli.yes-no"))
		if err != nil || text == "" {
			return false, err
		}
		switch text = strings.ToLower(text); {
		case slices.Contains(append(strings.Fields(t("cli.yes-words")), "y", "yes"), text):
			return true, nil
		case slices.Contains(append(strings.Fields(t("cli.no-words")), "n", "no"), text):
			return false, nil
		}
		q.program.say(say("cli.error.yes-no"))
	}
}

// lines asks for a text that may have several lines, which an empty one ends.
func (q *prompt) lines(ctx context.Context, question string) (string, error) {
	q.ask(question)
	all := []string{}
	for {
		text, err := q.await(ctx, change{})
		if errors.Is(err, errNoAnswer) && len(all) > 0 {
			err, text = nil, ""
		}
		if err != nil {
			return "", err
		}
		if len(all) == 0 && q.goesBack(text) {
			return "", errBack
		}
		if text == "" || len(all) >= maxLines {
			return strings.Join(all, "\n"), nil
		}
		all = append(all, text)
	}
}

// maxLines is more than any mail program makes of an address.
const maxLines = 100

// option asks for one of several by its number; an empty answer is the current one, which is from 0 on, or -1 for none. Its
// errors are those of await, and errBack.
func (q *prompt) option(ctx context.Context, question string, options []string, current int, c change) (int, error) {
	if q.hint != "" {
		indented(q.program.Err, q.program.errWidth(), "", "", question+":")
		q.tellHint()
	}
	for i, o := range options {
		mark := " "
		if i == current {
			mark = "*"
		}
		indented(q.program.Err, q.program.errWidth(), fmt.Sprintf(" %s%2d  ", mark, i+1), "      ", o)
	}
	if current >= 0 {
		question += " [" + strconv.Itoa(current+1) + "]"
	}
	question += ":"
	for {
		q.ask(question)
		text, err := q.await(ctx, c)
		if err != nil {
			return -1, err
		}
		switch {
		case q.goesBack(text):
			return -1, errBack
		case text == "" && current >= 0:
			return current, nil
		}
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(options) {
			return n - 1, nil
		}
		q.program.say(say("cli.error.number", "Highest", len(options)))
	}
}
