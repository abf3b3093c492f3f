package viewtest

import (
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// timerText and serviceText are what a systemd timer looks like.
const (
	timerText = `[Unit]
Description=Daily check of the connectors of Partner Center Connector

[Timer]
OnCalendar=daily
RandomizedDelaySec=6h
Persistent=true

[Install]
WantedBy=timers.target
`
	serviceText = `[Unit]
Description=Check the connectors of Partner Center Connector

[Service]
Type=oneshot
ExecStart=/usr/bin/pcc check --all --quiet --if-older 20h --scheduled
`
)

// SchedulePlan is what would be written for a systemd timer.
func SchedulePlan() connector.SchedulePlan {
	const units = "/home/alex/.config/systemd/user/partner-center-connector-check"
	return connector.SchedulePlan{
		Kind: connector.ScheduleSystemd, Program: "/usr/bin/pcc", DesktopOnly: true,
		Parts:    []connector.SchedulePart{{Place: units + ".service", Text: serviceText}, {Place: units + ".timer", Text: timerText}},
		Commands: []string{"systemctl --user daemon-reload", "systemctl --user enable --now partner-center-connector-check.timer"},
	}
}

// Scheduled is a daily check that is set up and has run.
func Scheduled() connector.Schedule {
	return connector.Schedule{
		Kind: connector.ScheduleSystemd, Installed: true, Active: true, Next: Now.Add(15 * time.Hour),
		Last: connector.ScheduledRun{At: Now.Add(-9 * time.Hour), Checked: 4, Skipped: 1},
	}
}

// scheduleStates are those of the daily check on the settings screen.
func scheduleStates() []Named {
	page := func(change func(*wizard.SchedulePage)) func(*wizard.State) {
		return func(s *wizard.State) { change(&s.SettingsPage.Schedule) }
	}
	is := func(change func(*connector.Schedule)) func(*wizard.State) {
		return page(func(p *wizard.SchedulePage) {
			p.Is = Scheduled()
			change(&p.Is)
		})
	}
	set := is(func(*connector.Schedule) {})
	plan := func(change func(*connector.SchedulePlan)) func(*wizard.State) {
		return page(func(p *wizard.SchedulePage) {
			made := SchedulePlan()
			change(&made)
			p.Plan = &made
		})
	}
	planned := plan(func(*connector.SchedulePlan) {})
	changing := page(func(p *wizard.SchedulePage) { p.Changing = wizard.Work{Attempt: 3, Running: true} })
	return []Named{
		{"settings-schedule", settings(set)},
		{"settings-schedule-looking", settings(page(func(p *wizard.SchedulePage) {
			*p = wizard.SchedulePage{Looking: wizard.Work{Attempt: 3, Running: true}}
		}))},
		{"settings-schedule-none", settings(page(func(p *wizard.SchedulePage) { p.Is.Kind = connector.ScheduleNone }))},
		{"settings-schedule-cron", settings(is(func(s *connector.Schedule) {
			s.Kind, s.Next, s.Last = connector.ScheduleCron, time.Time{}, connector.ScheduledRun{}
		}))},
		{"settings-schedule-windows", settings(is(func(s *connector.Schedule) { s.Kind, s.Last.ExitCode, s.Last.Failed = connector.ScheduleWindows, 1, 1 }))},
		{"settings-schedule-launchd", settings(is(func(s *connector.Schedule) { s.Kind, s.Last.ExitCode = connector.ScheduleLaunchd, 4 }))},
		{"settings-schedule-person", settings(is(func(s *connector.Schedule) { s.Last.ExitCode = 3 }))},
		{"settings-schedule-locked", settings(is(func(s *connector.Schedule) {
			s.Last = connector.ScheduledRun{At: Now.Add(-9 * time.Hour), ExitCode: 3, Problem: connector.KindKeychainLocked}
		}))},
		{"settings-schedule-late", settings(is(func(s *connector.Schedule) { s.Last.At = Now.Add(-73 * time.Hour) }))},
		{"settings-schedule-idle", settings(is(func(s *connector.Schedule) { s.Active = false }))},
		{"settings-schedule-changed", settings(is(func(s *connector.Schedule) { s.Changed = []string{SchedulePlan().Parts[0].Place} }))},
		{"settings-schedule-planning", settings(page(func(p *wizard.SchedulePage) { p.Planning = wizard.Work{Attempt: 3, Running: true} }))},
		{"settings-schedule-plan", settings(planned)},
		{"settings-schedule-plan-long", settings(plan(func(p *connector.SchedulePlan) {
			p.Kind, p.DesktopOnly, p.Versioned, p.Commands = connector.ScheduleWindows, false, true, nil
			p.Program = `C:\Users\alexandra.partner-administrator\AppData\Local\Programs\` + strings.Repeat("a-long-name-of-a-folder-", 4) + `\pcc.exe`
			p.Parts = []connector.SchedulePart{{Place: `\Partner Center Connector\Daily check`, Text: "<Task>\n  <Actions><Command>" + p.Program + "</Command></Actions>\n</Task>"}}
		}))},
		{"settings-schedule-setting", settings(planned, changing)},
		{"settings-schedule-remove", settings(set, page(func(p *wizard.SchedulePage) { p.Removing = true }))},
		{"settings-schedule-removing", settings(set, page(func(p *wizard.SchedulePage) { p.Removing = true }), changing)},
		{"settings-schedule-refused", settings(planned, page(func(p *wizard.SchedulePage) {
			p.Problem = problem(connector.KindDisk, connector.NoStep, connector.ActorYou, "")
		}))},
		{"settings-schedule-unread", settings(page(func(p *wizard.SchedulePage) {
			*p = wizard.SchedulePage{Problem: problem(connector.KindListDamaged, connector.NoStep, connector.ActorYou, "")}
		}))},
	}
}
