package problems_test

import (
	"strconv"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/rehearsal"
)

// documented are the AADSTS numbers that an administrator can meet, and the kind of problem that explains each.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
var documented = map[connector.ProblemKind][]int{
	connector.KindConsentMissing:  {65001},
	connector.KindDeclined:        {65004},
	connector.KindNeedAdmin:       {90093, 90094, 90095, 900941, 900981},
	connector.KindAppPermissions:  {65005, 90008, 650056, 650057},
	connector.KindResourceMissing: {500011, 650052},
	connector.KindNotReplicated:   {650051},

	connector.KindWrongTenant:        {16003, 50020, 700005},
	connector.KindWrongUser:          {16000},
	connector.KindAccountUnknown:     {50034},
	connector.KindGuest:              {50177, 50178, 90072},
	connector.KindAppUnknown:         {700016},
	connector.KindUnknownTenant:      {90002},
	connector.KindSingleTenant:       {50194},
	connector.KindAccount:            {500208},
	connector.KindWrongCloud:         {90038, 90051, 700023, 900382, 900432, 900439},
	connector.KindCrossTenant:        {500212, 500213},
	connector.KindTenantRestrictions: {500021, 500022},

	connector.KindNotAssigned:     {50105},
	connector.KindAccountDisabled: {50057},
	connector.KindPasswordExpired: {50055},
	connector.KindAccountLocked:   {50053},

	connector.KindMFAAgain:           {50074, 50076},
	connector.KindMFATooOld:          {50078},
	connector.KindMFARegister:        {50072, 50079},
	connector.KindMFARegisterBlocked: {53004, 53010},
	connector.KindExternalMFA:        {50158},
	connector.KindCondAccess:         {53002, 53003, 53005, 530032, 530035},
	connector.KindDevice:             {53000, 53001, 530002, 530003},
	connector.KindRiskyUser:          {53011},

	connector.KindRedirectURI:    {50011, 500113, 900971},
	connector.KindSecretMissing:  {7000218},
	connector.KindPublicClient:   {700025},
	connector.KindSPA:            {700084, 9002325, 9002327},
	connector.KindSecretWrong:    {70002, 7000215},
	connector.KindSecretExpired:  {7000222},
	connector.KindCertificate:    {700027},
	connector.KindStartOver:      {50089, 54005, 70008, 501481, 900561},
	connector.KindRequestRefused: {28002, 28003, 70011, 90014, 700022, 900144, 901002, 9002313},

	connector.KindUnusedTooLong: {700082},
	connector.KindNotLasting:    {70043},
	connector.KindSignInAgain:   {50132, 50133, 50173},

	connector.KindThrottled: {50196, 90055},
	connector.KindTransient: {50033, 90006, 90024, 90033},
}

// documentedPartner are Partner Center's own codes.
// https://learn.microsoft.com/partner-center/developer/error-codes
var documentedPartner = map[connector.ProblemKind][]string{
	connector.KindNoMFA:            {"900421", "10001"},
	connector.KindRequestRefused:   {"900420", "800001", "900329"},
	connector.KindNoRole:           {"2032", "900308"},
	connector.KindCondAccess:       {"900309", "90000"},
	connector.KindAgreementMissing: {"900124"},
	connector.KindProgramInactive:  {"800039"},
	connector.KindNoRelationship:   {"20002"},
	connector.KindNotPartner:       {"60003"},
}

// unpractised are the numbers that no consent, refresh or check of this program can meet as itself, and why.
var unpractised = map[int]string{
	28003:   "as 28002: an empty scope",
	50194:   "only an address that is not the tenant's own answers so, and this program asks under no other",
	90024:   "as 90033: for a moment",
	90051:   "as 90038: another national cloud",
	700023:  "as 900382: another cloud's audience",
	900144:  "as 90014: a missing parameter",
	900432:  "as 900382: a confidential client across clouds",
	900561:  "the browser's back button: it never leaves Microsoft's page",
	900971:  "as 500113: no reply address",
	901002:  "tried again without the parameter, so that it never shows",
	9002325: "as 9002327: this program always sends PKCE",
}

func TestEveryDocumentedCodeIsExplained(t *testing.T) {
	check := func(kind connector.ProblemKind, code string) {
		t.Helper()
		found := problems.LookUpCode(code)
		if len(found) != 1 || found[0].Kind != kind || found[0].Code != code {
			t.Errorf("%s is explained as %+v, want %s", code, found, kind)
		}
	}
	for kind, numbers := range documented {
		for _, number := range numbers {
			check(kind, "AADSTS"+strconv.Itoa(number))
		}
	}
	for kind, codes := range documentedPartner {
		for _, code := range codes {
			check(kind, code)
		}
	}
}

func TestEveryOAuthErrorIsExplained(t *testing.T) {
	for _, word := range []string{
		"access_denied", "consent_required", "interaction_required", "login_required", "invalid_client", "invalid_grant",
		"unauthorized_client", "invalid_scope", "invalid_resource", "invalid_request", "unsupported_grant_type", "temporarily_unavailable",
		"server_error", "basic_action", "additional_action", "user_password_expired", "bad_token", "token_expired",
		"protection_policy_required", "client_mismatch", "device_authentication_failed", "message_only",
	} {
		if found := problems.LookUpCode(word); len(found) != 1 || found[0].Code != word {
			t.Errorf("%s is explained as %+v", word, found)
		}
	}
}

func TestEveryDocumentedCodeCanBePractised(t *testing.T) {
	practised := map[string]bool{}
	for _, s := range rehearsal.Scenarios() {
		practised[s.Code] = true
	}
	for _, numbers := range documented {
		for _, number := range numbers {
			_, excused := unpractised[number]
			if code := "AADSTS" + strconv.Itoa(number); practised[code] == excused {
				t.Errorf("%s: practised %v, excused %v", code, practised[code], excused)
			}
		}
	}
	for _, codes := range documentedPartner {
		for _, code := range codes {
			if !practised[code] {
				t.Errorf("%s can't be practised", code)
			}
		}
	}
}
