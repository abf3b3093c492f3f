package keyvault

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// signInTime is the limit of one sign-in.
var signInTime = 30 * time.Second

// machineTime is how long the service of Azure's machines may take to be there at all. Where this is no such machine, nothing answers.
const machineTime = time.Second

// machineAddress is where a machine of Azure asks for its identity's tokens.
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
const machineAddress = "169.254.169.254:80"

// source is one place where this computer may have a sign-in for Azure.
type source struct {
	name string
	// there reports whether it is worth asking; what is not there at all is no failure.
	there func(ctx context.Context) bool
	make  func() (azcore.TokenCredential, error)
	// guessed says that nothing but its address speaks for it: other clouds and gateways answer there too.
	guessed bool
}

// sources are the sign-ins of this computer for Azure, and the one of them that worked. None of them asks anybody.
type sources struct {
	all []source

	mu sync.Mutex
	// working has given a token; nil before.
	working azcore.TokenCredential
}

// newSources are those for a cloud: what the environment of a workload names comes before the person's Azure CLI, and that before the identity of
// the machine, which is there whoever works on it.
func newSources(c auth.Cloud, channel *http.Client) *sources {
	return &sources{all: []source{
		{name: "workload identity", there: func(context.Context) bool { return os.Getenv("AZURE_FEDERATED_TOKEN_FILE") != "" }, make: func() (azcore.TokenCredential, error) {
			return azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
				ClientOptions: azcore.ClientOptions{
					Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: c.Login}, Transport: &transport{client: channel},
					Retry: patience, Telemetry: policy.TelemetryOptions{Disabled: true},
				},
				AdditionallyAllowedTenants: []string{"*"}, DisableInstanceDiscovery: true,
			})
		}},
		{name: "managed identity", there: func(context.Context) bool {
			return os.Getenv("IDENTITY_ENDPOINT") != "" || os.Getenv("MSI_ENDPOINT") != ""
		}, make: managedIdentity},
		{name: "Azure CLI", there: func(context.Context) bool { return true }, make: newAzureCLI},
		{name: "managed identity", there: func(ctx context.Context) bool { return answers(ctx, machineAddress) }, make: managedIdentity, guessed: true},
	}}
}

// managedIdentity goes to this machine's own service, so that no proxy has a part in it, and by plain HTTP, which the cloud's channel refuses.
func managedIdentity() (azcore.TokenCredential, error) {
	options := azidentity.ManagedIdentityCredentialOptions{ClientOptions: azcore.ClientOptions{
		Transport: &http.Client{
			Transport:     &http.Transport{ResponseHeaderTimeout: signInTime, DisableKeepAlives: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		Retry: policy.RetryOptions{MaxRetries: 2}, Telemetry: policy.TelemetryOptions{Disabled: true},
	}}
	if id := os.Getenv("AZURE_CLIENT_ID"); id != "" {
		options.ID = azidentity.ClientID(id)
	}
	return azidentity.NewManagedIdentityCredential(&options)
}

// answers reports whether something listens at an address.
func answers(ctx context.Context, address string) bool {
	c, err := (&net.Dialer{Timeout: machineTime}).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	_ = c.Close() // that it could be opened is all
	return true
}

// GetToken implements azcore.TokenCredential.
func (s *sources) GetToken(ctx context.Context, wanted policy.TokenRequestOptions) (azcore.AccessToken, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.working != nil {
		token, err := ask(ctx, s.working, wanted)
		return token, err
	}
	var first error
	for _, source := range s.all {
		if !source.there(ctx) {
			continue
		}
		who, err := source.make()
		if err != nil {
			first = worse(first, &signInError{cause: connector.ErrVaultRefused, description: clean(err)})
			continue
		}
		token, err := ask(ctx, who, wanted)
		if err == nil {
			s.working = who
			return token, nil
		}
		if ctx.Err() != nil {
			return azcore.AccessToken{}, err
		}
		if source.guessed && !isAzure(err) {
			err = &signInError{cause: connector.ErrVaultSignIn}
		}
		first = worse(first, err)
	}
	return azcore.AccessToken{}, worse(first, &signInError{cause: connector.ErrVaultSignIn})
}

// worse is the first error, unless that only says that there is no sign-in: a sign-in that was refused is what somebody can do something about.
func worse(first, next error) error {
	if first == nil || errors.Is(first, connector.ErrVaultSignIn) && !errors.Is(next, connector.ErrVaultSignIn) {
		return next
	}
	return first
}

// ask asks one source for a token. Its error is a *signInError.
func ask(ctx context.Context, who azcore.TokenCredential, wanted policy.TokenRequestOptions) (azcore.AccessToken, error) {
	ctx, cancel := context.WithTimeout(ctx, signInTime)
	defer cancel()
	ctx, seen := watched(ctx)
	token, err := who.GetToken(ctx, wanted)
	if err != nil {
		return azcore.AccessToken{}, refusal(ctx, seen, err)
	}
	return token, nil
}

// signInError says why there is no token.
type signInError struct {
	cause             error
	code, description string
}

func (e *signInError) Error() string { return e.cause.Error() }

func (e *signInError) Unwrap() error { return e.cause }

// NonRetriable keeps the SDK from asking again.
func (*signInError) NonRetriable() {}

// noSignIn are the texts by which Azure CLI says that nobody is signed in to it. It has no code for that.
// https://github.com/Azure/azure-cli/blob/dev/src/azure-cli-core/azure/cli/core/_profile.py
var noSignIn = []string{"to setup account", "to set up account", "az login' to access your accounts", "az login\" to access your accounts"}

// refusal is what an error of a credential comes to.
func refusal(ctx context.Context, s *seen, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failed *azidentity.AuthenticationFailedError
	var unavailable interface{ NonRetriable() } // the SDK has no type for it that others could name
	switch {
	case ctx.Err() != nil:
		return &signInError{cause: auth.Classify(ctx.Err())}
	case s.lost != nil:
		return &signInError{cause: s.lost}
	case errors.As(err, &failed):
	case errors.As(err, &unavailable):
		return &signInError{cause: connector.ErrVaultSignIn} // no Azure CLI, say
	case strings.Contains(err.Error(), "claims-challenge"):
		return &signInError{cause: connector.ErrVaultRefused, code: "insufficient_claims"}
	default:
		return &signInError{cause: connector.ErrVaultRefused}
	}
	text := err.Error()
	for _, none := range noSignIn {
		if strings.Contains(text, none) {
			return &signInError{cause: connector.ErrVaultSignIn}
		}
	}
	refused := &signInError{cause: connector.ErrVaultRefused, description: clean(err)}
	var said auth.Error
	said.TakeAnswer("", "", text)
	if len(said.Codes) > 0 {
		refused.code = "AADSTS" + strconv.Itoa(said.Codes[0])
	} else {
		refused.code = machineCode(failed.RawResponse)
	}
	return refused
}

// isAzure reports whether a refusal has a code of Azure's own.
func isAzure(err error) bool {
	var refused *signInError
	return errors.As(err, &refused) && refused.code != ""
}

// machineCodes are the codes by which the service of Azure's machines refuses.
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#error-handling
var machineCodes = []string{
	"invalid_resource", "invalid_request", "bad_request_102", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope",
	"unknown_source",
}

// machineCode is the code in an answer of the service of Azure's machines; empty where there is none, or it is another service's.
func machineCode(answer *http.Response) string {
	if answer == nil {
		return ""
	}
	var said struct {
		Error string `json:"error"`
	}
	body, err := runtime.Payload(answer)
	if err != nil || json.Unmarshal(body, &said) != nil || !slices.Contains(machineCodes, said.Error) {
		return ""
	}
	return said.Error
}

// clean is the text of an error of the SDK without what looks like a secret, in one line.
func clean(err error) string {
	var said auth.Error
	said.TakeAnswer("", "", err.Error())
	return said.Description
}
