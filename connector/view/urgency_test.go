package view

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// TestMostUrgent has the order in which people are needed, whatever the order that the connectors were saved in.
func TestMostUrgent(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	recent := now.AddDate(0, 0, -1)
	made := func(name string, h connector.Health, change func(*connector.Connector)) connector.Connector {
		c := connector.Connector{
			ID: name, Name: name, Health: h, ClientKind: auth.SecretClient, Checked: recent, Refreshed: recent, SecretExpires: connector.Day{Year: 2027, Month: 11, Day: 1},
		}
		change(&c)
		return c
	}
	as := func(*connector.Connector) {}
	ends := func(year int, month time.Month, day int) func(*connector.Connector) {
		return func(c *connector.Connector) { c.SecretExpires = connector.Day{Year: year, Month: month, Day: day} }
	}
	kept := func(remind connector.Day) func(*connector.Connector) {
		return func(c *connector.Connector) {
			c.Origin, c.ClientKind, c.Refreshed, c.SecretExpires = connector.OriginLink, "", time.Time{}, connector.Day{}
			c.Links = &connector.Links{Remind: remind}
		}
	}
	list := []connector.Connector{
		made("good, of another program", connector.HealthGood, func(c *connector.Connector) { c.Origin = "elsewhere" }),
		made("good, b", connector.HealthGood, as),
		made("Good, A", connector.HealthGood, as),
		made("good, used today", connector.HealthGood, func(c *connector.Connector) { c.Refreshed = now }),
		made("good, never used", connector.HealthGood, func(c *connector.Connector) { c.Refreshed, c.ClientKind = time.Time{}, auth.PublicClient }),
		made("good, secret ends before the sign-in", connector.HealthGood, ends(2027, 1, 10)),
		made("new", connector.HealthNew, as),
		made("unknown", connector.HealthUnknown, as),
		made("good once, not checked for a month", connector.HealthGood, func(c *connector.Connector) { c.Checked = now.AddDate(0, 0, -31) }),
		made("attention", connector.HealthAttention, as),
		made("good, secret ends in a week", connector.HealthGood, ends(2026, 11, 30)),
		made("sign-in", connector.HealthSignIn, as),
		made("good, secret ended", connector.HealthGood, ends(2026, 11, 22)),
		made("expired longer ago", connector.HealthExpired, ends(2025, 12, 31)),
		made("kept", connector.HealthKept, kept(connector.Day{})),
		made("kept, to be reminded of", connector.HealthKept, kept(connector.Day{Year: 2027, Month: 1, Day: 8})),
		made("kept, reminded of today", connector.HealthKept, kept(connector.Day{Year: 2026, Month: 11, Day: 23})),
		made("kept, attention", connector.HealthAttention, kept(connector.Day{})),
	}
	want := []string{
		"expired longer ago", "good, secret ended", "sign-in", "kept, reminded of today", "good, secret ends in a week", "attention",
		"kept, attention", "good once, not checked for a month", "unknown",
		"new", "good, secret ends before the sign-in", "Good, A", "good, b", "good, used today", "good, never used", "kept, to be reminded of", "kept", "good, of another program",
	}
	for range list {
		got := []string{}
		for _, i := range mostUrgent(list, nil, now) {
			got = append(got, list[i].Name)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("the order is\n%q, want\n%q", got, want)
		}
		list = append(list[1:], list[0])
	}
	found := []string{}
	for _, i := range mostUrgent(list, []string{"secret", "ends"}, now) {
		found = append(found, list[i].Name)
	}
	if want := []string{"good, secret ends in a week", "good, secret ends before the sign-in"}; !slices.Equal(found, want) {
		t.Errorf("found %q", found)
	}
}

// TestHomeBeginsWhereItWasLeft: the focus is on the row of the connector whose screen was left, if that is shown.
func TestHomeBeginsWhereItWasLeft(t *testing.T) {
	s := wizard.State{Home: wizard.Home{Loaded: true, Left: "b"}}
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		s.Home.Connectors = append(s.Home.Connectors, connector.Connector{ID: id, Name: "name " + id})
	}
	if got := Project(s).Focus; got != "connector-b" {
		t.Errorf("the focus is on %q", got)
	}
	s.Home.Search = "name c"
	if got := Project(s).Focus; got != "main" {
		t.Errorf("where it is not found the focus is on %q", got)
	}
}
