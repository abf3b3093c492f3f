package problems

import (
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// entraCodes are the kinds of AADSTS numbers. They choose words and nothing else: Microsoft may change them at any time.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
var entraCodes = sync.OnceValue(func() map[int]connector.ProblemKind {
	return map[int]connector.ProblemKind{
		// Consent.
		65001: connector.KindConsentMissing,
		65004: connector.KindDeclined,
		90093: connector.KindNeedAdmin, 90094: connector.KindNeedAdmin, 90095: connector.KindNeedAdmin, 900941: connector.KindNeedAdmin, 900981: connector.KindNeedAdmin,
		90008: connector.KindAppPermissions, 65005: connector.KindAppPermissions, 650056: connector.KindAppPermissions, 650057: connector.KindAppPermissions,
		650052: connector.KindResourceMissing, 500011: connector.KindResourceMissing,
		650051: connector.KindNotReplicated,

		// Wrong tenant, cloud or account.
		50020: connector.KindWrongTenant, 16003: connector.KindWrongTenant, 700005: connector.KindWrongTenant,
		16000: connector.KindWrongUser,
		50034: connector.KindAccountUnknown,
		90072: connector.KindGuest, 50177: connector.KindGuest, 50178: connector.KindGuest,
		700016: connector.KindAppUnknown,
		90002:  connector.KindUnknownTenant,
		50194:  connector.KindSingleTenant,
		500208: connector.KindAccount,
		90038:  connector.KindWrongCloud, 900382: connector.KindWrongCloud, 900439: connector.KindWrongCloud, 900432: connector.KindWrongCloud, 700023: connector.KindWrongCloud, 90051: connector.KindWrongCloud,
		500212: connector.KindCrossTenant, 500213: connector.KindCrossTenant,
		500021: connector.KindTenantRestrictions, 500022: connector.KindTenantRestrictions,

		// The state of the account.
		50105: connector.KindNotAssigned,
		50057: connector.KindAccountDisabled,
		50055: connector.KindPasswordExpired,
		50053: connector.KindAccountLocked,

		// Multifactor sign-in and Conditional Access.
		50074: connector.KindMFAAgain, 50076: connector.KindMFAAgain,
		50078: connector.KindMFATooOld,
		50072: connector.KindMFARegister, 50079: connector.KindMFARegister,
		53004: connector.KindMFARegisterBlocked, 53010: connector.KindMFARegisterBlocked,
		50158: connector.KindExternalMFA,
		53003: connector.KindCondAccess, 53002: connector.KindCondAccess, 53005: connector.KindCondAccess, 530032: connector.KindCondAccess, 530035: connector.KindCondAccess,
		53000: connector.KindDevice, 53001: connector.KindDevice, 530002: connector.KindDevice, 530003: connector.KindDevice,
		53011: connector.KindRiskyUser,

		// The app registration and the request.
		50011: connector.KindRedirectURI, 500113: connector.KindRedirectURI, 900971: connector.KindRedirectURI,
		7000218: connector.KindSecretMissing,
		700025:  connector.KindPublicClient,
		9002325: connector.KindSPA, 9002327: connector.KindSPA, 700084: connector.KindSPA,
		7000215: connector.KindSecretWrong, 70002: connector.KindSecretWrong,
		7000222: connector.KindSecretExpired,
		700027:  connector.KindCertificate,
		54005:   connector.KindStartOver, 70008: connector.KindStartOver, 501481: connector.KindStartOver, 900561: connector.KindStartOver, 50089: connector.KindStartOver,
		90014: connector.KindRequestRefused, 900144: connector.KindRequestRefused, 70011: connector.KindRequestRefused, 28002: connector.KindRequestRefused,
		28003: connector.KindRequestRefused, 700022: connector.KindRequestRefused, 901002: connector.KindRequestRefused, 9002313: connector.KindRequestRefused,

		// The life of the refresh token.
		700082: connector.KindUnusedTooLong,
		70043:  connector.KindNotLasting,
		50173:  connector.KindSignInAgain, 50132: connector.KindSignInAgain, 50133: connector.KindSignInAgain,

		// Wait and try again.
		50196: connector.KindThrottled, 90055: connector.KindThrottled,
		90033: connector.KindTransient, 90006: connector.KindTransient, 50033: connector.KindTransient, 90024: connector.KindTransient,
	}
})

// stageCodes are AADSTS numbers that mean something else at one stage.
var stageCodes = sync.OnceValue(func() map[auth.Stage]map[int]connector.ProblemKind {
	return map[auth.Stage]map[int]connector.ProblemKind{
		// At the admin consent it is no integration user whom the browser signed in by itself.
		auth.StageAdminConsent: {16000: connector.KindWrongTenant},
		// At a refresh it is the refresh token that has come to its end.
		auth.StageRefresh: {70008: connector.KindSignInAgain, 50089: connector.KindSignInAgain},
	}
})

// partnerCodes are the kinds of Partner Center's own codes.
// https://learn.microsoft.com/partner-center/developer/error-codes
var partnerCodes = sync.OnceValue(func() map[string]connector.ProblemKind {
	return map[string]connector.ProblemKind{
		"900421": connector.KindNoMFA,
		"10001":  connector.KindNoMFA,
		"900420": connector.KindRequestRefused, // a token for the retired AAD Graph
		"800001": connector.KindRequestRefused, // no token in the request
		"900329": connector.KindRequestRefused, // app-only where App+User is wanted
		"2032":   connector.KindNoRole,
		"900308": connector.KindNoRole,
		"900309": connector.KindCondAccess, // the policy stopped the token that Partner Center itself needed
		"90000":  connector.KindCondAccess, // Entra refused the token that Partner Center itself needed
		"900124": connector.KindAgreementMissing,
		"800039": connector.KindProgramInactive,
		"20002":  connector.KindNoRelationship,
		"60003":  connector.KindNotPartner,
	}
})

// graphCodes are the kinds of Microsoft Graph's codes.
// https://learn.microsoft.com/graph/errors
var graphCodes = sync.OnceValue(func() map[string]connector.ProblemKind {
	return map[string]connector.ProblemKind{
		"InvalidAuthenticationToken":  connector.KindSignInAgain,
		"Authorization_RequestDenied": connector.KindMissingScopes,
		"TooManyRequests":             connector.KindThrottled,
		"serviceNotAvailable":         connector.KindTransient,
	}
})
