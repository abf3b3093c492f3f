package keeper_test

import (
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const (
	refreshName = "pcc-contoso-billing-refresh-token"
	idName      = "pcc-contoso-billing-client-id"
	tenantName  = "pcc-contoso-billing-tenant-id"
	secretName  = "pcc-contoso-billing-client-secret"
)

// whole is a place with the client secret.
func whole() connector.VaultPlace { return connector.VaultPlace{URL: vaultURL, WithSecret: true} }

// handOver plans and does it.
func (a *azure) handOver(move bool, retyped ...string) (connector.Connector, error) {
	a.t.Helper()
	plan, err := a.keeper().PlanHandover(a.t.Context(), billing().ID, whole())
	if err != nil {
		return connector.Connector{}, err
	}
	return a.keeper().HandOver(a.t.Context(), billing().ID, plan, move, retyped)
}

func namesOf(p connector.HandoverPlan) []string {
	var names []string
	for _, s := range p.Secrets {
		names = append(names, s.Name)
	}
	return names
}

// TestThePlanSaysWhatWouldBeWritten, and nothing is written by it.
func TestThePlanSaysWhatWouldBeWritten(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*connector.Connector)
		place  connector.VaultPlace
		want   []string
	}{
		"with the client secret": {func(*connector.Connector) {}, whole(), []string{tenantName, idName, secretName, refreshName}},
		"without it":             {func(*connector.Connector) {}, connector.VaultPlace{URL: vaultURL + "/"}, []string{tenantName, idName, refreshName}},
		"with a certificate": {
			func(c *connector.Connector) { c.ClientKind = auth.CertificateClient }, whole(),
			[]string{tenantName, idName, "pcc-contoso-billing-client-certificate", refreshName},
		},
		"a public client": {func(c *connector.Connector) { c.ClientKind = auth.PublicClient }, whole(), []string{tenantName, idName, refreshName}},
		"another prefix and name": {
			func(*connector.Connector) {},
			connector.VaultPlace{URL: vaultURL, Prefix: "Team-2", Name: "Other Name"},
			[]string{"Team-2-other-name-tenant-id", "Team-2-other-name-client-id", "Team-2-other-name-refresh-token"},
		},
		"where a copy stands by an earlier name": {
			func(c *connector.Connector) {
				c.Copies = []connector.VaultPlace{{URL: vaultURL, Prefix: "pcc", Name: "before"}, {URL: "https://other.vault.azure.net", Prefix: "pcc", Name: "there"}}
			},
			connector.VaultPlace{URL: vaultURL},
			[]string{"pcc-before-tenant-id", "pcc-before-client-id", "pcc-before-refresh-token"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := billing()
			tt.change(&c)
			a := newAzure(t, c)
			plan, err := a.keeper().PlanHandover(t.Context(), c.ID, tt.place)
			if err != nil || plan.Missing != nil || !slices.Equal(namesOf(plan), tt.want) || len(plan.Foreign()) != 0 || plan.Place.URL != vaultURL {
				t.Errorf("%+v, %v", plan, err)
			}
			if len(a.versions) != 0 || !reflect.DeepEqual(a.row(), c) {
				t.Errorf("something was written: %+v, %+v", a.versions, a.row())
			}
		})
	}
}

func TestWhyItCantBeHandedOver(t *testing.T) {
	refused := func(call string, cause error) func(string, string) error {
		return func(made, name string) error {
			if made != call || name != refreshName {
				return nil
			}
			return vaultSays(name, http.StatusForbidden, cause)
		}
	}
	for name, tt := range map[string]struct {
		place  connector.VaultPlace
		refuse func(string, string) error
		want   error
	}{
		"another address":       {connector.VaultPlace{URL: "https://contoso.example"}, nil, connector.ErrVaultAddress},
		"a prefix that is none": {connector.VaultPlace{URL: vaultURL, Prefix: "p_c"}, nil, connector.ErrVaultName},
		"may not look":          {whole(), refused("tags", connector.ErrVaultRight), connector.ErrVaultRight},
		"may not write":         {whole(), refused("may write", connector.ErrVaultRight), connector.ErrVaultRight},
		"deleted":               {whole(), refused("may write", connector.ErrVaultDeleted), connector.ErrVaultDeleted},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAzure(t, billing())
			a.refuse = tt.refuse
			plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, tt.place)
			if err != nil || !errors.Is(plan.Missing, tt.want) {
				t.Errorf("%+v, %v", plan, err)
			}
			if _, err := a.keeper().HandOver(t.Context(), billing().ID, plan, true, nil); err == nil || len(a.versions) != 0 {
				t.Errorf("%v, and the vault has %v", err, a.versions)
			}
			if row := a.row(); !reflect.DeepEqual(row, billing()) || len(a.keychain) != 1 {
				t.Errorf("it changed: %+v", row)
			}
		})
	}
	for origin, want := range map[connector.Origin]error{
		connector.OriginLink: connector.ErrOrigin, connector.OriginVault: connector.ErrVaultMoved, "newer": connector.ErrOrigin,
	} {
		c := billing()
		c.Origin = origin
		a := newAzure(t, c)
		if _, err := a.keeper().PlanHandover(t.Context(), c.ID, whole()); !errors.Is(err, want) {
			t.Errorf("%q: %v", origin, err)
		}
		if _, err := a.keeper().HandOver(t.Context(), c.ID, connector.HandoverPlan{Place: whole()}, false, nil); !errors.Is(err, want) {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

// TestACopyIsWholeAndTold holds what the vault has after a copy, its tags, and what the list says.
func TestACopyIsWholeAndTold(t *testing.T) {
	a := newAzure(t, billing())
	c, err := a.handOver(false)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{refreshName: "refresh-0", idName: billing().ClientID, tenantName: "A", secretName: "client-secret"} {
		if got := a.text(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	want := map[string]string{
		"program": "partner-center-connector", "connector": "a1b2c3d4e5", "tenant": "A", "issuer": "https://login.example/A/v2.0", "cloud": "global",
		"client-kind": "secret", "account": "oid.A", "user": "oid", "redirect-path": "/consent", "role": "admin-agent",
		"permissions": "Application.Read.All GroupMember.Read.All", "consented": "2026-11-01T12:00:00Z", "secret-expires": "2027-05-01", "written": "2026-12-01",
	}
	for name, all := range a.versions {
		if len(all) != 1 || !maps.Equal(all[0].Tags, want) || len(all[0].Tags) > 15 {
			t.Errorf("%s has %d versions, with %v", name, len(all), all[0].Tags)
		}
	}
	place := connector.VaultPlace{URL: vaultURL, Prefix: "pcc", Name: "contoso-billing", WithSecret: true, At: a.clock.now()}
	row := a.row()
	if !reflect.DeepEqual(row.Copies, []connector.VaultPlace{place}) || row.Vault != nil || row.Origin != connector.OriginHere || row.Leftover ||
		!reflect.DeepEqual(row, c) || len(row.History) != 1 || row.History[0].What != "copy" || a.refreshes != 0 {
		t.Errorf("%+v; %d refreshes", row, a.refreshes)
	}
	if a.keychain[c.ID].Reveal() != "secret|refresh-0|client-secret|oid.A|oid" {
		t.Error("the credential here is another one")
	}
	// Once more: new versions, and still one copy.
	a.clock.forward(24 * time.Hour)
	if c, err = a.handOver(false); err != nil || len(c.Copies) != 1 || !c.Copies[0].At.Equal(a.clock.now()) || len(a.versions[refreshName]) != 2 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestAMoveLeavesTheVaultAlone with the credential, proven by a refresh whose answer the vault has.
func TestAMoveLeavesTheVaultAlone(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(false); err != nil {
		t.Fatal(err)
	}
	c, err := a.handOver(true)
	if err != nil {
		t.Fatal(err)
	}
	place := connector.VaultPlace{URL: vaultURL, Prefix: "pcc", Name: "contoso-billing", WithSecret: true, At: a.clock.now()}
	row := a.row()
	if !reflect.DeepEqual(row, c) || row.Origin != connector.OriginVault || !reflect.DeepEqual(row.Vault, &place) || len(row.Copies) != 0 || row.Leftover {
		t.Errorf("%+v", row)
	}
	if len(a.keychain) != 0 || a.refreshes != 1 || a.text(refreshName) != "refresh-1" || !row.Refreshed.Equal(a.clock.now()) {
		t.Errorf("the keychain has %d, %d refreshes, the vault %q", len(a.keychain), a.refreshes, a.text(refreshName))
	}
	if last := row.History[len(row.History)-1]; last.What != "move" || len(row.History) != 2 {
		t.Errorf("%+v", row.History)
	}
	if want := []string{
		"list ", "set " + tenantName, "set " + idName, "set " + secretName, "set " + refreshName, "set " + refreshName, "list vault", "forget", "list vault",
	}; !slices.Equal(a.fuse.done[len(a.fuse.done)-len(want):], want) {
		t.Errorf("the order is %q", a.fuse.done)
	}
}

// TestAMoveNeverLeavesTheClientSecretBehind, without which what is in the vault is of no use.
func TestAMoveNeverLeavesTheClientSecretBehind(t *testing.T) {
	a := newAzure(t, billing())
	plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, connector.VaultPlace{URL: vaultURL})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.keeper().HandOver(t.Context(), billing().ID, plan, true, nil); !errors.Is(err, connector.ErrVaultNoSecret) || len(a.versions) != 0 {
		t.Errorf("%v, %v", err, a.versions)
	}
	public := billing()
	public.ClientKind = auth.PublicClient
	b := newAzure(t, public)
	if plan, err = b.keeper().PlanHandover(t.Context(), public.ID, connector.VaultPlace{URL: vaultURL}); err != nil {
		t.Fatal(err)
	}
	if c, err := b.keeper().HandOver(t.Context(), public.ID, plan, true, nil); err != nil || c.Origin != connector.OriginVault {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestAMoveThatIsRefusedLeavesTheCredentialHere: by the sign-in service, or by the vault when it is to take the newer token.
func TestAMoveThatIsRefusedLeavesTheCredentialHere(t *testing.T) {
	sets := 0
	for name, break_ := range map[string]func(*azure){
		"no refresh": func(a *azure) { a.down = &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork} },
		"no second version": func(a *azure) {
			a.refuse = func(call, name string) error {
				if call != "set" || name != refreshName {
					return nil
				}
				if sets++; sets == 1 {
					return nil
				}
				return vaultSays(name, http.StatusTooManyRequests, connector.ErrVaultThrottled)
			}
		},
	} {
		a := newAzure(t, billing())
		break_(a)
		if _, err := a.handOver(true); err == nil {
			t.Errorf("%s: it went through", name)
		}
		if row := a.row(); row.Origin != connector.OriginHere || len(row.Copies) != 1 || a.keychain[row.ID].Empty() || len(row.History) != 1 ||
			row.History[0].What != "copy" || row.Health != "good" {
			t.Errorf("%s: %+v", name, row)
		}
	}
	// The refresh token itself is refused: then it works nowhere.
	a := newAzure(t, billing())
	a.given = nil
	if _, err := a.handOver(true); err == nil || a.row().Health != "sign-in" || a.row().Origin != connector.OriginHere {
		t.Errorf("%v; it is %q", err, a.row().Health)
	}
}

// TestWhatIsReadBackMustBeWhatWasWritten.
func TestWhatIsReadBackMustBeWhatWasWritten(t *testing.T) {
	a := newAzure(t, billing())
	a.refuse = func(call, name string) error {
		if call == "get" && name == secretName {
			a.mu.Lock()
			defer a.mu.Unlock()
			all := a.versions[name]
			all[len(all)-1].Value = auth.NewSecret("another")
		}
		return nil
	}
	_, err := a.handOver(true)
	var said *connector.VaultError
	if !errors.As(err, &said) || !errors.Is(err, connector.ErrVaultDiffers) || said.Secret != secretName || said.Vault != "contoso.vault.azure.net" {
		t.Errorf("%v", err)
	}
	if row := a.row(); row.Origin != connector.OriginHere || len(row.Copies) != 1 || a.keychain[row.ID].Empty() {
		t.Errorf("%+v", row)
	}
}

// TestAHandoverThatWroteNothingLeavesNoMark in the list.
func TestAHandoverThatWroteNothingLeavesNoMark(t *testing.T) {
	a := newAzure(t, billing())
	a.refuse = func(call, name string) error {
		if call == "set" {
			return vaultSays(name, http.StatusConflict, connector.ErrVaultDeleted)
		}
		return nil
	}
	if _, err := a.handOver(false); !errors.Is(err, connector.ErrVaultDeleted) {
		t.Error(err)
	}
	if row := a.row(); !reflect.DeepEqual(row, billing()) {
		t.Errorf("%+v", row)
	}
	// Where no answer came, nobody knows, and the place is named.
	a.refuse = func(call, name string) error {
		if call == "set" {
			return vaultSays(name, 0, auth.ErrTimeout)
		}
		return nil
	}
	if _, err := a.handOver(false); !errors.Is(err, auth.ErrTimeout) || len(a.row().Copies) != 1 {
		t.Errorf("%v, %+v", err, a.row().Copies)
	}
}

// TestAVaultThatFailsIsNotAskedAgain: the names that were not asked for are listed all the same.
func TestAVaultThatFailsIsNotAskedAgain(t *testing.T) {
	a := newAzure(t, billing())
	asked := []string{}
	a.refuse = func(call, name string) error {
		asked = append(asked, call+" "+name)
		if name == idName {
			return &connector.VaultError{Vault: "contoso.vault.azure.net", Secret: name, Cause: auth.ErrTimeout}
		}
		return nil
	}
	plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, whole())
	if err != nil || !errors.Is(plan.Missing, auth.ErrTimeout) || !slices.Equal(asked, []string{"tags " + tenantName, "tags " + idName}) {
		t.Errorf("%v, %v; it was asked to %q", plan.Missing, err, asked)
	}
	if want := []string{tenantName, idName, secretName, refreshName}; !slices.Equal(namesOf(plan), want) {
		t.Errorf("%q are listed", namesOf(plan))
	}
}
