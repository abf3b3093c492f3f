package keyvault

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestWriteAndReadBack goes the whole way twice, by Microsoft's SDK over TLS.
func TestWriteAndReadBack(t *testing.T) {
	w := newWorld(t)
	v, err := New().Open(w.cloud, w.address("Contoso")+"/")
	if err != nil {
		t.Fatal(err)
	}
	if err := v.MayWrite(t.Context(), "pcc-one-refresh-token"); err != nil {
		t.Errorf("before there is one: %v", err)
	}
	if names := w.practice.KeptNames("contoso"); len(names) != 0 {
		t.Errorf("asking has written %v", names)
	}
	versions := []string{}
	for _, value := range []string{"the first", "the second"} {
		wrote, err := v.Set(t.Context(), connector.VaultSecret{
			Name: "pcc-one-refresh-token", Value: auth.NewSecret(value), Tags: map[string]string{"connector": "one", "value": value},
		})
		if err != nil || wrote.Value.Reveal() != value || len(wrote.Version) != 32 || time.Since(wrote.Updated) > time.Minute || time.Since(wrote.Created) > time.Minute {
			t.Fatalf("%+v, %v", wrote, err)
		}
		versions = append(versions, wrote.Version)
	}
	got, err := v.Get(t.Context(), "pcc-one-refresh-token")
	if err != nil || got.Value.Reveal() != "the second" || got.Version != versions[1] || got.Tags["value"] != "the second" || got.Tags["connector"] != "one" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := v.MayWrite(t.Context(), "pcc-one-refresh-token"); err != nil {
		t.Errorf("where there is one: %v", err)
	}
	kept := w.practice.KeptSecrets("contoso", "pcc-one-refresh-token")
	if len(kept) != 2 || kept[0].Value != "the first" || kept[1].Value != "the second" || kept[1].Tags["value"] != "the second" || !got.Created.Equal(kept[1].Created) {
		t.Errorf("the vault keeps %+v", kept)
	}
}

// TestTags: of more versions than a page has, the newest one's tags, and no value.
func TestTags(t *testing.T) {
	w := newWorld(t)
	v := w.open(t, "contoso")
	for i := range 5 {
		if _, err := v.Set(t.Context(), connector.VaultSecret{Name: "pcc-one", Value: auth.NewSecret("x"), Tags: map[string]string{"n": strconv.Itoa(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := v.Tags(t.Context(), "pcc-one")
	if err != nil || !got.Value.Empty() || got.Tags["n"] == "" || len(got.Version) != 32 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := v.Tags(t.Context(), "pcc-none"); !errors.Is(err, connector.ErrVaultAbsent) {
		t.Errorf("one that is not there: %v", err)
	}
}

// fault is what is done in a vault, and the error that comes of it.
type fault struct {
	vault string
	do    string
	want  connector.VaultError
}

func faults(tenant, otherTenant string) []fault {
	both := func(name string, want connector.VaultError) []fault {
		return []fault{{name, "get", want}, {name, "set", want}, {name, "tags", want}, {name, "may", want}}
	}
	right := connector.VaultError{Status: 403, Code: "ForbiddenByRbac", Tenant: tenant, Cause: connector.ErrVaultRight}
	absent := connector.VaultError{Status: 404, Code: "SecretNotFound", Tenant: tenant, Cause: connector.ErrVaultAbsent}
	return slices.Concat(
		[]fault{
			{"contoso", "get", absent},
			{"list-only", "get", right},
			{"list-only", "set", right},
			{"list-only", "may", right},
			{"read-only", "set", right},
			{"read-only", "may", right},
			{"read-only", "get", absent},
			{"deleted", "set", connector.VaultError{Status: 409, Code: "ObjectIsDeletedButRecoverable", Tenant: tenant, Cause: connector.ErrVaultDeleted}},
			{"deleted", "may", connector.VaultError{Status: 200, Cause: connector.ErrVaultDeleted}},
			{"deleted", "get", absent},
		},
		both("no-rights", right),
		both("by-policy", connector.VaultError{Status: 403, Code: "ForbiddenByPolicy", Tenant: tenant, Cause: connector.ErrVaultRight}),
		both("firewall", connector.VaultError{Status: 403, Code: "ForbiddenByFirewall", Tenant: tenant, Cause: connector.ErrVaultFirewall}),
		both("private", connector.VaultError{Status: 403, Code: "ForbiddenByConnection", Tenant: tenant, Cause: connector.ErrVaultFirewall}),
		both("throttled", connector.VaultError{Status: 429, Code: "Throttled", Tenant: tenant, RetryAfter: 40 * time.Second, Cause: connector.ErrVaultThrottled}),
		both("down", connector.VaultError{Status: 503, Code: "ServiceUnavailable", Tenant: tenant, Cause: connector.ErrVaultUnwell}),
		both("gateway", connector.VaultError{Status: 403, Tenant: tenant, Cause: auth.ErrBadAnswer}),
		both("garbled", connector.VaultError{Status: 200, Tenant: tenant, Cause: auth.ErrBadAnswer}),
		both("cut-off", connector.VaultError{Tenant: tenant, Cause: auth.ErrNetwork}),
		both("revoked", connector.VaultError{Status: 401, Code: "Unauthorized", Tenant: tenant, Cause: connector.ErrVaultRefused}),
		both("other-tenant", connector.VaultError{Tenant: otherTenant, Code: "AADSTS700016", Cause: connector.ErrVaultRefused}),
		both("other-address", connector.VaultError{Status: 401, Tenant: tenant, Cause: connector.ErrVaultTenant}),
		both("no-challenge", connector.VaultError{Status: 401, Cause: connector.ErrVaultTenant}),
	)
}

// theValue must be nowhere but in the vault.
const theValue = "1.AXoAThe-Refresh-Token-Of-Somebody"

// do makes a call about the secret pcc-one.
func do(t *testing.T, v *vault, what string) error {
	t.Helper()
	var err error
	switch what {
	case "get":
		_, err = v.Get(t.Context(), "pcc-one")
	case "set":
		_, err = v.Set(t.Context(), connector.VaultSecret{Name: "pcc-one", Value: auth.NewSecret(theValue)})
	case "tags":
		_, err = v.Tags(t.Context(), "pcc-one")
	case "may":
		err = v.MayWrite(t.Context(), "pcc-one")
	}
	return err
}

func TestFaults(t *testing.T) {
	w := newWorld(t)
	facts := w.practice.Facts()
	for _, f := range faults(facts.TenantID, facts.OtherTenantID) {
		t.Run(f.vault+" "+f.do, func(t *testing.T) {
			err := do(t, w.open(t, f.vault), f.do)
			var e *connector.VaultError
			if !errors.As(err, &e) {
				t.Fatalf("%v", err)
			}
			if e.Vault != f.vault+"."+w.facts.KeyVaultSuffix || e.Secret != "pcc-one" {
				t.Errorf("it is about %q in %q", e.Secret, e.Vault)
			}
			if e.Status >= 400 && len(e.RequestID) != 36 {
				t.Errorf("request ID %q", e.RequestID)
			}
			got := connector.VaultError{Status: e.Status, Code: e.Code, Tenant: e.Tenant, RetryAfter: e.RetryAfter, Cause: e.Cause}
			if f.want.Tenant == "" {
				got.Tenant = ""
			}
			if got != f.want {
				t.Errorf("got  %+v\nwant %+v", got, f.want)
			}
			noSecret(t, w, err)
		})
	}
}

// TestDisabled: a secret that is switched off can be written over, and not read.
func TestDisabled(t *testing.T) {
	v := newWorld(t).open(t, "disabled")
	if err := do(t, v, "set"); err != nil {
		t.Fatal(err)
	}
	if err := do(t, v, "get"); !errors.Is(err, connector.ErrVaultDisabled) {
		t.Errorf("%v", err)
	}
}

// TestWriteOnly: whoever may not see the deleted secrets may write all the same.
func TestWriteOnly(t *testing.T) {
	v := newWorld(t).open(t, "write-only")
	for _, what := range []string{"may", "set"} {
		if err := do(t, v, what); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := do(t, v, "tags"); !errors.Is(err, connector.ErrVaultRight) {
		t.Errorf("tags: %v", err)
	}
}

// TestSilent: a vault that never answers is abandoned.
func TestSilent(t *testing.T) {
	before := callTime
	callTime = 300 * time.Millisecond
	t.Cleanup(func() { callTime = before })
	if err := do(t, newWorld(t).open(t, "silent"), "get"); !errors.Is(err, auth.ErrTimeout) {
		t.Errorf("%v", err)
	}
}

// TestBusy: a vault that wants a moment gets it.
func TestBusy(t *testing.T) {
	w := newWorld(t)
	if err := do(t, w.open(t, "busy"), "set"); err != nil {
		t.Fatal(err)
	}
	if kept := w.practice.KeptSecrets("busy", "pcc-one"); len(kept) != 1 || kept[0].Value != theValue {
		t.Errorf("%+v", kept)
	}
}

// TestWhatIsNotSent: what a vault would refuse is refused before anything goes out.
func TestWhatIsNotSent(t *testing.T) {
	w := newWorld(t)
	v := w.open(t, "contoso")
	for name, c := range map[string]struct {
		secret connector.VaultSecret
		cause  error
	}{
		"no name":      {connector.VaultSecret{}, connector.ErrVaultName},
		"underscore":   {connector.VaultSecret{Name: "pcc_one"}, connector.ErrVaultName},
		"long name":    {connector.VaultSecret{Name: strings.Repeat("n", 128)}, connector.ErrVaultName},
		"long value":   {connector.VaultSecret{Name: "one", Value: auth.NewSecret(strings.Repeat("v", 25601))}, connector.ErrVaultTooLong},
		"long tag":     {connector.VaultSecret{Name: "one", Tags: map[string]string{"t": strings.Repeat("ü", 257)}}, connector.ErrVaultTooLong},
		"long tagname": {connector.VaultSecret{Name: "one", Tags: map[string]string{strings.Repeat("ü", 257): "t"}}, connector.ErrVaultTooLong},
	} {
		if _, err := v.Set(t.Context(), c.secret); !errors.Is(err, c.cause) {
			t.Errorf("%s: %v, want %v", name, err, c.cause)
		}
	}
	if n := len(w.practice.Journal().Requests); n != 0 {
		t.Errorf("%d requests went out", n)
	}
	longest := connector.VaultSecret{Name: strings.Repeat("n", 127), Value: auth.NewSecret(strings.Repeat("v", 25600)), Tags: map[string]string{"t": strings.Repeat("ü", 256)}}
	if _, err := v.Set(t.Context(), longest); err != nil {
		t.Errorf("the longest: %v", err)
	}
}

func TestOpenRefusesAddresses(t *testing.T) {
	s := New()
	for _, c := range []struct{ address, shown string }{
		{"https://contoso.example/x?y=secret", "contoso.example"},
		{"https://somebody:secret@contoso.vault.azure.net", "contoso.vault.azure.net"},
		{"", ""},
		{strings.Repeat("ü", 200), strings.Repeat("ü", 99) + "…"},
	} {
		_, err := s.Open(auth.Cloud{VaultSuffix: "vault.azure.net"}, c.address)
		var e *connector.VaultError
		if !errors.As(err, &e) || !errors.Is(err, connector.ErrVaultAddress) || e.Vault != c.shown || e.Suffix != "vault.azure.net" {
			t.Errorf("%q: %#v", c.address, err)
		}
	}
	good := auth.Cloud{VaultSuffix: "vault.azure.net"}
	first, err := s.Open(good, "https://contoso.vault.azure.net")
	second, again := s.Open(good, "CONTOSO.vault.azure.net/")
	if err != nil || again != nil || first != second {
		t.Errorf("a vault that is open is opened again: %v, %v", err, again)
	}
}

// TestTenProcesses: each of ten processes writes its version, and none is lost.
func TestTenProcesses(t *testing.T) {
	w := newWorld(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan string)
	want := []string{}
	for i := range 10 {
		value := "value " + strconv.Itoa(i)
		want = append(want, value)
		cmd := exec.CommandContext(t.Context(), program)
		cmd.Env = append(os.Environ(), "KEYVAULT_CHILD="+w.address("contoso"), "KEYVAULT_CLOUDS="+w.file, "KEYVAULT_VALUE="+value, "AZURE_SDK_GO_LOGGING=all")
		go func() {
			out, err := cmd.CombinedOutput()
			if err != nil {
				out = append(out, err.Error()...)
			}
			ended <- string(out)
		}()
	}
	for range 10 {
		if said := <-ended; said != "" {
			t.Errorf("a process said %q", said)
		}
	}
	got := []string{}
	for _, kept := range w.practice.KeptSecrets("contoso", "pcc-many") {
		got = append(got, kept.Value)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the vault keeps %q", got)
	}
}

// TestNoProxyForThisComputer: a name below localhost is dialled here, whatever the environment says.
func TestNoProxyForThisComputer(t *testing.T) {
	w := newWorld(t)
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	t.Setenv("NO_PROXY", "127.0.0.1")
	if err := do(t, w.open(t, "contoso"), "set"); err != nil {
		t.Error(err)
	}
}

// TestOneRequestLater: the token of a vault serves the calls that follow.
func TestOneRequestLater(t *testing.T) {
	w := newWorld(t)
	v := w.open(t, "contoso")
	for range 3 {
		if err := do(t, v, "set"); err != nil {
			t.Fatal(err)
		}
	}
	journal := w.practice.Journal()
	refused := 0
	for _, r := range journal.Requests {
		if r.Status == http.StatusUnauthorized {
			refused++
		}
	}
	if n := journal.Count("vault-set"); n != 4 || refused != 1 || journal.Count("token") != 1 {
		t.Errorf("%d requests to the vault, %d of them without a token, %d for a token", n, refused, journal.Count("token"))
	}
}

// TestOpenedAnew: only where another account could do something about it.
func TestOpenedAnew(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		vault, do string
		anew      bool
	}{
		{"contoso", "get", false},
		{"write-only", "may", false},
		{"no-rights", "get", true},
		{"read-only", "set", true},
		{"revoked", "tags", true},
		{"firewall", "get", false},
	} {
		s := New()
		first, err := s.Open(w.cloud, w.address(c.vault))
		if err != nil {
			t.Fatal(err)
		}
		_ = do(t, first.(*vault), c.do) //nolint:forcetypeassert // it makes no other one
		if second, err := s.Open(w.cloud, w.address(c.vault)); err != nil || (second != first) != c.anew {
			t.Errorf("%s in %s: opened anew %v, %v", c.do, c.vault, second != first, err)
		}
	}
}
