package connector

import (
	"time"
)

// ProblemKind names what went wrong; the sentences are in the translations under "problem.<kind>".
type ProblemKind string

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
	ActorComputer    Actor = "computer-administrator"
)

// Problem is one thing that went wrong: facts only. Sentences are made from it by the translations.
type Problem struct {
	Kind ProblemKind `json:"kind"`
	// Step is the page that fixes it.
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
	// Retry reports whether waiting and trying again is the remedy.
	Retry bool `json:"retry,omitempty"`
	// Args are the facts that the sentences name.
	Args map[string]string `json:"args,omitempty"`
}

// The kinds that the main job can meet.
const (
	// Input and reachability.
	KindBadTenantInput ProblemKind = "bad-tenant-input"
	KindUnknownTenant  ProblemKind = "unknown-tenant"
	KindNoNetwork      ProblemKind = "no-network"
	KindDNS            ProblemKind = "dns"
	KindTLS            ProblemKind = "tls"
	KindNoRoots        ProblemKind = "no-roots" // the computer has no root certificates, so that it trusts no connection
	KindProxyAuth      ProblemKind = "proxy-auth"
	KindProxyDown      ProblemKind = "proxy-down"    // the proxy itself can't be reached
	KindProxyRefused   ProblemKind = "proxy-refused" // the proxy does not let Microsoft's address through
	KindClock          ProblemKind = "clock"
	KindBadAnswer      ProblemKind = "bad-answer"
	KindTransient      ProblemKind = "transient"
	KindThrottled      ProblemKind = "throttled"
	// This computer.
	KindKeychainMissing ProblemKind = "keychain-missing"
	KindKeychainLocked  ProblemKind = "keychain-locked"
	KindKeychainFull    ProblemKind = "keychain-full"
	KindKeychainSlow    ProblemKind = "keychain-slow"
	KindKeychainBroken  ProblemKind = "keychain-broken"
	KindNoBrowser       ProblemKind = "no-browser"
	KindBrowserFailed   ProblemKind = "browser-failed"
	KindElevated        ProblemKind = "elevated"
	KindListener        ProblemKind = "listener"
	KindDisk            ProblemKind = "disk"
	// The consents.
	KindDeclined        ProblemKind = "declined"   // pressed Cancel, or may not consent: they look the same
	KindNeedAdmin       ProblemKind = "need-admin" // "Need admin approval"
	KindWrongTenant     ProblemKind = "wrong-tenant"
	KindWrongUser       ProblemKind = "wrong-user"
	KindGuest           ProblemKind = "guest"
	KindNotPrivate      ProblemKind = "not-private"
	KindTicketSpent     ProblemKind = "ticket-spent"
	KindWindowClosed    ProblemKind = "window-closed"
	KindTimedOut        ProblemKind = "timed-out"
	KindNoStart         ProblemKind = "no-start" // the browser never asked for the start page
	KindNotOurs         ProblemKind = "not-ours" // nonce, aud, iss or sub wrong
	KindIDToken         ProblemKind = "id-token" // there is none, or none that can be read
	KindNoRefreshToken  ProblemKind = "no-refresh-token"
	KindMissingScopes   ProblemKind = "missing-scopes"
	KindAppUnknown      ProblemKind = "app-unknown"
	KindAppConfig       ProblemKind = "app-config"
	KindRedirectURI     ProblemKind = "redirect-uri"
	KindSecretWrong     ProblemKind = "secret-wrong"
	KindSecretExpired   ProblemKind = "secret-expired"
	KindCertificate     ProblemKind = "certificate"
	KindNotReplicated   ProblemKind = "not-replicated"
	KindResourceMissing ProblemKind = "resource-missing" // Partner Center has no service principal in the tenant
	KindAccount         ProblemKind = "account"          // disabled, locked, password expired, not assigned
	KindCondAccess      ProblemKind = "conditional-access"
	KindUnknown         ProblemKind = "unknown"
	// The consents, where a remedy of its own deserves words of its own.
	KindConsentMissing     ProblemKind = "consent-missing" // nobody consented in this tenant, or not to everything
	KindSingleTenant       ProblemKind = "single-tenant"
	KindAppPermissions     ProblemKind = "app-permissions" // the app registration does not list a permission
	KindSecretMissing      ProblemKind = "secret-missing"  // the registration is "Web" and wants a secret or certificate
	KindPublicClient       ProblemKind = "public-client"   // the registration is public and wants none
	KindSPA                ProblemKind = "spa"
	KindStartOver          ProblemKind = "start-over" // the code or the page is used up or too old
	KindRequestRefused     ProblemKind = "request-refused"
	KindWrongCloud         ProblemKind = "wrong-cloud"
	KindCrossTenant        ProblemKind = "cross-tenant"
	KindTenantRestrictions ProblemKind = "tenant-restrictions"
	KindFederated          ProblemKind = "federated" // the account signs in at another identity provider
	KindPasteUnreadable    ProblemKind = "paste-unreadable"
	KindPasteOther         ProblemKind = "paste-other"  // the pasted address answers another link
	KindPasteHidden        ProblemKind = "paste-hidden" // a mail gateway hides the address
	KindAnswerIncomplete   ProblemKind = "answer-incomplete"
	KindInterrupted        ProblemKind = "interrupted"       // a page between that asks for something, no failure
	KindAppDisabled        ProblemKind = "app-disabled"      // the app registration is switched off
	KindAppNotAdded        ProblemKind = "app-not-added"     // the app has no service principal in the tenant
	KindMicrosoftApp       ProblemKind = "microsoft-app"     // the client ID is one of Microsoft's own programs
	KindResourceOff        ProblemKind = "resource-disabled" // Partner Center's service principal is switched off
	KindCustomerTenant     ProblemKind = "customer-tenant"   // a customer's tenant instead of the partner's
	KindTenantBlocked      ProblemKind = "tenant-blocked"
	// The account.
	KindAccountUnknown     ProblemKind = "account-unknown"
	KindAccountDisabled    ProblemKind = "account-disabled"
	KindAccountLocked      ProblemKind = "account-locked"
	KindPasswordExpired    ProblemKind = "password-expired" // or is temporary, or has to be changed
	KindPasswordWrong      ProblemKind = "password-wrong"
	KindPasswordRejected   ProblemKind = "password-rejected"    // the new one
	KindPasswordOnPremises ProblemKind = "password-on-premises" // the password of the organization's own Active Directory
	KindIdentityProvider   ProblemKind = "identity-provider"    // the organization's own sign-in failed, before Entra's
	KindNotAssigned        ProblemKind = "not-assigned"
	// Multifactor sign-in and policies.
	KindMFAAgain           ProblemKind = "mfa-again"
	KindMFATooOld          ProblemKind = "mfa-too-old" // remember MFA on trusted devices
	KindMFARegister        ProblemKind = "mfa-register"
	KindMFARegisterBlocked ProblemKind = "mfa-register-blocked"
	KindMFAFailed          ProblemKind = "mfa-failed" // the second factor was not confirmed
	KindExternalMFA        ProblemKind = "external-mfa"
	KindDevice             ProblemKind = "device"
	KindRiskyUser          ProblemKind = "risky-user"
	// The certificate's file.
	KindCertPFX        ProblemKind = "certificate-pfx"
	KindCertEncrypted  ProblemKind = "certificate-encrypted"
	KindCertIncomplete ProblemKind = "certificate-incomplete" // no key, no certificate, or they do not belong together
	KindCertType       ProblemKind = "certificate-type"       // not RSA
	KindCertExpired    ProblemKind = "certificate-expired"
	// The checks and afterwards.
	KindNoMFA          ProblemKind = "no-mfa"
	KindMFAUnknown     ProblemKind = "mfa-unknown"
	KindIsAdmin        ProblemKind = "is-admin"
	KindNoRole         ProblemKind = "no-role"
	KindNotPartner     ProblemKind = "not-partner"
	KindOtherPartner   ProblemKind = "other-partner"
	KindSignInAgain    ProblemKind = "sign-in-again"
	KindNotLasting     ProblemKind = "not-lasting"
	KindNotStored      ProblemKind = "not-stored"
	KindCredentialGone ProblemKind = "credential-gone"
	KindSecretGone     ProblemKind = "secret-gone" // the keychain has lost the client secret or certificate that a consent needs
	KindBusy           ProblemKind = "busy"
	KindListDamaged    ProblemKind = "list-damaged"
	KindListNewer      ProblemKind = "list-newer"
	// The checks and afterwards, where a remedy of its own deserves words of its own.
	KindUserUnknown      ProblemKind = "user-unknown"   // who signed in could not be found out
	KindMemberUnknown    ProblemKind = "member-unknown" // member or guest could not be found out
	KindAdminUnknown     ProblemKind = "admin-unknown"  // administrator or not could not be found out
	KindScopesUnknown    ProblemKind = "scopes-unknown"
	KindRoleUnknown      ProblemKind = "role-unknown"  // whether the account has the role that it needs could not be read
	KindRoleMore         ProblemKind = "role-more"     // it has another role besides
	KindOtherAccount     ProblemKind = "other-account" // not the account that the connector was saved with
	KindPartnerRefused   ProblemKind = "partner-refused"
	KindAgreementMissing ProblemKind = "agreement-missing"
	KindProgramInactive  ProblemKind = "program-inactive"
	KindNoRelationship   ProblemKind = "no-relationship"
	KindUnusedTooLong    ProblemKind = "unused-too-long"
	KindCredentialEnds   ProblemKind = "credential-ends" // the client secret or certificate has its last day soon
	KindConnectorGone    ProblemKind = "connector-gone"
	KindNameTaken        ProblemKind = "name-taken"      // another connector got the name meanwhile
	KindOtherOrigin      ProblemKind = "other-origin"    // a newer version set it up in a way that this one does not know
	KindLink             ProblemKind = "link"            // a link of another product that is refused
	KindLinksDiffer      ProblemKind = "links-differ"    // another product's two links, from each other or from what is known
	KindVaultNoSecret    ProblemKind = "vault-no-secret" // a key vault has the refresh token, and not the client secret or certificate
	KindVaultMoved       ProblemKind = "vault-moved"     // what would be handed over is in a key vault, and there alone
	KindVaultHere        ProblemKind = "vault-here"      // what would be taken back from a key vault is here
	// A connector that another product keeps.
	KindNoToken         ProblemKind = "no-token"          // the credential is that product's, so that there are no tokens here
	KindLinkNoConnector ProblemKind = "link-no-connector" // no connector of our own to look with is saved in the tenant
	KindLinkRights      ProblemKind = "link-rights"       // that one may not read applications and consents
	KindLinkAppAbsent   ProblemKind = "link-app-absent"   // the product's app is not in the tenant
	KindLinkGrants      ProblemKind = "link-grants"       // what its link asked for was not consented to
	KindLinkNoMFA       ProblemKind = "link-no-mfa"       // its calls carry no MFA
	// A key vault in Azure.
	KindVaultAddress   ProblemKind = "vault-address"
	KindVaultUnknown   ProblemKind = "vault-unknown" // no host of that name
	KindVaultAbsent    ProblemKind = "vault-absent"  // it has no secret of that name
	KindVaultDeleted   ProblemKind = "vault-deleted" // a deleted secret has the name
	KindVaultDisabled  ProblemKind = "vault-disabled"
	KindVaultSignIn    ProblemKind = "vault-sign-in" // this computer has none for Azure
	KindVaultRefused   ProblemKind = "vault-refused" // it has one that does not count there
	KindVaultRight     ProblemKind = "vault-right"
	KindVaultFirewall  ProblemKind = "vault-firewall"
	KindVaultTenant    ProblemKind = "vault-tenant" // it asks for a sign-in to something else
	KindVaultThrottled ProblemKind = "vault-throttled"
	KindVaultUnwell    ProblemKind = "vault-unwell"
	KindVaultNotOurs   ProblemKind = "vault-not-ours" // a secret of that name that this program did not write
	KindVaultName      ProblemKind = "vault-name"
	KindVaultTooLong   ProblemKind = "vault-too-long"
	KindVaultDiffers   ProblemKind = "vault-differs" // what was read back is not what was written
	// The daily check.
	KindNoScheduler     ProblemKind = "no-scheduler"     // nothing of the computer could call the program
	KindScheduleProgram ProblemKind = "schedule-program" // it must not call the program where that is
	KindScheduler       ProblemKind = "scheduler"        // a tool of the system failed
	// What the program was started with.
	KindCloudUnknown ProblemKind = "cloud-unknown" // the connector's cloud is not in the clouds file, or none was given
	KindCloudsFile   ProblemKind = "clouds-file"
	KindPreset       ProblemKind = "preset"
	KindNoDisplay    ProblemKind = "no-display"
	// What the administrator of the computer says.
	KindPolicy            ProblemKind = "policy"
	KindCloudForbidden    ProblemKind = "cloud-forbidden"
	KindScheduleForbidden ProblemKind = "schedule-forbidden"
)

// With adds a fact that the sentences name.
func (p *Problem) With(key, value string) *Problem {
	if p.Args == nil {
		p.Args = map[string]string{}
	}
	p.Args[key] = value
	return p
}

// Dated gives the problem the time now, unless it has one, and returns it.
func (p *Problem) Dated(now time.Time) *Problem {
	if p.At.IsZero() {
		p.At = now
	}
	return p
}
