package problems_test

import (
	"strconv"
	"testing"

	"partner-center-connector/auth/codes"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/rehearsal"
)

// documented are the AADSTS numbers that people meet or paste, and the kind of problem that explains each: the table of codes once more, so that a
// change of it has to be made, and meant, twice.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
var documented = map[connector.ProblemKind][]int{
	connector.KindConsentMissing:     {65001},
	connector.KindDeclined:           {65004, 90135},
	connector.KindNeedAdmin:          {90093, 90094, 90095, 900941, 900981},
	connector.KindAppPermissions:     {65005, 90008, 650053, 650056, 650057, 1003031},
	connector.KindResourceMissing:    {50001, 500011, 650052, 650054},
	connector.KindResourceOff:        {500014},
	connector.KindAppNotAdded:        {1001010, 7000229},
	connector.KindNotReplicated:      {50042, 650051},
	connector.KindWrongTenant:        {16003, 50020, 50143, 700005, 7000012},
	connector.KindWrongUser:          {16000, 81012},
	connector.KindCustomerTenant:     {90099},
	connector.KindUnknownTenant:      {50059, 50128, 90002, 90019, 900021, 900023},
	connector.KindTenantBlocked:      {5000224, 5000225},
	connector.KindAccountUnknown:     {50034, 50197, 51004, 90125, 500341},
	connector.KindGuest:              {50014, 50177, 50178, 90072, 90084},
	connector.KindAccount:            {90027, 500200, 500208},
	connector.KindWrongCloud:         {50049, 90038, 90043, 90051, 900382, 900432, 900439, 900440, 1000104},
	connector.KindCrossTenant:        {90071, 500212, 500213},
	connector.KindTenantRestrictions: {50002, 500021, 500022, 5000211},
	connector.KindNotAssigned:        {50105},
	connector.KindVaultRefused:       {70021, 700213},
	connector.KindAccountDisabled:    {50057, 500571},
	connector.KindAccountLocked:      {50053},
	connector.KindPasswordWrong:      {50052, 50054, 50056, 50126, 120000},
	connector.KindPasswordExpired:    {50055, 50135, 50142},
	connector.KindPasswordRejected:   {120002, 120003, 120004, 120018, 120020},
	connector.KindPasswordOnPremises: {50144, 120012, 120013, 120014, 120015},
	connector.KindIdentityProvider: {
		20001, 20012, 20033, 40008, 40009, 40010, 40014, 40015, 50008, 50107, 50180, 51001, 51006, 80001, 80002, 80003, 80005, 80007,
		80010, 80011, 80012, 80013, 80014, 81001, 81004, 81005, 81006, 81007, 81009, 81010, 81011, 90081, 90082, 90123,
	},
	connector.KindMFAAgain:           {50074, 50076},
	connector.KindMFAFailed:          {50088, 500121},
	connector.KindMFATooOld:          {50078},
	connector.KindMFARegister:        {50072, 50079},
	connector.KindMFARegisterBlocked: {53004, 53010},
	connector.KindExternalMFA:        {50158, 50161, 50166, 50170, 50172},
	connector.KindCondAccess:         {50005, 50131, 53002, 53003, 53005, 53009, 530021, 530031, 530032, 530033, 530035, 530036, 530084},
	connector.KindDevice:             {50097, 50127, 50129, 50155, 50187, 53000, 53001, 130007, 135011, 501291, 530002, 530003, 700003},
	connector.KindRiskyUser:          {53011, 530034},
	connector.KindAppUnknown:         {70001, 90112, 700011, 700016, 700038},
	connector.KindAppDisabled:        {1000031, 7000112},
	connector.KindMicrosoftApp:       {65002},
	connector.KindSingleTenant:       {50194},
	connector.KindRedirectURI:        {50011, 50029, 70004, 500111, 500113, 500117, 900971},
	connector.KindSecretMissing:      {7000216, 7000218, 7000219},
	connector.KindPublicClient:       {700025},
	connector.KindSPA:                {700084, 9002325, 9002326, 9002327},
	connector.KindSecretWrong:        {70002, 7000215},
	connector.KindSecretExpired:      {7000222},
	connector.KindCertificate:        {50012, 700027, 700030, 7000213, 7000214},
	connector.KindCertExpired:        {1000502},
	connector.KindClock:              {700024},
	connector.KindStartOver:          {16001, 16002, 50089, 50148, 54005, 70018, 70019, 160021, 501481, 900561},
	connector.KindRequestRefused: {
		28002, 28003, 50013, 50027, 50048, 50050, 50147, 70003, 70005, 70007, 70011, 90004, 90005, 90007, 90009, 90010, 90014, 90015,
		90023, 90056, 90100, 90102, 90117, 90121, 90124, 90130, 90133, 500112, 501491, 700021, 700022, 700023, 700051, 700054, 900144, 901002,
		1002012, 9001023, 9002313, 9002331, 9002332,
	},
	connector.KindInterrupted:   {50058, 50125, 50140, 50199, 51005, 70016},
	connector.KindSignInAgain:   {50085, 50132, 50133, 50139, 50173, 70000, 70008, 700081},
	connector.KindUnusedTooLong: {700082},
	connector.KindNotLasting:    {70043, 70044},
	connector.KindThrottled:     {50196, 90055},
	connector.KindTransient:     {50000, 50033, 50087, 70012, 90006, 90012, 90024, 90033, 90036, 90090, 90091, 120005},
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

// words are the codes of OAuth and OpenID Connect, and the suberrors.
var words = map[connector.ProblemKind][]string{
	connector.KindDeclined:        {"access_denied"},
	connector.KindConsentMissing:  {"consent_required"},
	connector.KindSignInAgain:     {"invalid_grant", "interaction_required", "login_required", "basic_action", "bad_token", "token_expired", "client_mismatch"},
	connector.KindInterrupted:     {"account_selection_required"},
	connector.KindSecretWrong:     {"invalid_client"},
	connector.KindAppConfig:       {"unauthorized_client", "unsupported_response_type"},
	connector.KindAppPermissions:  {"invalid_scope"},
	connector.KindResourceMissing: {"invalid_resource"},
	connector.KindRequestRefused:  {"invalid_request", "unsupported_grant_type"},
	connector.KindUnknownTenant:   {"invalid_tenant"},
	connector.KindWrongCloud:      {"invalid_instance"},
	connector.KindTransient:       {"temporarily_unavailable", "server_error"},
	connector.KindCondAccess:      {"additional_action", "protection_policy_required"},
	connector.KindPasswordExpired: {"user_password_expired"},
	connector.KindDevice:          {"device_authentication_failed"},
	connector.KindUnknown:         {"message_only"},
}

// unpracticed are the kinds that no code of the practice cloud leads to, and why.
var unpracticed = map[connector.ProblemKind]string{
	connector.KindSingleTenant: "only an address that is not the tenant's own answers so, and this program asks under no other",
	connector.KindClock:        "the clock is practiced with the answer's date, before a client assertion is made",
	connector.KindCertExpired:  "this program sends no certificate that has expired",
	connector.KindVaultRefused: "key vaults are practiced by their names, not by scenarios",
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

func TestEveryWordIsExplained(t *testing.T) {
	for kind, all := range words {
		for _, word := range all {
			if found := problems.LookUpCode(word); len(found) != 1 || found[0].Code != word || found[0].Kind != kind {
				t.Errorf("%s is explained as %+v, want %s", word, found, kind)
			}
		}
	}
}

// TestTheListIsWhole checks that the table has no other codes than those typed out here.
func TestTheListIsWhole(t *testing.T) {
	typed := map[string]bool{
		"cancel": true, "InvalidAuthenticationToken": true, "Authorization_RequestDenied": true, "TooManyRequests": true, "serviceNotAvailable": true,
		"Request_ResourceNotFound": true,
		"800002":                   true, // the refusal of what this program never asks for
	}
	numbers := 0
	for _, list := range documented {
		for _, number := range list {
			typed["AADSTS"+strconv.Itoa(number)] = true
			numbers++
		}
	}
	for _, lists := range []map[connector.ProblemKind][]string{documentedPartner, words} {
		for _, list := range lists {
			for _, code := range list {
				typed[code] = true
			}
		}
	}
	for code := range codes.All() {
		if !typed[code] {
			t.Errorf("%s is in the table alone", code)
		}
	}
	if numbers < 150 {
		t.Errorf("only %d AADSTS numbers", numbers)
	}
}

// TestEveryKindOfCodeCanBePracticed checks that whatever a code leads to can be practiced with one of its codes.
func TestEveryKindOfCodeCanBePracticed(t *testing.T) {
	practiced := map[connector.ProblemKind]bool{}
	for _, s := range rehearsal.Scenarios() {
		for _, number := range documented[connector.ProblemKind(s.ProblemKind)] {
			practiced[connector.ProblemKind(s.ProblemKind)] = practiced[connector.ProblemKind(s.ProblemKind)] || s.Code == "AADSTS"+strconv.Itoa(number)
		}
	}
	for kind := range documented {
		if _, excused := unpracticed[kind]; practiced[kind] == excused {
			t.Errorf("%s: practiced %v, excused %v", kind, practiced[kind], excused)
		}
	}
	carried := map[string]bool{}
	for _, s := range rehearsal.Scenarios() {
		carried[s.Code] = true
	}
	for _, list := range documentedPartner {
		for _, code := range list {
			if !carried[code] {
				t.Errorf("%s can't be practiced", code)
			}
		}
	}
}
