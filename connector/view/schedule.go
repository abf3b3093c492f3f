package view

import (
	"strconv"
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// lateRun is how old the last run of a daily check is that has missed more than a weekend.
const lateRun = 3 * 24 * time.Hour

// scheduleSettings are the daily check and the notifications that come of it.
func scheduleSettings(s wizard.State) []Block {
	if s.Rehearsal != nil {
		return blocksOf(heading("settings.schedule"), body(text("settings.schedule.rehearsal")))
	}
	p := s.SettingsPage.Schedule
	return blocksOf(
		heading("settings.schedule"), caption(text("settings.schedule.text")), scheduleProblem(p), scheduleForbidden(s.Policy, p),
		scheduleState(s.Policy, p, s.Home.Now), scheduleFacts(p),
		unscheduling(p), schedulePlan(p), notifyChoice(s),
	)
}

func scheduleProblem(p wizard.SchedulePage) []Block {
	if p.Problem == nil {
		return nil
	}
	return []Block{card{id: "schedule-problem", problem: p.Problem, retry: scheduleRetry(p)}.show()}
}

// scheduleRetry tries again what failed.
func scheduleRetry(p wizard.SchedulePage) wizard.Event {
	switch {
	case !p.Known:
		return wizard.OpenSettings{}
	case p.Plan != nil:
		return wizard.SetSchedule{}
	case p.Removing:
		return wizard.Unschedule{}
	}
	return wizard.AskSchedule{}
}

// scheduleState says in a word how it stands, with the button that changes it. What is set up and does not do its work is not called good. Where a
// policy forbids it, [scheduleForbidden] says all.
func scheduleState(policy connector.Policy, p wizard.SchedulePage, now time.Time) []Block {
	n := Notice{ID: "schedule-state"}
	switch {
	case policy.ForbidsDailyCheck():
		return nil
	case !p.Known && p.Looking.Running:
		return []Block{Busy{ID: "schedule-looking", Text: text("settings.schedule.looking")}}
	case !p.Known:
		return nil
	case !p.Is.Installed && p.Is.Kind == connector.ScheduleNone:
		n.Severity, n.Title, n.Text = Info, text("settings.schedule.none"), text("settings.schedule.none.text")
		return []Block{n}
	case !p.Is.Installed:
		n.Severity, n.Title, n.Text = Info, text("settings.schedule.off"), text("settings.schedule.off.text")
	case len(p.Is.Changed) > 0:
		n.Severity, n.Title = Warning, text("settings.schedule.changed")
		n.Text = text("settings.schedule.changed.text", "Places", strings.Join(p.Is.Changed, ", "))
	case !p.Is.Active:
		n.Severity, n.Title, n.Text = Warning, text("settings.schedule.idle"), text("settings.schedule.idle.text")
	case p.Is.Last.Problem != "":
		n.Severity, n.Title, n.Text = Warning, text("settings.schedule.stuck"), problemTitle(p.Is.Last.Problem)
	case !p.Is.Last.At.IsZero() && now.Sub(p.Is.Last.At) > lateRun:
		n.Severity, n.Title, n.Text = Warning, text("settings.schedule.late", "At", p.Is.Last.At), text("settings.schedule.by."+string(p.Is.Kind))
	case runFailed(p.Is.Last.ExitCode):
		n.Severity, n.Title, n.Text = Warning, text("settings.schedule.failed"), text("settings.schedule.by."+string(p.Is.Kind))
	default:
		n.Severity, n.Title, n.Text = Good, text("settings.schedule.on"), text("settings.schedule.by."+string(p.Is.Kind))
	}
	n.Buttons = scheduleButtons(policy, p)
	return []Block{n}
}

// scheduleButtons are gone while one of them has opened what asks something.
func scheduleButtons(policy connector.Policy, p wizard.SchedulePage) []Button {
	ask := Button{ID: "ask-schedule", Label: text("settings.schedule.ask"), Event: wizard.AskSchedule{}}
	if !p.Is.Installed {
		return []Button{ask}
	}
	ask.Label = text("settings.schedule.again")
	remove := Button{ID: "ask-unschedule", Label: text("settings.schedule.ask-remove"), Event: wizard.AskUnschedule{}, Danger: true}
	if policy.ForbidsDailyCheck() {
		return []Button{remove}
	}
	return []Button{ask, remove}
}

// scheduleFacts say when it comes next, and what came of it last.
func scheduleFacts(p wizard.SchedulePage) []Block {
	facts := Facts{}
	if p.Known && p.Is.Installed {
		next := FactItem{ID: "schedule-next", Label: text("settings.schedule.next"), Text: text("settings.schedule.next.unknown")}
		if !p.Is.Next.IsZero() {
			next.Text = text("common.at", "At", p.Is.Next)
		}
		facts.Items = append(facts.Items, next)
	}
	if p.Known && (p.Is.Installed || !p.Is.Last.At.IsZero() || p.Is.LastNewer) {
		facts.Items = append(facts.Items, FactItem{ID: "schedule-last", Label: text("settings.schedule.last"), Text: lastRun(p.Is)})
	}
	if len(facts.Items) == 0 {
		return nil
	}
	return []Block{facts}
}

// lastRun says what came of a run of the schedule.
func lastRun(s connector.Schedule) Text {
	r := s.Last
	switch {
	case s.LastNewer:
		return text("schedule.last.newer")
	case r.At.IsZero():
		return text("settings.schedule.last.never")
	case r.Problem != "":
		return text("settings.schedule.last.problem", "At", r.At, "Why", problemTitle(r.Problem))
	}
	return text("settings.schedule.last.done", "At", r.At, "Outcome", runOutcome(r.ExitCode),
		"Checked", strconv.Itoa(r.Checked), "Skipped", strconv.Itoa(r.Skipped), "Failed", strconv.Itoa(r.Failed))
}

// problemTitle says what a problem is of which only the kind is known.
func problemTitle(kind connector.ProblemKind) Text { return text("problem." + string(kind) + ".title") }

// The exit codes of pcc for a run that did its work. Any other is that of one which failed.
const (
	runFine   = 0
	runPerson = 3
	runLater  = 4
)

func runFailed(code int) bool { return code != runFine && code != runPerson && code != runLater }

// runOutcome is the exit code of pcc in words.
func runOutcome(code int) Text {
	switch code {
	case runFine:
		return text("settings.schedule.outcome.fine")
	case runPerson:
		return text("settings.schedule.outcome.person")
	case runLater:
		return text("settings.schedule.outcome.later")
	}
	return text("settings.schedule.outcome.failed")
}

// unscheduling asks whether to remove it.
func unscheduling(p wizard.SchedulePage) []Block {
	if !p.Removing {
		return nil
	}
	return blocksOf(Notice{
		ID: "unschedule", Severity: Warning, Title: text("settings.schedule.remove"), Text: text("settings.schedule.remove.text"),
		Buttons: []Button{
			{ID: "unschedule-keep", Label: text("settings.schedule.remove.keep"), Event: wizard.CloseSchedule{}, Primary: true},
			{ID: "unschedule-go", Label: text("settings.schedule.remove.go"), Event: wizard.Unschedule{}, Danger: true},
		},
	}, scheduleChanging(p))
}

func scheduleChanging(p wizard.SchedulePage) []Block {
	if !p.Changing.Running {
		return nil
	}
	return []Block{Busy{ID: "schedule-changing", Text: text("reason.schedule-busy")}}
}

// schedulePlan is exactly what would be written where, and run.
func schedulePlan(p wizard.SchedulePage) []Block {
	if p.Planning.Running {
		return []Block{Busy{ID: "schedule-planning", Text: text("settings.schedule.planning")}}
	}
	if p.Plan == nil {
		return nil
	}
	blocks := blocksOf(
		heading("settings.schedule.plan"), body(text("settings.schedule.plan.text")), scheduleChanging(p),
		Actions{Buttons: []Button{{ID: "schedule-keep", Label: text("settings.schedule.keep"), Event: wizard.CloseSchedule{}}}},
		planLimits(*p.Plan),
		Facts{Items: []FactItem{{ID: "schedule-program", Label: text("settings.schedule.program"), Value: p.Plan.Program, Copy: true}}},
	)
	for i, part := range p.Plan.Parts {
		name := part.Place[strings.LastIndexAny(part.Place, `/\`)+1:]
		blocks = append(blocks, planListing("schedule-part-"+strconv.Itoa(i+1), text("settings.schedule.part", "Place", part.Place),
			text("settings.schedule.copy", "Name", name), part.Text))
	}
	if len(p.Plan.Commands) > 0 {
		blocks = append(blocks, planListing("schedule-commands", text("settings.schedule.commands"), text("settings.schedule.copy-commands"), strings.Join(p.Plan.Commands, "\n")))
	}
	return blocks
}

// planLimits say plainly when nothing is checked, and what may end it.
func planLimits(plan connector.SchedulePlan) []Block {
	limits := []Block{}
	if plan.DesktopOnly {
		limits = append(limits, Notice{ID: "schedule-desktop", Severity: Info, Title: text("settings.schedule.desktop"), Text: text("schedule.desktop-only")})
	}
	if plan.BusMissing != "" {
		limits = append(limits, Notice{ID: "schedule-bus", Severity: Warning, Title: text("schedule.no-bus", "Place", plan.BusMissing)})
	}
	if plan.Versioned {
		limits = append(limits, Notice{
			ID: "schedule-versioned", Severity: Warning, Title: text("settings.schedule.versioned"), Text: text("schedule.versioned", "Program", plan.Program),
		})
	}
	return limits
}

func planListing(id string, label, toCopy Text, content string) Listing {
	return Listing{ID: id, Label: label, Text: content, Buttons: []Button{{ID: id + "-copy", Label: toCopy, Copy: content}}}
}

// scheduleMain writes what is shown; nil where nothing is.
func scheduleMain(p wizard.SchedulePage) *Button {
	if p.Plan == nil {
		return nil
	}
	return &Button{ID: "main", Label: text("settings.schedule.set"), Event: wizard.SetSchedule{}, Primary: true}
}

// scheduleOpener is the button that opened what asks something about the daily check.
func scheduleOpener(p wizard.SchedulePage) string {
	switch {
	case p.Removing:
		return "ask-unschedule"
	case p.Planning.Running, p.Plan != nil:
		return "ask-schedule"
	}
	return ""
}

func notifyChoice(s wizard.State) Choice {
	return Choice{
		ID: string(connector.FieldNotify), Field: connector.FieldNotify, Label: text("field.notify"), Hint: text("settings.notify.hint"),
		Value: string(s.Chosen().Notify),
		Options: []Option{
			{Label: text("settings.notify.on")}, {Value: string(connector.NotifyOff), Label: text("settings.notify.off")},
		},
	}.held(s.Policy)
}
