package rehearsal

import (
	"maps"
	"strings"
	"time"
)

// redeemFault answers the redemption of the code.
func redeemFault(name, kind string, f fault) Scenario {
	return Scenario{Name: name, Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: kind, Code: aadsts(f.code), hooks: hooks{redeem: &f}}
}

// withSecret makes it a scenario for the app registration with a client secret.
func withSecret(s Scenario) Scenario {
	s.ClientKind = string(secretClient)
	return s
}

// redeemScenarios are about the redemption of the code, which the user consent ends with.
func redeemScenarios() []Scenario {
	return []Scenario{
		passing(redeemFault("consent-not-replicated", "", fault{
			code: 65001, oauth: "invalid_grant", suberror: "consent_required", times: 1, text: "The user or administrator has not consented to use the application.",
		})),
		redeemFault("consent-missing", "consent-missing", fault{
			code: 65001, oauth: "invalid_grant", suberror: "consent_required", text: "The user or administrator has not consented to use the application.",
		}),
		redeemFault("code-used", "start-over", fault{code: 54005, oauth: "invalid_grant", text: "OAuth2 authorization code was already redeemed, please retry with a new valid code."}),
		redeemFault("code-expired", "start-over", fault{code: 70008, oauth: "invalid_grant", text: "The provided authorization code or refresh token has expired."}),
		redeemFault("verifier-wrong", "start-over", fault{code: 501481, oauth: "invalid_grant", text: "The Code_Verifier does not match the code_challenge supplied in the authorization request."}),
		redeemFault("code-of-other-tenant", "wrong-tenant", fault{code: 700005, oauth: "invalid_grant", text: "Provided authorization code is intended to use against other tenant, thus rejected."}),
		redeemFault("redeem-resource-missing", "resource-missing", fault{code: 500011, oauth: "invalid_resource", text: "The resource principal was not found in the tenant."}),
		redeemFault("redeem-malformed", "request-refused", fault{code: 9002313, oauth: "invalid_request", text: "Invalid request. Request is malformed or invalid."}),
		redeemFault("redeem-parameter-missing", "request-refused", fault{code: 90014, oauth: "invalid_request", text: "The required field is missing from the credential."}),
		redeemFault("redeem-scope", "request-refused", fault{code: 70011, oauth: "invalid_scope", text: "The provided value for the input parameter 'scope' is not valid."}),
		redeemFault("redeem-scope-empty", "request-refused", fault{code: 28002, oauth: "invalid_scope", text: "The provided value for the input parameter scope is not valid when requesting an access token."}),
		redeemFault("redeem-two-resources", "request-refused", fault{code: 700022, oauth: "invalid_request", text: "Invalid multiple resources scope."}),
		withSecret(redeemFault("redeem-cross-cloud", "wrong-cloud", fault{code: 900382, oauth: "invalid_client", text: "Confidential Client is not supported in Cross Cloud request."})),
		redeemFault("code-not-in-any-list", "unknown", fault{code: 999999, oauth: "invalid_grant", text: "A number that no list has."}),
		redeemFault("redeem-throttled", "throttled", fault{code: 90055, oauth: "temporarily_unavailable", status: 429, retryAfter: 30, text: "The tenant is throttled due to incoming requests."}),
		passing(redeemFault("server-error-once", "", fault{code: 90033, oauth: "server_error", status: 503, retryAfter: 1, times: 1, text: "A transient error has occurred. Try again."})),
		redeemFault("server-error", "transient", fault{code: 50033, oauth: "server_error", status: 503, text: "A transient error has occurred. Try again."}),
		redeemFault("redeem-step-up", "mfa-again", fault{
			code: 50076, oauth: "interaction_required", suberror: "basic_action", claims: `{"access_token":{"capolids":{"essential":true,"values":["practice"]}}}`,
			text: "Due to a configuration change, or because of a new location, multifactor authentication must be used.",
		}),
		redeemFault("redeem-app-protection", "conditional-access", fault{
			code: 53005, oauth: "unauthorized_client", suberror: "protection_policy_required", text: "The application needs to enforce app protection policies.",
		}),
	}
}

// tokenScenarios are about the content of the token answer.
func tokenScenarios() []Scenario {
	return []Scenario{
		{Name: "no-refresh-token", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "no-refresh-token", hooks: hooks{
			answer: func(_ resource, body map[string]any) { delete(body, "refresh_token") },
		}},
		notOurs("token-nonce", "ours", "not-ours", map[string]any{"nonce": "not-the-nonce"}),
		notOurs("token-audience", "ours", "not-ours", map[string]any{"aud": "5e0a11c0-a000-4000-8000-0000000000ff"}),
		notOurs("token-issuer", "ours", "not-ours", map[string]any{"iss": "https://login.invalid/" + practiceTenantID + "/v2.0"}),
		notOurs("token-expired", "ours", "clock", map[string]any{"iat": 1600000000, "nbf": 1600000000, "exp": 1600003600}),
		notOurs("token-tenant", "tenant", "wrong-tenant", map[string]any{"tid": otherTenantID}),
		{Name: "optional-claims", Breaks: PlaceCheck, hooks: hooks{optionalClaims: true}},
		{Name: "admin-not-visible", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "not-admin", ProblemKind: "admin-unknown", hooks: hooks{
			graph: &apiFault{endpoint: "transitiveMemberOf", status: 403, code: "Authorization_RequestDenied", text: "Insufficient privileges to complete the operation."},
		}},
		{Name: "missing-scopes", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "permissions", ProblemKind: "missing-scopes", hooks: hooks{
			answer: func(r resource, body map[string]any) {
				if r == partnerCenter {
					body["scope"] = "openid profile"
				}
			},
		}},
		{Name: "scopes-not-told", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "permissions", ProblemKind: "scopes-unknown", hooks: hooks{
			answer: func(_ resource, body map[string]any) { delete(body, "scope") },
		}},
		{Name: "opaque-token", Breaks: PlaceCheck, hooks: hooks{opaque: true}},
		{Name: "audience-guid", Breaks: PlaceCheck, hooks: hooks{audience: "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"}},
		{Name: "large-token", Breaks: PlaceCheck, hooks: hooks{largeTokens: true}},
		{Name: "numbers-as-text", Breaks: PlaceCheck, hooks: hooks{
			answer: func(_ resource, body map[string]any) { body["expires_in"], body["ext_expires_in"] = "3599", "3599" },
		}},
	}
}

// notOurs changes claims of the ID token.
func notOurs(name, check, kind string, changes map[string]any) Scenario {
	return Scenario{Name: name, Breaks: PlaceUser, Shows: PlaceCheck, Check: check, ProblemKind: kind, hooks: hooks{
		idToken: func(claims map[string]any) { maps.Copy(claims, changes) },
	}}
}

// laterFault answers the use of the refresh token once the checks of a new connector are over.
func laterFault(name, kind string, f fault) Scenario {
	if f.since == 0 {
		f.since = afterChecks
	}
	return Scenario{Name: name, Breaks: PlaceLater, Shows: PlaceLater, Check: "refresh", ProblemKind: kind, Code: aadsts(f.code), hooks: hooks{refresh: &f}}
}

// afterChecks is the age of a sign-in at which what goes wrong "later" begins: a test puts its clock forward.
const afterChecks = 5 * time.Minute

// suberrorFault refuses a refresh with a suberror and a number that no list has, so that the suberror alone must tell.
func suberrorFault(suberror, oauth, kind string) Scenario {
	name := "refresh-" + strings.ReplaceAll(suberror, "_", "-")
	return laterFault(name, kind, fault{code: 999998, oauth: oauth, suberror: suberror, text: "The refresh was refused; the suberror says why."})
}

// refreshScenarios are about the refresh token. Entra's suberrors are those of answers that people showed: token_expired comes with 70043,
// bad_token wherever the token itself is no good any more. Unconfirmed: no answer with 50133 that somebody showed has a suberror.
// https://github.com/simonrob/email-oauth2-proxy/issues/181
// https://github.com/AzureAD/microsoft-authentication-library-for-dotnet/issues/1505
func refreshScenarios() []Scenario {
	return []Scenario{
		// Entra lets a refresh token be used again, and promises nothing of the kind. https://www.rfc-editor.org/rfc/rfc9700#section-4.14
		{Name: "refresh-once", Breaks: PlaceCheck, hooks: hooks{refreshOnce: true}},
		{Name: "refresh-dies", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "refresh", ProblemKind: "sign-in-again", Code: "AADSTS50173", hooks: hooks{
			refresh: &fault{code: 50173, oauth: "invalid_grant", suberror: "bad_token", text: "The provided grant has expired due to it being revoked. The user might have changed or reset their password."},
		}},
		{Name: "sign-in-frequency", Breaks: PlaceLater, Shows: PlaceLater, Check: "lasts", ProblemKind: "not-lasting", Code: "AADSTS70043", hooks: hooks{
			refresh: &fault{code: 70043, oauth: "invalid_grant", suberror: "token_expired", since: afterChecks, publicOnly: true, text: "The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access."},
		}},
		laterFault("later-revoked", "sign-in-again", fault{code: 50173, oauth: "invalid_grant", suberror: "bad_token", text: "The provided grant has expired due to it being revoked."}),
		laterFault("later-password-changed", "sign-in-again", fault{code: 50133, oauth: "invalid_grant", suberror: "bad_token", text: "Session is invalid due to expiration or recent password change."}),
		laterFault("later-session-revoked", "sign-in-again", fault{code: 50132, oauth: "invalid_grant", text: "The session is not valid: it was revoked, or the password was changed."}),
		laterFault("later-expired", "sign-in-again", fault{code: 70008, oauth: "invalid_grant", text: "The provided authorization code or refresh token has expired due to inactivity."}),
		laterFault("later-unused", "unused-too-long", fault{code: 700082, oauth: "invalid_grant", text: "The refresh token has expired due to inactivity."}),
		laterFault("later-spa", "spa", fault{code: 700084, oauth: "invalid_grant", text: "The refresh token was issued to a single page app, and therefore has a fixed, limited lifetime."}),
		laterFault("later-mfa-again", "mfa-again", fault{code: 50076, oauth: "invalid_grant", suberror: "basic_action", text: "Due to a configuration change, or because of a new location, multifactor authentication must be used."}),
		laterFault("later-mfa-too-old", "mfa-too-old", fault{code: 50078, oauth: "invalid_grant", suberror: "basic_action", text: "The presented multifactor authentication has expired due to policies configured by the administrator."}),
		laterFault("later-mfa-register", "mfa-register", fault{code: 50079, oauth: "invalid_grant", suberror: "basic_action", text: "The user is required to register for multifactor authentication."}),
		laterFault("later-blocked", "conditional-access", fault{code: 53003, oauth: "invalid_grant", suberror: "message_only", text: "Access has been blocked by Conditional Access policies."}),
		laterFault("later-account-disabled", "account-disabled", fault{code: 50057, oauth: "invalid_grant", text: "The user account is disabled."}),
		laterFault("later-consent-revoked", "consent-missing", fault{code: 65001, oauth: "invalid_grant", suberror: "consent_required", text: "The user or administrator has not consented to use the application."}),
		laterFault("later-app-deleted", "app-unknown", fault{code: 700016, oauth: "unauthorized_client", text: "The application was not found in the directory."}),
		withSecret(laterFault("later-secret-expired", "secret-expired", fault{code: 7000222, oauth: "invalid_client", text: "The provided client secret keys for the app are expired."})),
		laterFault("later-throttled", "throttled", fault{code: 90055, oauth: "temporarily_unavailable", status: 429, retryAfter: 30, text: "The tenant is throttled due to incoming requests."}),
		suberrorFault("message_only", "interaction_required", "unknown"),
		suberrorFault("basic_action", "interaction_required", "sign-in-again"),
		suberrorFault("additional_action", "interaction_required", "conditional-access"),
		suberrorFault("consent_required", "invalid_grant", "consent-missing"),
		suberrorFault("user_password_expired", "invalid_grant", "password-expired"),
		suberrorFault("bad_token", "invalid_grant", "sign-in-again"),
		suberrorFault("token_expired", "invalid_grant", "sign-in-again"),
		suberrorFault("client_mismatch", "invalid_grant", "sign-in-again"),
		suberrorFault("device_authentication_failed", "invalid_grant", "device"),
		suberrorFault("protection_policy_required", "unauthorized_client", "conditional-access"),
	}
}
