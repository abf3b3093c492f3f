package codes

import (
	"iter"
	"strconv"
)

// word is a code that is not an AADSTS number, and the kind that it means.
type word struct{ code, kind string }

// partner are Partner Center's own codes.
// https://learn.microsoft.com/partner-center/developer/error-codes
var partner = []word{
	{"900421", "no-mfa"},
	{"10001", "no-mfa"},
	{"900420", "request-refused"}, // a token for the retired AAD Graph
	{"800001", "request-refused"}, // no token in the request
	{"800002", "request-refused"}, // https://learn.microsoft.com/partner-center/developer/cart-resources (InvalidInput)
	{"900329", "request-refused"}, // app-only where App+User is wanted
	{"2032", "no-role"},
	{"900308", "no-role"},
	{"900309", "conditional-access"}, // the policy stopped the token that Partner Center itself needed
	{"90000", "conditional-access"},  // Entra refused the token that Partner Center itself needed
	{"900124", "agreement-missing"},
	{"800039", "program-inactive"},
	{"20002", "no-relationship"},
	{"60003", "not-partner"},
}

// graph are Microsoft Graph's codes.
// https://learn.microsoft.com/graph/errors
var graph = []word{
	{"InvalidAuthenticationToken", "sign-in-again"},
	{"Authorization_RequestDenied", "missing-scopes"},
	{"TooManyRequests", "throttled"},
	{"serviceNotAvailable", "transient"},
	{"Request_ResourceNotFound", "account-unknown"}, // where it is the account that was asked for
}

// oauth are OAuth's and OpenID Connect's `error` values.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
var oauth = []word{
	{"access_denied", "declined"},
	{"account_selection_required", "interrupted"},
	{"consent_required", "consent-missing"},
	{"interaction_required", "sign-in-again"},
	{"login_required", "sign-in-again"},
	{"invalid_grant", "sign-in-again"},
	{"invalid_client", "secret-wrong"},
	{"unauthorized_client", "app-config"},
	{"invalid_scope", "app-permissions"},
	{"invalid_resource", "resource-missing"},
	{"invalid_request", "request-refused"},
	{"unsupported_grant_type", "request-refused"},
	{"unsupported_response_type", "app-config"},
	{"invalid_tenant", "unknown-tenant"},
	{"invalid_instance", "wrong-cloud"},
	{"temporarily_unavailable", "transient"},
	{"server_error", "transient"},
}

// suberrors are `suberror` and `error_subcode` values. message_only says that no sign-in helps, and leaves the rest to the sentence beside it.
// https://learn.microsoft.com/dotnet/api/microsoft.identity.client.uirequiredexceptionclassification
var suberrors = []word{
	{"message_only", "unknown"},
	{"basic_action", "sign-in-again"},
	{"additional_action", "conditional-access"},
	{"consent_required", "consent-missing"},
	{"user_password_expired", "password-expired"},
	{"bad_token", "sign-in-again"},
	{"token_expired", "sign-in-again"},
	{"client_mismatch", "sign-in-again"},
	{"protection_policy_required", "conditional-access"},
	{"device_authentication_failed", "device"},
	{"cancel", "declined"},
}

// Partner returns the kind of a code of Partner Center, and whether the table has it.
func Partner(code string) (kind string, known bool) { return find(partner, code) }

// Graph returns the kind of a code of Microsoft Graph, and whether the table has it.
func Graph(code string) (kind string, known bool) { return find(graph, code) }

// OAuth returns the kind of an `error` value where no number says more, and whether the table has it.
func OAuth(code string) (kind string, known bool) { return find(oauth, code) }

// Suberror returns the kind of a `suberror` or `error_subcode` value, and whether the table has it.
func Suberror(code string) (kind string, known bool) { return find(suberrors, code) }

func find(words []word, code string) (kind string, known bool) {
	for _, w := range words {
		if w.code == code {
			return w.kind, true
		}
	}
	return "", false
}

// All are all codes as they are shown ("AADSTS65001", "900421", "access_denied") with their kinds. A word that is both an error and a suberror
// comes twice.
func All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, g := range entra {
			for _, n := range g.numbers {
				if !yield("AADSTS"+strconv.Itoa(n), g.kind) {
					return
				}
			}
		}
		for _, words := range [][]word{partner, graph, oauth, suberrors} {
			for _, w := range words {
				if !yield(w.code, w.kind) {
					return
				}
			}
		}
	}
}
