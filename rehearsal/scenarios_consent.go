package rehearsal

import (
	"net/url"
	"strconv"
)

// aadsts is the code as people search for it; empty for an answer without one.
func aadsts(code int) string {
	if code == 0 {
		return ""
	}
	return "AADSTS" + strconv.Itoa(code)
}

// adminPage is an error page of the admin consent, userPage one of the user consent. Their oauth value shows only where no page may be shown.
func adminPage(name, kind string, code int, text string) Scenario {
	return Scenario{Name: name, Stays: true, Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: kind, Code: aadsts(code), hooks: hooks{
		adminPage: &fault{code: code, oauth: "access_denied", text: text},
	}}
}

func userPage(name, kind string, code int, text string) Scenario {
	return Scenario{Name: name, Stays: true, Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: kind, Code: aadsts(code), hooks: hooks{
		userPage: &fault{code: code, oauth: "access_denied", text: text},
	}}
}

// adminScenarios are about the admin consent.
func adminScenarios() []Scenario {
	return []Scenario{
		adminPage("admin-app-permissions", "app-permissions", 650056, "Misconfigured application: it lists no permission, or not the ones that are asked for."),
		adminPage("admin-resource-not-listed", "app-permissions", 650057, "Invalid resource: it is not listed in the requested permissions of the application registration."),
		adminPage("admin-resource-not-declared", "app-permissions", 65005, "The application asked for a resource that it does not list."),
		adminPage("admin-no-sign-in-permission", "app-permissions", 90008, "The application must at least require the permission to sign in and read the user profile."),
		adminPage("admin-resource-missing", "resource-missing", 650052, "The app needs access to a service that this organization has not subscribed to or enabled."),
		adminPage("admin-resource-not-found", "resource-missing", 500011, "The resource principal was not found in the tenant."),
		adminPage("admin-not-in-tenant", "wrong-tenant", 16003, "The account has not been added to the tenant."),
		adminPage("admin-wrong-sso", "wrong-tenant", 16000, "The account that is signed in to the browser can't be used here."),
		{Name: "admin-not-replicated", Stays: true, Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "not-replicated", Code: "AADSTS650051", hooks: hooks{
			adminPage: &fault{code: 650051, oauth: "access_denied", times: 1, text: "The service principal name is already present for the tenant."},
		}},
		{Name: "admin-offline-refused", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "request-refused", Code: "AADSTS70011", hooks: hooks{refuseOffline: true}},
		{Name: "admin-unavailable", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "transient", Code: "AADSTS90033", hooks: hooks{
			adminRequest: &fault{code: 90033, oauth: "temporarily_unavailable", times: 1, text: "A transient error has occurred. Try again."},
		}},
		{Name: "admin-answer-without-tenant", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "answer-incomplete", hooks: hooks{
			adminAnswer: func(v url.Values) { v.Del("tenant") },
		}},
	}
}

// clientFault refuses the client secret or certificate.
func clientFault(name string, client clientKind, kind string, f fault) Scenario {
	f.oauth = "invalid_client"
	return Scenario{Name: name, ClientKind: string(client), Breaks: PlaceProbe, Shows: PlaceProbe, ProblemKind: kind, Code: aadsts(f.code), hooks: hooks{client: &f}}
}

// registrationScenarios are about the app registration.
func registrationScenarios() []Scenario {
	return []Scenario{
		{Name: "app-unknown", Breaks: PlaceProbe, Shows: PlaceProbe, ProblemKind: "app-unknown", Code: "AADSTS700016", hooks: hooks{appUnknown: true}},
		{Name: "redirect-mismatch", Breaks: PlaceProbe, Shows: PlaceProbe, ProblemKind: "redirect-uri", Code: "AADSTS50011", hooks: hooks{redirectMismatch: true}},
		{Name: "no-reply-address", Breaks: PlaceProbe, Shows: PlaceProbe, ProblemKind: "redirect-uri", Code: "AADSTS500113", hooks: hooks{noReplyAddress: true}},
		clientFault("secret-wrong", secretClient, "secret-wrong", fault{
			code: 7000215, text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
		}),
		// Tried again after a while, a new secret is known everywhere.
		passing(clientFault("secret-not-replicated", secretClient, "", fault{code: 7000215, times: 1, text: "Invalid client secret provided."})),
		clientFault("secret-expired", secretClient, "secret-expired", fault{code: 7000222, text: "The provided client secret keys for the app are expired."}),
		clientFault("client-invalid", secretClient, "secret-wrong", fault{code: 70002, text: "The request is missing a valid credential of the client."}),
		clientFault("certificate-unknown", certificateClient, "certificate", fault{
			code: 700027, text: "The certificate used to sign the client assertion is not registered on application.",
		}),
		{Name: "app-is-web", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "secret-missing", Code: "AADSTS7000218", hooks: hooks{platform: secretClient}},
		{Name: "app-is-public", ClientKind: "secret", Breaks: PlaceProbe, Shows: PlaceProbe, ProblemKind: "public-client", Code: "AADSTS700025", hooks: hooks{platform: publicClient}},
		{Name: "app-is-spa", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "spa", Code: "AADSTS9002327", hooks: hooks{singlePage: true}},
	}
}

// signInScenarios are about the account that signs in for the user consent.
func signInScenarios() []Scenario {
	return []Scenario{
		userPage("account-unknown", "account-unknown", 50034, "The user account does not exist in the directory."),
		userPage("account-disabled", "account-disabled", 50057, "The user account is disabled."),
		userPage("account-locked", "account-locked", 50053, "The account is locked, or the sign-in came from an address with malicious activity."),
		userPage("password-expired", "password-expired", 50055, "The password is expired."),
		userPage("not-assigned", "not-assigned", 50105, "The signed in user is not assigned to a role for the application."),
		userPage("wrong-sso", "wrong-user", 16000, "The account that is signed in to the browser can't be used here."),
		userPage("not-in-tenant", "wrong-tenant", 16003, "The account has not been added to the tenant."),
		userPage("guest-mfa", "guest", 90072, "The external account can't satisfy the multifactor authentication of the tenant."),
		userPage("guest-passthrough", "guest", 50177, "The user needs to pass through external authentication of another tenant."),
		userPage("guest-session", "guest", 50178, "The session control is not supported for passthrough users."),
		userPage("account-type", "account", 500208, "The domain is not a valid login domain for the account type."),
		userPage("cross-tenant-out", "cross-tenant", 500212, "The user's administrator has set an outbound access policy that does not allow access."),
		userPage("cross-tenant-in", "cross-tenant", 500213, "The resource tenant's cross-tenant access policy does not allow this user to access the tenant."),
		userPage("tenant-restrictions", "tenant-restrictions", 500021, "Access to the tenant is denied by tenant restrictions of the network."),
		userPage("tenant-restrictions-app", "tenant-restrictions", 500022, "Access to the tenant is denied by tenant restrictions of the network."),
		userPage("page-expired", "start-over", 50089, "The sign-in page has expired."),
		userPage("user-resource-missing", "resource-missing", 650052, "The app needs access to a service that this organization has not subscribed to or enabled."),
		userPage("national-cloud", "wrong-cloud", 90038, "The tenant belongs to another national cloud."),
		userPage("government-app", "wrong-cloud", 900439, "The application is registered for the US Government cloud and is not supported on the public endpoint."),
	}
}

// policyScenarios are about multifactor sign-in and Conditional Access at the user consent.
func policyScenarios() []Scenario {
	return []Scenario{
		userPage("mfa-register", "mfa-register", 50079, "The user is required to register for multifactor authentication."),
		userPage("mfa-register-now", "mfa-register", 50072, "The user needs to enroll for second factor authentication."),
		userPage("mfa-not-passed", "mfa-again", 50074, "Strong authentication is required and the user did not pass the challenge."),
		userPage("mfa-needed", "mfa-again", 50076, "Due to a configuration change, or because of a new location, multifactor authentication must be used."),
		userPage("external-mfa", "external-mfa", 50158, "An external security challenge was not satisfied."),
		userPage("mfa-register-risk", "mfa-register-blocked", 53004, "The user can't register for multifactor authentication, because of suspicious activity."),
		userPage("mfa-register-place", "mfa-register-blocked", 53010, "Registration of multifactor authentication is not allowed from this location."),
		userPage("access-blocked", "conditional-access", 53003, "Access has been blocked by Conditional Access policies."),
		userPage("device-not-compliant", "device", 53000, "The device is required to be compliant."),
		userPage("device-not-joined", "device", 53001, "The device is required to be joined to the domain."),
		userPage("device-compliance", "device", 530002, "Your device is required to be compliant to access this resource."),
		userPage("device-managed", "device", 530003, "Your device is required to be managed to access this resource."),
		userPage("approved-app", "conditional-access", 53002, "The app is not an approved app for Conditional Access."),
		userPage("security-defaults", "conditional-access", 530035, "Access has been blocked by security defaults."),
		userPage("security-policy", "conditional-access", 530032, "Blocked by a security policy of the tenant."),
		userPage("risky-user", "risky-user", 53011, "The user is blocked due to risk on their home tenant."),
		{Name: "claims-refused", Breaks: PlaceUser, hooks: hooks{refuseClaims: true}},
		{Name: "sign-in-unavailable", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "transient", Code: "AADSTS90033", hooks: hooks{
			authorize: &fault{code: 90033, oauth: "temporarily_unavailable", times: 1, text: "A transient error has occurred. Try again."},
		}},
		{Name: "sign-in-server-error", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "transient", Code: "AADSTS90006", hooks: hooks{
			authorize: &fault{code: 90006, oauth: "server_error", times: 1, text: "The service is temporarily unavailable."},
		}},
		{Name: "sign-in-loop", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "throttled", Code: "AADSTS50196", hooks: hooks{
			authorize: &fault{code: 50196, oauth: "temporarily_unavailable", text: "The server terminated an operation because it encountered a client request loop."},
		}},
	}
}
