package rehearsal

import (
	"cmp"
	"net/http"
	"slices"
	"time"
)

// callKey is an app of a tenant on a day.
type callKey struct{ tenant, client, day string }

// calls are how many calls an app made in the name of people, and how many of them carried MFA.
type calls struct{ total, mfa int }

// called counts a call of Partner Center with a token that somebody signed in for.
func (l *ledger) called(t *accessToken, now time.Time) {
	if t == nil || t.person == nil || t.app == nil || t.resource != partnerCenter {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := callKey{t.tenant.id, t.app.id, now.UTC().Format(time.DateOnly)}
	made := l.calls[key]
	made.total++
	if t.mfa {
		made.mfa++
	}
	l.calls[key] = made
}

// mfaReport tells of each app and day how many calls carried MFA. Microsoft's report comes hours later; this one is of now.
// https://learn.microsoft.com/partner-center/developer/get-api-request-summary
func (c *Cloud) mfaReport(w http.ResponseWriter, _ *http.Request, t *accessToken) {
	type row struct {
		LoginDate string `json:"loginDate"`
		MFA       int    `json:"mfaCompliantRequestCount"`
		Total     int    `json:"totalRequestCount"`
		ID        string `json:"applicationId"`
		Name      string `json:"applicationName"`
	}
	rows := []row{}
	for key, made := range c.ledger.callsOf(t.tenant.id) {
		rows = append(rows, row{key.day, made.mfa, made.total, key.client, ""})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(b.LoginDate, a.LoginDate), cmp.Compare(a.ID, b.ID)) })
	writeJSON(w, http.StatusOK, rows)
}

func (l *ledger) callsOf(tenantID string) map[callKey]calls {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := map[callKey]calls{}
	for key, made := range l.calls {
		if key.tenant == tenantID {
			found[key] = made
		}
	}
	return found
}
