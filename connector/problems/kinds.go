package problems

import (
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// definition is one kind of problem: the page that fixes it, who acts, whether waiting helps, and what else is true of it. Its words,
// that of its button too, are in the translations under "problem.<kind>".
type definition struct {
	kind   connector.ProblemKind
	step   connector.Step
	actor  connector.Actor
	retry  bool
	traits trait
}

// Where a remedy depends on what was being done, its step or actor is one of these.
const (
	stepOfStage  connector.Step  = -1
	actorOfStage connector.Actor = ""
)

// trait is what kinds have in common, for those who ask for more than the remedy.
type trait uint8

const (
	// unreached kinds are about the way to the service, or the service's own trouble.
	unreached trait = 1 << iota
	// eitherConsent kinds are met at both consents.
	eitherConsent
	// noConsent kinds are about a consent that was not given, or whose result is gone.
	noConsent
	// credentialEnded kinds say that the client secret or certificate has ended.
	credentialEnded
)

// place is where a remedy is, and who acts there.
type place struct {
	step  connector.Step
	actor connector.Actor
}

// stagePlaces gives step and actor of a remedy that depends on the stage.
var stagePlaces = sync.OnceValue(func() map[auth.Stage]place {
	return map[auth.Stage]place{
		auth.StageDiscovery:    {connector.StepBefore, connector.ActorYou},
		auth.StageProbe:        {connector.StepConnector, connector.ActorYou},
		auth.StageAdminConsent: {connector.StepAdmin, connector.ActorAdmin},
		auth.StageUserConsent:  {connector.StepUser, connector.ActorUser},
		auth.StageRedeem:       {connector.StepUser, connector.ActorUser},
		auth.StageRefresh:      {connector.StepUser, connector.ActorUser},
	}
})

// table has every kind, in the order of their constants.
var table = []definition{
	{connector.KindBadTenantInput, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindUnknownTenant, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindNoNetwork, stepOfStage, connector.ActorYou, true, unreached},
	{connector.KindDNS, stepOfStage, connector.ActorNetworkTeam, true, unreached},
	{connector.KindTLS, stepOfStage, connector.ActorNetworkTeam, false, unreached},
	{connector.KindNoRoots, stepOfStage, connector.ActorYou, false, unreached},
	{connector.KindProxyAuth, stepOfStage, connector.ActorNetworkTeam, false, unreached},
	{connector.KindProxyDown, stepOfStage, connector.ActorNetworkTeam, true, unreached},
	{connector.KindProxyRefused, stepOfStage, connector.ActorNetworkTeam, false, unreached},
	{connector.KindClock, stepOfStage, connector.ActorYou, false, 0},
	{connector.KindBadAnswer, stepOfStage, connector.ActorNetworkTeam, true, unreached},
	{connector.KindTransient, stepOfStage, connector.ActorMicrosoft, true, unreached},
	{connector.KindThrottled, stepOfStage, connector.ActorYou, true, unreached},

	{connector.KindKeychainMissing, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, true, 0},
	{connector.KindKeychainFull, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindKeychainSlow, connector.StepBefore, connector.ActorYou, true, 0},
	{connector.KindKeychainBroken, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindNoBrowser, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindBrowserFailed, stepOfStage, connector.ActorYou, false, eitherConsent},
	{connector.KindElevated, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindListener, stepOfStage, connector.ActorYou, false, eitherConsent},
	{connector.KindDisk, connector.NoStep, connector.ActorYou, false, 0},

	{connector.KindDeclined, stepOfStage, actorOfStage, false, eitherConsent | noConsent},
	{connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin, false, noConsent},
	{connector.KindWrongTenant, stepOfStage, actorOfStage, false, eitherConsent},
	{connector.KindWrongUser, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindGuest, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindNotPrivate, stepOfStage, connector.ActorYou, false, eitherConsent | noConsent},
	{connector.KindTicketSpent, stepOfStage, connector.ActorYou, false, eitherConsent | noConsent},
	{connector.KindWindowClosed, stepOfStage, connector.ActorYou, false, eitherConsent | noConsent},
	{connector.KindTimedOut, stepOfStage, connector.ActorYou, false, eitherConsent | noConsent},
	{connector.KindNoStart, stepOfStage, connector.ActorYou, false, eitherConsent | noConsent},
	{connector.KindNotOurs, connector.StepUser, connector.ActorYou, false, 0},
	{connector.KindIDToken, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindNoRefreshToken, connector.StepConnector, connector.ActorPublisher, false, noConsent},
	{connector.KindMissingScopes, connector.StepAdmin, connector.ActorAdmin, false, noConsent},
	{connector.KindAppUnknown, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindAppConfig, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindRedirectURI, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindSecretWrong, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindSecretExpired, connector.StepConnector, connector.ActorPublisher, false, credentialEnded},
	{connector.KindCertificate, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindNotReplicated, stepOfStage, connector.ActorYou, true, 0},
	{connector.KindResourceMissing, connector.StepAdmin, connector.ActorAdmin, false, 0},
	{connector.KindAccount, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindCondAccess, connector.StepMFA, connector.ActorAdmin, false, 0},
	{connector.KindUnknown, stepOfStage, connector.ActorYou, false, 0},

	{connector.KindConsentMissing, connector.StepAdmin, connector.ActorAdmin, false, 0},
	{connector.KindSingleTenant, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindAppPermissions, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindSecretMissing, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindPublicClient, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindSPA, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindStartOver, stepOfStage, connector.ActorYou, false, eitherConsent},
	{connector.KindRequestRefused, stepOfStage, connector.ActorYou, false, 0},
	{connector.KindWrongCloud, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindCrossTenant, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindTenantRestrictions, stepOfStage, connector.ActorNetworkTeam, false, 0},
	{connector.KindFederated, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindPasteUnreadable, connector.StepAdmin, connector.ActorYou, false, 0},
	{connector.KindPasteOther, connector.StepAdmin, connector.ActorYou, false, 0},
	{connector.KindPasteHidden, connector.StepAdmin, connector.ActorYou, false, 0},
	{connector.KindAnswerIncomplete, connector.StepAdmin, connector.ActorYou, false, 0},
	{connector.KindInterrupted, stepOfStage, actorOfStage, false, eitherConsent},
	{connector.KindAppDisabled, connector.StepConnector, connector.ActorAdmin, false, 0},
	{connector.KindAppNotAdded, connector.StepAdmin, connector.ActorAdmin, false, 0},
	{connector.KindMicrosoftApp, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindResourceOff, connector.StepAdmin, connector.ActorAdmin, false, 0},
	{connector.KindCustomerTenant, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindTenantBlocked, connector.StepBefore, connector.ActorAdmin, false, 0},

	{connector.KindAccountUnknown, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindAccountDisabled, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindAccountLocked, connector.StepUser, connector.ActorUser, true, 0},
	{connector.KindPasswordExpired, connector.StepAccount, connector.ActorUser, false, 0},
	{connector.KindPasswordWrong, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindPasswordRejected, connector.StepAccount, connector.ActorUser, false, 0},
	{connector.KindPasswordOnPremises, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindIdentityProvider, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindNotAssigned, connector.StepUser, connector.ActorAdmin, false, 0},

	{connector.KindMFAAgain, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindMFATooOld, connector.StepMFA, connector.ActorAdmin, false, 0},
	{connector.KindMFARegister, connector.StepMFA, connector.ActorUser, false, 0},
	{connector.KindMFARegisterBlocked, connector.StepMFA, connector.ActorAdmin, false, 0},
	{connector.KindMFAFailed, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindExternalMFA, connector.StepMFA, connector.ActorAdmin, false, 0},
	{connector.KindDevice, connector.StepUser, connector.ActorAdmin, false, 0},
	{connector.KindRiskyUser, connector.StepUser, connector.ActorAdmin, false, 0},

	{connector.KindCertPFX, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindCertEncrypted, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindCertIncomplete, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindCertType, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindCertExpired, connector.StepConnector, connector.ActorPublisher, false, credentialEnded},

	{connector.KindNoMFA, connector.StepMFA, connector.ActorAdmin, false, 0},
	{connector.KindMFAUnknown, connector.StepCheck, connector.ActorYou, true, 0},
	{connector.KindIsAdmin, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindNoRole, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindNotPartner, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindOtherPartner, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindSignInAgain, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindNotLasting, connector.StepConnector, connector.ActorAdmin, false, 0},
	{connector.KindNotStored, connector.StepBefore, connector.ActorYou, true, 0},
	{connector.KindCredentialGone, connector.StepUser, connector.ActorUser, false, noConsent},
	{connector.KindSecretGone, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindBusy, connector.NoStep, connector.ActorYou, true, 0},
	{connector.KindListDamaged, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindListNewer, connector.NoStep, connector.ActorYou, false, 0},

	{connector.KindUserUnknown, connector.StepCheck, connector.ActorYou, true, 0},
	{connector.KindMemberUnknown, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindAdminUnknown, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindScopesUnknown, connector.StepCheck, connector.ActorYou, true, 0},
	{connector.KindRoleUnknown, connector.StepAccount, connector.ActorYou, false, 0},
	{connector.KindRoleMore, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindOtherAccount, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindPartnerRefused, connector.StepAccount, connector.ActorAdmin, false, 0},
	{connector.KindAgreementMissing, connector.StepCheck, connector.ActorAdmin, false, 0},
	{connector.KindProgramInactive, connector.StepCheck, connector.ActorMicrosoft, false, 0},
	{connector.KindNoRelationship, connector.StepCheck, connector.ActorAdmin, false, 0},
	{connector.KindUnusedTooLong, connector.StepUser, connector.ActorUser, false, 0},
	{connector.KindCredentialEnds, connector.StepConnector, connector.ActorPublisher, false, 0},
	{connector.KindConnectorGone, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindNameTaken, connector.StepConnector, connector.ActorYou, false, 0},
	{connector.KindOtherOrigin, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindLink, connector.StepLinks, connector.ActorYou, false, 0},
	{connector.KindLinksDiffer, connector.StepLinks, connector.ActorYou, false, 0},
	{connector.KindVaultNoSecret, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultMoved, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultHere, connector.NoStep, connector.ActorYou, false, 0},

	{connector.KindNoToken, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindLinkNoConnector, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindLinkRights, connector.NoStep, connector.ActorAdmin, false, 0},
	{connector.KindLinkAppAbsent, connector.StepLinkAdmin, connector.ActorAdmin, false, 0},
	{connector.KindLinkGrants, connector.StepLinkAdmin, connector.ActorAdmin, false, 0},
	{connector.KindLinkNoMFA, connector.StepLinkUser, connector.ActorAdmin, false, 0},

	{connector.KindVaultAddress, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultUnknown, connector.NoStep, connector.ActorYou, true, unreached},
	{connector.KindVaultAbsent, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultDeleted, connector.NoStep, connector.ActorAdmin, false, 0},
	{connector.KindVaultDisabled, connector.NoStep, connector.ActorAdmin, false, 0},
	{connector.KindVaultSignIn, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultRefused, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultRight, connector.NoStep, connector.ActorAdmin, false, 0},
	{connector.KindVaultFirewall, connector.NoStep, connector.ActorNetworkTeam, false, unreached},
	{connector.KindVaultTenant, connector.NoStep, connector.ActorNetworkTeam, false, unreached},
	{connector.KindVaultThrottled, connector.NoStep, connector.ActorYou, true, unreached},
	{connector.KindVaultUnwell, connector.NoStep, connector.ActorMicrosoft, true, unreached},
	{connector.KindVaultNotOurs, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultName, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultTooLong, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindVaultDiffers, connector.NoStep, connector.ActorYou, true, 0},
	{connector.KindNoScheduler, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindScheduleProgram, connector.NoStep, connector.ActorYou, false, 0},
	{connector.KindScheduler, connector.NoStep, connector.ActorYou, false, 0},

	{connector.KindCloudUnknown, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindCloudsFile, connector.StepBefore, connector.ActorYou, false, 0},
	{connector.KindPreset, connector.NoStep, connector.ActorPublisher, false, 0},
	{connector.KindNoDisplay, stepOfStage, connector.ActorYou, false, 0},
	{connector.KindPolicy, connector.NoStep, connector.ActorComputer, false, 0},
	{connector.KindCloudForbidden, connector.NoStep, connector.ActorComputer, false, 0},
	{connector.KindScheduleForbidden, connector.NoStep, connector.ActorComputer, false, 0},
}

// byKind is the table by the kinds.
var byKind = sync.OnceValue(func() map[connector.ProblemKind]definition {
	all := map[connector.ProblemKind]definition{}
	for _, d := range table {
		all[d.kind] = d
	}
	return all
})

// Kinds returns every kind there is, in the order of their constants. Each has its sentences in the translations.
func Kinds() []connector.ProblemKind {
	kinds := make([]connector.ProblemKind, 0, len(table))
	for _, d := range table {
		kinds = append(kinds, d.kind)
	}
	return kinds
}

// Unreached reports whether a kind is about the way to the service, or the service's own trouble: nothing was found out.
func Unreached(k connector.ProblemKind) bool { return byKind()[k].traits&unreached != 0 }

// AtEitherConsent reports whether both consents can meet a kind.
func AtEitherConsent(k connector.ProblemKind) bool { return byKind()[k].traits&eitherConsent != 0 }

// LacksConsent reports whether a kind is about a consent that was not given, or whose result is gone.
func LacksConsent(k connector.ProblemKind) bool { return byKind()[k].traits&noConsent != 0 }

// CredentialEnded reports whether a problem says that the client secret or certificate has ended.
func CredentialEnded(p *connector.Problem) bool {
	return p != nil && byKind()[p.Kind].traits&credentialEnded != 0
}

// needsSignIn are the OAuth errors after which only a person at a sign-in helps.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
var needsSignIn = map[string]bool{"invalid_grant": true, "interaction_required": true, "login_required": true, "consent_required": true}

// phrases are sentences of Microsoft's pages and answers that come without a code, in lower case.
var phrases = []struct {
	text string
	kind connector.ProblemKind
}{
	{"need admin approval", connector.KindNeedAdmin},
	{"needs permission to access resources in your organization that only an admin can grant", connector.KindNeedAdmin},
	{"administratorgenehmigung erforderlich", connector.KindNeedAdmin},
	{"genehmigung durch administrator erforderlich", connector.KindNeedAdmin},
	{"approbation administrateur requise", connector.KindNeedAdmin},
	{"se necesita la aprobación del administrador", connector.KindNeedAdmin},
	{"goedkeuring van beheerder vereist", connector.KindNeedAdmin},
	{"管理者の承認が必要", connector.KindNeedAdmin},
	{"mfa required", connector.KindNoMFA},
	{"supplied role does not have the rights", connector.KindNoRole},
	{"rate limit is exceeded", connector.KindThrottled},
}
