package connector

// Reason says why something can't be done now; its words stand in the translations under "reason.<reason>". Empty means that it can.
type Reason string

// Why a connector can't have a name.
const (
	ReasonNameMissing    Reason = "name-missing"
	ReasonNameLong       Reason = "name-long"
	ReasonNameUnreadable Reason = "name-unreadable"
	ReasonNameID         Reason = "name-id"
	ReasonNameTaken      Reason = "name-taken"
)

// Why a text can be no client secret.
const (
	ReasonSecretID    Reason = "secret-id"
	ReasonSecretShort Reason = "secret-short"
	ReasonSecretSpace Reason = "secret-space"
)
