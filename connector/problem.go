package connector

import "time"

// Kind names what went wrong; the sentences stand in the translations under "problem.<kind>".
type Kind string

// Actor is who must act.
type Actor string

// The people a problem can be for.
const (
	ActorYou         Actor = "you"
	ActorAdmin       Actor = "administrator"
	ActorUser        Actor = "integration-user"
	ActorPublisher   Actor = "publisher"
	ActorNetworkTeam Actor = "network-team"
	ActorMicrosoft   Actor = "microsoft"
)

// Problem is one thing that went wrong: facts only. Sentences are made from it by the translations.
type Problem struct {
	Kind Kind `json:"kind"`
	// Step is the page that mends it.
	Step  Step  `json:"step"`
	Actor Actor `json:"actor"`
	// Code is the raw code: "AADSTS50076", "900421", "access_denied".
	Code string `json:"code,omitempty"`
	// Raw is the raw line as the service gave it, without secrets.
	Raw string `json:"raw,omitempty"`
	// OAuth is the OAuth `error` value, which the program branches on; empty where no sign-in answer was behind it.
	OAuth string `json:"oauth,omitempty"`
	// Suberror is the `suberror` value beside it.
	Suberror      string    `json:"suberror,omitempty"`
	CorrelationID string    `json:"correlationId,omitempty"`
	TraceID       string    `json:"traceId,omitempty"`
	At            time.Time `json:"at,omitzero"`
	// Retry says that waiting and trying again is the remedy.
	Retry bool `json:"retry,omitempty"`
	// Args are the facts that the sentences name.
	Args map[string]string `json:"args,omitempty"`
}

// The kinds that the main job can meet.
const (
	// Input and reachability.
	KindBadTenantInput Kind = "bad-tenant-input"
	KindUnknownTenant  Kind = "unknown-tenant"
	KindNoNetwork      Kind = "no-network"
	KindDNS            Kind = "dns"
	KindTLS            Kind = "tls"
	KindProxyAuth      Kind = "proxy-auth"
	KindProxyDown      Kind = "proxy-down"    // the proxy itself can't be reached
	KindProxyRefused   Kind = "proxy-refused" // the proxy does not let Microsoft's address through
	KindClock          Kind = "clock"
	KindBadAnswer      Kind = "bad-answer"
	KindTransient      Kind = "transient"
	KindThrottled      Kind = "throttled"
	// This computer.
	KindKeychainMissing Kind = "keychain-missing"
	KindKeychainLocked  Kind = "keychain-locked"
	KindKeychainFull    Kind = "keychain-full"
	KindKeychainSlow    Kind = "keychain-slow"
	KindKeychainBroken  Kind = "keychain-broken"
	KindNoBrowser       Kind = "no-browser"
	KindBrowserFailed   Kind = "browser-failed"
	KindElevated        Kind = "elevated"
	KindListener        Kind = "listener"
	KindDisk            Kind = "disk"
	// The consents.
	KindDeclined        Kind = "declined"   // pressed Cancel, or may not consent: they look the same
	KindNeedAdmin       Kind = "need-admin" // "Need admin approval"
	KindWrongTenant     Kind = "wrong-tenant"
	KindWrongUser       Kind = "wrong-user"
	KindGuest           Kind = "guest"
	KindNotPrivate      Kind = "not-private"
	KindWindowClosed    Kind = "window-closed"
	KindTimedOut        Kind = "timed-out"
	KindNoStart         Kind = "no-start" // the browser never asked for the start page
	KindNotOurs         Kind = "not-ours" // nonce, aud, iss or exp wrong
	KindNoRefreshToken  Kind = "no-refresh-token"
	KindMissingScopes   Kind = "missing-scopes"
	KindAppUnknown      Kind = "app-unknown"
	KindAppConfig       Kind = "app-config"
	KindRedirectURI     Kind = "redirect-uri"
	KindSecretWrong     Kind = "secret-wrong"
	KindSecretExpired   Kind = "secret-expired"
	KindCertificate     Kind = "certificate"
	KindNotReplicated   Kind = "not-replicated"
	KindResourceMissing Kind = "resource-missing" // Partner Center has no service principal in the tenant
	KindAccount         Kind = "account"          // disabled, locked, password expired, not assigned
	KindCondAccess      Kind = "conditional-access"
	KindUnknown         Kind = "unknown"
	// The consents, where a remedy of its own deserves words of its own.
	KindConsentMissing     Kind = "consent-missing" // nobody consented in this tenant, or not to everything
	KindSingleTenant       Kind = "single-tenant"
	KindAppPermissions     Kind = "app-permissions" // the app registration does not list a permission
	KindSecretMissing      Kind = "secret-missing"  // the registration is "Web" and wants a secret or certificate
	KindPublicClient       Kind = "public-client"   // the registration is public and wants none
	KindSPA                Kind = "spa"
	KindStartOver          Kind = "start-over" // the code or the page is used up or too old
	KindRequestRefused     Kind = "request-refused"
	KindWrongCloud         Kind = "wrong-cloud"
	KindCrossTenant        Kind = "cross-tenant"
	KindTenantRestrictions Kind = "tenant-restrictions"
	KindFederated          Kind = "federated" // the account signs in at another identity provider
	KindPasteUnreadable    Kind = "paste-unreadable"
	KindPasteOther         Kind = "paste-other" // the pasted address answers another link
	KindAnswerIncomplete   Kind = "answer-incomplete"
	// The account.
	KindAccountUnknown  Kind = "account-unknown"
	KindAccountDisabled Kind = "account-disabled"
	KindAccountLocked   Kind = "account-locked"
	KindPasswordExpired Kind = "password-expired"
	KindNotAssigned     Kind = "not-assigned"
	// Multifactor sign-in and policies.
	KindMFAAgain           Kind = "mfa-again"
	KindMFATooOld          Kind = "mfa-too-old" // remember MFA on trusted devices
	KindMFARegister        Kind = "mfa-register"
	KindMFARegisterBlocked Kind = "mfa-register-blocked"
	KindExternalMFA        Kind = "external-mfa"
	KindDevice             Kind = "device"
	KindRiskyUser          Kind = "risky-user"
	// The certificate's file.
	KindCertPFX        Kind = "certificate-pfx"
	KindCertEncrypted  Kind = "certificate-encrypted"
	KindCertIncomplete Kind = "certificate-incomplete" // no key, no certificate, or they do not belong together
	KindCertType       Kind = "certificate-type"       // not RSA
	KindCertExpired    Kind = "certificate-expired"
	// The checks and afterwards.
	KindNoMFA          Kind = "no-mfa"
	KindMFAUnknown     Kind = "mfa-unknown"
	KindIsAdmin        Kind = "is-admin"
	KindNoRole         Kind = "no-role"
	KindNotPartner     Kind = "not-partner"
	KindOtherPartner   Kind = "other-partner"
	KindSignInAgain    Kind = "sign-in-again"
	KindNotLasting     Kind = "not-lasting"
	KindNotStored      Kind = "not-stored"
	KindCredentialGone Kind = "credential-gone"
	KindBusy           Kind = "busy"
	KindListDamaged    Kind = "list-damaged"
	KindListNewer      Kind = "list-newer"
	// The checks and afterwards, where a remedy of its own deserves words of its own.
	KindUserUnknown      Kind = "user-unknown"   // who signed in could not be found out
	KindMemberUnknown    Kind = "member-unknown" // member or guest could not be found out
	KindAdminUnknown     Kind = "admin-unknown"  // administrator or not could not be found out
	KindScopesUnknown    Kind = "scopes-unknown"
	KindRoleUnknown      Kind = "role-unknown"  // an agent role, but which one could not be read
	KindOtherAccount     Kind = "other-account" // not the account that the connector was saved with
	KindPartnerRefused   Kind = "partner-refused"
	KindAgreementMissing Kind = "agreement-missing"
	KindProgramInactive  Kind = "program-inactive"
	KindNoRelationship   Kind = "no-relationship"
	KindUnusedTooLong    Kind = "unused-too-long"
	KindConnectorGone    Kind = "connector-gone"
	// What the program was started with.
	KindCloudUnknown Kind = "cloud-unknown" // the connector's cloud is not in the clouds file, or none was given
	KindCloudsFile   Kind = "clouds-file"
	KindPreset       Kind = "preset"
	KindNoDisplay    Kind = "no-display"
)
