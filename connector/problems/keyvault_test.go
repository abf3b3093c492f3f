package problems

import (
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func TestKeyVaultProblems(t *testing.T) {
	const host = "contoso.vault.azure.net"
	facts := map[string]string{"Vault": host, "VaultName": "contoso", "Hosts": host, "Secret": "pcc-one-refresh-token", "Tenant": "the-tenant"}
	with := func(more ...string) map[string]string {
		all := maps.Clone(facts)
		for i := 0; i < len(more); i += 2 {
			all[more[i]] = more[i+1]
		}
		return all
	}
	about := func(status int, code string, cause error) *connector.VaultError {
		return &connector.VaultError{Vault: host, Secret: "pcc-one-refresh-token", Tenant: "the-tenant", Status: status, Code: code, RequestID: "request-v", Cause: cause}
	}
	waits := about(429, "Throttled", connector.ErrVaultThrottled)
	waits.RetryAfter = 1500 * time.Millisecond
	foreign := about(200, "", connector.ErrVaultNotOurs)
	foreign.Reading = true
	address := &connector.VaultError{Vault: "contoso.example", Suffix: "vault.azure.net", Cause: connector.ErrVaultAddress}
	for _, c := range []struct {
		err   error
		kind  connector.ProblemKind
		actor connector.Actor
		code  string
		retry bool
		args  map[string]string
	}{
		{address, "vault-address", connector.ActorYou, "", false, map[string]string{"Vault": "contoso.example", "VaultName": "contoso", "Hosts": "contoso.example", "Suffix": "vault.azure.net"}},
		{about(0, "", auth.ErrDNS), "vault-unknown", connector.ActorYou, "", true, facts},
		{about(404, "SecretNotFound", connector.ErrVaultAbsent), "vault-absent", connector.ActorYou, "SecretNotFound", false, facts},
		{about(409, "ObjectIsDeletedButRecoverable", connector.ErrVaultDeleted), "vault-deleted", connector.ActorAdmin, "ObjectIsDeletedButRecoverable", false, facts},
		{about(403, "SecretDisabled", connector.ErrVaultDisabled), "vault-disabled", connector.ActorAdmin, "SecretDisabled", false, facts},
		{about(0, "", connector.ErrVaultSignIn), "vault-sign-in", connector.ActorYou, "", false, facts},
		{about(0, "AADSTS50020", connector.ErrVaultRefused), "vault-refused", connector.ActorYou, "AADSTS50020", false, facts},
		{about(403, "ForbiddenByRbac", connector.ErrVaultRight), "vault-right", connector.ActorAdmin, "ForbiddenByRbac", false, facts},
		{about(403, "ForbiddenByPolicy", connector.ErrVaultRight), "vault-right", connector.ActorAdmin, "ForbiddenByPolicy", false, with("Policy", "-")},
		{about(403, "ForbiddenByFirewall", connector.ErrVaultFirewall), "vault-firewall", connector.ActorNetworkTeam, "ForbiddenByFirewall", false, facts},
		{about(401, "", connector.ErrVaultTenant), "vault-tenant", connector.ActorNetworkTeam, "HTTP 401", false, facts},
		{waits, "vault-throttled", connector.ActorYou, "Throttled", true, with("Seconds", "2")},
		{about(503, "", connector.ErrVaultUnwell), "vault-unwell", connector.ActorMicrosoft, "HTTP 503", true, facts},
		{about(200, "", connector.ErrVaultNotOurs), "vault-not-ours", connector.ActorYou, "", false, facts},
		{foreign, "vault-not-ours", connector.ActorYou, "", false, with("Reading", "-")},
		{about(0, "", connector.ErrVaultName), "vault-name", connector.ActorYou, "", false, facts},
		{about(0, "", connector.ErrVaultTooLong), "vault-too-long", connector.ActorYou, "", false, facts},
		{about(200, "", connector.ErrVaultDiffers), "vault-differs", connector.ActorYou, "", true, facts},
		{about(0, "", auth.ErrNetwork), "no-network", connector.ActorYou, "", true, facts},
		{about(0, "", auth.ErrNoRoots), "no-roots", connector.ActorYou, "", false, facts},
		{about(0, "", auth.ErrTLS), "tls", connector.ActorNetworkTeam, "", false, facts},
		{about(0, "", auth.ErrTimeout), "no-network", connector.ActorYou, "", true, facts},
		{about(403, "", auth.ErrBadAnswer), "bad-answer", connector.ActorNetworkTeam, "HTTP 403", true, facts},
		{about(0, "", errors.New("another")), "unknown", connector.ActorYou, "", false, facts},
	} {
		p := Of(fmt.Errorf("handing over: %w", c.err), testNow)
		if p.Kind != c.kind || p.Actor != c.actor || p.Code != c.code || p.Retry != c.retry || !maps.Equal(p.Args, c.args) {
			t.Errorf("%v: %+v", c.err, p)
		}
		wantID := ""
		if !errors.Is(c.err, connector.ErrVaultAddress) {
			wantID = "request-v"
		}
		if p.TraceID != wantID || !p.At.Equal(testNow) || p.Step != connector.NoStep && c.kind != "unknown" {
			t.Errorf("%v: trace %q, at %v, step %v", c.err, p.TraceID, p.At, p.Step)
		}
	}
}

func TestKeyVaultCausesAlone(t *testing.T) {
	for _, c := range keyVaultCauses {
		if p := Of(c.err, testNow); p.Kind != c.kind || p.Raw != c.err.Error() || len(p.Args) != 0 {
			t.Errorf("%v: %+v", c.err, p)
		}
	}
}

func TestKeyVaultRaw(t *testing.T) {
	e := &connector.VaultError{
		Vault: "contoso.vault.azure.net", Status: 403, Code: "ForbiddenByRbac", Description: "Caller is not authorized.\r\nToken: eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.abc",
		Cause: connector.ErrVaultRight,
	}
	const want = "contoso.vault.azure.net: no right to do this in the key vault (403 ForbiddenByRbac): Caller is not authorized. Token: [redacted]"
	if p := Of(e, testNow); p.Raw != want {
		t.Errorf("%q", p.Raw)
	}
}
