package rehearsal

import (
	"time"
)

// partnerFault answers calls of Partner Center.
func partnerFault(name, check, kind string, f apiFault) Scenario {
	return shown(Scenario{Name: name, Breaks: PlaceCheck, Check: check, ProblemKind: kind, Code: f.code, hooks: hooks{partner: &f}})
}

// shown is a fault of an API, at the checks; one that a second try gets past shows nothing.
func shown(s Scenario) Scenario {
	if s.ProblemKind == "" {
		return passing(s)
	}
	s.Shows = PlaceCheck
	return s
}

// partnerScenarios are about Partner Center's answers.
func partnerScenarios() []Scenario {
	return []Scenario{
		// What a tenant gets that is no partner's is not documented.
		partnerFault("not-a-partner", "partner", "partner-refused", apiFault{status: 403, code: "403", text: "Access denied. The organization is not a partner."}),
		partnerFault("partner-not-found", "partner", "not-partner", apiFault{status: 404, code: "60003", mfa: "true", text: "The tenant was not found."}),
		{Name: "other-partner", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "partner", ProblemKind: "other-partner", hooks: hooks{
			organization: func(body map[string]any) { body["id"], body["tenantId"] = otherTenantID, otherTenantID },
		}},
		{Name: "partner-retired-audience", Breaks: PlaceCheck, Shows: PlaceCheck, Check: "partner", ProblemKind: "request-refused", Code: "900420", hooks: hooks{aadGraph: true}},
		partnerFault("partner-token-missing", "partner", "request-refused", apiFault{status: 401, code: "800001", text: "Azure AD token is missing in HTTP header."}),
		partnerFault("partner-privileges", "role", "no-role", apiFault{endpoint: "customers", status: 403, code: "900308", mfa: "true", text: "Insufficient privileges to complete the operation."}),
		partnerFault("partner-policy", "partner", "conditional-access", apiFault{status: 403, code: "900309", text: "A Conditional Access policy blocked the token that Partner Center asked for."}),
		partnerFault("partner-app-only", "partner", "request-refused", apiFault{status: 403, code: "900329", text: "This API doesn't support application-only authentication."}),
		partnerFault("partner-entra-refused", "partner", "conditional-access", apiFault{status: 403, code: "90000", text: "Azure AD returned an error during token issuance."}),
		partnerFault("partner-agreement", "partner", "agreement-missing", apiFault{status: 403, code: "900124", mfa: "true", text: "The Microsoft Partner Agreement has not been accepted by the partner."}),
		partnerFault("partner-inactive", "partner", "program-inactive", apiFault{status: 403, code: "800039", mfa: "true", text: "The reseller program status is not active."}),
		partnerFault("partner-no-relationship", "role", "no-relationship", apiFault{endpoint: "customers", status: 403, code: "20002", mfa: "true", text: "Access denied. There is no commerce relationship."}),
		partnerFault("partner-throttled", "partner", "throttled", apiFault{status: 429, retryAfter: 57, manner: throttle}),
		partnerFault("throttled", "", "", apiFault{status: 429, retryAfter: 1, times: 1, manner: throttle}),
		partnerFault("partner-down", "partner", "transient", apiFault{status: 503, code: "503", text: "The service is unavailable."}),
		partnerFault("partner-down-once", "", "", apiFault{status: 503, code: "503", times: 1, text: "The service is unavailable."}),
		partnerFault("partner-gateway", "partner", "partner-refused", apiFault{status: 403, code: "Forbidden", manner: gateway, text: "The gateway refused the call."}),
		partnerFault("partner-empty-error", "partner", "partner-refused", apiFault{status: 401, manner: empty}),
		partnerFault("partner-html", "partner", "transient", apiFault{status: 502, manner: htmlPage}),
		partnerFault("partner-dropped", "partner", "no-network", apiFault{manner: dropped}),
		partnerFault("partner-silent", "partner", "no-network", apiFault{manner: silent}),
		{Name: "partner-byte-order-mark", Breaks: PlaceCheck, hooks: hooks{byteOrderMark: true}},
	}
}

// graphFault answers calls of Graph.
func graphFault(name, check, kind string, f apiFault) Scenario {
	return shown(Scenario{Name: name, Breaks: PlaceCheck, Check: check, ProblemKind: kind, Code: f.code, hooks: hooks{graph: &f}})
}

// graphRefusal leaves only the Admin agent role unread: not being allowed to read groups is no fault, so that its code is not shown.
func graphRefusal(name, endpoint string) Scenario {
	s := graphFault(name, "role", "role-unknown", apiFault{
		endpoint: endpoint, status: 403, code: "Authorization_RequestDenied", text: "Insufficient privileges to complete the operation.",
	})
	s.Code = ""
	return s
}

// inIDToken lets the ID token tell the directory roles that Graph does not.
func inIDToken(s Scenario) Scenario {
	s.hooks.optionalClaims = true
	return s
}

// graphScenarios are about Graph's answers. The account's name is in the ID token too, so that Graph's silence fails no check.
func graphScenarios() []Scenario {
	return []Scenario{
		graphRefusal("graph-refused", ""),
		inIDToken(graphRefusal("graph-groups-refused", "transitiveMemberOf")),
		graphFault("graph-throttled", "", "", apiFault{status: 429, code: "TooManyRequests", retryAfter: 1, times: 1, text: "The number of requests is too high."}),
		graphFault("graph-down", "role", "transient", apiFault{status: 503, code: "serviceNotAvailable", text: "The service is not available."}),
	}
}

func findFault(name, kind string, f fault) Scenario {
	s := Scenario{Name: name, Breaks: PlaceFind, Shows: PlaceFind, ProblemKind: kind, hooks: hooks{discovery: &f}}
	if f.code != 0 {
		s.Code = aadsts(f.code)
	}
	return s
}

// networkScenarios are about the way to the cloud, its clock, and what it says of a tenant.
func networkScenarios() []Scenario {
	return []Scenario{
		findFault("tenant-unknown", "unknown-tenant", *unknownTenant(practiceDomain)),
		findFault("find-html", "bad-answer", fault{status: 200, manner: htmlPage}),
		findFault("find-dropped", "no-network", fault{manner: dropped}),
		findFault("find-silent", "no-network", fault{manner: silent}),
		findFault("find-down", "transient", fault{code: 90033, oauth: "server_error", status: 503, text: "A transient error has occurred. Try again."}),
		{Name: "other-instance", Breaks: PlaceFind, Shows: PlaceFind, ProblemKind: "unknown-tenant", hooks: hooks{
			document: func(doc map[string]any) {
				doc["cloud_instance_name"], doc["issuer"] = "another.invalid", "https://login.another.invalid/"+practiceTenantID+"/v2.0"
			},
		}},
		{Name: "government", hooks: hooks{
			document: func(doc map[string]any) {
				doc["tenant_region_scope"], doc["tenant_region_sub_scope"] = "NA", "GCC"
			},
		}},
		{Name: "clock-wrong", Breaks: PlaceFind, Shows: PlaceFind, ProblemKind: "clock", hooks: hooks{skew: -24 * time.Hour}},
		redeemFault("redeem-html", "bad-answer", fault{status: 200, manner: htmlPage}),
		redeemFault("redeem-dropped", "no-network", fault{manner: dropped}),
		redeemFault("redeem-silent", "no-network", fault{manner: silent}),
		redeemFault("redeem-empty", "transient", fault{status: 502, manner: empty}),
	}
}
