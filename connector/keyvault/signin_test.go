package keyvault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// noSecret fails where an error has one in it, however it is written down.
func noSecret(t *testing.T, w *world, err error) {
	t.Helper()
	var e *connector.VaultError
	errors.As(err, &e)
	data, _ := json.Marshal(e)
	said := fmt.Sprintf("%v|%+v|%#v|%+v|%#v|%s", err, err, err, *e, *e, data)
	for _, secret := range append(w.practice.Journal().Issued(), theValue) {
		if strings.Contains(said, secret) {
			t.Errorf("a secret is in %s", said)
		}
	}
}

func TestManagedIdentity(t *testing.T) {
	w := newWorld(t)
	w.signInAs(t, map[string]string{"IDENTITY_ENDPOINT": w.facts.IdentityEndpoint, "IDENTITY_HEADER": w.facts.IdentityHeader})
	if err := do(t, w.open(t, "contoso"), "set"); err != nil {
		t.Fatal(err)
	}
	if n := w.practice.Journal().Count("managed-identity"); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
}

func TestManagedIdentityRefused(t *testing.T) {
	w := newWorld(t)
	w.signInAs(t, map[string]string{"IDENTITY_ENDPOINT": w.facts.IdentityEndpoint, "IDENTITY_HEADER": "wrong"})
	if err := do(t, w.open(t, "contoso"), "set"); !errors.Is(err, connector.ErrVaultRefused) {
		t.Errorf("%v", err)
	}
}

func TestNoSignIn(t *testing.T) {
	w := newWorld(t)
	w.signInAs(t, nil)
	err := do(t, w.open(t, "contoso"), "set")
	var e *connector.VaultError
	if !errors.As(err, &e) || !errors.Is(err, connector.ErrVaultSignIn) || e.Tenant != w.practice.Facts().TenantID || e.Status != 0 {
		t.Errorf("%#v", e)
	}
}

// TestWorkloadWithoutItsToken: a workload whose file is not there is told apart from a computer without any sign-in.
func TestWorkloadWithoutItsToken(t *testing.T) {
	w := newWorld(t)
	t.Setenv("AZURE_FEDERATED_TOKEN_FILE", filepath.Join(t.TempDir(), "none"))
	if err := do(t, w.open(t, "contoso"), "set"); !errors.Is(err, connector.ErrVaultRefused) {
		t.Errorf("%v", err)
	}
	for _, name := range []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID"} {
		_ = os.Unsetenv(name) // newWorld puts it back
	}
	if err := do(t, w.open(t, "contoso"), "set"); !errors.Is(err, connector.ErrVaultRefused) {
		t.Errorf("without a client ID: %v", err)
	}
}

// TestWorkloadNotKnown: the sign-in service's own number goes on, and nothing of the assertion.
func TestWorkloadNotKnown(t *testing.T) {
	w := newWorld(t)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(w.facts.WorkloadToken[:len(w.facts.WorkloadToken)-8]+"AAAAAAAA"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AZURE_FEDERATED_TOKEN_FILE", token)
	err := do(t, w.open(t, "contoso"), "set")
	var e *connector.VaultError
	if !errors.As(err, &e) || !errors.Is(err, connector.ErrVaultRefused) || e.Code != "AADSTS70021" || !strings.Contains(e.Description, "No matching federated identity") {
		t.Fatalf("%#v", e)
	}
	noSecret(t, w, err)
}

// TestSourcesGoOn: a sign-in that is refused does not keep the next one from being asked, and the one that works is asked from then on.
func TestSourcesGoOn(t *testing.T) {
	w := newWorld(t)
	there := func(context.Context) bool { return true }
	given, err := w.practice.AzureToken(w.practice.Facts().TenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{}
	refused := fakeSource(func() (azcore.AccessToken, error) {
		asked["refused"]++
		return azcore.AccessToken{}, errors.New("no")
	})
	works := fakeSource(func() (azcore.AccessToken, error) {
		asked["works"]++
		return azcore.AccessToken{Token: given}, nil
	})
	who := &sources{all: []source{
		{there: there, make: func() (azcore.TokenCredential, error) { return nil, errors.New("not set up") }},
		{there: func(context.Context) bool { return false }, make: func() (azcore.TokenCredential, error) { panic("it is not there") }},
		{there: there, make: func() (azcore.TokenCredential, error) { return refused, nil }},
		{there: there, make: func() (azcore.TokenCredential, error) { return works, nil }},
	}}
	for range 2 {
		if token, err := who.GetToken(t.Context(), policy.TokenRequestOptions{}); err != nil || token.Token != given {
			t.Fatalf("%v", err)
		}
	}
	if asked["refused"] != 1 || asked["works"] != 2 {
		t.Errorf("%v", asked)
	}
}

// TestGivenUp: somebody who stops the program gets no sentence about sign-ins.
func TestGivenUp(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	v := w.open(t, "contoso")
	cancel()
	if _, err := v.Get(ctx, "pcc-one"); err != context.Canceled { //nolint:errorlint // the bare value is promised
		t.Errorf("%v", err)
	}
}

type fakeSource func() (azcore.AccessToken, error)

func (f fakeSource) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return f()
}

func TestWorse(t *testing.T) {
	none, refused, lost := &signInError{cause: connector.ErrVaultSignIn}, &signInError{cause: connector.ErrVaultRefused}, &signInError{cause: auth.ErrNetwork}
	for _, c := range []struct{ first, next, want error }{
		{nil, none, none}, {none, refused, refused}, {refused, none, refused}, {refused, lost, refused}, {none, none, none},
	} {
		if got := worse(c.first, c.next); got != c.want { //nolint:errorlint // the very error is wanted
			t.Errorf("%v, %v: %v", c.first, c.next, got)
		}
	}
}

// TestWhoAnswersForTheMachine: at the address of Azure's machines others answer too, and what they say is no refusal of a sign-in.
func TestWhoAnswersForTheMachine(t *testing.T) {
	for _, c := range []struct {
		name, body string
		status     int
		want       error
	}{
		{"a gateway", "<html>Forbidden</html>", 403, connector.ErrVaultSignIn},
		{"another cloud", "", 404, connector.ErrVaultSignIn},
		{"a service with JSON", `{"error":"forbidden"}`, 403, connector.ErrVaultSignIn},
		{"Azure", `{"error":"invalid_request","error_description":"Identity not found"}`, 400, connector.ErrVaultRefused},
		{"the sign-in service by Azure", `{"error":"unknown","error_description":"AADSTS700016: Application was not found"}`, 500, connector.ErrVaultRefused},
	} {
		machine := fakeSource(func() (azcore.AccessToken, error) {
			answer := &http.Response{StatusCode: c.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(c.body))}
			return azcore.AccessToken{}, &azidentity.AuthenticationFailedError{RawResponse: answer}
		})
		who := &sources{all: []source{{
			there: func(context.Context) bool { return true }, make: func() (azcore.TokenCredential, error) { return machine, nil }, guessed: true,
		}}}
		if _, err := who.GetToken(t.Context(), policy.TokenRequestOptions{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if all := newSources(auth.Cloud{}, nil).all; !all[3].guessed || all[1].guessed {
		t.Error("it is the identity of the machine that is found by its address")
	}
}
