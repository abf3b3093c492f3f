package connector

import "partner-center-connector/auth"

// entraCodes are the kinds of AADSTS numbers. They choose words and nothing else: Microsoft may change them at any time.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
var entraCodes = map[int]Kind{
	// Consent.
	65001: KindConsentMissing,
	65004: KindDeclined,
	90093: KindNeedAdmin, 90094: KindNeedAdmin, 90095: KindNeedAdmin, 900941: KindNeedAdmin, 900981: KindNeedAdmin,
	90008: KindAppPermissions, 65005: KindAppPermissions, 650056: KindAppPermissions, 650057: KindAppPermissions,
	650052: KindResourceMissing, 500011: KindResourceMissing,
	650051: KindNotReplicated,

	// Wrong tenant, cloud or account.
	50020: KindWrongTenant, 16003: KindWrongTenant, 700005: KindWrongTenant,
	16000: KindWrongUser,
	50034: KindAccountUnknown,
	90072: KindGuest, 50177: KindGuest, 50178: KindGuest,
	700016: KindAppUnknown,
	90002:  KindUnknownTenant,
	50194:  KindSingleTenant,
	500208: KindAccount,
	90038:  KindWrongCloud, 900382: KindWrongCloud, 900439: KindWrongCloud, 900432: KindWrongCloud, 700023: KindWrongCloud, 90051: KindWrongCloud,
	500212: KindCrossTenant, 500213: KindCrossTenant,
	500021: KindTenantRestrictions, 500022: KindTenantRestrictions,

	// The state of the account.
	50105: KindNotAssigned,
	50057: KindAccountDisabled,
	50055: KindPasswordExpired,
	50053: KindAccountLocked,

	// Multifactor sign-in and Conditional Access.
	50074: KindMFAAgain, 50076: KindMFAAgain,
	50078: KindMFATooOld,
	50072: KindMFARegister, 50079: KindMFARegister,
	53004: KindMFARegisterBlocked, 53010: KindMFARegisterBlocked,
	50158: KindExternalMFA,
	53003: KindCondAccess, 53002: KindCondAccess, 53005: KindCondAccess, 530032: KindCondAccess, 530035: KindCondAccess,
	53000: KindDevice, 53001: KindDevice, 530002: KindDevice, 530003: KindDevice,
	53011: KindRiskyUser,

	// The app registration and the request.
	50011: KindRedirectURI, 500113: KindRedirectURI, 900971: KindRedirectURI,
	7000218: KindSecretMissing,
	700025:  KindPublicClient,
	9002325: KindSPA, 9002327: KindSPA, 700084: KindSPA,
	7000215: KindSecretWrong, 70002: KindSecretWrong,
	7000222: KindSecretExpired,
	700027:  KindCertificate,
	54005:   KindStartOver, 70008: KindStartOver, 501481: KindStartOver, 900561: KindStartOver, 50089: KindStartOver,
	90014: KindRequestRefused, 900144: KindRequestRefused, 70011: KindRequestRefused, 28002: KindRequestRefused,
	28003: KindRequestRefused, 700022: KindRequestRefused, 901002: KindRequestRefused, 9002313: KindRequestRefused,

	// The life of the refresh token.
	700082: KindUnusedTooLong,
	70043:  KindNotLasting,
	50173:  KindSignInAgain, 50132: KindSignInAgain, 50133: KindSignInAgain,

	// Wait and try again.
	50196: KindThrottled, 90055: KindThrottled,
	90033: KindTransient, 90006: KindTransient, 50033: KindTransient, 90024: KindTransient,
}

// stageCodes are AADSTS numbers that mean something else at one stage.
var stageCodes = map[auth.Stage]map[int]Kind{
	// At the admin consent it is no integration user whom the browser signed in by itself.
	auth.StageAdminConsent: {16000: KindWrongTenant},
	// At a refresh it is the refresh token that has come to its end.
	auth.StageRefresh: {70008: KindSignInAgain, 50089: KindSignInAgain},
}

// partnerCodes are the kinds of Partner Center's own codes.
// https://learn.microsoft.com/partner-center/developer/error-codes
var partnerCodes = map[string]Kind{
	"900421": KindNoMFA,
	"10001":  KindNoMFA,
	"900420": KindRequestRefused, // a token for the retired AAD Graph
	"800001": KindRequestRefused, // no token in the request
	"900329": KindRequestRefused, // app-only where App+User is wanted
	"2032":   KindNoRole,
	"900308": KindNoRole,
	"900309": KindCondAccess, // the policy stopped the token that Partner Center itself needed
	"90000":  KindCondAccess, // Entra refused the token that Partner Center itself needed
	"900124": KindAgreementMissing,
	"800039": KindProgramInactive,
	"20002":  KindNoRelationship,
	"60003":  KindNotPartner,
}

// graphCodes are the kinds of Microsoft Graph's codes.
// https://learn.microsoft.com/graph/errors
var graphCodes = map[string]Kind{
	"InvalidAuthenticationToken":  KindSignInAgain,
	"Authorization_RequestDenied": KindMissingScopes,
	"TooManyRequests":             KindThrottled,
	"serviceNotAvailable":         KindTransient,
}
