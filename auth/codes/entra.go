package codes

import "strings"

// group is the numbers that mean one kind.
type group struct {
	kind    string
	numbers []int
}

// entra has the AADSTS numbers that people meet on the way to a connector, at its refreshes, or in what they paste. Each was found in two
// places: Microsoft's reference, its page that looks up one number, its earlier list for the sign-in log, its other articles, or what users and
// authors of other programs report. Least is known of 50052, 50142, 53009, 90135, 900440, 1001010 and 7000219: the page that looks up one number
// says what they mean, and few others have met them. The reference has 5000224, 530036 and 530084 not at all. 530022 and 530027 are left out
// for want of a public source.
//
// It is data that the linker lays out: nothing is built when a program starts.
//
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
// https://login.microsoftonline.com/error
// https://learn.microsoft.com/azure/active-directory/reports-monitoring/reference-sign-ins-error-codes
var entra = []group{
	// Consent.
	{"consent-missing", []int{65001}},
	{"declined", []int{65004, 90135}},
	{"need-admin", []int{90093, 90094, 90095, 900941, 900981}},
	{"app-permissions", []int{65005, 90008, 650053, 650056, 650057, 1003031}},
	{"resource-missing", []int{50001, 500011, 650052, 650054}},
	{"resource-disabled", []int{500014}},
	{"app-not-added", []int{1001010, 7000229}},
	{"not-replicated", []int{50042, 650051}},

	// Wrong tenant, cloud or account.
	{"wrong-tenant", []int{16003, 50020, 50143, 700005, 7000012}},
	{"wrong-user", []int{16000, 81012}},
	{"customer-tenant", []int{90099}},
	{"unknown-tenant", []int{50059, 50128, 90002, 90019, 900021, 900023}},
	{"tenant-blocked", []int{5000224, 5000225}},
	{"account-unknown", []int{50034, 50197, 51004, 90125, 500341}},
	{"guest", []int{50014, 50177, 50178, 90072, 90084}},
	{"account", []int{90027, 500200, 500208}},
	{"wrong-cloud", []int{50049, 90038, 90043, 90051, 900382, 900432, 900439, 900440, 1000104}},
	{"cross-tenant", []int{90071, 500212, 500213}},
	{"tenant-restrictions", []int{50002, 500021, 500022, 5000211}},

	// The state of the account.
	{"not-assigned", []int{50105}},
	{"account-disabled", []int{50057, 500571}},
	{"account-locked", []int{50053}},
	{"password-wrong", []int{50052, 50054, 50056, 50126, 120000}},
	{"password-expired", []int{50055, 50135, 50142}},
	{"password-rejected", []int{120002, 120003, 120004, 120018, 120020}},
	{"password-on-premises", []int{50144, 120012, 120013, 120014, 120015}},
	{"identity-provider", []int{
		20001, 20012, 20033, 40008, 40009, 40010, 40014, 40015, 50008, 50107, 50180, 51001, 51006,
		80001, 80002, 80003, 80005, 80007, 80010, 80011, 80012, 80013, 80014,
		81001, 81004, 81005, 81006, 81007, 81009, 81010, 81011, 90081, 90082, 90123,
	}},

	// Multifactor sign-in and Conditional Access.
	{"mfa-again", []int{50074, 50076}},
	{"mfa-failed", []int{50088, 500121}},
	{"mfa-too-old", []int{50078}},
	{"mfa-register", []int{50072, 50079}},
	{"mfa-register-blocked", []int{53004, 53010}},
	{"external-mfa", []int{50158, 50161, 50166, 50170, 50172}},
	{"conditional-access", []int{50005, 50131, 53002, 53003, 53005, 53009, 530021, 530031, 530032, 530033, 530035, 530036, 530084}},
	{"device", []int{50097, 50127, 50129, 50155, 50187, 53000, 53001, 130007, 135011, 501291, 530002, 530003, 700003}},
	{"risky-user", []int{53011, 530034}},

	// The app registration and the request.
	{"app-unknown", []int{70001, 90112, 700011, 700016, 700038}},
	{"app-disabled", []int{1000031, 7000112}},
	{"microsoft-app", []int{65002}},
	{"single-tenant", []int{50194}},
	{"redirect-uri", []int{50011, 50029, 70004, 500111, 500113, 500117, 900971}},
	{"secret-missing", []int{7000216, 7000218, 7000219}},
	{"public-client", []int{700025}},
	{"spa", []int{700084, 9002325, 9002326, 9002327}},
	{"secret-wrong", []int{70002, 7000215}},
	{"secret-expired", []int{7000222}},
	{"certificate", []int{50012, 700027, 700030, 7000213, 7000214}},
	{"certificate-expired", []int{1000502}},
	{"clock", []int{700024}},
	{"start-over", []int{16001, 16002, 50089, 50148, 54005, 70018, 70019, 160021, 501481, 900561}},
	{"request-refused", []int{
		28002, 28003, 50013, 50027, 50048, 50050, 50147, 70003, 70005, 70007, 70011, 90004, 90005, 90007, 90009, 90010, 90014, 90015, 90023, 90056,
		90100, 90102, 90117, 90121, 90124, 90130, 90133, 500112, 501491, 700021, 700022, wrongAudience, 700051, 700054, 900144, 901002, 1002012, 9001023,
		9002313, 9002331, 9002332,
	}},
	{"interrupted", []int{50058, 50125, 50140, 50199, 51005, 70016}},

	// A workload's own sign-in to Azure.
	// https://learn.microsoft.com/azure/devops/pipelines/release/troubleshoot-workload-identity
	// https://github.com/Azure/azure-workload-identity/issues/340
	// https://github.com/Azure/login/issues/482
	{"vault-refused", []int{70021, 700213}},

	// The life of the refresh token.
	{"sign-in-again", []int{50085, 50132, 50133, 50139, 50173, BadGrant, 70008, 700081}},
	{"unused-too-long", []int{700082}},
	{"not-lasting", []int{70043, 70044}},

	// Wait and try again.
	{"throttled", []int{50196, 90055}},
	{"transient", []int{50000, 50033, 50087, 70012, 90006, 90012, 90024, 90033, 90036, 90090, 90091, 120005}},
}

// BadGrant is the number of a code or refresh token that is no good, for whatever reason.
const BadGrant = 70000

// wrongAudience is two errors: a client assertion for another cloud's endpoint, which names its audience, and a scope that is not valid.
const wrongAudience = 700023

// Entra returns the kind of an AADSTS number, and whether the table has the number. text is what was said with it; empty if that is not known.
func Entra(number int, text string) (kind string, known bool) {
	if number == wrongAudience && strings.Contains(strings.ToLower(text), "audience") {
		return "wrong-cloud", true
	}
	for _, g := range entra {
		for _, n := range g.numbers {
			if n == number {
				return g.kind, true
			}
		}
	}
	return "", false
}
