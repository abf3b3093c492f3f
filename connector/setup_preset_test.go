package connector

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
)

const presetID = "33333333-3333-3333-3333-333333333333"

// aPreset gives everything and locks two of it.
func aPreset() Preset {
	return Preset{
		Path: "/etc/preset.toml", Product: "Fabrikam", Support: "https://support.fabrikam.example",
		ClientID: presetID, Kind: auth.PublicClient, RedirectPath: "/app", WithGroups: true, Given: PresetFields,
		Locked: []Field{FieldClientID, FieldRedirectPath},
	}
}

// openedWith is a machine with a preset and a draft open on page 1.
func openedWith(t *testing.T, p Preset, change func(*Draft)) *machine {
	t.Helper()
	s, effects := Setup{Preset: p}.Start(nil)
	m := &machine{t: t, state: s, effects: effects}
	m.send(Loaded{}, NewConnector{})
	d := effect[MakeDraft](m).Prefill
	d.ID, d.Step, d.Created = "draft-id", StepBefore, day
	change(&d)
	return m.send(DraftMade{Draft: d})
}

func asItIs(*Draft) {}

func TestANewDraftBeginsWithThePreset(t *testing.T) {
	some := Preset{Path: "/p", Kind: auth.CertificateClient, Given: []Field{FieldKind}}
	cases := map[string]struct {
		preset Preset
		want   Draft
	}{
		"none":       {Preset{}, Draft{Kind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath}},
		"everything": {aPreset(), Draft{ClientID: presetID, Kind: auth.PublicClient, RedirectPath: "/app", WithGroups: true}},
		"some":       {some, Draft{Kind: auth.CertificateClient, RedirectPath: auth.DefaultRedirectPath}},
		"the bare redirect URI": {
			Preset{Path: "/p", Given: []Field{FieldRedirectPath}}, Draft{Kind: auth.SecretClient},
		},
		"a bad one": {Preset{Path: "/p", Problem: &Problem{Kind: KindPreset}}, Draft{Kind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath}},
	}
	for name, c := range cases {
		s, _ := Setup{Preset: c.preset}.Start(nil)
		m := (&machine{t: t, state: s}).send(Loaded{}, NewConnector{})
		if got := effect[MakeDraft](m).Prefill; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestARehearsalKnowsNoPreset(t *testing.T) {
	prefill := Draft{ClientID: clientID, Kind: auth.SecretClient}
	s, _ := Setup{Preset: aPreset()}.Start(&Rehearsal{Prefill: prefill})
	m := (&machine{t: t, state: s}).send(Loaded{}, NewConnector{})
	if got := effect[MakeDraft](m).Prefill; !reflect.DeepEqual(got, prefill) || !reflect.DeepEqual(m.state.Preset, Preset{}) {
		t.Errorf("%+v, %+v", got, m.state.Preset)
	}
}

func TestWhatThePresetLocks(t *testing.T) {
	loose := aPreset()
	loose.Loose = true
	other := func(d *Draft) { d.ClientID = clientID }
	renews := func(d *Draft) { d.Renews = "saved" }
	cases := map[string]struct {
		preset Preset
		change func(*Draft)
		want   map[Field]bool
	}{
		"as it is":                        {aPreset(), asItIs, map[Field]bool{FieldClientID: true, FieldRedirectPath: true}},
		"a file that can be changed":      {loose, asItIs, map[Field]bool{}},
		"a draft with a value of its own": {aPreset(), other, map[Field]bool{FieldRedirectPath: true}},
		"a renewal":                       {aPreset(), renews, map[Field]bool{}},
		"no preset":                       {Preset{}, asItIs, map[Field]bool{}},
	}
	for name, c := range cases {
		m := openedWith(t, c.preset, c.change)
		if got := m.state.Wizard.Fixed; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestNothingUnlocksWhatThePresetLocks(t *testing.T) {
	all := aPreset()
	all.Locked = PresetFields
	attempts := map[string]struct {
		field Field
		event Event
	}{
		"client ID": {FieldClientID, Edited{FieldClientID, clientID}},
		"kind":      {FieldKind, Chosen{FieldKind, string(auth.SecretClient)}},
		"redirect":  {FieldRedirectPath, Edited{FieldRedirectPath, "/other"}},
		"scopes":    {FieldWithGroups, Ticked{FieldWithGroups, false}},
	}
	for name, a := range attempts {
		m := openedWith(t, all, asItIs)
		before := m.state.Wizard.Draft
		m.send(a.event, AskChange{a.field})
		if m.state.Wizard.Change != "" {
			t.Errorf("%s: the change can be asked for", name)
		}
		m.send(AgreeChange{}, a.event)
		if !reflect.DeepEqual(m.state.Wizard.Draft, before) {
			t.Errorf("%s: %+v", name, m.state.Wizard.Draft)
		}
		open := all
		open.Locked = nil
		m = openedWith(t, open, asItIs).send(a.event)
		if open.Agrees(m.state.Wizard.Draft, a.field) {
			t.Errorf("%s can't be changed although it is not locked", name)
		}
	}
}

// Nobody typed what came from the preset, so a wizard that is closed at once leaves no draft.
func TestAPresetAloneMakesNoDraft(t *testing.T) {
	cases := map[string]struct {
		event Event
		drops bool
	}{
		"nothing entered":         {nil, true},
		"another client ID":       {Edited{FieldClientID, clientID}, false},
		"a tenant":                {Edited{FieldTenant, "contoso.example"}, false},
		"a client ID, taken back": {Edited{FieldClientID, presetID}, true},
	}
	for name, c := range cases {
		open := aPreset()
		open.Locked = nil
		m := openedWith(t, open, asItIs)
		if c.event != nil {
			m.send(c.event)
		}
		m.send(GoHome{})
		if has[DropDraft](m) != c.drops {
			t.Errorf("%s: dropped %v", name, !c.drops)
		}
	}
}

func TestWhoseSupportAnswers(t *testing.T) {
	noID := Preset{Path: "/p", Support: "https://support.fabrikam.example"}
	bad := Preset{Path: "/p", Problem: &Problem{Kind: KindPreset}}
	cases := []struct {
		preset   Preset
		clientID string
		want     bool
	}{
		{aPreset(), presetID, true},
		{aPreset(), clientID, false},
		{aPreset(), "", false},
		{noID, clientID, true},
		{bad, presetID, false},
		{Preset{}, presetID, false},
	}
	for _, c := range cases {
		if got := c.preset.Answers(c.clientID); got != c.want {
			t.Errorf("%+v, %q: %v", c.preset, c.clientID, got)
		}
	}
}
