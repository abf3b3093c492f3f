package rehearsal

// peopleScenarios are about who signs in.
func peopleScenarios() []Scenario {
	return []Scenario{
		{Name: "good"},
		{Name: "wrong-tenant", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "wrong-tenant", hooks: hooks{adminSigns: RoleOtherAdmin, adminElsewhere: true}},
		{Name: "wrong-user", Breaks: PlaceUser, Shows: PlaceCheck, Check: "user", ProblemKind: "wrong-user", hooks: hooks{userSigns: RoleColleague}},
		{Name: "admin-signs-twice", Breaks: PlaceUser, Shows: PlaceCheck, Check: "user", ProblemKind: "wrong-user", hooks: hooks{userSigns: RoleAdmin}},
		{Name: "guest", Breaks: PlaceUser, Shows: PlaceCheck, Check: "member", ProblemKind: "guest", hooks: hooks{userSigns: RoleGuest, typed: RoleGuest}},
		{Name: "other-tenant-user", Stays: true, Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "wrong-tenant", Code: "AADSTS50020", hooks: hooks{userSigns: RoleOtherUser}},
		{Name: "is-admin", Breaks: PlaceUser, Shows: PlaceCheck, Check: "not-admin", ProblemKind: "is-admin", hooks: hooks{
			userSigns: RoleIntegrationAdmin, typed: RoleIntegrationAdmin, promotes: true, optionalClaims: true,
		}},
		// Without the claim only Graph could tell, and with GroupMember.Read.All it names no directory role.
		{Name: "is-admin-unnamed", Breaks: PlaceUser, Shows: PlaceCheck, Check: "not-admin", ProblemKind: "admin-unknown", hooks: hooks{userSigns: RoleIntegrationAdmin, typed: RoleIntegrationAdmin}},
		{Name: "no-role", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "role", ProblemKind: "no-role", Code: "2032", hooks: hooks{userSigns: RoleNoRole, typed: RoleNoRole}},
		{Name: "other-role", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "role", ProblemKind: "no-role", hooks: hooks{userSigns: RoleSalesAgent, typed: RoleSalesAgent}},
		{Name: "no-mfa", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "mfa", ProblemKind: "no-mfa", Code: "900421", hooks: hooks{userSigns: RoleNoMFA, typed: RoleNoMFA}},
		{Name: "no-mfa-old", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "mfa", ProblemKind: "no-mfa", Code: "10001", hooks: hooks{
			userSigns: RoleNoMFA, typed: RoleNoMFA, withoutMFA: &apiFault{status: 401, code: "10001", text: "Authentication failed. MFA required."},
		}},
		{Name: "no-mfa-header", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "mfa", ProblemKind: "no-mfa", hooks: hooks{
			userSigns: RoleNoMFA, typed: RoleNoMFA, withoutMFA: &apiFault{status: 200},
		}},
		{Name: "mfa-unknown", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "mfa", ProblemKind: "mfa-unknown", hooks: hooks{mfaUnknown: true}},
	}
}

// windowScenarios are about what people press, and windows that they close.
func windowScenarios() []Scenario {
	return []Scenario{
		{Name: "declined", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "declined", Code: "AADSTS65004", hooks: hooks{adminPresses: doCancel}},
		{Name: "not-admin", Breaks: PlaceAdmin, Shows: PlaceAdmin, ProblemKind: "declined", Code: "access_denied", hooks: hooks{adminSigns: RoleColleague}},
		{Name: "closed-window", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "window-closed", hooks: hooks{userWaits: true}},
		{Name: "user-declined", WithoutGroups: true, Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "declined", Code: "AADSTS65004", hooks: hooks{
			ungranted: true, usersConsent: true, userPresses: doCancel,
		}},
		{Name: "not-granted", Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "declined", Code: "access_denied", hooks: hooks{ungranted: true}},
		// Without the optional permission the Admin agent role can't be read.
		{Name: "user-consents", WithoutGroups: true, Breaks: PlaceUser, Shows: PlaceCheck, Check: "role", ProblemKind: "role-unknown", hooks: hooks{ungranted: true, usersConsent: true}},
		needAdmin("need-admin", 90094, "The app needs the permission of an administrator."),
		needAdmin("need-admin-policy", 90093, "The permissions can't be granted by this user: a policy forbids it."),
		needAdmin("need-admin-workflow", 90095, "An administrator has been asked; the request waits for approval."),
		needAdmin("need-admin-risky", 900941, "The app is considered risky, so that an administrator must consent."),
		needAdmin("need-admin-unverified", 900981, "The app has a risky redirect address, so that an administrator must consent."),
	}
}

// needAdmin: whether these numbers reach the program when somebody presses "return" is not documented. Without them the answer
// is that of "not-granted".
func needAdmin(name string, code int, text string) Scenario {
	f := &fault{code: code, oauth: "access_denied", text: text}
	return Scenario{Name: name, Breaks: PlaceUser, Shows: PlaceUser, ProblemKind: "need-admin", Code: aadsts(code), hooks: hooks{ungranted: true, refusal: f}}
}
