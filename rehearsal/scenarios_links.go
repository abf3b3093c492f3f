package rehearsal

// aboutLinks makes it a scenario for the two links of the practice product. Who signs in for them, and what they meet then, goes for connectors
// of one's own as well, as far as these get there.
func aboutLinks(s Scenario) Scenario {
	s.Breaks, s.Shows = PlaceLinks, PlaceLinks
	return s
}

// linksScenarios are about the two links that the practice product makes. Where one has no kind of problem, a program that opens the links
// can't see what goes wrong: the product says that all is well, and its synchronization fails.
func linksScenarios() []Scenario {
	return []Scenario{
		aboutLinks(Scenario{Name: "links-good"}),
		aboutLinks(Scenario{Name: "links-second-disabled", hooks: hooks{secondStuck: true}}),
		aboutLinks(Scenario{Name: "links-saved-early", hooks: hooks{savesEarly: true}}),
		aboutLinks(Scenario{Name: "links-swapped", hooks: hooks{linksSwapped: true}}),
		aboutLinks(Scenario{Name: "links-wrong-tenant", ProblemKind: "links-differ", hooks: hooks{linkTenant: otherTenantID}}),
		aboutLinks(Scenario{Name: "links-look-alike", ProblemKind: "link", hooks: hooks{linkHost: "login.microsoftonline.com.sign-in.invalid"}}),
		aboutLinks(Scenario{Name: "links-common", hooks: hooks{linkTenant: sharedCommon, adminSigns: RoleOtherAdmin, userSigns: RoleOtherUser}}),
		aboutLinks(Scenario{Name: "links-admin-elsewhere", ProblemKind: "declined", Code: "access_denied", hooks: hooks{adminSigns: RoleOtherAdmin, adminElsewhere: true}}),
		aboutLinks(Scenario{Name: "links-admin-signs-twice", hooks: hooks{userSigns: RoleAdmin}}),
		aboutLinks(Scenario{Name: "links-no-mfa", hooks: hooks{userSigns: RoleNoMFA, typed: RoleNoMFA}}),
		aboutLinks(Scenario{Name: "links-need-admin", ProblemKind: "need-admin", Code: "AADSTS90094", hooks: hooks{
			ungranted: true, refusal: &fault{code: 90094, oauth: "access_denied", text: "The app needs the permission of an administrator."},
		}}),
	}
}
