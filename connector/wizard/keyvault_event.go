package wizard

import "partner-center-connector/connector"

// What the person does about a key vault, and what comes of it.
type (
	// AskKeyVault opens the form for a handover of the connector that is shown.
	AskKeyVault struct{}
	// CloseKeyVault closes it.
	CloseKeyVault struct{}
	// LookInKeyVault looks what would be written, and what stands there; nothing is changed.
	LookInKeyVault struct{}
	// StopLookInKeyVault stops that.
	StopLookInKeyVault struct{}
	// HandOverToKeyVault writes the credential there.
	HandOverToKeyVault struct{}
	// AskTakeBack asks whether to take the credential back from the key vault.
	AskTakeBack struct{}
	// TakeBack takes it back.
	TakeBack struct{}

	// KeyVaultLooked brings the plan; Problem says what is against it, or why there is none.
	KeyVaultLooked struct {
		Attempt int
		Plan    connector.HandoverPlan
		Problem *connector.Problem
	}
	// HandedToKeyVault ends the handover of the connector with the ID.
	HandedToKeyVault struct {
		Attempt int
		ID      string
		Problem *connector.Problem
	}
)

func (AskKeyVault) scope() scope        { return onConnector }
func (CloseKeyVault) scope() scope      { return onConnector }
func (LookInKeyVault) scope() scope     { return onConnector }
func (StopLookInKeyVault) scope() scope { return onConnector }
func (HandOverToKeyVault) scope() scope { return onConnector }
func (AskTakeBack) scope() scope        { return onConnector }
func (TakeBack) scope() scope           { return onConnector }
func (KeyVaultLooked) scope() scope     { return onConnector }
func (HandedToKeyVault) scope() scope   { return anywhere }

type (
	// PlanHandover looks what a handover to a key vault would write: KeyVaultLooked.
	PlanHandover struct {
		Attempt int
		ID      string
		Place   connector.VaultPlace
	}
	// WriteToKeyVault hands the connector over to a key vault: HandedToKeyVault. Retyped are the names of foreign secrets that were typed again.
	WriteToKeyVault struct {
		Attempt int
		ID      string
		Plan    connector.HandoverPlan
		Move    bool
		Retyped []string
	}
	// TakeFromKeyVault takes the credential back: DetailDone.
	TakeFromKeyVault struct {
		Attempt int
		ID      string
	}
)

func (PlanHandover) effect()     {}
func (WriteToKeyVault) effect()  {}
func (TakeFromKeyVault) effect() {}
