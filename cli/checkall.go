package cli

import (
	"context"
	"fmt"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
)

// checkAll checks all connectors, several at once. One that can't be checked does not end the others. One of an origin that this version can't
// check is skipped: a scheduled run has nothing to fix there. Stopped, it keeps and shows what was done until then.
func (p *program) checkAll(ctx context.Context, width int) error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	all, bad, err := saved(e.Keeper())
	if err != nil {
		return err
	}
	if len(all) == 0 && len(bad) == 0 && !p.json {
		p.out(say("cli.list.empty"))
		return nil
	}
	sheet := newSheet(p, all)
	e.Keeper().CheckAll(ctx, sheet.begin(), width, sheet.take)
	results := sheet.end()
	if len(results) < len(all) {
		return p.endStopped(ctx, results, bad)
	}
	return p.endCheck(results, bad)
}

// endStopped ends a run that was stopped. What was done until then is valid, and whole.
func (p *program) endStopped(ctx context.Context, results []jsonChecked, bad connector.UnreadableErrors) error {
	if !p.json {
		_ = p.tellUnreadable(bad) // that it was stopped counts
		return ctx.Err()
	}
	stopped := &exitError{code: ExitFailed, stopped: true}
	p.print(map[string]any{
		"connectors": results, "unreadable": p.jsonOfUnreadable(bad), "exitCode": stopped.code, "error": p.jsonError(stopped),
	})
	stopped.shown = true
	return stopped
}

// sheet shows the connectors of a list in its order, each as a whole, though they are checked in any order.
type sheet struct {
	p *program
	// all is the list, at the place of each connector in it, and ready what came of those that are done.
	all   []connector.Connector
	at    map[string]int
	ready map[int]func() jsonChecked
	// next is the place of the one that is shown next.
	next    int
	results []jsonChecked
	began   time.Time
	// checked counts those that are checked already, of total.
	checked, total int
}

func newSheet(p *program, all []connector.Connector) *sheet {
	s := &sheet{p: p, all: all, at: map[string]int{}, ready: map[int]func() jsonChecked{}, results: []jsonChecked{}, began: time.Now()}
	for i, c := range all {
		s.at[c.ID] = i
	}
	return s
}

// begin returns the connectors that are to be checked. The others are ready.
func (s *sheet) begin() []connector.Connector {
	wanted := []connector.Connector{}
	for i, c := range s.all {
		if c.Can().Check {
			wanted = append(wanted, c)
			continue
		}
		s.ready[i] = func() jsonChecked { return s.p.skip(c) }
	}
	s.total = len(wanted)
	s.show(false)
	return wanted
}

// take takes what came of a connector.
func (s *sheet) take(c keeper.Checked) {
	s.checked++
	s.ready[s.at[c.Connector.ID]] = func() jsonChecked { return s.p.showWhole(c) }
	s.show(false)
}

// end shows what is left, where the run was stopped, and returns the outcomes in the order of the list.
func (s *sheet) end() []jsonChecked {
	s.show(true)
	s.p.screen.setStatus("")
	return s.results
}

// show shows those whose turn it is; with gaps, what is not ready is passed over.
func (s *sheet) show(gaps bool) {
	for ; s.next < len(s.all); s.next++ {
		turn := s.ready[s.next]
		if turn == nil && !gaps {
			break
		}
		if turn != nil {
			s.p.screen.setStatus("")
			s.results = append(s.results, turn())
			delete(s.ready, s.next)
		}
	}
	s.p.showProgress(s.checked, s.total, time.Since(s.began))
}

// skip says that a connector is not checked, and why.
func (p *program) skip(c connector.Connector) jsonChecked {
	if !p.json {
		_, _ = fmt.Fprintln(p.Out, shownName(&c))
		indented(p.Out, p.outWidth(), "  ", "  ", p.t("cli.check.skipped"))
		_, _ = fmt.Fprintln(p.Out)
	}
	why := problems.Of(connector.ErrOrigin, time.Now())
	return jsonChecked{
		Connector: p.jsonOfConnector(c), Health: string(p.healthOf(c)), Checks: []jsonCheck{}, Problem: p.jsonOfConnectors(c, why), ExitCode: ExitFine,
	}
}

// showWhole shows a connector with its checks, and returns its outcome.
func (p *program) showWhole(c keeper.Checked) jsonChecked {
	if !p.json {
		_, _ = fmt.Fprintln(p.Out, shownName(&c.Connector))
	}
	for _, check := range c.Made {
		p.showCheck(c.Connector, check)
	}
	p.showOutcome(c)
	return p.outcome(c)
}
