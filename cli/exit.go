package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// exitError ends a command with a code.
type exitError struct {
	code    int
	problem *connector.Problem
	// card shows problem as that of the draft or connector that it is about; nil where it is about none.
	card func(*connector.Problem) view.Problem
	err  error
	// kind is that of an error without a problem, in JSON; empty for "usage" or "failed", by its code.
	kind string
	// draft is the ID of the draft that is kept; empty for none. unkept is why it is not, or not as it was left; empty where it is.
	draft, unkept string
	// shown reports whether a person, or a script, has been told already; stopped whether a person wanted it to end.
	shown, stopped bool
}

// errStopped is the wish of a person to end here.
var errStopped = &exitError{code: ExitFailed, stopped: true}

// stops reports whether an error is the wish to end: a signal, or standard input closed at a question.
func stops(err error) bool {
	var e *exitError
	return errors.Is(err, context.Canceled) || errors.Is(err, errNoAnswer) || errors.As(err, &e) && e.stopped
}

func (e *exitError) Error() string {
	switch {
	case e.err != nil:
		return e.err.Error()
	case e.problem != nil:
		return string(e.problem.Kind)
	}
	return fmt.Sprintf("exit code %d", e.code)
}

func (e *exitError) Unwrap() error { return e.err }

// exit shows an error and returns its exit code. Output that did not arrive whole is never fine.
func (p *program) exit(ctx context.Context, err error) int {
	code := ExitFailed
	if isBrokenPipe(err) {
		err = nil // the output knows whether that is a failure
	}
	if p.output.writeError() == nil {
		code = p.ended(ctx, err)
	}
	if lost := p.output.writeError(); lost != nil {
		return p.reportLostOutput(err, lost)
	}
	return code
}

// ended shows an error and returns its exit code.
func (p *program) ended(ctx context.Context, err error) int {
	if err == nil {
		return ExitFine
	}
	var e *exitError
	if !errors.As(err, &e) {
		e = &exitError{code: ExitFailed, err: err}
	}
	if e.shown {
		return e.code
	}
	if errors.Is(ctx.Err(), context.Canceled) || stops(err) {
		e = &exitError{code: ExitFailed, draft: e.draft, unkept: e.unkept, stopped: true}
	}
	switch {
	case p.wantsJSON():
		p.print(map[string]any{"error": p.jsonError(e)})
	case e.stopped:
		p.say(say("cli.stopped"))
	default:
		p.showError(e)
	}
	p.tellDraft(e)
	return e.code
}

// reportLostOutput tells that output is missing, on standard error alone: the other one can't be written. A graver code of the command stays.
func (p *program) reportLostOutput(err, why error) int {
	p.say(say("cli.error.output", "Reason", why.Error()))
	var e *exitError
	if errors.As(err, &e) {
		return e.code
	}
	return ExitFailed
}

func (p *program) showError(e *exitError) {
	if e.problem != nil {
		p.showCard(p.Err, p.errWidth(), "", e.shownCard())
		return
	}
	indented(p.Err, p.errWidth(), "", "", e.Error())
	if e.code == ExitUsage {
		p.remark(say("cli.usage-hint", "Command", helpFor(p.called)))
	}
}

// helpFor is the command line that shows the help of a command, given as it is called; of pcc itself where none was found.
func helpFor(called string) string {
	if below, ok := strings.CutPrefix(called, "pcc "); ok && below != "help" {
		return "pcc help " + below
	}
	return "pcc help"
}

// shownCard is the card of the error's problem.
func (e *exitError) shownCard() view.Problem {
	if e.card != nil {
		return e.card(e.problem)
	}
	return view.ProblemCard(e.problem)
}

// showProblem writes a problem that is about no connector in words.
func (p *program) showProblem(w io.Writer, width int, problem *connector.Problem) {
	p.showCard(w, width, "", view.ProblemCard(problem))
}

// showCard writes a problem in words: what happened, who must act, what to do, where, and the raw lines as they are.
func (p *program) showCard(w io.Writer, width int, indent string, card view.Problem) {
	write(w, width, line{first: indent, rest: indent, text: card.Title.Render(p.tr), style: red})
	for _, text := range []string{p.tr.Text("cli.who", map[string]any{"Actor": card.Actor.Render(p.tr)}), card.Do.Render(p.tr)} {
		indented(w, width, indent, indent, text)
	}
	for _, link := range card.Links() {
		indented(w, 0, indent, indent, p.linkText(link))
	}
	if card.Raw != "" {
		indented(w, 0, indent, indent, card.Raw)
	}
}

// linkText is a link as a line, whose address is to be copied.
func (p *program) linkText(b view.Button) string { return b.Label.Render(p.tr) + ": " + b.URL }

// cardOf is the card of a saved connector's problem.
func (p *program) cardOf(c connector.Connector) func(*connector.Problem) view.Problem {
	return func(problem *connector.Problem) view.Problem { return view.ConnectorCard(c, problem, p.preset) }
}

// failureAbout is failureOf with a card that leads to the connector's app registration.
func (p *program) failureAbout(c connector.Connector, err error) error {
	return about(failureOf(c, err), p.cardOf(c))
}

// about notes in an error what its problem is about.
func about(err error, card func(*connector.Problem) view.Problem) error {
	var e *exitError
	if !errors.As(err, &e) || e.problem == nil {
		return err
	}
	noted := *e
	noted.card = card
	return &noted
}

// failure turns an error of the engine into one with an exit code: 3 where a person must sign in, 4 where time helps.
func failure(err error) error { return failureOf(connector.Connector{}, err) }

// failureOf is failure in the words that fit the kind of client of a connector.
func failureOf(c connector.Connector, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var already *exitError
	if errors.As(err, &already) {
		return err
	}
	problem := problems.Of(err, time.Now())
	problems.FitClient(problem, c.ClientKind)
	return ofProblem(problem)
}

func ofProblem(problem *connector.Problem) error {
	if problem == nil {
		return nil
	}
	return &exitError{code: codeOf(problem), problem: problem}
}

// badInput are the problems of what was written on the command line.
var badInput = []connector.ProblemKind{connector.KindBadTenantInput, connector.KindCloudsFile, connector.KindNameTaken}

// codeOf is the exit code of a problem.
func codeOf(problem *connector.Problem) int {
	switch {
	case slices.Contains(badInput, problem.Kind):
		return ExitUsage
	case wantsPerson(problem):
		return ExitSignIn
	case problem.Retry || problem.Kind == connector.KindBusy:
		return ExitLater
	}
	return ExitFailed
}

// atTheComputer are the problems that somebody mends at this computer: who unlocks its keychain, or signs it in to Azure.
var atTheComputer = []connector.ProblemKind{connector.KindKeychainLocked, connector.KindVaultSignIn, connector.KindVaultRefused}

// wantsPerson reports whether a person is what helps: the integration user at a sign-in, an administrator who consents, or whoever is at the computer.
func wantsPerson(problem *connector.Problem) bool {
	if slices.Contains(atTheComputer, problem.Kind) || problems.LacksConsent(problem.Kind) || problems.NeedsSignIn(problem) || problem.Actor == connector.ActorUser {
		return true
	}
	return problem.Step == connector.StepAdmin && problem.Actor == connector.ActorAdmin
}

// worded is an error in our words.
type worded struct {
	words string
	error
}

func (w worded) Error() string { return w.words }

func (w worded) Unwrap() error { return w.error }

// startError explains why the engine could not be made.
func (p *program) startError(err error) error {
	var file *auth.CloudsFileError
	if errors.As(err, &file) {
		return usage(worded{p.tr.Text("cli.error.clouds", map[string]any{"Path": file.Path, "Line": file.Line, "Key": file.Key, "Reason": file.Reason}), err})
	}
	return &exitError{code: ExitFailed, err: fmt.Errorf("%s (%w)", p.tr.Text("cli.error.config-dir", map[string]any{"Flag": "--config-dir"}), err)}
}

// shortID is enough of an ID to name a draft by.
func shortID(id string) string { return id[:min(len(id), shortIDLength)] }

const shortIDLength = 8
