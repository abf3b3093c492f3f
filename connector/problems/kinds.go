package problems

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Kinds returns every kind there is, in the order of their constants. Each has its sentences in the translations.
func Kinds() []connector.ProblemKind {
	return []connector.ProblemKind{
		connector.KindBadTenantInput, connector.KindUnknownTenant, connector.KindNoNetwork, connector.KindDNS, connector.KindTLS, connector.KindProxyAuth, connector.KindProxyDown, connector.KindProxyRefused, connector.KindClock,
		connector.KindBadAnswer, connector.KindTransient, connector.KindThrottled,
		connector.KindKeychainMissing, connector.KindKeychainLocked, connector.KindKeychainFull, connector.KindKeychainSlow, connector.KindKeychainBroken,
		connector.KindNoBrowser, connector.KindBrowserFailed, connector.KindElevated, connector.KindListener, connector.KindDisk,
		connector.KindDeclined, connector.KindNeedAdmin, connector.KindWrongTenant, connector.KindWrongUser, connector.KindGuest, connector.KindNotPrivate, connector.KindWindowClosed,
		connector.KindTimedOut, connector.KindNoStart, connector.KindNotOurs, connector.KindNoRefreshToken, connector.KindMissingScopes, connector.KindAppUnknown,
		connector.KindAppConfig, connector.KindRedirectURI, connector.KindSecretWrong, connector.KindSecretExpired, connector.KindCertificate, connector.KindNotReplicated,
		connector.KindResourceMissing, connector.KindAccount, connector.KindCondAccess, connector.KindUnknown,
		connector.KindConsentMissing, connector.KindSingleTenant, connector.KindAppPermissions, connector.KindSecretMissing, connector.KindPublicClient, connector.KindSPA,
		connector.KindStartOver, connector.KindRequestRefused, connector.KindWrongCloud, connector.KindCrossTenant, connector.KindTenantRestrictions, connector.KindFederated,
		connector.KindPasteUnreadable, connector.KindPasteOther, connector.KindAnswerIncomplete,
		connector.KindAccountUnknown, connector.KindAccountDisabled, connector.KindAccountLocked, connector.KindPasswordExpired, connector.KindNotAssigned,
		connector.KindMFAAgain, connector.KindMFATooOld, connector.KindMFARegister, connector.KindMFARegisterBlocked, connector.KindExternalMFA, connector.KindDevice,
		connector.KindRiskyUser,
		connector.KindCertPFX, connector.KindCertEncrypted, connector.KindCertIncomplete, connector.KindCertType, connector.KindCertExpired,
		connector.KindNoMFA, connector.KindMFAUnknown, connector.KindIsAdmin, connector.KindNoRole, connector.KindNotPartner, connector.KindOtherPartner, connector.KindSignInAgain,
		connector.KindNotLasting, connector.KindNotStored, connector.KindCredentialGone, connector.KindBusy, connector.KindListDamaged, connector.KindListNewer,
		connector.KindUserUnknown, connector.KindMemberUnknown, connector.KindAdminUnknown, connector.KindScopesUnknown, connector.KindRoleUnknown, connector.KindOtherAccount,
		connector.KindPartnerRefused, connector.KindAgreementMissing, connector.KindProgramInactive, connector.KindNoRelationship, connector.KindUnusedTooLong,
		connector.KindConnectorGone, connector.KindOtherOrigin,
		connector.KindCloudUnknown, connector.KindCloudsFile, connector.KindPreset, connector.KindNoDisplay,
	}
}

// remedy is what a kind asks for: the page that mends it, who acts, and whether waiting helps.
type remedy struct {
	step  connector.Step
	actor connector.Actor
	retry bool
}

// where a remedy depends on what was being done, its step or actor is one of these.
const (
	stepOfStage  connector.Step  = -1
	actorOfStage connector.Actor = ""
)

// stagePlaces gives step and actor of a remedy that depends on the stage.
var stagePlaces = map[auth.Stage]remedy{
	auth.StageDiscovery:    {connector.StepBefore, connector.ActorYou, false},
	auth.StageProbe:        {connector.StepConnector, connector.ActorYou, false},
	auth.StageAdminConsent: {connector.StepAdmin, connector.ActorAdmin, false},
	auth.StageUserConsent:  {connector.StepUser, connector.ActorUser, false},
	auth.StageRedeem:       {connector.StepUser, connector.ActorUser, false},
	auth.StageRefresh:      {connector.StepUser, connector.ActorUser, false},
}

// remedies has every kind.
var remedies = map[connector.ProblemKind]remedy{
	connector.KindBadTenantInput: {connector.StepBefore, connector.ActorYou, false},
	connector.KindUnknownTenant:  {connector.StepBefore, connector.ActorYou, false},
	connector.KindNoNetwork:      {stepOfStage, connector.ActorYou, true},
	connector.KindDNS:            {stepOfStage, connector.ActorNetworkTeam, true},
	connector.KindTLS:            {stepOfStage, connector.ActorNetworkTeam, false},
	connector.KindProxyAuth:      {stepOfStage, connector.ActorNetworkTeam, false},
	connector.KindProxyDown:      {stepOfStage, connector.ActorNetworkTeam, true},
	connector.KindProxyRefused:   {stepOfStage, connector.ActorNetworkTeam, false},
	connector.KindClock:          {stepOfStage, connector.ActorYou, false},
	connector.KindBadAnswer:      {stepOfStage, connector.ActorNetworkTeam, true},
	connector.KindTransient:      {stepOfStage, connector.ActorMicrosoft, true},
	connector.KindThrottled:      {stepOfStage, connector.ActorYou, true},

	connector.KindKeychainMissing: {connector.StepBefore, connector.ActorYou, false},
	connector.KindKeychainLocked:  {connector.StepBefore, connector.ActorYou, true},
	connector.KindKeychainFull:    {connector.StepBefore, connector.ActorYou, false},
	connector.KindKeychainSlow:    {connector.StepBefore, connector.ActorYou, true},
	connector.KindKeychainBroken:  {connector.StepBefore, connector.ActorYou, false},
	connector.KindNoBrowser:       {connector.StepBefore, connector.ActorYou, false},
	connector.KindBrowserFailed:   {stepOfStage, connector.ActorYou, false},
	connector.KindElevated:        {connector.StepBefore, connector.ActorYou, false},
	connector.KindListener:        {stepOfStage, connector.ActorYou, false},
	connector.KindDisk:            {connector.NoStep, connector.ActorYou, false},

	connector.KindDeclined:        {stepOfStage, actorOfStage, false},
	connector.KindNeedAdmin:       {connector.StepAdmin, connector.ActorAdmin, false},
	connector.KindWrongTenant:     {stepOfStage, actorOfStage, false},
	connector.KindWrongUser:       {connector.StepUser, connector.ActorUser, false},
	connector.KindGuest:           {connector.StepAccount, connector.ActorYou, false},
	connector.KindNotPrivate:      {stepOfStage, connector.ActorYou, false},
	connector.KindWindowClosed:    {stepOfStage, connector.ActorYou, false},
	connector.KindTimedOut:        {stepOfStage, connector.ActorYou, false},
	connector.KindNoStart:         {stepOfStage, connector.ActorYou, false},
	connector.KindNotOurs:         {connector.StepUser, connector.ActorYou, false},
	connector.KindNoRefreshToken:  {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindMissingScopes:   {connector.StepAdmin, connector.ActorAdmin, false},
	connector.KindAppUnknown:      {connector.StepConnector, connector.ActorYou, false},
	connector.KindAppConfig:       {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindRedirectURI:     {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindSecretWrong:     {connector.StepConnector, connector.ActorYou, false},
	connector.KindSecretExpired:   {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindCertificate:     {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindNotReplicated:   {stepOfStage, connector.ActorYou, true},
	connector.KindResourceMissing: {connector.StepAdmin, connector.ActorAdmin, false},
	connector.KindAccount:         {connector.StepAccount, connector.ActorAdmin, false},
	connector.KindCondAccess:      {connector.StepMFA, connector.ActorAdmin, false},
	connector.KindUnknown:         {stepOfStage, connector.ActorYou, false},

	connector.KindConsentMissing:     {connector.StepAdmin, connector.ActorAdmin, false},
	connector.KindSingleTenant:       {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindAppPermissions:     {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindSecretMissing:      {connector.StepConnector, connector.ActorYou, false},
	connector.KindPublicClient:       {connector.StepConnector, connector.ActorYou, false},
	connector.KindSPA:                {connector.StepConnector, connector.ActorPublisher, false},
	connector.KindStartOver:          {stepOfStage, connector.ActorYou, false},
	connector.KindRequestRefused:     {stepOfStage, connector.ActorYou, false},
	connector.KindWrongCloud:         {connector.StepBefore, connector.ActorYou, false},
	connector.KindCrossTenant:        {connector.StepAccount, connector.ActorAdmin, false},
	connector.KindTenantRestrictions: {stepOfStage, connector.ActorNetworkTeam, false},
	connector.KindFederated:          {connector.StepUser, connector.ActorUser, false},
	connector.KindPasteUnreadable:    {connector.StepAdmin, connector.ActorYou, false},
	connector.KindPasteOther:         {connector.StepAdmin, connector.ActorYou, false},
	connector.KindAnswerIncomplete:   {connector.StepAdmin, connector.ActorYou, false},

	connector.KindAccountUnknown:  {connector.StepAccount, connector.ActorYou, false},
	connector.KindAccountDisabled: {connector.StepAccount, connector.ActorAdmin, false},
	connector.KindAccountLocked:   {connector.StepUser, connector.ActorUser, true},
	connector.KindPasswordExpired: {connector.StepAccount, connector.ActorUser, false},
	connector.KindNotAssigned:     {connector.StepUser, connector.ActorAdmin, false},

	connector.KindMFAAgain:           {connector.StepUser, connector.ActorUser, false},
	connector.KindMFATooOld:          {connector.StepMFA, connector.ActorAdmin, false},
	connector.KindMFARegister:        {connector.StepMFA, connector.ActorUser, false},
	connector.KindMFARegisterBlocked: {connector.StepMFA, connector.ActorAdmin, false},
	connector.KindExternalMFA:        {connector.StepMFA, connector.ActorAdmin, false},
	connector.KindDevice:             {connector.StepUser, connector.ActorAdmin, false},
	connector.KindRiskyUser:          {connector.StepUser, connector.ActorAdmin, false},

	connector.KindCertPFX:        {connector.StepConnector, connector.ActorYou, false},
	connector.KindCertEncrypted:  {connector.StepConnector, connector.ActorYou, false},
	connector.KindCertIncomplete: {connector.StepConnector, connector.ActorYou, false},
	connector.KindCertType:       {connector.StepConnector, connector.ActorYou, false},
	connector.KindCertExpired:    {connector.StepConnector, connector.ActorPublisher, false},

	connector.KindNoMFA:          {connector.StepMFA, connector.ActorAdmin, false},
	connector.KindMFAUnknown:     {connector.StepCheck, connector.ActorYou, true},
	connector.KindIsAdmin:        {connector.StepAccount, connector.ActorYou, false},
	connector.KindNoRole:         {connector.StepAccount, connector.ActorAdmin, false},
	connector.KindNotPartner:     {connector.StepBefore, connector.ActorYou, false},
	connector.KindOtherPartner:   {connector.StepBefore, connector.ActorYou, false},
	connector.KindSignInAgain:    {connector.StepUser, connector.ActorUser, false},
	connector.KindNotLasting:     {connector.StepConnector, connector.ActorAdmin, false},
	connector.KindNotStored:      {connector.StepBefore, connector.ActorYou, true},
	connector.KindCredentialGone: {connector.StepUser, connector.ActorUser, false},
	connector.KindBusy:           {connector.NoStep, connector.ActorYou, true},
	connector.KindListDamaged:    {connector.NoStep, connector.ActorYou, false},
	connector.KindListNewer:      {connector.NoStep, connector.ActorYou, false},

	connector.KindUserUnknown:      {connector.StepCheck, connector.ActorYou, true},
	connector.KindMemberUnknown:    {connector.StepAccount, connector.ActorYou, false},
	connector.KindAdminUnknown:     {connector.StepAccount, connector.ActorYou, false},
	connector.KindScopesUnknown:    {connector.StepCheck, connector.ActorYou, true},
	connector.KindRoleUnknown:      {connector.StepAccount, connector.ActorYou, false},
	connector.KindOtherAccount:     {connector.StepUser, connector.ActorUser, false},
	connector.KindPartnerRefused:   {connector.StepAccount, connector.ActorAdmin, false},
	connector.KindAgreementMissing: {connector.StepCheck, connector.ActorAdmin, false},
	connector.KindProgramInactive:  {connector.StepCheck, connector.ActorMicrosoft, false},
	connector.KindNoRelationship:   {connector.StepCheck, connector.ActorAdmin, false},
	connector.KindUnusedTooLong:    {connector.StepUser, connector.ActorUser, false},
	connector.KindConnectorGone:    {connector.NoStep, connector.ActorYou, false},
	connector.KindOtherOrigin:      {connector.NoStep, connector.ActorYou, false},

	connector.KindCloudUnknown: {connector.StepBefore, connector.ActorYou, false},
	connector.KindCloudsFile:   {connector.StepBefore, connector.ActorYou, false},
	connector.KindPreset:       {connector.NoStep, connector.ActorPublisher, false},
	connector.KindNoDisplay:    {stepOfStage, connector.ActorYou, false},
}

// needsSignIn are the OAuth errors after which only a person at a sign-in helps.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
var needsSignIn = map[string]bool{"invalid_grant": true, "interaction_required": true, "login_required": true, "consent_required": true}

// oauthKinds are the kinds of OAuth error values. invalid_grant stands apart: what it means depends on the stage.
var oauthKinds = map[string]connector.ProblemKind{
	"access_denied":             connector.KindDeclined,
	"consent_required":          connector.KindConsentMissing,
	"interaction_required":      connector.KindSignInAgain,
	"login_required":            connector.KindSignInAgain,
	"invalid_client":            connector.KindSecretWrong,
	"unauthorized_client":       connector.KindAppConfig,
	"invalid_scope":             connector.KindAppPermissions,
	"invalid_resource":          connector.KindResourceMissing,
	"invalid_request":           connector.KindRequestRefused,
	"unsupported_grant_type":    connector.KindRequestRefused,
	"unsupported_response_type": connector.KindAppConfig,
	"invalid_tenant":            connector.KindUnknownTenant,
	"temporarily_unavailable":   connector.KindTransient,
	"server_error":              connector.KindTransient,
}

// messageOnly is the suberror that says that no sign-in helps and that the service's own sentence is all there is.
const messageOnly = "message_only"

// suberrorKinds are the kinds of suberror and error_subcode values.
// https://learn.microsoft.com/dotnet/api/microsoft.identity.client.uirequiredexceptionclassification
var suberrorKinds = map[string]connector.ProblemKind{
	messageOnly:                    connector.KindUnknown,
	"basic_action":                 connector.KindSignInAgain,
	"additional_action":            connector.KindCondAccess,
	"consent_required":             connector.KindConsentMissing,
	"user_password_expired":        connector.KindPasswordExpired,
	"bad_token":                    connector.KindSignInAgain,
	"token_expired":                connector.KindSignInAgain,
	"client_mismatch":              connector.KindSignInAgain,
	"protection_policy_required":   connector.KindCondAccess,
	"device_authentication_failed": connector.KindDevice,
	"cancel":                       connector.KindDeclined,
}

// phrases are sentences of Microsoft's pages and answers that come without a code, in lower case.
var phrases = []struct {
	text string
	kind connector.ProblemKind
}{
	{"need admin approval", connector.KindNeedAdmin},
	{"needs permission to access resources in your organization that only an admin can grant", connector.KindNeedAdmin},
	{"administratorgenehmigung erforderlich", connector.KindNeedAdmin},
	{"genehmigung durch administrator erforderlich", connector.KindNeedAdmin},
	{"mfa required", connector.KindNoMFA},
	{"supplied role does not have the rights", connector.KindNoRole},
	{"rate limit is exceeded", connector.KindThrottled},
}
