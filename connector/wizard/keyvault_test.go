package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// handing is a saved connector whose form for a handover is open.
func handing(t *testing.T, kind auth.ClientKind) *machine {
	t.Helper()
	m := newMachine(t)
	m.state.VaultSuffixes = map[string]string{tenantA.Cloud: "vault.azure.net"}
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: kind}
	return m.send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, AskKeyVault{})
}

// planned is one that was looked for.
func planned(t *testing.T, secrets ...connector.PlannedSecret) *machine {
	t.Helper()
	m := handing(t, auth.SecretClient).send(Edited{connector.FieldVault, "contoso"}, LookInKeyVault{})
	e := effect[PlanHandover](m)
	e.Place.Name = "contoso"
	return m.send(KeyVaultLooked{Attempt: e.Attempt, Plan: connector.HandoverPlan{Place: e.Place, Secrets: secrets}})
}

func TestWhatIsLookedForInAKeyVault(t *testing.T) {
	const azure = "https://contoso.vault.azure.net"
	secret := []Event{Ticked{connector.FieldVaultSecret, true}}
	for name, c := range map[string]struct {
		kind   auth.ClientKind
		events []Event
		want   connector.VaultPlace
	}{
		"a copy":                    {auth.SecretClient, nil, connector.VaultPlace{URL: azure, Prefix: "pcc"}},
		"a copy with the secret":    {auth.SecretClient, secret, connector.VaultPlace{URL: azure, Prefix: "pcc", WithSecret: true}},
		"a move":                    {auth.CertificateClient, []Event{Chosen{connector.FieldVaultWay, "move"}}, connector.VaultPlace{URL: azure, Prefix: "pcc", WithSecret: true}},
		"a move of a public client": {auth.PublicClient, []Event{Chosen{connector.FieldVaultWay, "move"}}, connector.VaultPlace{URL: azure, Prefix: "pcc"}},
		"a public client's tick":    {auth.PublicClient, secret, connector.VaultPlace{URL: azure, Prefix: "pcc"}},
		"a copy after all":          {auth.SecretClient, []Event{Chosen{connector.FieldVaultWay, "move"}, Chosen{connector.FieldVaultWay, "copy"}}, connector.VaultPlace{URL: azure, Prefix: "pcc"}},
		"another prefix":            {auth.SecretClient, []Event{Edited{connector.FieldVaultPrefix, " team-2 "}}, connector.VaultPlace{URL: azure, Prefix: "team-2"}},
		"no prefix":                 {auth.SecretClient, []Event{Edited{connector.FieldVaultPrefix, ""}}, connector.VaultPlace{URL: azure, Prefix: "pcc"}},
	} {
		m := handing(t, c.kind).send(Edited{connector.FieldVault, azure + "/"}).send(c.events...).send(LookInKeyVault{})
		if got := effect[PlanHandover](m); got.ID != "c" || got.Place != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWhyItCannotBeLookedYet(t *testing.T) {
	for _, c := range []struct {
		vault, prefix string
		want          Reason
	}{
		{"", "pcc", "key-vault-missing"},
		{"http://contoso", "pcc", "key-vault-invalid"},
		{"contoso.vault.azure.cn", "pcc", "key-vault-other"},
		{"contoso", "p_c", "key-vault-prefix"},
		{"contoso", "", ""},
	} {
		m := handing(t, auth.SecretClient).send(Edited{connector.FieldVault, c.vault}, Edited{connector.FieldVaultPrefix, c.prefix})
		if got := m.state.Refuses(LookInKeyVault{}); got != c.want {
			t.Errorf("%q, %q: refused for %q instead of %q", c.vault, c.prefix, got, c.want)
		}
	}
}

// TestNothingIsWrittenUnseen holds that a handover needs a look at just what it would write, with nothing against it.
func TestNothingIsWrittenUnseen(t *testing.T) {
	secret := connector.PlannedSecret{Name: "pcc-contoso-refresh-token"}
	refuses := func(what string, m *machine, want Reason) {
		t.Helper()
		if got := m.state.Refuses(HandOverToKeyVault{}); got != want {
			t.Errorf("%s: refused for %q instead of %q", what, got, want)
		}
		if m.send(HandOverToKeyVault{}); has[WriteToKeyVault](m) != (want == "") {
			t.Errorf("%s: written: %v", what, has[WriteToKeyVault](m))
		}
	}
	refuses("not looked", handing(t, auth.SecretClient).send(Edited{connector.FieldVault, "contoso"}), "key-vault-look")
	refuses("looking", handing(t, auth.SecretClient).send(Edited{connector.FieldVault, "contoso"}, LookInKeyVault{}), "key-vault-looking")
	refuses("looked", planned(t, secret), "")
	for what, e := range map[string]Event{
		"another vault": Edited{connector.FieldVault, "fabrikam"}, "another prefix": Edited{connector.FieldVaultPrefix, "x"},
		"a move": Chosen{connector.FieldVaultWay, "move"}, "with the secret": Ticked{connector.FieldVaultSecret, true},
	} {
		refuses(what, planned(t, secret).send(e), "key-vault-look")
	}
	m := handing(t, auth.SecretClient).send(Edited{connector.FieldVault, "contoso"}, LookInKeyVault{})
	e := effect[PlanHandover](m)
	m.send(Edited{connector.FieldVault, "fabrikam"})
	if effect[StopAttempt](m).Attempt != e.Attempt {
		t.Error("the look at another vault goes on")
	}
	m.send(KeyVaultLooked{Attempt: e.Attempt, Plan: connector.HandoverPlan{Secrets: []connector.PlannedSecret{secret}}})
	refuses("the plan of another vault", m, "key-vault-look")

	right := &connector.Problem{Kind: connector.KindNoNetwork}
	m = handing(t, auth.SecretClient).send(Edited{connector.FieldVault, "contoso"}, LookInKeyVault{})
	m.send(KeyVaultLooked{
		Attempt: effect[PlanHandover](m).Attempt, Plan: connector.HandoverPlan{Secrets: []connector.PlannedSecret{secret}}, Problem: right,
	})
	if f := m.state.Detail.KeyVault; f.Plan == nil || f.Problem != right {
		t.Errorf("it shows %+v", f)
	}
	refuses("something against it", m, "key-vault-look")
}

func TestForeignNamesAreTypedAgain(t *testing.T) {
	first, second := connector.PlannedSecret{Name: "pcc-contoso-client-id", There: true}, connector.PlannedSecret{Name: "pcc-contoso-client-secret", There: true}
	ours := connector.PlannedSecret{Name: "pcc-contoso-refresh-token", There: true, Ours: true}
	m := planned(t, first, ours, second)
	retype := func(name, value string) Event { return Edited{connector.FieldForeign(name), value} }
	for _, e := range []Event{nil, retype(first.Name, first.Name), retype(second.Name, first.Name), retype(second.Name, "PCC-contoso-client-secret")} {
		if e != nil {
			m.send(e)
		}
		if got := m.state.Refuses(HandOverToKeyVault{}); got != "key-vault-retype" {
			t.Errorf("after %+v it is refused for %q", e, got)
		}
	}
	if got := m.state.Refuses(retype(ours.Name, ours.Name)); got != ReasonGone {
		t.Errorf("the name of our own can be typed: %q", got)
	}
	m.send(retype(second.Name, " "+second.Name), HandOverToKeyVault{})
	if got, want := effect[WriteToKeyVault](m).Retyped, []string{first.Name, second.Name}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q were typed again instead of %q", got, want)
	}
}

func TestWhatComesOfAHandover(t *testing.T) {
	m := planned(t, connector.PlannedSecret{Name: "pcc-contoso-refresh-token"}).send(HandOverToKeyVault{})
	e := effect[WriteToKeyVault](m)
	if e.ID != "c" || e.Move || len(e.Retyped) != 0 || e.Plan.Place.Name != "contoso" {
		t.Errorf("%+v", e)
	}
	for _, blocked := range []Event{CloseKeyVault{}, LookInKeyVault{}, HandOverToKeyVault{}, Edited{connector.FieldVault, "x"}, Ticked{connector.FieldVaultSecret, true}} {
		if got := m.state.Refuses(blocked); got != "key-vault-writing" {
			t.Errorf("meanwhile %T is refused for %q", blocked, got)
		}
	}
	m.send(HandedToKeyVault{Attempt: e.Attempt, ID: "c"})
	f := m.state.Detail.KeyVault
	if f.Written == nil || f.Written.URL != "https://contoso.vault.azure.net" || f.Plan != nil || !has[LoadLists](m) {
		t.Fatalf("%+v", f)
	}
	if got := m.state.Refuses(HandOverToKeyVault{}); got != ReasonGone {
		t.Errorf("a second one is refused for %q", got)
	}
	if m.send(CloseKeyVault{}); m.state.Detail.KeyVault.Open {
		t.Error("it stays open")
	}
}

// TestAHandoverThatFails holds that it has to be looked again, since a part may have been written, and that nothing is lost of what was typed.
func TestAHandoverThatFails(t *testing.T) {
	full := &connector.Problem{Kind: connector.KindNoNetwork}
	m := planned(t, connector.PlannedSecret{Name: "pcc-contoso-refresh-token"}).send(HandOverToKeyVault{})
	m.send(HandedToKeyVault{Attempt: effect[WriteToKeyVault](m).Attempt, ID: "c", Problem: full})
	f := m.state.Detail.KeyVault
	if f.Problem != full || f.Plan != nil || f.Written != nil || f.Address != "contoso" || m.state.Refuses(HandOverToKeyVault{}) != "key-vault-look" {
		t.Errorf("%+v", f)
	}
	m = planned(t, connector.PlannedSecret{Name: "pcc-contoso-refresh-token"}).send(HandOverToKeyVault{})
	n := effect[WriteToKeyVault](m).Attempt
	m.send(GoHome{}, HandedToKeyVault{Attempt: n, ID: "c", Problem: full})
	if p, about := m.state.told(); p != full || about != "Contoso" {
		t.Errorf("home tells %+v about %q", p, about)
	}
}

func TestNothingElseIsDoneWhileTheFormIsOpen(t *testing.T) {
	m := handing(t, auth.SecretClient)
	for _, e := range []Event{AskKeyVault{}, AskRename{}, AskRemove{}, AskChangeUser{}, CheckNow{}, Renew{}, AskRecord{}, AskTakeBack{}} {
		if got := m.state.Refuses(e); got != ReasonGone {
			t.Errorf("%T is refused for %q", e, got)
		}
	}
	m.send(Edited{connector.FieldVault, "contoso"}, LookInKeyVault{})
	n := effect[PlanHandover](m).Attempt
	if m.send(OpenSettings{}); has[StopAttempt](m) || !m.state.Detail.KeyVault.Looking.Running {
		t.Error("the settings stop what goes on behind them")
	}
	if m.send(CloseSettings{}, GoHome{}); effect[StopAttempt](m).Attempt != n {
		t.Error("it goes on looking after the screen was left")
	}
}

func TestWhoCanBeHandedOver(t *testing.T) {
	for name, c := range map[string]struct {
		origin connector.Origin
		cloud  string
		want   Reason
	}{
		"our own": {connector.OriginHere, "global", ""}, "taken back": {connector.OriginTaken, "global", ""},
		"in a vault": {connector.OriginVault, "global", ReasonGone}, "of another product": {connector.OriginLink, "global", ReasonGone},
		"in a cloud without key vaults": {connector.OriginHere, "elsewhere", ReasonGone},
	} {
		m := newMachine(t)
		m.state.VaultSuffixes = map[string]string{"global": "vault.azure.net"}
		saved := connector.Connector{ID: "c", Name: "Contoso", Origin: c.origin, Tenant: auth.Tenant{ID: tenantA.ID, Cloud: c.cloud}}
		m.send(Loaded{Connectors: []connector.Connector{saved}}, OpenConnector{"c"})
		if got := m.state.Refuses(AskKeyVault{}); got != c.want {
			t.Errorf("%s: refused for %q instead of %q", name, got, c.want)
		}
	}
}

// TestTheFormProposesTheLastPlace holds that a second handover begins with where the first went.
func TestTheFormProposesTheLastPlace(t *testing.T) {
	m := newMachine(t)
	m.state.VaultSuffixes = map[string]string{"global": "vault.azure.net"}
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: auth.Tenant{ID: tenantA.ID, Cloud: "global"}, Copies: []connector.VaultPlace{
		{URL: "https://first.vault.azure.net", Prefix: "pcc"}, {URL: "https://second.vault.azure.net", Prefix: "team", WithSecret: true},
	}}
	m.send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, AskKeyVault{})
	if f := m.state.Detail.KeyVault; f.Address != "https://second.vault.azure.net" || f.Prefix != "team" || !f.WithSecret || f.Move {
		t.Errorf("it proposes %+v", f)
	}
}

func TestTakingBack(t *testing.T) {
	m := newMachine(t)
	place := connector.VaultPlace{URL: "https://contoso.vault.azure.net", Prefix: "pcc", Name: "contoso"}
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, Origin: connector.OriginVault, Vault: &place}
	m.send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, TakeBack{})
	if has[TakeFromKeyVault](m) {
		t.Fatal("nobody was asked")
	}
	m.send(AskTakeBack{}, CancelDetail{}, TakeBack{})
	if has[TakeFromKeyVault](m) || m.state.Detail.TakingBack {
		t.Fatal("it was taken back after all")
	}
	m.send(AskTakeBack{}, TakeBack{})
	e := effect[TakeFromKeyVault](m)
	if e.ID != "c" || m.state.Refuses(TakeBack{}) != ReasonDetailBusy {
		t.Errorf("%+v, a second one is refused for %q", e, m.state.Refuses(TakeBack{}))
	}
	if m.send(DetailDone{Attempt: e.Attempt, ID: "c"}); m.state.Detail.TakingBack || m.state.Screen != ScreenConnector || !has[LoadLists](m) {
		t.Errorf("it shows %+v", m.state.Detail)
	}
}
