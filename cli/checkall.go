package cli

import (
	"context"
	"fmt"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/notice"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// checkAll checks all connectors, several at once. One that can't be checked does not end the others. One of an origin that this version can't
// check is skipped: a scheduled run has nothing to fix there. Stopped, it keeps and shows what was done until then.
func (p *program) checkAll(ctx context.Context, o checkOptions) error {
	e, err := p.engine()
	if err != nil {
		return p.endUnstarted(ctx, o, err)
	}
	k := e.Keeper()
	k.Scheduled = o.scheduled
	if e.Ports.Policy.ForbidsDailyCheck() && o.scheduled {
		return p.noteRun(k, o, &tally{}, failure(e.Ports.Policy.NoDailyCheck()))
	}
	all, bad, err := saved(k)
	if err != nil {
		return p.endUnbegun(ctx, e, o, err)
	}
	if len(all) == 0 && len(bad) == 0 && !p.json {
		if !p.quiet {
			p.out(say("cli.list.empty", "Command", p.command("connect")))
		}
		return p.noteRun(k, o, &tally{}, nil)
	}
	sheet := newSheet(p, k, o, all)
	k.CheckAll(ctx, sheet.begin(), o.width, sheet.take)
	results := sheet.end()
	if len(results) < len(all) {
		return p.noteRun(k, o, &sheet.tally, p.endStopped(ctx, results, bad))
	}
	sheet.tally.add(bad)
	err = p.noteRun(k, o, &sheet.tally, p.endCheck(results, bad))
	p.notify(ctx, e, o, sheet.findings(bad))
	return err
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
	p       *program
	k       keeper.Keeper
	options checkOptions
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
	tally          tally
	// found is what there may be a notification of.
	found []notice.Finding
}

func newSheet(p *program, k keeper.Keeper, o checkOptions, all []connector.Connector) *sheet {
	s := &sheet{
		p: p, k: k, options: o, all: all, at: map[string]int{}, ready: map[int]func() jsonChecked{}, results: []jsonChecked{}, began: time.Now(),
	}
	for i, c := range all {
		s.at[c.ID] = i
	}
	return s
}

// begin returns the connectors that are to be checked. The others are ready.
func (s *sheet) begin() []connector.Connector {
	wanted := []connector.Connector{}
	for i, c := range s.all {
		switch {
		case !c.Can().Check:
			s.ready[i] = func() jsonChecked { return s.skip(c) }
		case c.CheckedWithin(s.options.ifOlder, s.p.now()):
			s.ready[i] = func() jsonChecked { return s.skipRecent(c) }
		default:
			wanted = append(wanted, c)
			continue
		}
		s.tally.skipped++
	}
	s.total = len(wanted)
	s.show(false)
	return wanted
}

// take takes what came of a connector.
func (s *sheet) take(c keeper.Checked) {
	s.checked++
	s.tally.take(c)
	s.ready[s.at[c.Connector.ID]] = func() jsonChecked { return s.showWhole(c) }
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
	if !s.p.quiet {
		s.p.showProgress(s.checked, s.total, time.Since(s.began))
	}
}

// skip says that a connector is not checked, since this version can't.
func (s *sheet) skip(c connector.Connector) jsonChecked {
	if s.p.talks() {
		s.p.showSkipped(c, say("cli.check.skipped"))
		_, _ = fmt.Fprintln(s.p.Out)
	}
	s.find(keeper.Checked{Connector: c})
	why := problems.Of(connector.ErrOrigin, time.Now())
	return jsonChecked{
		Connector: s.p.jsonOfConnector(c), Health: string(s.p.healthOf(c)), Checks: []jsonCheck{}, Problem: s.p.jsonOfConnectors(c, why), ExitCode: ExitFine,
		Skipped: true,
	}
}

// skipRecent says that a connector is not checked, since that was done a short time ago. What it came to counts still.
func (s *sheet) skipRecent(c connector.Connector) jsonChecked {
	checked := keeper.Checked{Connector: c}
	if checked.Connector, checked.Err = s.k.Find(c.ID); checked.Err != nil {
		checked.Connector = c
	}
	if s.p.talks() {
		s.p.showSkipped(c, say("cli.check.recent", "At", c.Checked))
	}
	var result jsonChecked
	if s.options.scheduled && s.p.quiet { // the run that checked it has told; a schedule calls several times a day
		result = s.p.outcome(checked)
		s.find(checked)
	} else {
		result = s.outcome(checked)
	}
	result.Skipped = true
	return result
}

// showWhole shows a connector with its checks, and returns its outcome.
func (s *sheet) showWhole(c keeper.Checked) jsonChecked {
	if s.p.talks() {
		write(s.p.Out, s.p.outWidth(), line{text: shownName(&c.Connector), style: bold})
		for _, check := range c.Made {
			s.p.showCheck(c.Connector, check)
		}
	}
	return s.outcome(c)
}

// outcome shows what the checks of a connector came to, and returns it.
func (s *sheet) outcome(c keeper.Checked) jsonChecked {
	result := s.p.outcome(c)
	s.find(c)
	s.p.showResult(c, result)
	return result
}

// showSkipped shows a connector and why it was not checked.
func (p *program) showSkipped(c connector.Connector, why view.Text) {
	write(p.Out, p.outWidth(), line{text: shownName(&c), style: bold})
	indented(p.Out, p.outWidth(), "  ", "  ", why.Render(p.tr))
}
