package connector

import "partner-center-connector/auth"

// remedy is what a kind asks for: the page that mends it, who acts, and whether waiting helps.
type remedy struct {
	step  Step
	actor Actor
	retry bool
}

// where a remedy depends on what was being done, its step or actor is one of these.
const (
	stepOfStage  Step  = -1
	actorOfStage Actor = ""
)

// stagePlaces gives step and actor of a remedy that depends on the stage.
var stagePlaces = map[auth.Stage]remedy{
	auth.StageDiscovery:    {StepBefore, ActorYou, false},
	auth.StageProbe:        {StepConnector, ActorYou, false},
	auth.StageAdminConsent: {StepAdmin, ActorAdmin, false},
	auth.StageUserConsent:  {StepUser, ActorUser, false},
	auth.StageRedeem:       {StepUser, ActorUser, false},
	auth.StageRefresh:      {StepUser, ActorUser, false},
}

// remedies has every kind.
var remedies = map[Kind]remedy{
	KindBadTenantInput: {StepBefore, ActorYou, false},
	KindUnknownTenant:  {StepBefore, ActorYou, false},
	KindNoNetwork:      {stepOfStage, ActorYou, true},
	KindDNS:            {stepOfStage, ActorNetworkTeam, true},
	KindTLS:            {stepOfStage, ActorNetworkTeam, false},
	KindProxyAuth:      {stepOfStage, ActorNetworkTeam, false},
	KindProxyDown:      {stepOfStage, ActorNetworkTeam, true},
	KindProxyRefused:   {stepOfStage, ActorNetworkTeam, false},
	KindClock:          {stepOfStage, ActorYou, false},
	KindBadAnswer:      {stepOfStage, ActorNetworkTeam, true},
	KindTransient:      {stepOfStage, ActorMicrosoft, true},
	KindThrottled:      {stepOfStage, ActorYou, true},

	KindKeychainMissing: {StepBefore, ActorYou, false},
	KindKeychainLocked:  {StepBefore, ActorYou, true},
	KindKeychainFull:    {StepBefore, ActorYou, false},
	KindKeychainSlow:    {StepBefore, ActorYou, true},
	KindKeychainBroken:  {StepBefore, ActorYou, false},
	KindNoBrowser:       {StepBefore, ActorYou, false},
	KindBrowserFailed:   {stepOfStage, ActorYou, false},
	KindElevated:        {StepBefore, ActorYou, false},
	KindListener:        {stepOfStage, ActorYou, false},
	KindDisk:            {NoStep, ActorYou, false},

	KindDeclined:        {stepOfStage, actorOfStage, false},
	KindNeedAdmin:       {StepAdmin, ActorAdmin, false},
	KindWrongTenant:     {stepOfStage, actorOfStage, false},
	KindWrongUser:       {StepUser, ActorUser, false},
	KindGuest:           {StepAccount, ActorYou, false},
	KindNotPrivate:      {stepOfStage, ActorYou, false},
	KindWindowClosed:    {stepOfStage, ActorYou, false},
	KindTimedOut:        {stepOfStage, ActorYou, false},
	KindNoStart:         {stepOfStage, ActorYou, false},
	KindNotOurs:         {StepUser, ActorYou, false},
	KindNoRefreshToken:  {StepConnector, ActorPublisher, false},
	KindMissingScopes:   {StepAdmin, ActorAdmin, false},
	KindAppUnknown:      {StepConnector, ActorYou, false},
	KindAppConfig:       {StepConnector, ActorPublisher, false},
	KindRedirectURI:     {StepConnector, ActorPublisher, false},
	KindSecretWrong:     {StepConnector, ActorYou, false},
	KindSecretExpired:   {StepConnector, ActorPublisher, false},
	KindCertificate:     {StepConnector, ActorPublisher, false},
	KindNotReplicated:   {stepOfStage, ActorYou, true},
	KindResourceMissing: {StepAdmin, ActorAdmin, false},
	KindAccount:         {StepAccount, ActorAdmin, false},
	KindCondAccess:      {StepMFA, ActorAdmin, false},
	KindUnknown:         {stepOfStage, ActorYou, false},

	KindConsentMissing:     {StepAdmin, ActorAdmin, false},
	KindSingleTenant:       {StepConnector, ActorPublisher, false},
	KindAppPermissions:     {StepConnector, ActorPublisher, false},
	KindSecretMissing:      {StepConnector, ActorYou, false},
	KindPublicClient:       {StepConnector, ActorYou, false},
	KindSPA:                {StepConnector, ActorPublisher, false},
	KindStartOver:          {stepOfStage, ActorYou, false},
	KindRequestRefused:     {stepOfStage, ActorYou, false},
	KindWrongCloud:         {StepBefore, ActorYou, false},
	KindCrossTenant:        {StepAccount, ActorAdmin, false},
	KindTenantRestrictions: {stepOfStage, ActorNetworkTeam, false},
	KindFederated:          {StepUser, ActorUser, false},
	KindPasteUnreadable:    {StepAdmin, ActorYou, false},
	KindPasteOther:         {StepAdmin, ActorYou, false},
	KindAnswerIncomplete:   {StepAdmin, ActorYou, false},

	KindAccountUnknown:  {StepAccount, ActorYou, false},
	KindAccountDisabled: {StepAccount, ActorAdmin, false},
	KindAccountLocked:   {StepUser, ActorUser, true},
	KindPasswordExpired: {StepAccount, ActorUser, false},
	KindNotAssigned:     {StepUser, ActorAdmin, false},

	KindMFAAgain:           {StepUser, ActorUser, false},
	KindMFATooOld:          {StepMFA, ActorAdmin, false},
	KindMFARegister:        {StepMFA, ActorUser, false},
	KindMFARegisterBlocked: {StepMFA, ActorAdmin, false},
	KindExternalMFA:        {StepMFA, ActorAdmin, false},
	KindDevice:             {StepUser, ActorAdmin, false},
	KindRiskyUser:          {StepUser, ActorAdmin, false},

	KindCertPFX:        {StepConnector, ActorYou, false},
	KindCertEncrypted:  {StepConnector, ActorYou, false},
	KindCertIncomplete: {StepConnector, ActorYou, false},
	KindCertType:       {StepConnector, ActorYou, false},
	KindCertExpired:    {StepConnector, ActorPublisher, false},

	KindNoMFA:          {StepMFA, ActorAdmin, false},
	KindMFAUnknown:     {StepCheck, ActorYou, true},
	KindIsAdmin:        {StepAccount, ActorYou, false},
	KindNoRole:         {StepAccount, ActorAdmin, false},
	KindNotPartner:     {StepBefore, ActorYou, false},
	KindOtherPartner:   {StepBefore, ActorYou, false},
	KindSignInAgain:    {StepUser, ActorUser, false},
	KindNotLasting:     {StepConnector, ActorAdmin, false},
	KindNotStored:      {StepBefore, ActorYou, true},
	KindCredentialGone: {StepUser, ActorUser, false},
	KindBusy:           {NoStep, ActorYou, true},
	KindListDamaged:    {NoStep, ActorYou, false},
	KindListNewer:      {NoStep, ActorYou, false},

	KindUserUnknown:      {StepCheck, ActorYou, true},
	KindMemberUnknown:    {StepAccount, ActorYou, false},
	KindAdminUnknown:     {StepAccount, ActorYou, false},
	KindScopesUnknown:    {StepCheck, ActorYou, true},
	KindRoleUnknown:      {StepAccount, ActorYou, false},
	KindOtherAccount:     {StepUser, ActorUser, false},
	KindPartnerRefused:   {StepAccount, ActorAdmin, false},
	KindAgreementMissing: {StepCheck, ActorAdmin, false},
	KindProgramInactive:  {StepCheck, ActorMicrosoft, false},
	KindNoRelationship:   {StepCheck, ActorAdmin, false},
	KindUnusedTooLong:    {StepUser, ActorUser, false},
	KindConnectorGone:    {NoStep, ActorYou, false},

	KindCloudUnknown: {StepBefore, ActorYou, false},
	KindCloudsFile:   {StepBefore, ActorYou, false},
	KindPreset:       {NoStep, ActorPublisher, false},
	KindNoDisplay:    {stepOfStage, ActorYou, false},
}

// needsSignIn are the OAuth errors after which only a person at a sign-in helps.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
var needsSignIn = map[string]bool{"invalid_grant": true, "interaction_required": true, "login_required": true, "consent_required": true}

// oauthKinds are the kinds of OAuth error values. invalid_grant stands apart: what it means depends on the stage.
var oauthKinds = map[string]Kind{
	"access_denied":             KindDeclined,
	"consent_required":          KindConsentMissing,
	"interaction_required":      KindSignInAgain,
	"login_required":            KindSignInAgain,
	"invalid_client":            KindSecretWrong,
	"unauthorized_client":       KindAppConfig,
	"invalid_scope":             KindAppPermissions,
	"invalid_resource":          KindResourceMissing,
	"invalid_request":           KindRequestRefused,
	"unsupported_grant_type":    KindRequestRefused,
	"unsupported_response_type": KindAppConfig,
	"invalid_tenant":            KindUnknownTenant,
	"temporarily_unavailable":   KindTransient,
	"server_error":              KindTransient,
}

// messageOnly is the suberror that says that no sign-in helps and that the service's own sentence is all there is.
const messageOnly = "message_only"

// suberrorKinds are the kinds of suberror and error_subcode values.
// https://learn.microsoft.com/dotnet/api/microsoft.identity.client.uirequiredexceptionclassification
var suberrorKinds = map[string]Kind{
	messageOnly:                    KindUnknown,
	"basic_action":                 KindSignInAgain,
	"additional_action":            KindCondAccess,
	"consent_required":             KindConsentMissing,
	"user_password_expired":        KindPasswordExpired,
	"bad_token":                    KindSignInAgain,
	"token_expired":                KindSignInAgain,
	"client_mismatch":              KindSignInAgain,
	"protection_policy_required":   KindCondAccess,
	"device_authentication_failed": KindDevice,
	"cancel":                       KindDeclined,
}

// phrases are sentences of Microsoft's pages and answers that come without a code, in lower case.
var phrases = []struct {
	text string
	kind Kind
}{
	{"need admin approval", KindNeedAdmin},
	{"needs permission to access resources in your organization that only an admin can grant", KindNeedAdmin},
	{"administratorgenehmigung erforderlich", KindNeedAdmin},
	{"genehmigung durch administrator erforderlich", KindNeedAdmin},
	{"mfa required", KindNoMFA},
	{"supplied role does not have the rights", KindNoRole},
	{"rate limit is exceeded", KindThrottled},
}
