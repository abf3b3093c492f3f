package wizard

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Effect is something that Next wants done in the outside world. The runner does it and sends its outcome as an Event.
type Effect interface{ effect() }

// Opening is how a consent is opened. An empty Browser is the default one.
type Opening struct {
	Attempt int
	Draft   connector.Draft
	Way     Way
	Browser browser.Browser
	Mode    browser.Mode
}

type (
	// LoadLists reads the lists; its outcome is Loaded.
	LoadLists struct{}
	// MakeDraft makes a draft from Prefill (with a new ID and time): DraftMade.
	MakeDraft struct{ Prefill connector.Draft }
	// MakeRenewal makes a draft that renews a saved connector: DraftMade. With a UPN, that account takes the place of its
	// integration user.
	MakeRenewal struct {
		Connector connector.Connector
		UPN       string
	}
	// KeepDraft writes the draft: DraftKept.
	KeepDraft struct{ Draft connector.Draft }
	// DropDraft removes the draft and its secret: Loaded without it, Loaded, DraftDropped.
	DropDraft struct{ ID string }
	// CheckComputer checks keychain, browsers and elevation: ReadyChecked.
	CheckComputer struct{ Attempt int }
	// FindTenant looks a tenant up: TenantFound. Quiet waits a moment first, so that typing does not ask at every key.
	FindTenant struct {
		Attempt int
		Input   string
		Quiet   bool
	}
	// ProbeRegistration probes the app registration: Probed.
	ProbeRegistration struct {
		Attempt int
		Draft   connector.Draft
	}
	// WriteScript writes the script or manifest that makes the draft's app registration: ScriptWritten.
	WriteScript struct {
		Attempt int
		Draft   connector.Draft
		Way     connector.RegistrationWay
	}
	// KeepScript saves it in a file: ScriptSaved.
	KeepScript struct {
		Attempt int
		Draft   connector.Draft
		Way     connector.RegistrationWay
		Text    string
	}
	// KeepSecret keeps the client secret or certificate of a draft that was kept before in the keychain: SecretKept. An empty Secret removes what is kept, and has no
	// outcome. Of several the last one counts.
	KeepSecret struct {
		Attempt    int
		DraftID    string
		ClientKind auth.ClientKind
		Secret     auth.Secret
	}
	// OpenAdminConsent runs the admin consent: ConsentOpened …, AdminAnswered.
	OpenAdminConsent struct{ Opening }
	// OpenUserConsent runs the user consent: ConsentOpened …, UserAnswered.
	OpenUserConsent struct {
		Opening
		PlainPrompt bool
	}
	// ExtendConsent gives the consent ten more minutes: ConsentExtended.
	ExtendConsent struct{ Attempt int }
	// StopAttempt cancels what runs under that number. It has no outcome.
	StopAttempt struct{ Attempt int }
	// MakeHandover makes the link for another person: HandoverMade.
	MakeHandover struct {
		Attempt int
		Draft   connector.Draft
	}
	// ReadPaste reads the address of the last page that was pasted for a draft: PasteRead.
	ReadPaste struct {
		Draft connector.Draft
		Text  string
	}
	// CheckGrant checks what the user consent yielded: CheckDone …, ChecksDone.
	CheckGrant struct {
		Attempt int
		Draft   connector.Draft
	}
	// SaveConnector saves it: SaveDone. Checks decide its health.
	SaveConnector struct {
		Attempt int
		Draft   connector.Draft
		Checks  []connector.Check
	}
	// ForgetGrant drops what the user consent yielded and closes the listener.
	ForgetGrant struct{}
	// ReadConnector reads the saved connector whose screen is shown, whole: DetailOpened.
	ReadConnector struct{ ID string }
	// CheckConnector checks a saved connector: CheckDone …, ChecksDone, Loaded.
	CheckConnector struct {
		Attempt int
		ID      string
	}
	// AwaitLasting waits until a connector can be checked by itself: LastingDue.
	AwaitLasting struct {
		Attempt int
		At      time.Time
	}
	// CheckLasting checks a saved connector by itself, unless another process has done that: CheckDone …, LastingChecked, Loaded.
	CheckLasting struct {
		Attempt int
		ID      string
	}
	// CheckConnectors checks saved connectors, several at once: ConnectorChecked and Loaded for each, AllChecked.
	CheckConnectors struct {
		Attempt    int
		Connectors []connector.Connector
	}
	// RenameConnector renames a saved connector: DetailDone.
	RenameConnector struct {
		Attempt  int
		ID, Name string
	}
	// RemoveConnector removes it: DetailDone.
	RemoveConnector struct {
		Attempt int
		ID      string
	}
	// SuggestRecord proposes a file for a connector's consent record: RecordSuggested.
	SuggestRecord struct{ Connector connector.Connector }
	// ListFolders looks which folders there are in that of a path, or in the nearest one above it: FoldersListed.
	ListFolders struct {
		Attempt int
		Path    string
	}
	// WriteRecord writes the consent record of a connector as it is on disk: RecordDone.
	WriteRecord struct {
		Attempt   int
		Connector connector.Connector
		Path      string
		Replace   bool
	}
)

func (LoadLists) effect()         {}
func (MakeDraft) effect()         {}
func (MakeRenewal) effect()       {}
func (KeepDraft) effect()         {}
func (DropDraft) effect()         {}
func (CheckComputer) effect()     {}
func (FindTenant) effect()        {}
func (ProbeRegistration) effect() {}
func (KeepSecret) effect()        {}
func (WriteScript) effect()       {}
func (KeepScript) effect()        {}
func (OpenAdminConsent) effect()  {}
func (OpenUserConsent) effect()   {}
func (ExtendConsent) effect()     {}
func (StopAttempt) effect()       {}
func (MakeHandover) effect()      {}
func (ReadPaste) effect()         {}
func (CheckGrant) effect()        {}
func (SaveConnector) effect()     {}
func (ForgetGrant) effect()       {}
func (ReadConnector) effect()     {}
func (CheckConnector) effect()    {}
func (AwaitLasting) effect()      {}
func (CheckLasting) effect()      {}
func (CheckConnectors) effect()   {}
func (RenameConnector) effect()   {}
func (RemoveConnector) effect()   {}
func (SuggestRecord) effect()     {}
func (WriteRecord) effect()       {}
func (ListFolders) effect()       {}

// SwitchScenario plays another scenario in the practice cloud: ScenarioPlays.
type SwitchScenario struct {
	Attempt int
	Name    string
}

func (SwitchScenario) effect() {}

type (
	// InspectComputer looks at this computer for the settings screen: ComputerInspected.
	InspectComputer struct{ Attempt int }
	// KeepSetting keeps one setting and leaves the others as they are on disk: SettingsRead.
	KeepSetting struct {
		Field connector.Field
		Value string
	}
)

func (InspectComputer) effect() {}

func (KeepSetting) effect() {}
