package runner

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// untouched is a keychain that nobody may ask for anything.
type untouched struct{ t *testing.T }

func (u untouched) asked(what string) error {
	u.t.Errorf("the keychain was asked to %s", what)
	return errors.New("asked")
}

func (u untouched) Test(context.Context) error { return u.asked("test") }

func (u untouched) Tested(context.Context) error { return u.asked("test") }

func (u untouched) Put(_ context.Context, id string, _ auth.Secret) error {
	return u.asked("put " + id)
}

func (u untouched) Get(_ context.Context, id string) (auth.Secret, error) {
	return auth.Secret{}, u.asked("get " + id)
}
func (u untouched) Delete(_ context.Context, id string) error { return u.asked("delete " + id) }
func (u untouched) Sweep(context.Context) error               { return nil }

// TestAnotherOriginIsLeftAlone holds that a connector which a newer version set up in another way can be taken off the list, and nothing else;
// the keychain is not touched for it.
func TestAnotherOriginIsLeftAlone(t *testing.T) {
	w := newWorld()
	other := connector.Connector{ID: "o", Name: "Other", Origin: "orbit", Tenant: tenantA, ClientID: clientID, ClientKind: auth.SecretClient}
	w.connectors["o"] = other
	renewal := connector.Draft{ID: "r", Renews: "o", Tenant: &tenantA, ClientID: clientID, ClientKind: auth.SecretClient}
	ports := w.ports()
	ports.Vault = untouched{t}
	k, r := keeper.Keeper{Ports: ports}, New(ports, nil, nil)
	ctx := context.Background()
	for what, do := range map[string]func() error{
		"check": func() error {
			_, err := k.Check(ctx, "o", func(connector.Check) { t.Error("a check was made") })
			return err
		},
		"token":  func() error { _, err := k.Token(ctx, "o", auth.PartnerCenter); return err },
		"rename": func() error { return k.Rename(ctx, "o", "Mine") },
		"renew":  func() error { _, err := k.Renewed(renewal); return err },
		"save": func() error {
			_, err := k.Save(ctx, keeper.Saving{Draft: renewal, Credential: auth.NewSecret("x")})
			return err
		},
		"saved secret": func() error { _, err := r.appOfSaved(ctx, auth.App{}, renewal); return err },
	} {
		if err := do(); !errors.Is(err, connector.ErrOrigin) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := k.Sweep(ctx); err != nil {
		t.Error(err)
	}
	if !reflect.DeepEqual(w.connectors["o"], other) || len(w.drafts) != 0 {
		t.Errorf("it became %+v; drafts %v", w.connectors["o"], w.drafts)
	}
	if err := k.Remove(ctx, "o"); err != nil || len(w.connectors) != 0 {
		t.Errorf("remove: %v, %v", err, w.connectors)
	}
}

// TestRemoveTakesACredentialWithoutARowAlong is what ends a removal that failed in between.
func TestRemoveTakesACredentialWithoutARowAlong(t *testing.T) {
	w := newWorld()
	w.secrets["a"] = auth.NewSecret("credential")
	if err := (keeper.Keeper{Ports: w.ports()}).Remove(context.Background(), "a"); err != nil || len(w.secrets) != 0 {
		t.Errorf("%v, %d items", err, len(w.secrets))
	}
}
