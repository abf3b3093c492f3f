package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// exit shows an error and returns its exit code.
func (p *program) exit(err error) int {
	if err == nil {
		return ExitFine
	}
	if errors.Is(err, context.Canceled) {
		p.say(view.Text{Key: "cli.stopped"})
		return ExitFailed
	}
	var e *exitError
	if !errors.As(err, &e) {
		// Cobra's own errors are about the command line: unknown commands, missing arguments.
		e = &exitError{code: ExitUsage, err: err}
	}
	if e.shown {
		return e.code
	}
	if p.json {
		p.print(map[string]any{"error": p.problemJSON(e)})
		return e.code
	}
	p.showError(e)
	return e.code
}

func (p *program) showError(e *exitError) {
	if e.problem == nil {
		_, _ = fmt.Fprintln(p.Err, e.Error())
		if e.code == ExitUsage {
			_, _ = fmt.Fprintln(p.Err, p.t("cli.usage-hint"))
		}
		return
	}
	_, _ = fmt.Fprint(p.Err, p.problemText(e.problem))
}

// problemText is a problem in words: what happened, who must act, what to do, and the raw lines.
func (p *program) problemText(problem *connector.Problem) string {
	card := view.ProblemCard(problem)
	lines := []string{
		card.Title.Render(p.tr),
		p.tr.Text("cli.who", map[string]any{"Actor": card.Actor.Render(p.tr)}),
		card.Do.Render(p.tr),
	}
	if card.Raw != "" {
		lines = append(lines, card.Raw)
	}
	return strings.Join(lines, "\n") + "\n"
}

// jsonProblem is a problem for scripts. Its keys never change.
type jsonProblem struct {
	Kind          string `json:"kind"`
	Title         string `json:"title"`
	Do            string `json:"do,omitempty"`
	Actor         string `json:"actor,omitempty"`
	Code          string `json:"code,omitempty"`
	Raw           string `json:"raw,omitempty"`
	CorrelationID string `json:"correlationId,omitempty"`
	TraceID       string `json:"traceId,omitempty"`
	At            string `json:"at,omitempty"`
	ExitCode      int    `json:"exitCode,omitempty"`
}

func (p *program) problemJSON(e *exitError) jsonProblem {
	if e.problem == nil {
		kind := "failed"
		if e.code == ExitUsage {
			kind = "usage"
		}
		return jsonProblem{Kind: kind, Title: e.Error(), ExitCode: e.code}
	}
	j := p.jsonOf(e.problem)
	j.ExitCode = e.code
	return j
}

func (p *program) jsonOf(problem *connector.Problem) jsonProblem {
	card := view.ProblemCard(problem)
	return jsonProblem{
		Kind: string(problem.Kind), Title: card.Title.Render(p.tr), Do: card.Do.Render(p.tr), Actor: string(problem.Actor),
		Code: problem.Code, Raw: problem.Raw, CorrelationID: problem.CorrelationID, TraceID: problem.TraceID, At: stamp(problem.At),
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// failure turns an error of the engine into one with an exit code: 3 where a person must sign in, 4 where time helps.
func failure(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var already *exitError
	if errors.As(err, &already) {
		return err
	}
	return ofProblem(connector.ProblemOf(err, time.Now()))
}

func ofProblem(problem *connector.Problem) error {
	if problem == nil {
		return nil
	}
	return &exitError{code: codeOf(problem), problem: problem}
}

func codeOf(problem *connector.Problem) int {
	switch {
	case connector.NeedsSignIn(problem) || problem.Actor == connector.ActorUser:
		return ExitSignIn
	case problem.Retry || problem.Kind == connector.KindBusy:
		return ExitLater
	}
	return ExitFailed
}

// startError explains why the engine could not be put together.
func (p *program) startError(err error) error {
	var file *auth.CloudsFileError
	if errors.As(err, &file) {
		return p.usageText("cli.error.clouds", map[string]any{"Path": file.Path, "Key": file.Key, "Reason": file.Reason})
	}
	return &exitError{code: ExitFailed, err: fmt.Errorf("%s: %w", p.t("cli.error.config-dir"), err)}
}

func (p *program) print(v any) {
	e := json.NewEncoder(p.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v)
}

// say writes a sentence for people to standard error, so that standard output stays clean.
func (p *program) say(t view.Text) { _, _ = fmt.Fprintln(p.Err, t.Render(p.tr)) }

// out writes a sentence for people to standard output.
func (p *program) out(t view.Text) { _, _ = fmt.Fprintln(p.Out, t.Render(p.tr)) }

func say(key string, pairs ...any) view.Text {
	t := view.Text{Key: key}
	if len(pairs) > 0 {
		t.Args = map[string]any{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}
