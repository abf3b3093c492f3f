package rehearsal

// codeScenarios are what else Microsoft's pages say no with: one number for each kind of problem that none of the other scenarios leads to. That these
// numbers come as pages is how they are met; their reference does not say it of each.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
func codeScenarios() []Scenario {
	return []Scenario{
		adminPage("resource-disabled", "resource-disabled", 500014, "The service principal for the resource is disabled."),
		adminPage("app-not-added", "app-not-added", 7000229, "The client application is missing its service principal in the tenant."),
		adminPage("tenant-blocked", "tenant-blocked", 5000225, "The tenant has been blocked due to inactivity."),
		userPage("app-disabled", "app-disabled", 7000112, "The application is disabled."),
		userPage("microsoft-app", "microsoft-app", 65002, "Consent between first party application and first party resource must be configured via preauthorization."),
		userPage("customer-tenant", "customer-tenant", 90099, "The application has not been authorized in the customer's tenant."),
		userPage("password-wrong", "password-wrong", 50126, "Error validating credentials due to invalid username or password."),
		userPage("password-rejected", "password-rejected", 120002, "The new password does not meet the complexity requirements."),
		userPage("password-on-premises", "password-on-premises", 50144, "The user's Active Directory password has expired."),
		userPage("identity-provider", "identity-provider", 80001, "The authentication agent is unable to connect to Active Directory."),
		userPage("mfa-failed", "mfa-failed", 500121, "Authentication failed during the strong authentication request."),
		userPage("interrupted", "interrupted", 50140, "The sign-in was interrupted to ask whether the user stays signed in."),
	}
}
