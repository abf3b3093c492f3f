package viewtest

import (
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

func allChecks(state connector.CheckState) []connector.Check {
	list := []connector.Check{}
	for _, id := range checks.Order() {
		list = append(list, connector.Check{ID: id, State: state})
	}
	return list
}

func set(list []connector.Check, id connector.CheckID, state connector.CheckState, w connector.Weight, p *connector.Problem) {
	for i := range list {
		if list[i].ID == id {
			list[i].State, list[i].Weight, list[i].Problem = state, w, p
		}
	}
}

func passedChecks() []connector.Check { return allChecks(connector.CheckPassed) }

func runningChecks() []connector.Check {
	list := allChecks(connector.CheckPending)
	for i := range 5 {
		list[i].State = connector.CheckPassed
	}
	list[5].State = connector.CheckRunning
	return list
}

// freshChecks are those of a connector that was saved a moment ago: it could not be checked yet whether it lasts.
func freshChecks() []connector.Check {
	list := passedChecks()
	set(list, connector.CheckLasts, connector.CheckUnknown, connector.WeightNone, nil)
	return list
}

func attentionChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckUnknown, connector.WeightAttention,
		problem(connector.KindMFAUnknown, connector.StepCheck, connector.ActorYou, ""))
	set(list, connector.CheckRole, connector.CheckFailed, connector.WeightAttention,
		problem(connector.KindNoRole, connector.StepAccount, connector.ActorAdmin, "900308"))
	set(list, connector.CheckNotAdmin, connector.CheckFailed, connector.WeightAttention,
		problem(connector.KindIsAdmin, connector.StepAccount, connector.ActorYou, ""))
	return list
}

// expiredChecks are those of a connector whose client secret ends by the day that was entered, though Microsoft still accepts it.
func expiredChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckCredential, connector.CheckFailed, connector.WeightAttention,
		problem(connector.KindSecretExpired, connector.StepConnector, connector.ActorPublisher, ""))
	return list
}

// signInChecks are those of a sign-in that worked at first, and then no longer.
func signInChecks() []connector.Check {
	list := freshChecks()
	refused := problem(connector.KindNotLasting, connector.StepConnector, connector.ActorAdmin, "AADSTS70043")
	refused.OAuth = "invalid_grant"
	set(list, connector.CheckLasts, connector.CheckFailed, connector.WeightAttention, refused)
	return list
}

func unknownChecks() []connector.Check {
	list := allChecks(connector.CheckUnknown)
	for i := range list {
		list[i].Weight = connector.WeightWarning
	}
	return list
}

func neverChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindNoMFA, connector.StepMFA, connector.ActorAdmin, "900421"))
	return list
}

func guestChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMember, connector.CheckFailed, connector.WeightNever, problem(connector.KindGuest, connector.StepAccount, connector.ActorYou, ""))
	return list
}

func mismatchChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckUser, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindWrongUser, connector.StepUser, connector.ActorUser, ""))
	return list
}

// federatedChecks are those of an account that signs in at another identity provider.
func federatedChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindFederated, connector.StepUser, connector.ActorUser, "900421"))
	return list
}

// EvidentChecks are those of a connector that lasts, each with its evidence and time.
func EvidentChecks() []connector.Check {
	correlation := fact("correlation", "ID", "0c4f2b8e-91d7-4a63-8e52-b3f6a7c8d901")
	evidence := map[connector.CheckID][]connector.Fact{
		connector.CheckOurs: {ofSignIn("id-token", "Issuer", Tenant().Issuer, "App", ClientID)},
		connector.CheckTenant: {
			ofSignIn("tenant-token", "Tenant", TenantID), fact("tenant-found", "Tenant", TenantID, "Domain", Tenant().Domain),
			fact("tenant-admin", "Tenant", TenantID),
		},
		connector.CheckUser:     {fact("user-graph", "UPN", UPN, "Name", "Partner Center integration"), fact("user-expected", "UPN", UPN)},
		connector.CheckMember:   {ofSignIn("home-tenant-same", "Tenant", TenantID)},
		connector.CheckNotAdmin: {fact("roles-graph")},
		connector.CheckPermissions: {
			fact(checks.FactScopes, "API", "Partner Center", "Scopes", "https://api.partnercenter.microsoft.com/user_impersonation"),
			fact(checks.FactScopes, "API", "Microsoft Graph", "Scopes", "openid profile User.Read"),
		},
		connector.CheckRefresh:    {fact("refreshed")},
		connector.CheckMFA:        {fact("mfa-yes"), correlation},
		connector.CheckPartner:    {fact("organization", "Name", "Contoso", "Tenant", TenantID), correlation},
		connector.CheckRole:       {fact("customers", "Total", "214"), fact("admin-agent-yes"), correlation},
		connector.CheckLasts:      {fact("lasts-proven-days", "Days", "21")},
		connector.CheckCredential: {fact("credential-last-day", "Day", "2027-10-23")},
		connector.CheckKeychain:   {fact("keychain-tested")},
	}
	list := passedChecks()
	for i := range list {
		list[i].Evidence, list[i].At = evidence[list[i].ID], Now.AddDate(0, 0, -9)
	}
	return list
}

// TakenChecks are those of a connector that was taken back from a key vault.
func TakenChecks() []connector.Check {
	list := EvidentChecks()
	set(list, connector.CheckOurs, connector.CheckUnknown, connector.WeightWarning, nil)
	for i := range list {
		if list[i].ID == connector.CheckOurs {
			list[i].Evidence = []connector.Fact{fact("consent-not-seen")}
		}
	}
	return list
}

func fact(key string, pairs ...string) connector.Fact {
	f := connector.Fact{Key: key, Args: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Args[pairs[i]] = pairs[i+1]
	}
	return f
}

// ofSignIn is evidence that only the sign-in told.
func ofSignIn(key string, pairs ...string) connector.Fact {
	f := fact(key, pairs...)
	f.At = Now.AddDate(0, 0, -30)
	return f
}

// freshEvidence are the same a moment after the sign-in.
func freshEvidence() []connector.Check {
	list := EvidentChecks()
	for i := range list {
		list[i].At = Now.Add(-time.Minute)
		for n := range list[i].Evidence {
			list[i].Evidence[n].At = time.Time{}
		}
		if list[i].ID == connector.CheckLasts {
			list[i].State, list[i].Evidence = connector.CheckUnknown, []connector.Fact{fact("lasts-new", "Minutes", "6")}
		}
	}
	return list
}

// problemEvidence are those of an account that signed in without a second factor.
func problemEvidence() []connector.Check {
	list := freshEvidence()
	for i := range list {
		if list[i].ID == connector.CheckMFA {
			list[i].State, list[i].Weight, list[i].Evidence = connector.CheckFailed, connector.WeightNever, []connector.Fact{fact("mfa-no")}
			list[i].Problem = problem(connector.KindNoMFA, connector.StepMFA, connector.ActorAdmin, "900421")
		}
	}
	return list
}
