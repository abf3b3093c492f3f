package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/record"
	"partner-center-connector/connector/view"
)

const (
	scheduleExample = `  pcc schedule install
  pcc schedule status --json
  pcc schedule remove --yes` + dailyExamples
	scheduleInstallExample = `  pcc schedule install
  pcc schedule install --yes`
	scheduleStatusExample = `  pcc schedule status
  pcc schedule status --json`
	scheduleRemoveExample = `  pcc schedule remove
  pcc schedule remove --yes`
)

func (p *program) scheduleCommand() *cobra.Command {
	group := &cobra.Command{
		Use: "schedule install | status | remove", Short: p.t("cli.schedule.short"), Long: p.t("cli.schedule.long"), Example: scheduleExample,
		Args: p.noCommand, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var yes bool
	install := &cobra.Command{
		Use: "install", Short: p.t("cli.schedule.install.short"), Long: p.t("cli.schedule.install.long"), Example: scheduleInstallExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withSchedules(cmd.Context(), yes, p.installSchedule)
		},
	}
	status := &cobra.Command{
		Use: "status", Short: p.t("cli.schedule.status.short"), Long: p.t("cli.schedule.status.long"), Example: scheduleStatusExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withSchedules(cmd.Context(), yes, p.scheduleStatus)
		},
	}
	remove := &cobra.Command{
		Use: "remove", Short: p.t("cli.schedule.remove.short"), Long: p.t("cli.schedule.remove.long"), Example: scheduleRemoveExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withSchedules(cmd.Context(), yes, p.removeSchedule)
		},
	}
	for _, asks := range []*cobra.Command{install, remove} {
		asks.Flags().BoolVar(&yes, "yes", false, p.t("cli.flag.yes"))
	}
	group.AddCommand(install, status, remove)
	return group
}

// withSchedules does something with what the system has. A rehearsal has nothing of it.
func (p *program) withSchedules(ctx context.Context, yes bool, do func(context.Context, connector.Schedules, bool) error) error {
	ctx, cancel := context.WithTimeout(ctx, removeLimit)
	defer cancel()
	e, err := p.engine()
	if err != nil {
		return err
	}
	if e.Ports.Schedules == nil {
		return failure(connector.ErrNoScheduler)
	}
	return do(ctx, e.Ports.Schedules, yes)
}

// installSchedule shows exactly what would be written where, and writes it once somebody has agreed.
func (p *program) installSchedule(ctx context.Context, s connector.Schedules, yes bool) error {
	plan, err := s.Plan(ctx)
	if err != nil {
		return failure(err)
	}
	if !p.json {
		p.showPlan(p.Out, p.outWidth(), plan)
	} else if !yes {
		p.showPlan(p.Err, p.errWidth(), plan)
	}
	if err := p.agreeToSchedule(ctx, yes, "cli.schedule.install.ask"); err != nil {
		return err
	}
	if err := s.Install(ctx, plan); err != nil {
		return failure(err)
	}
	now, err := s.Status(ctx)
	if err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"schedule": p.jsonOfSchedule(now), "plan": jsonOfPlan(plan)})
	} else {
		p.out(say(map[bool]string{true: "cli.schedule.install.done", false: "cli.schedule.install.inactive"}[now.Active]))
	}
	if !now.Active {
		return &exitError{code: ExitFailed, shown: true}
	}
	return nil
}

// agreeToSchedule asks before the schedule is changed.
func (p *program) agreeToSchedule(ctx context.Context, yes bool, question string) error {
	if yes {
		return nil
	}
	if !p.InTerminal {
		return p.usageText("cli.error.yes-schedule", nil)
	}
	agreed, err := p.in.yes(ctx, p.t(question))
	if err != nil && !errors.Is(err, errNoAnswer) {
		return err
	}
	if !agreed {
		return &exitError{code: ExitFailed, err: errors.New(p.t("cli.schedule.kept"))}
	}
	return nil
}

// showPlan writes what would be written where, as it is, and which commands would be run.
func (p *program) showPlan(w io.Writer, width int, plan connector.SchedulePlan) {
	tell := func(key string, pairs ...any) { indented(w, width, "", "", say(key, pairs...).Render(p.tr)) }
	verbatim := func(text string) {
		for line := range strings.Lines(text) {
			indented(w, 0, "    ", "    ", strings.TrimRight(line, "\n"))
		}
		_, _ = fmt.Fprintln(w)
	}
	tell("cli.schedule.plan", "Kind", p.t("schedule.kind."+string(plan.Kind)), "Program", plan.Program)
	_, _ = fmt.Fprintln(w)
	for _, part := range plan.Parts {
		tell("cli.schedule.plan.part", "Place", part.Place)
		verbatim(part.Text)
	}
	tell("cli.schedule.plan.commands")
	verbatim(strings.Join(plan.Commands, "\n"))
	if plan.DesktopOnly {
		tell("schedule.desktop-only")
	}
	if plan.BusMissing != "" {
		tell("schedule.no-bus", "Place", plan.BusMissing)
	}
	if plan.Versioned {
		tell("schedule.versioned", "Program", plan.Program)
	}
}

// scheduleStatus tells what is there; the exit code is 0 where the connectors are checked every day, which a policy can turn off.
func (p *program) scheduleStatus(ctx context.Context, s connector.Schedules, _ bool) error {
	now, err := s.Status(ctx)
	if err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"schedule": p.jsonOfSchedule(now)})
	} else {
		for _, line := range p.scheduleLines(now) {
			p.out(line)
		}
	}
	if !now.Active || len(now.Changed) > 0 || p.Policy.ForbidsDailyCheck() {
		return &exitError{code: ExitFailed, shown: true}
	}
	return nil
}

// scheduleLines says what stands of a schedule.
func (p *program) scheduleLines(s connector.Schedule) []view.Text {
	lines := []view.Text{}
	switch {
	case !s.Installed:
		lines = p.noSchedule()
	case p.Policy.ForbidsDailyCheck():
		lines = append(lines, say("settings.policy.daily-check"), say("settings.policy.daily-check.there", "From", p.Policy.Lock(connector.PolicyDailyCheck).From))
	case s.Active:
		lines = append(lines, say("cli.schedule.active", "Kind", p.t("schedule.kind."+string(s.Kind))))
	default:
		lines = append(lines, say("cli.schedule.installed", "Kind", p.t("schedule.kind."+string(s.Kind))), say("cli.schedule.inactive"))
	}
	for _, place := range s.Changed {
		lines = append(lines, say("cli.schedule.changed", "Place", place))
	}
	if !s.Next.IsZero() {
		lines = append(lines, say("schedule.next", "At", s.Next))
	}
	switch {
	case s.LastNewer:
		return append(lines, say("schedule.last.newer"))
	case s.Last.At.IsZero():
		return append(lines, say("schedule.never"))
	}
	lines = append(lines, say("schedule.last",
		"At", s.Last.At, "Checked", s.Last.Checked, "Skipped", s.Last.Skipped, "Failed", s.Last.Failed, "ExitCode", s.Last.ExitCode))
	if s.Last.Problem != "" {
		lines = append(lines, view.ProblemCard(problems.New(s.Last.Problem, "")).Title)
	}
	return lines
}

// noSchedule says that there is none, and who can change that.
func (p *program) noSchedule() []view.Text {
	if p.Policy.ForbidsDailyCheck() {
		return []view.Text{say("settings.policy.daily-check"), say("settings.policy.set", "From", p.Policy.Lock(connector.PolicyDailyCheck).From)}
	}
	return []view.Text{say("cli.schedule.none")}
}

func (p *program) removeSchedule(ctx context.Context, s connector.Schedules, yes bool) error {
	before, err := s.Status(ctx)
	if err != nil {
		return failure(err)
	}
	if before.Installed {
		if err := p.agreeToSchedule(ctx, yes, "cli.schedule.remove.ask"); err != nil {
			return err
		}
	}
	if err := s.Remove(ctx); err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"removed": before.Installed})
		return nil
	}
	lines := []view.Text{say("cli.schedule.remove.done")}
	if !before.Installed {
		lines = p.noSchedule()
	}
	for _, line := range lines {
		p.out(line)
	}
	return nil
}

// jsonSchedule is what stands of the schedule; Last is null where it has not run yet.
type jsonSchedule struct {
	Kind      string `json:"kind"`
	Installed bool   `json:"installed"`
	Active    bool   `json:"active"`
	// Forbidden: a policy has turned the daily check off, so one that is there checks nothing.
	Forbidden bool     `json:"forbidden"`
	Changed   []string `json:"changed"`
	Next      string   `json:"next"`
	Last      *jsonRun `json:"last"`
}

// jsonRun is a run of the schedule.
type jsonRun struct {
	At       string `json:"at"`
	ExitCode int    `json:"exitCode"`
	Checked  int    `json:"checked"`
	Skipped  int    `json:"skipped"`
	Failed   int    `json:"failed"`
	Problem  string `json:"problem"`
	// ProblemKind is what Problem is, and null for none.
	ProblemKind *string `json:"problemKind"`
}

type jsonPart struct {
	Place string `json:"place"`
	Text  string `json:"text"`
}

type jsonPlan struct {
	Kind        string     `json:"kind"`
	Program     string     `json:"program"`
	Parts       []jsonPart `json:"parts"`
	Commands    []string   `json:"commands"`
	DesktopOnly bool       `json:"desktopOnly"`
	BusMissing  string     `json:"busMissing"`
	Versioned   bool       `json:"versioned"`
}

func (p *program) jsonOfSchedule(s connector.Schedule) jsonSchedule {
	j := jsonSchedule{Kind: string(s.Kind), Installed: s.Installed, Active: s.Active, Forbidden: p.Policy.ForbidsDailyCheck(), Changed: append([]string{}, s.Changed...), Next: stamp(s.Next)}
	if last := s.Last; !last.At.IsZero() {
		j.Last = &jsonRun{
			At: stamp(last.At), ExitCode: last.ExitCode, Checked: last.Checked, Skipped: last.Skipped, Failed: last.Failed,
			Problem: string(last.Problem), ProblemKind: record.OrNull(string(last.Problem)),
		}
	}
	return j
}

func jsonOfPlan(plan connector.SchedulePlan) jsonPlan {
	j := jsonPlan{
		Kind: string(plan.Kind), Program: plan.Program, Parts: []jsonPart{}, Commands: append([]string{}, plan.Commands...),
		DesktopOnly: plan.DesktopOnly, BusMissing: plan.BusMissing, Versioned: plan.Versioned,
	}
	for _, part := range plan.Parts {
		j.Parts = append(j.Parts, jsonPart(part))
	}
	return j
}
