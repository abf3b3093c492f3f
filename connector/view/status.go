package view

import (
	"slices"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// statusFacts are the few facts that matter of a connector: whose it is, and what ends when.
func statusFacts(c connector.Connector, now time.Time, said bool) []FactItem {
	if now.IsZero() {
		return nil
	}
	return onlyFacts(StatusFacts(c, now), func(id string) bool {
		return id == "fact-last-check" && !said || id == "fact-last-try" || id == "fact-dies" || id == "fact-secret-end"
	})
}

// furtherFacts are what else the last checks say.
func furtherFacts(c connector.Connector, now time.Time) []FactItem {
	if now.IsZero() {
		return nil
	}
	return onlyFacts(StatusFacts(c, now), func(id string) bool {
		return id == "fact-last-refresh" || id == "fact-mfa" || id == "fact-role-held" || id == "fact-permissions"
	})
}

func onlyFacts(facts []FactItem, wanted func(id string) bool) []FactItem {
	return slices.DeleteFunc(slices.Clone(facts), func(f FactItem) bool { return !wanted(f.ID) })
}

// StatusFacts are how a connector is at a time: when it was checked and refreshed, what ends when, and what the last checks say of MFA, role and
// permissions. The connector must be whole.
func StatusFacts(c connector.Connector, now time.Time) []FactItem {
	if !c.Can().Check {
		return nil
	}
	facts := []FactItem{{ID: "fact-last-check", Label: text("status.checked"), Text: lastCheckText(c)}}
	if p, ok := c.LastTry(); ok {
		facts = append(facts, FactItem{ID: "fact-last-try", Label: text("status.tried"), Text: text("status.tried.text", "At", p.To, "Why", problemTitle(p.Problem))})
	}
	if c.Origin != connector.OriginLink {
		facts = append(facts,
			FactItem{ID: "fact-last-refresh", Label: text("status.refreshed"), Text: atOrNever(c.Refreshed)},
			FactItem{ID: "fact-dies", Label: text("status.dies"), Text: diesText(c, now)})
		if c.ClientKind != auth.PublicClient {
			facts = append(facts, FactItem{ID: "fact-secret-end", Label: text("status.secret." + string(c.ClientKind)), Text: secretEndText(c, now)})
		}
	}
	for _, f := range []struct {
		id, label string
		checks    []connector.CheckID
	}{
		{"fact-mfa", "status.mfa", []connector.CheckID{connector.CheckMFA, connector.CheckLinkMFA}},
		{"fact-role-held", "status.role", []connector.CheckID{connector.CheckRole}},
		{"fact-permissions", "status.permissions", []connector.CheckID{connector.CheckPermissions}},
	} {
		if f.id == "fact-mfa" || c.Origin != connector.OriginLink {
			facts = append(facts, FactItem{ID: f.id, Label: text(f.label), Text: verdictText(c, f.checks)})
		}
	}
	return facts
}

// lastCheckText says when the checks were made last, and whether the schedule did it.
func lastCheckText(c connector.Connector) Text {
	if c.Checked.IsZero() {
		return text("home.line.never-checked")
	}
	if c.CheckedBySchedule() {
		return text("status.checked.scheduled", "At", c.Checked)
	}
	return text("common.at", "At", c.Checked)
}

func atOrNever(at time.Time) Text {
	if at.IsZero() {
		return text("status.not-known")
	}
	return text("common.at", "At", at)
}

// diesText is the day on which the refresh token dies where nobody uses it.
func diesText(c connector.Connector, now time.Time) Text {
	ends := c.RefreshTokenEnd()
	switch {
	case c.Health == connector.HealthSignIn:
		return text("detail.refresh.refused")
	case ends.IsZero():
		return text("status.not-known")
	}
	return endText(connector.DayOf(ends), now, !now.Before(ends))
}

// secretEndText is the day on which the client secret or certificate ends, with a warning from 30 days ahead.
func secretEndText(c connector.Connector, now time.Time) Text {
	last := c.LastDay()
	switch {
	case c.Health == connector.HealthExpired && (last.IsZero() || !last.Before(connector.DayOf(now))):
		return text("detail.secret.refused")
	case last.IsZero():
		return text("status.not-known")
	}
	return endText(last, now, last.Before(connector.DayOf(now)))
}

// endText is a day on which something ends; the last 30 days before are a warning.
func endText(last connector.Day, now time.Time, over bool) Text {
	left := last.Since(connector.DayOf(now))
	switch {
	case over:
		return text("status.ended", "Day", last)
	case left <= 0:
		return text("status.ends-today", "Day", last)
	case left <= connector.SecretWarningDays:
		return text("status.ends-soon", "Day", last, "Count", left)
	}
	return text("status.ends", "Day", last, "Count", left)
}

// verdictText is what the last of some checks came to, in a word, with what it goes by.
func verdictText(c connector.Connector, ids []connector.CheckID) Text {
	i := slices.IndexFunc(c.Checks, func(check connector.Check) bool { return slices.Contains(ids, check.ID) })
	if i < 0 {
		return text("status.not-checked")
	}
	made := c.Checks[i]
	word := text("check-state." + string(made.State))
	if len(made.Evidence) == 0 {
		return word
	}
	return text("status.verdict", "Word", word, "Evidence", Evidence(made.Evidence[0]))
}
