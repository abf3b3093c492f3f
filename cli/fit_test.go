package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// longConnectors have names longer than a line.
func longConnectors() []connector.Connector {
	one := connector.Connector{
		ID: "8f7ddf4e-5b8b-42a1-8112-0033653e0e6f", Name: strings.Repeat("Contoso Consulting ", 4),
		Tenant:  auth.Tenant{ID: "5e0a11c0-7e4a-4c1e-8a11-000000000001", Domain: "contosoconsultingpartners.onmicrosoft.com"},
		User:    connector.Identity{UPN: "partner-center-integration@contosoconsultingpartners.onmicrosoft.com"},
		Checked: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC),
	}
	wide := one
	wide.Name = strings.Repeat("東京", 20)
	return []connector.Connector{one, wide}
}

// TestAListFitsItsTerminal holds that no line is longer than the terminal is wide, and that a wide one shows whole names.
func TestAListFitsItsTerminal(t *testing.T) {
	for _, width := range []int{80, 100, 120, 300} {
		out := &bytes.Buffer{}
		c := folding(out)
		c.now, c.OutTerminal, c.Width = func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, true, func() int { return width }
		c.showConnectors(longConnectors())
		lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
		if len(lines) != 3 {
			t.Fatalf("%d columns: %d lines\n%s", width, len(lines), out)
		}
		for _, line := range lines {
			if textWidth(strings.TrimRight(line, " ")) > width {
				t.Errorf("%d columns: %d in %q", width, textWidth(line), line)
			}
		}
		whole := strings.Contains(out.String(), strings.Repeat("Contoso Consulting ", 4)[:75])
		if whole != (width == 300) || strings.Contains(out.String(), ellipsis) == whole {
			t.Errorf("%d columns:\n%s", width, out)
		}
		if !strings.Contains(lines[1], "2026-11-30") {
			t.Errorf("%d columns: the time is not whole in %q", width, lines[1])
		}
	}
}

// TestAListInAPipeIsWhole holds that scripts get all of it.
func TestAListInAPipeIsWhole(t *testing.T) {
	out := &bytes.Buffer{}
	c := folding(out)
	c.now = time.Now
	c.showConnectors(longConnectors())
	if !strings.Contains(out.String(), "partner-center-integration@contosoconsultingpartners.onmicrosoft.com") || strings.Contains(out.String(), ellipsis) {
		t.Error(out)
	}
}

// TestStatusFitsItsTerminal holds the same of what is told of one connector.
func TestStatusFitsItsTerminal(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		out := &bytes.Buffer{}
		c := folding(out)
		c.tr.Use(lang)
		c.now, c.OutTerminal, c.Width = func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, true, func() int { return 80 }
		for _, one := range longConnectors() {
			c.showStatus(one)
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if textWidth(line) > 80 && strings.Contains(strings.TrimSpace(line), " ") && !strings.Contains(line, "@") {
				t.Errorf("%s: %d columns in %q", lang, textWidth(line), line)
			}
		}
	}
}
