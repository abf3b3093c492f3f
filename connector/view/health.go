package view

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// ConnectorWord is the word for a saved connector: its health at a time, where that can be known here.
func ConnectorWord(c connector.Connector, now time.Time) Text {
	if !c.Can().Check {
		return text("origin.other")
	}
	h := checks.HealthAt(c, now)
	if h == connector.HealthKept && c.Links != nil && c.Links.Name != "" {
		return text("health.kept.by", "Product", c.Links.Name)
	}
	return HealthWord(h)
}

// HealthWord is the word for a health.
func HealthWord(h connector.Health) Text { return text("health." + string(h)) }

// connectorSeverity is that of a connector's health, or of a reminder whose day has come.
func connectorSeverity(c connector.Connector, now time.Time) Severity {
	if h := checks.HealthAt(c, now); h != connector.HealthKept || !c.Reminds(now) {
		return healthSeverity(h)
	}
	return Warning
}

func healthSeverity(h connector.Health) Severity {
	switch h {
	case connector.HealthGood:
		return Good
	case connector.HealthAttention:
		return Warning
	case connector.HealthSignIn, connector.HealthExpired:
		return Bad
	default:
		return Info
	}
}

// HealthNotice says how the connector is, and why. The connector must be whole.
func HealthNotice(c connector.Connector, now time.Time) Notice {
	return healthNotice(c, now, wizard.Lasting{})
}

func healthNotice(c connector.Connector, now time.Time, l wizard.Lasting) Notice {
	if !c.Can().Check {
		return Notice{ID: "origin", Severity: Info, Title: ConnectorWord(c, now), Text: text("origin.other.text")}
	}
	h := checks.HealthAt(c, now)
	n := Notice{ID: "health", Severity: connectorSeverity(c, now), Title: ConnectorWord(c, now), Text: healthText(c, now, l)}
	if h == connector.HealthExpired {
		n.Buttons = registrationsButton(c)
	}
	return n
}

// healthText is the sentence about the health: what the last check found, or what time has made of that.
func healthText(c connector.Connector, now time.Time, l wizard.Lasting) Text {
	h, last := checks.HealthAt(c, now), c.LastDay()
	switch {
	case c.Origin == connector.OriginVault && needsRenewal(c, now):
		return text("health.sign-in.vault")
	case h == connector.HealthKept && c.Reminds(now):
		return text("health.kept.remind", "Day", c.Reminder())
	case h == connector.HealthExpired && !last.IsZero() && last.Before(connector.DayOf(now)):
		return text("health.expired.ended."+string(c.ClientKind), "Day", last)
	case h == connector.HealthSignIn && c.Health != h:
		return text("health.sign-in.unused", "Day", connector.DayOf(c.RefreshTokenEnd()))
	case h == connector.HealthAttention && c.Health != h:
		return text("health.attention.ends."+string(c.ClientKind), "Day", last)
	case h == connector.HealthUnknown && checks.Stale(c, now):
		return text("health.unknown.stale", "At", c.Checked)
	case h == connector.HealthUnknown && checks.OfTheFuture(c, now):
		return text("health.unknown.clock")
	case h == connector.HealthGood || h == connector.HealthAttention:
		return lastVerdict(c, h)
	case h == connector.HealthNew:
		return text("health.new.text", append(lastingArgs(c.CheckFrom(), now, l), "Verdict", knownVerdict(c))...)
	}
	return text("health." + string(h) + ".text")
}

// lastVerdict is what the last checks came to, and when. That all of them passed is said of those alone that did.
func lastVerdict(c connector.Connector, h connector.Health) Text {
	v := verdictOf(c.Checks)
	switch {
	case c.Checked.IsZero(), v.all() == 0:
		return text("health." + string(h) + ".text")
	case len(v.passed) == v.all():
		return text("health.good.on", "At", c.Checked, "Scheduled", c.CheckedBySchedule())
	}
	return text("health.on", "At", c.Checked, "Scheduled", c.CheckedBySchedule(), "Verdict", v.text())
}

// knownVerdict is what the last checks came to; empty where those are not known.
func knownVerdict(c connector.Connector) Text {
	v := verdictOf(c.Checks)
	if v.all() == 0 {
		return Text{}
	}
	return v.text()
}

func checkedText(c connector.Connector, now time.Time) Text {
	switch {
	case c.Checked.IsZero():
		return text("home.line.never-checked")
	case checks.Stale(c, now):
		return text("home.line.not-checked", "At", c.Checked)
	case c.CheckFrom().After(now):
		return text("home.line.check-from", "From", OnClock(c.CheckFrom(), now))
	}
	return text("home.line.checked", "At", c.Checked)
}

// dueTexts say what has to happen next: the refresh token must be used, or the client secret replaced, whichever is sooner; or that somebody wants
// to be reminded.
func dueTexts(c connector.Connector, now time.Time) []Text {
	h, use, replace := checks.HealthAt(c, now), c.UseBy(), c.ReplaceBy()
	switch remind := c.Reminder(); {
	case c.Reminds(now):
		return []Text{text("home.line.remind-due", "Day", remind)}
	case !remind.IsZero():
		return []Text{text("home.line.remind", "Day", remind)}
	case h == connector.HealthExpired && replace.IsZero(), h == connector.HealthSignIn, use.IsZero() && (c.Origin != connector.OriginVault || replace.IsZero()):
		return nil
	case !replace.IsZero() && (use.IsZero() || replace.Before(use)):
		return []Text{lastDayText(c, now)}
	case !now.IsZero() && use.Before(connector.DayOf(now)):
		return []Text{text("home.line.due-now")}
	}
	return []Text{text("home.line.due", "Day", use)}
}

// lastDayText says when the client secret or certificate ends, ends today, or ended.
func lastDayText(c connector.Connector, now time.Time) Text {
	key := "secret-due."
	if !now.IsZero() {
		switch left := c.LastDay().Since(connector.DayOf(now)); {
		case left < 0:
			key = "secret-ended."
		case left == 0:
			key = "secret-today."
		}
	}
	return text("home.line."+key+string(c.ClientKind), "Day", c.LastDay())
}

// credentialEnds warns of the end of the client secret or certificate, 30 days ahead; once it has ended, health says so.
func credentialEnds(c connector.Connector, now time.Time) []Block {
	if now.IsZero() || !c.Can().Renew || c.LastDay().IsZero() || c.CredentialEnded(now) {
		return nil
	}
	key := "detail.secret-ends.text"
	switch left := c.LastDay().Since(connector.DayOf(now)); {
	case left > connector.SecretWarningDays:
		return nil
	case left == 0:
		key = "detail.secret-ends.today"
	}
	return []Block{Notice{
		ID: "credential-ends", Severity: Warning, Title: lastDayText(c, now), Text: text(key), Buttons: registrationsButton(c),
	}}
}

// registrationsButton leads to where a new client secret or certificate is made, where that is known.
func registrationsButton(c connector.Connector) []Button {
	link := portalOf(&c.Tenant).registrations
	if link == "" {
		return nil
	}
	return []Button{{ID: "credential-ends-open", Label: text("page.connector.guide.open"), URL: link}}
}

// meters show how long the refresh token and the client secret still last, once the time is known.
func meters(c connector.Connector, now time.Time) []Block {
	if now.IsZero() || !c.Can().Credential {
		return nil
	}
	blocks := []Block{}
	if !c.Refreshed.IsZero() {
		blocks = append(blocks, refreshMeter(c, now))
	}
	if c.ClientKind == auth.PublicClient {
		return blocks
	}
	if c.LastDay().IsZero() {
		return append(blocks, caption(text("detail.no-end."+string(c.ClientKind))))
	}
	return append(blocks, secretMeter(c, now))
}

func refreshMeter(c connector.Connector, now time.Time) Meter {
	ends, by := c.RefreshTokenEnd(), c.UseBy()
	left := by.Since(connector.DayOf(now))
	m := meter("refresh", by, left, connector.RefreshTokenLife.Hours()/24)
	m.Label, m.Text = text("detail.refresh"), text("detail.refresh.days-left", "Count", left, "Day", by)
	switch {
	case c.Health == connector.HealthSignIn:
		m.Share, m.Severity, m.Text = 0, Bad, text("detail.refresh.refused")
	case !now.Before(ends):
		m.Severity, m.Text = Bad, text("detail.ended", "Day", connector.DayOf(ends))
	case left <= 0:
		m.Severity, m.Text = Warning, text("detail.refresh.now")
	}
	return m
}

func secretMeter(c connector.Connector, now time.Time) Meter {
	last := c.LastDay()
	m := meter("secret", last, last.Since(connector.DayOf(now)), float64(last.Since(connector.DayOf(c.Saved))))
	m.Label = text("detail.secret." + string(c.ClientKind))
	if c.Health == connector.HealthExpired {
		m.Share, m.Severity, m.Text = 0, Bad, text("detail.secret.refused")
	}
	return m
}

// meter is a bar that runs out on its last day; whole is how many days it had when full.
func meter(id string, last connector.Day, left int, whole float64) Meter {
	m := Meter{
		ID: "meter-" + id, Share: min(max(float64(left)/max(whole, 1), 0), 1), Severity: Good,
		Text: text("detail.days-left", "Count", left, "Day", last),
	}
	switch {
	case left < 0:
		m.Severity, m.Text = Bad, text("detail.ended", "Day", last)
	case left == 0:
		m.Severity, m.Text = Warning, text("detail.ends-today", "Day", last)
	case left <= connector.SecretWarningDays:
		m.Severity = Warning
	}
	return m
}
