package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

func TestServerCommand(t *testing.T) {
	place := connector.VaultPlace{URL: "https://contoso.vault.azure.cn", Prefix: "team-2", Name: "contoso-billing"}
	for tenant, want := range map[auth.Tenant]string{
		{Cloud: "global"}:                   "pcc token --vault https://contoso.vault.azure.cn --prefix team-2 contoso-billing",
		{Cloud: "china"}:                    "pcc token --vault https://contoso.vault.azure.cn --prefix team-2 contoso-billing",
		{Cloud: "own", CloudFromFile: true}: "pcc token --vault https://contoso.vault.azure.cn --prefix team-2 contoso-billing --clouds FILE",
	} {
		if got := view.ServerCommand(connector.Connector{Tenant: tenant}, place); got != want {
			t.Errorf("%s: %s", tenant.Cloud, got)
		}
	}
}

// TestNothingIsSaidOfATokenThatServersUse holds that nobody is told of a day on which it ends: that is not known here.
func TestNothingIsSaidOfATokenThatServersUse(t *testing.T) {
	s := viewtest.State("home-key-vaults")
	tr, rows := assets.NewTranslator("en"), 0
	for _, b := range view.Project(s).Blocks {
		r, ok := b.(view.Row)
		if !ok {
			continue
		}
		i := slices.IndexFunc(s.Home.Connectors, func(c connector.Connector) bool { return c.Name == r.Title })
		inVault := s.Home.Connectors[i].Origin == connector.OriginVault
		if due := strings.Contains(r.Lines[1].Render(tr), "must be used by"); due == inVault {
			t.Errorf("%s: %+v", r.Title, r.Lines)
		}
		rows++
	}
	if rows != 3 {
		t.Errorf("%d rows", rows)
	}
}

func TestWhatTheButtonsOfAHandoverSend(t *testing.T) {
	for _, c := range []struct {
		state, id string
		want      wizard.Event
	}{
		{"detail-good", "ask-key-vault", wizard.AskKeyVault{}},
		{"detail-taken", "ask-key-vault", wizard.AskKeyVault{}},
		{"key-vault-short", "main", wizard.LookInKeyVault{}},
		{"key-vault-short", "back", wizard.CloseKeyVault{}},
		{"key-vault-looking", "key-vault-stop", wizard.StopLookInKeyVault{}},
		{"key-vault-planned", "main", wizard.HandOverToKeyVault{}},
		{"key-vault-planned-move", "main", wizard.HandOverToKeyVault{}},
		{"key-vault-retyped", "main", wizard.HandOverToKeyVault{}},
		{"key-vault-problem", "main", wizard.LookInKeyVault{}},
		{"key-vault-problem", "key-vault-problem-retry", wizard.LookInKeyVault{}},
		{"key-vault-copied", "main", wizard.CloseKeyVault{}},
		{"key-vault-writing", "home", wizard.GoHome{}},
		{"detail-moved", "ask-take-back", wizard.AskTakeBack{}},
		{"detail-moved-sign-in", "main", wizard.Renew{}},
		{"detail-moved", "renew", wizard.Renew{}},
		{"detail-moved", "ask-change-user", wizard.AskChangeUser{}},
		{"detail-moved-take-back", "take-back-go", wizard.TakeBack{}},
		{"detail-moved-take-back", "take-back-cancel", wizard.CancelDetail{}},
	} {
		b := button(c.state, c.id)
		if b == nil || b.Disabled || b.Event != c.want {
			t.Errorf("%s: %s is %+v", c.state, c.id, b)
		}
	}
	if button("detail-moved", "ask-key-vault") != nil {
		t.Error("a connector in a key vault offers to hand it over")
	}
}
