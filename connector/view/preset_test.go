package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// has reports whether a button of a view has the ID.
func has(v view.View, id string) bool {
	for _, b := range buttons(v) {
		if b.ID == id {
			return true
		}
	}
	return false
}

// says tells whether a sentence of a view has the key.
func says(v view.View, key string) bool {
	for _, t := range texts(v) {
		if t.Key == key {
			return true
		}
	}
	return false
}

func TestWhatThePageSaysOfThePreset(t *testing.T) {
	cases := map[string]struct {
		says  string
		guide bool
	}{
		"connector-preset":                 {"page.connector.preset.open", false},
		"connector-preset-locked":          {"page.connector.preset.locked", false},
		"connector-preset-loose":           {"page.connector.preset.loose", false},
		"connector-preset-plain":           {"page.connector.preset", false},
		"connector-preset-changed":         {"page.connector.preset.differs", true},
		"connector-preset-differs":         {"page.connector.preset.differs", true},
		"connector-preset-no-values":       {"page.connector.preset.no-values", true},
		"connector-preset-problem":         {"problem.preset.title", true},
		"connector-preset-other-publisher": {"page.connector.preset.open", true},
	}
	for name, c := range cases {
		v := view.Project(viewtest.State(name))
		if !says(v, c.says) {
			t.Errorf("%s does not say %s", name, c.says)
		}
		if has(v, "open-registrations") != c.guide {
			t.Errorf("%s: the guide to an app registration is there: %v", name, !c.guide)
		}
	}
	for _, name := range []string{"connector-preset-renewal", "connector-secret-done"} {
		for _, text := range texts(view.Project(viewtest.State(name))) {
			if strings.Contains(text.Key, "preset") {
				t.Errorf("%s says %s", name, text.Key)
			}
		}
	}
}

func TestWhatThePresetLocksHasNoChange(t *testing.T) {
	fields := map[string]bool{"client-id": true, "kind": true, "redirect-path": true, "with-groups-locked": true}
	for name, locked := range map[string]bool{
		"connector-preset": false, "connector-preset-loose": false, "connector-preset-locked": true, "connector-preset-locked-after-consent": true,
	} {
		v := view.Project(viewtest.State(name))
		found := 0
		for _, block := range view.Flat(v.Blocks) {
			switch b := block.(type) {
			case view.Input:
				if fields[b.ID] && b.Locked && b.Reason.Key == "reason.preset-locks" && len(b.Buttons) == 0 {
					found++
				}
			case view.Choice:
				if fields[b.ID] && b.Locked && b.Reason.Key == "reason.preset-locks" && len(b.Buttons) == 0 {
					found++
				}
			}
		}
		if want := map[bool]int{true: len(fields)}[locked]; found != want {
			t.Errorf("%s: %d fields are locked by the preset, want %d", name, found, want)
		}
	}
}

// TestSupportStandsWhereThePublisherActs holds that the way to support is on what the publisher has to do, and on nothing else.
func TestSupportStandsWhereThePublisherActs(t *testing.T) {
	if v := view.Project(viewtest.State("connector-preset-publisher")); !has(v, "probe-problem-support") {
		t.Error("the card that the publisher has to act on does not lead to support")
	}
	if v := view.Project(viewtest.State("connector-preset-other-publisher")); has(v, "probe-problem-support") {
		t.Error("the card of another app registration leads to the preset's support")
	}
	for _, n := range viewtest.States() {
		n.State.Preset = viewtest.Preset()
		for _, p := range problemsIn(view.Project(n.State)) {
			led := false
			for _, b := range p.Others {
				led = led || b.URL == n.State.Preset.Support
			}
			if led && p.Actor.Key != "actor.publisher" {
				t.Errorf("%s: %s is for %s and leads to support", n.Name, p.ID, p.Actor.Key)
			}
		}
	}
}

func TestHelpLeadsToSupport(t *testing.T) {
	for _, topic := range viewtest.HelpTopics() {
		if v := view.Help(viewtest.Preset(), viewtest.Products(), topic, "", nil); !has(v, "help-support") {
			t.Errorf("help on %s does not lead to support", topic)
		}
		if v := view.Help(connector.Preset{}, viewtest.Products(), topic, "", nil); has(v, "help-support") {
			t.Errorf("help on %s leads to support that nobody gave", topic)
		}
	}
}

// TestAPresetsProblemIsWhole reads it as people do: the file, the line, what is wrong and what to do.
func TestAPresetsProblemIsWhole(t *testing.T) {
	for lang, tr := range translators(t) {
		for _, f := range presetFaults {
			card := view.ProblemCard(viewtest.BadPreset(f).Problem)
			title, do := card.Title.Render(tr), card.Do.Render(tr)
			fault := view.Text{Key: "preset.fault." + string(f), Args: map[string]any{"Key": "client-id", "Value": "Mail.Read", "Known": "openid, User.Read"}}
			if !strings.Contains(title, viewtest.PresetPath) || !strings.Contains(do, "4: ") || !strings.Contains(do, fault.Render(tr)) {
				t.Errorf("%s, %s: %s %s", lang, f, title, do)
			}
		}
	}
}

// presetFaults are all that can be wrong with a preset.
var presetFaults = []connector.PresetFault{
	connector.PresetUnreadable, connector.PresetNotFile, connector.PresetTooLarge, connector.PresetStranger,
	connector.PresetEncoding, connector.PresetSyntax, connector.PresetKey, connector.PresetCredential,
	connector.PresetType, connector.PresetClientID, connector.PresetClientKind, connector.PresetRedirect, connector.PresetRole,
	connector.PresetScope, connector.PresetProduct, connector.PresetSupport, connector.PresetLock,
	connector.PresetLockEmpty, connector.PresetLinksName, connector.PresetLabel, connector.PresetTooMany, connector.PresetHost,
}
