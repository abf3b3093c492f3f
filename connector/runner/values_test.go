package runner

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

const clientID = "22222222-2222-2222-2222-222222222222"

var (
	tenantA  = auth.Tenant{ID: "11111111-1111-1111-1111-111111111111", Domain: "contoso.example", Cloud: "global"}
	chromium = browser.Browser{ID: "chromium", Family: browser.Chromium}
	day      = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func tick(fields ...connector.Field) []wizard.Event {
	events := []wizard.Event{}
	for _, f := range fields {
		events = append(events, wizard.Ticked{Field: f, On: true})
	}
	return events
}
