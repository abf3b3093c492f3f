package checks

import (
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestWithOutcomeIsAsOldAsTheChecks checks that checks which wait for Save do not become new by it.
func TestWithOutcomeIsAsOldAsTheChecks(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, time.November, 23, 12, minute, 0, 0, time.UTC) }
	made := []connector.Check{
		{ID: connector.CheckOurs, State: connector.CheckPassed, At: at(3)},
		{ID: connector.CheckTenant, State: connector.CheckPassed, At: at(1)},
		{ID: connector.CheckRefresh, State: connector.CheckPassed, At: at(2)},
		{ID: connector.CheckMFA, State: connector.CheckPassed, At: at(4)},
	}
	before := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	c := WithOutcome(connector.Connector{Refreshed: before}, made)
	if !c.Checked.Equal(at(1)) || !c.Refreshed.Equal(at(2)) || len(c.Checks) != 4 || c.Health != connector.HealthUnknown {
		t.Errorf("checked %v, refreshed %v, health %s", c.Checked, c.Refreshed, c.Health)
	}
	made[2].State = connector.CheckFailed
	if c := WithOutcome(connector.Connector{Refreshed: before}, made); !c.Refreshed.Equal(before) {
		t.Errorf("a refresh that failed was at %v", c.Refreshed)
	}
	made[3].At = time.Time{}
	if c := WithOutcome(connector.Connector{}, made); !c.Checked.IsZero() {
		t.Errorf("one check does not tell when it was made, and all of them are of %v", c.Checked)
	}
	if c := WithOutcome(connector.Connector{}, nil); !c.Checked.IsZero() {
		t.Errorf("no check was made, at %v", c.Checked)
	}
}

// kept is a connector that was saved and checked on 1 January 2027 at noon, with a client secret that ends on 10 March.
func kept(change func(*connector.Connector)) connector.Connector {
	at := time.Date(2027, time.January, 1, 12, 0, 0, 0, time.UTC)
	c := connector.Connector{
		ClientKind: auth.SecretClient, Health: connector.HealthGood, Saved: at, Consented: at, Refreshed: at, Checked: at,
		SecretExpires: connector.Day{Year: 2027, Month: time.March, Day: 10},
	}
	change(&c)
	return c
}

func TestHealthAges(t *testing.T) {
	as := func(h connector.Health) func(*connector.Connector) {
		return func(c *connector.Connector) { c.Health = h }
	}
	day := func(month time.Month, d, hour, minute int) time.Time {
		return time.Date(2027, month, d, hour, minute, 0, 0, time.UTC)
	}
	checkedIn := func(month time.Month, d int) func(*connector.Connector) {
		return func(c *connector.Connector) { c.Checked, c.Refreshed = day(month, d, 12, 0), day(month, d, 12, 0) }
	}
	tests := []struct {
		name   string
		change func(*connector.Connector)
		now    time.Time
		want   connector.Health
	}{
		{"at once", as(connector.HealthGood), day(time.January, 1, 12, 0), "good"},
		{"new stays new", as(connector.HealthNew), day(time.January, 31, 12, 0), "new"},
		{"30 days after the check", as(connector.HealthGood), day(time.January, 31, 12, 0), "good"},
		{"and a minute", as(connector.HealthGood), day(time.January, 31, 12, 1), "unknown"},
		{"new, 31 days after the check", as(connector.HealthNew), day(time.February, 1, 12, 1), "unknown"},
		{"what needed attention still does", as(connector.HealthAttention), day(time.February, 20, 0, 0), "attention"},
		{"8 days before the last day", checkedIn(time.March, 1), day(time.March, 2, 23, 59), "good"},
		{"7 days before it", checkedIn(time.March, 1), day(time.March, 3, 0, 0), "attention"},
		{"7 days before it, new", func(c *connector.Connector) { checkedIn(time.March, 1)(c); c.Health = connector.HealthNew }, day(time.March, 3, 0, 0), "attention"},
		{"7 days before it, not checked", as(connector.HealthGood), day(time.March, 3, 0, 0), "attention"},
		{"7 days before it, sign-in needed", as(connector.HealthSignIn), day(time.March, 3, 0, 0), "sign-in"},
		{"7 days before it, of a public client", func(c *connector.Connector) { checkedIn(time.March, 1)(c); c.ClientKind = auth.PublicClient }, day(time.March, 3, 0, 0), "good"},
		{"the last minute of the last day", checkedIn(time.March, 9), day(time.March, 10, 23, 59), "attention"},
		{"the day after", checkedIn(time.March, 9), day(time.March, 11, 0, 0), "expired"},
		{"ended, whatever else", as(connector.HealthSignIn), day(time.March, 11, 0, 0), "expired"},
		{"attention, and ended", as(connector.HealthAttention), day(time.March, 11, 0, 0), "expired"},
		{"said to have ended before", as(connector.HealthExpired), day(time.January, 2, 0, 0), "expired"},
		{"public clients have no end", func(c *connector.Connector) { checkedIn(time.March, 9)(c); c.ClientKind = auth.PublicClient }, day(time.March, 11, 0, 0), "good"},
		{"no end known", func(c *connector.Connector) { c.SecretExpires = connector.Day{} }, day(time.January, 2, 0, 0), "good"},
		{"a minute before the 90 days", func(c *connector.Connector) { c.SecretExpires = connector.Day{}; c.Checked = day(time.April, 1, 0, 0) }, day(time.April, 1, 11, 59), "good"},
		{"unused for 90 days", func(c *connector.Connector) { c.SecretExpires = connector.Day{}; c.Checked = day(time.April, 1, 0, 0) }, day(time.April, 1, 12, 0), "sign-in"},
		{"attention, unused for 90 days", func(c *connector.Connector) { c.SecretExpires = connector.Day{}; c.Health = connector.HealthAttention }, day(time.April, 1, 12, 0), "sign-in"},
		{"sign-in needed", as(connector.HealthSignIn), day(time.January, 2, 0, 0), "sign-in"},
		{"never checked", func(c *connector.Connector) { c.Checked = time.Time{} }, day(time.January, 2, 0, 0), "unknown"},
		{"a word of another version", as("levitating"), day(time.January, 2, 0, 0), "unknown"},
		{"the clock was set back a day", as(connector.HealthGood), day(time.January, 1, 12, 0).AddDate(0, 0, -1), "good"},
		{"and a minute more", as(connector.HealthGood), day(time.January, 1, 11, 59).AddDate(0, 0, -1), "unknown"},
		{"checked when the clock was a year ahead", func(c *connector.Connector) { c.Checked = c.Checked.AddDate(1, 0, 0) }, day(time.January, 2, 0, 0), "unknown"},
		{"used when the clock was a year ahead", func(c *connector.Connector) { c.Refreshed = c.Refreshed.AddDate(1, 0, 0) }, day(time.January, 2, 0, 0), "unknown"},
		{"no time", as(connector.HealthGood), time.Time{}, "unknown"},
		{"no time, new", as(connector.HealthNew), time.Time{}, "unknown"},
		{"no time, bad", as(connector.HealthAttention), time.Time{}, "attention"},
		{"can't be checked here", func(c *connector.Connector) { c.Origin, c.Health = "orbit", "levitating" }, day(time.June, 2, 0, 0), "levitating"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := HealthAt(kept(tt.change), tt.now); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// A refresh can be refused for want of a client secret at either of the two checks that make one.
func TestARefusedCredentialIsExpired(t *testing.T) {
	for _, id := range []connector.CheckID{connector.CheckRefresh, connector.CheckLasts, connector.CheckCredential} {
		made := Run(t.Context(), newScript().in, nil)
		for i := range made {
			if made[i].ID == id {
				made[i].State, made[i].Problem = connector.CheckFailed, &connector.Problem{Kind: connector.KindSecretExpired, OAuth: "invalid_client"}
			}
		}
		if got := HealthOf(made); got != "expired" {
			t.Errorf("%s: %s", id, got)
		}
	}
}

func TestAProblemBeforeTheChecksIsNoted(t *testing.T) {
	for _, tt := range []struct {
		before connector.Health
		p      *connector.Problem
		want   connector.Health
	}{
		{connector.HealthGood, &connector.Problem{Kind: connector.KindCertExpired}, "expired"},
		{connector.HealthGood, &connector.Problem{Kind: connector.KindSecretExpired, OAuth: "invalid_client"}, "expired"},
		{connector.HealthSignIn, &connector.Problem{Kind: connector.KindSecretExpired}, "expired"},
		{connector.HealthGood, &connector.Problem{Kind: connector.KindCredentialGone}, "sign-in"},
		{connector.HealthGood, &connector.Problem{Kind: connector.KindSignInAgain, OAuth: "invalid_grant"}, "sign-in"},
		{connector.HealthExpired, &connector.Problem{Kind: connector.KindCredentialGone}, "expired"},
		{connector.HealthGood, &connector.Problem{Kind: connector.KindNoNetwork}, "good"},
		{connector.HealthGood, &connector.Problem{Kind: connector.KindKeychainLocked}, "good"},
		{connector.HealthGood, nil, "good"},
	} {
		if got := WithProblem(connector.Connector{Health: tt.before}, tt.p).Health; got != tt.want {
			t.Errorf("%s after %v: %s, want %s", tt.before, tt.p, got, tt.want)
		}
	}
}

// A refusal counts until a refresh comes through: a policy may have let nobody in for an hour.
func TestARefreshEndsARefusal(t *testing.T) {
	at := time.Date(2027, 1, 5, 0, 0, 0, 0, time.UTC)
	good, refusing := []connector.Check{}, []connector.Check{}
	for _, id := range Order() {
		c := connector.Check{ID: id, State: connector.CheckPassed}
		good = append(good, c)
		if id == connector.CheckRefresh {
			c.State, c.Problem = connector.CheckFailed, &connector.Problem{OAuth: "invalid_grant"}
		}
		refusing = append(refusing, c)
	}
	for _, tt := range []struct {
		name   string
		before connector.Health
		checks []connector.Check
		want   connector.Health
	}{
		{"refused after the checks", "sign-in", good, "good"},
		{"a secret that was refused after the checks", "expired", good, "good"},
		{"refused by the checks", "sign-in", refusing, "unknown"},
		{"never checked", "sign-in", nil, "unknown"},
		{"never refused", "attention", good, "attention"},
		{"new", "new", nil, "new"},
	} {
		got := WithRefresh(connector.Connector{Health: tt.before, Checks: tt.checks}, at)
		if got.Health != tt.want || !got.Refreshed.Equal(at) {
			t.Errorf("%s: %s, refreshed %v, want %s", tt.name, got.Health, got.Refreshed, tt.want)
		}
	}
}

// A refusal of before counts until something newer disproves it. That nobody could be asked is no news.
func TestARefusalOutlivesAnOutage(t *testing.T) {
	down := &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork}
	offline := func(s *script) {
		s.tokenErrs[auth.PartnerCenter], s.tokenErrs[auth.Graph] = []error{down}, []error{down}
	}
	for _, tt := range []struct {
		name    string
		before  connector.Health
		arrange func(*script)
		want    connector.Health
	}{
		{"sign-in needed, offline", "sign-in", offline, "sign-in"},
		{"expired, offline", "expired", offline, "expired"},
		{"good, offline", "good", offline, "unknown"},
		{"attention, offline", "attention", offline, "unknown"},
		{"sign-in needed, Microsoft is down", "sign-in", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Status: 503}} }, "sign-in"},
		{"sign-in needed, only a cached token", "sign-in", func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{Cached: true} }, "sign-in"},
		{"sign-in needed, offline, the last day is over", "sign-in", func(s *script) {
			offline(s)
			s.in.SecretExpires = connector.Day{Year: 2026, Month: time.November, Day: 22}
		}, "expired"},
		{"sign-in needed, works again", "sign-in", func(*script) {}, "good"},
		{"expired, works again", "expired", func(*script) {}, "good"},
		{"sign-in needed, works again, not stored", "sign-in", func(s *script) { s.keepErr = &auth.Error{Cause: auth.ErrNotStored} }, "attention"},
		{"expired, another refusal", "expired", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 50173)} }, "sign-in"},
		{"sign-in needed, now the secret is wrong", "sign-in", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_client", 7000215)} }, "attention"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			tt.arrange(s)
			if got := WithOutcome(connector.Connector{Health: tt.before}, Run(t.Context(), s.in, nil)); got.Health != tt.want || len(got.Checks) != 13 {
				t.Errorf("%s by %d checks, want %s", got.Health, len(got.Checks), tt.want)
			}
		})
	}
}

// The refresh token may work at the second of the two checks that use it only.
func TestASecondTryEndsARefusal(t *testing.T) {
	made := Run(t.Context(), newScript().in, nil)
	for i := range made {
		if made[i].ID == connector.CheckRefresh {
			made[i].State, made[i].Weight = connector.CheckUnknown, connector.WeightNever
		}
	}
	if got := WithOutcome(connector.Connector{Health: connector.HealthSignIn}, made).Health; got != "unknown" {
		t.Errorf("%s, though the refresh token has just worked", got)
	}
}

func TestNotYetProvenToLastIsNewAtBest(t *testing.T) {
	for weight, want := range map[connector.Weight]connector.Health{"": "new", "warning": "new", "attention": "attention", "never": "unknown"} {
		made := Run(t.Context(), newScript().in, nil)
		for i := range made {
			if made[i].ID == connector.CheckLasts {
				made[i].State, made[i].Weight = connector.CheckUnknown, weight
			}
		}
		if got := HealthOf(made); got != want {
			t.Errorf("weight %q: %s, want %s", weight, got, want)
		}
	}
}

// TestARowHasTheSameHealth checks that the word for a connector needs nothing that a row of the list does not have.
func TestARowHasTheSameHealth(t *testing.T) {
	at := func(days int) time.Time { return time.Date(2026, 11, days, 12, 0, 0, 0, time.UTC) }
	for _, health := range []connector.Health{
		connector.HealthUnknown, connector.HealthNew, connector.HealthGood, connector.HealthAttention, connector.HealthSignIn, connector.HealthExpired,
	} {
		whole := connector.Connector{Health: health, Checked: at(1), Refreshed: at(1), Checks: []connector.Check{
			{ID: connector.CheckMFA, State: connector.CheckFailed}, {ID: connector.CheckRefresh, State: connector.CheckUnknown},
		}}
		row := whole
		row.Checks = nil
		for _, now := range []time.Time{{}, at(2), at(2).AddDate(0, 0, 31), at(2).AddDate(0, 0, 91)} {
			if got, want := HealthAt(row, now), HealthAt(whole, now); got != want {
				t.Errorf("%s at %v: a row is %s, the whole %s", health, now, got, want)
			}
		}
	}
}
