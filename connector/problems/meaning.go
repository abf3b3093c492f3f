package problems

import (
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/auth/codes"
	"partner-center-connector/connector"
)

// stageNumbers are AADSTS numbers that mean something else at one stage than at a refresh.
var stageNumbers = sync.OnceValue(func() map[auth.Stage]map[int]connector.ProblemKind {
	// Where a code is redeemed, it is the code that is no good, and not a refresh token.
	code := map[int]connector.ProblemKind{codes.BadGrant: connector.KindStartOver, 70008: connector.KindStartOver}
	return map[auth.Stage]map[int]connector.ProblemKind{
		// At the admin consent it is no integration user whom the browser signed in by itself.
		auth.StageAdminConsent: {16000: connector.KindWrongTenant},
		auth.StageUserConsent:  code,
		auth.StageRedeem:       code,
	}
})

// entraKind is the kind of an AADSTS number at a stage, and whether the number is known. text is what was said with it.
func entraKind(number int, text string, stage auth.Stage) (connector.ProblemKind, bool) {
	if kind, ok := stageNumbers()[stage][number]; ok {
		return kind, true
	}
	return kindOf(codes.Entra(number, text))
}

// oauthKind is the kind of an OAuth error at a stage where no number says more, and whether the error is known.
func oauthKind(word string, stage auth.Stage) (connector.ProblemKind, bool) {
	if word == badGrant && (stage == auth.StageUserConsent || stage == auth.StageRedeem) {
		return connector.KindStartOver, true
	}
	return kindOf(codes.OAuth(word))
}

// kindOf takes over what the table of codes says.
func kindOf(kind string, known bool) (connector.ProblemKind, bool) {
	return connector.ProblemKind(kind), known
}

const (
	// badGrant is the OAuth error of a code or refresh token that is no good.
	badGrant = "invalid_grant"
	// messageOnly is the suberror that says that no sign-in helps and that the service's own sentence is all there is.
	messageOnly = "message_only"
)

// speaksForUnknown are the OAuth errors whose remedy holds whatever number comes with them.
var speaksForUnknown = map[string]bool{
	"access_denied": true, "account_selection_required": true, "consent_required": true, "interaction_required": true, "login_required": true,
	"temporarily_unavailable": true, "server_error": true,
}

// speaks reports whether an OAuth error tells more at a stage than that the number beside it is not known.
func speaks(word string, stage auth.Stage) bool {
	return speaksForUnknown[word] || word == badGrant && stage == auth.StageRefresh
}
