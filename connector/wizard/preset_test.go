package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const presetID = "33333333-3333-3333-3333-333333333333"

// aPreset gives everything and locks two of it.
func aPreset() connector.Preset {
	return connector.Preset{
		Path: "/etc/preset.toml", Product: "Fabrikam", Support: "https://support.fabrikam.example",
		ClientID: presetID, ClientKind: auth.PublicClient, RedirectPath: "/app", WithGroups: true, Role: connector.RoleSalesAgent, Given: connector.PresetFields,
		Locked: []connector.Field{connector.FieldClientID, connector.FieldRedirectPath},
	}
}

// openedWith is a machine with a preset and a draft open on page 1.
func openedWith(t *testing.T, p connector.Preset, change func(*connector.Draft)) *machine {
	t.Helper()
	s, effects := Machine{Preset: p}.Start(nil)
	m := &machine{t: t, state: s, effects: effects}
	m.send(Loaded{}, NewConnector{})
	d := effect[MakeDraft](m).Prefill
	d.ID, d.Step, d.Created = "draft-id", connector.StepBefore, day
	change(&d)
	return m.send(DraftMade{Draft: d})
}

func asItIs(*connector.Draft) {}

func TestANewDraftBeginsWithThePreset(t *testing.T) {
	some := connector.Preset{Path: "/p", ClientKind: auth.CertificateClient, Given: []connector.Field{connector.FieldClientKind}}
	cases := map[string]struct {
		preset connector.Preset
		want   connector.Draft
	}{
		"none":       {connector.Preset{}, connector.Draft{Role: connector.RoleAdminAgent, ClientKind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath}},
		"everything": {aPreset(), connector.Draft{Role: connector.RoleSalesAgent, ClientID: presetID, ClientKind: auth.PublicClient, RedirectPath: "/app", WithGroups: true}},
		"some":       {some, connector.Draft{Role: connector.RoleAdminAgent, ClientKind: auth.CertificateClient, RedirectPath: auth.DefaultRedirectPath}},
		"the bare redirect URI": {
			connector.Preset{Path: "/p", Given: []connector.Field{connector.FieldRedirectPath}}, connector.Draft{Role: connector.RoleAdminAgent, ClientKind: auth.SecretClient},
		},
		"a bad one": {connector.Preset{Path: "/p", Problem: &connector.Problem{Kind: connector.KindPreset}}, connector.Draft{Role: connector.RoleAdminAgent, ClientKind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath}},
	}
	for name, c := range cases {
		s, _ := Machine{Preset: c.preset}.Start(nil)
		m := (&machine{t: t, state: s}).send(Loaded{}, NewConnector{})
		if got := effect[MakeDraft](m).Prefill; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestARehearsalKnowsNoPreset(t *testing.T) {
	prefill := connector.Draft{ClientID: clientID, ClientKind: auth.SecretClient}
	s, _ := Machine{Preset: aPreset()}.Start(&connector.Rehearsal{Prefill: prefill})
	m := (&machine{t: t, state: s}).send(Loaded{}, NewConnector{})
	if got := effect[MakeDraft](m).Prefill; !reflect.DeepEqual(got, prefill) || !reflect.DeepEqual(m.state.Preset, connector.Preset{}) {
		t.Errorf("%+v, %+v", got, m.state.Preset)
	}
}

func TestWhatThePresetLocks(t *testing.T) {
	loose := aPreset()
	loose.Loose = true
	other := func(d *connector.Draft) { d.ClientID = clientID }
	renews := func(d *connector.Draft) { d.Renews = "saved" }
	cases := map[string]struct {
		preset connector.Preset
		change func(*connector.Draft)
		want   map[connector.Field]bool
	}{
		"as it is":                        {aPreset(), asItIs, map[connector.Field]bool{connector.FieldClientID: true, connector.FieldRedirectPath: true}},
		"a file that can be changed":      {loose, asItIs, map[connector.Field]bool{}},
		"a draft with a value of its own": {aPreset(), other, map[connector.Field]bool{connector.FieldRedirectPath: true}},
		"a renewal":                       {aPreset(), renews, map[connector.Field]bool{}},
		"no preset":                       {connector.Preset{}, asItIs, map[connector.Field]bool{}},
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
	all.Locked = connector.PresetFields
	attempts := map[string]struct {
		field connector.Field
		event Event
	}{
		"client ID": {connector.FieldClientID, Edited{connector.FieldClientID, clientID}},
		"kind":      {connector.FieldClientKind, Chosen{connector.FieldClientKind, string(auth.SecretClient)}},
		"redirect":  {connector.FieldRedirectPath, Edited{connector.FieldRedirectPath, "/other"}},
		"scopes":    {connector.FieldWithGroups, Ticked{connector.FieldWithGroups, false}},
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
		"another client ID":       {Edited{connector.FieldClientID, clientID}, false},
		"a tenant":                {Edited{connector.FieldTenant, "contoso.example"}, false},
		"a client ID, taken back": {Edited{connector.FieldClientID, presetID}, true},
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
	noID := connector.Preset{Path: "/p", Support: "https://support.fabrikam.example"}
	bad := connector.Preset{Path: "/p", Problem: &connector.Problem{Kind: connector.KindPreset}}
	cases := []struct {
		preset   connector.Preset
		clientID string
		want     bool
	}{
		{aPreset(), presetID, true},
		{aPreset(), clientID, false},
		{aPreset(), "", false},
		{noID, clientID, true},
		{bad, presetID, false},
		{connector.Preset{}, presetID, false},
	}
	for _, c := range cases {
		if got := c.preset.Answers(c.clientID); got != c.want {
			t.Errorf("%+v, %q: %v", c.preset, c.clientID, got)
		}
	}
}
