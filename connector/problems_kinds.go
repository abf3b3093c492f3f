package connector

// Kinds returns every kind there is, in the order of their constants. Each has its sentences in the translations.
func Kinds() []Kind {
	return []Kind{
		KindBadTenantInput, KindUnknownTenant, KindNoNetwork, KindDNS, KindTLS, KindProxyAuth, KindProxyDown, KindProxyRefused, KindClock,
		KindBadAnswer, KindTransient, KindThrottled,
		KindKeychainMissing, KindKeychainLocked, KindKeychainFull, KindKeychainSlow, KindKeychainBroken,
		KindNoBrowser, KindBrowserFailed, KindElevated, KindListener, KindDisk,
		KindDeclined, KindNeedAdmin, KindWrongTenant, KindWrongUser, KindGuest, KindNotPrivate, KindWindowClosed,
		KindTimedOut, KindNoStart, KindNotOurs, KindNoRefreshToken, KindMissingScopes, KindAppUnknown,
		KindAppConfig, KindRedirectURI, KindSecretWrong, KindSecretExpired, KindCertificate, KindNotReplicated,
		KindResourceMissing, KindAccount, KindCondAccess, KindUnknown,
		KindConsentMissing, KindSingleTenant, KindAppPermissions, KindSecretMissing, KindPublicClient, KindSPA,
		KindStartOver, KindRequestRefused, KindWrongCloud, KindCrossTenant, KindTenantRestrictions, KindFederated,
		KindPasteUnreadable, KindPasteOther, KindAnswerIncomplete,
		KindAccountUnknown, KindAccountDisabled, KindAccountLocked, KindPasswordExpired, KindNotAssigned,
		KindMFAAgain, KindMFATooOld, KindMFARegister, KindMFARegisterBlocked, KindExternalMFA, KindDevice,
		KindRiskyUser,
		KindCertPFX, KindCertEncrypted, KindCertIncomplete, KindCertType, KindCertExpired,
		KindNoMFA, KindMFAUnknown, KindIsAdmin, KindNoRole, KindNotPartner, KindOtherPartner, KindSignInAgain,
		KindNotLasting, KindNotStored, KindCredentialGone, KindBusy, KindListDamaged, KindListNewer,
		KindUserUnknown, KindMemberUnknown, KindAdminUnknown, KindScopesUnknown, KindRoleUnknown, KindOtherAccount,
		KindPartnerRefused, KindAgreementMissing, KindProgramInactive, KindNoRelationship, KindUnusedTooLong,
		KindConnectorGone,
		KindCloudUnknown, KindCloudsFile, KindPreset, KindNoDisplay,
	}
}
