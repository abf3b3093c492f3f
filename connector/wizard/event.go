package wizard

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Event is something that happened: a control was used, or an effect came to its end. It says itself when it counts and what comes of
// it, so that none can be forgotten: next stands beside the part of the machine that the event is for.
type Event interface {
	scope() scope
	// next returns the state after the event and the effects that it calls for. It is called only where the state does not refuse the event.
	next(s State) (State, []Effect)
}

// conditional is an event that counts under conditions of its own, besides its scope.
type conditional interface {
	Event
	// blocked returns why it can't be now; empty means that it can. It is called only where scope admits the state.
	blocked(s State) Reason
}

// What the person does.
type (
	// NewConnector opens the wizard with a new draft.
	NewConnector struct{}
	// OpenDraft goes on with a draft.
	OpenDraft struct{ ID string }
	// AskDiscard asks whether to discard a draft; an empty ID takes the question back.
	AskDiscard struct{ ID string }
	// Discard discards the draft.
	Discard struct{ ID string }
	// AskPaste opens the place on the home screen where an administrator's answer is pasted for a draft; an empty ID closes it.
	AskPaste struct{ ID string }
	// OpenConnector shows a saved connector.
	OpenConnector struct{ ID string }
	// GoHome shows the home screen; in the wizard it closes it (the draft stays).
	GoHome struct{}
	// StayInWizard takes back the question that GoHome or Quit raised.
	StayInWizard struct{}
	// Quit asks for the end of the program (the window was closed).
	Quit struct{}
	// LeaveWizard answers it: the wizard is closed.
	LeaveWizard struct{}
	// Back goes to the page before.
	Back struct{}
	// Forward goes to the next page, or saves on the last one.
	Forward struct{}
	// GoTo jumps to a page that can be reached.
	GoTo struct{ Step connector.Step }

	// Edited says that a text input holds Value now.
	Edited struct {
		Field connector.Field
		Value string
	}
	// Chosen says that one of several options was chosen.
	Chosen struct {
		Field connector.Field
		Value string
	}
	// Ticked says that a check box was set or cleared.
	Ticked struct {
		Field connector.Field
		On    bool
	}
	// SecretEntered brings a client secret, or a certificate's PEM text.
	SecretEntered struct {
		Field  connector.Field
		Secret auth.Secret
	}
	// AskChange asks for a field to be changed whose change undoes a consent.
	AskChange struct{ Field connector.Field }
	// AgreeChange agrees to it: the field can be changed then.
	AgreeChange struct{}
	// KeepField takes the question back.
	KeepField struct{}

	// LookUpTenant looks the typed tenant up (again).
	LookUpTenant struct{}
	// CheckReady checks keychain, browsers and elevation (again).
	CheckReady struct{}
	// ProbeApp probes the app registration (again).
	ProbeApp struct{}
	// SaveScript saves the script or manifest that makes the app registration.
	SaveScript struct{}

	// StartAdmin starts the admin consent.
	StartAdmin struct{ Way Way }
	// StartUser starts the user consent. Mode is how the window is kept apart, and counts for WayPrivate alone. So does PlainPrompt: it does
	// not ask for the credentials anew, which a federated account's identity provider may answer with less than it could.
	StartUser struct {
		Way         Way
		Mode        browser.Mode
		PlainPrompt bool
	}
	// StopWait ends the consent that is being waited for.
	StopWait struct{}
	// MoreTime gives the wait ten more minutes.
	MoreTime struct{}
	// OpenHandover shows "someone else is the administrator" and makes its link.
	OpenHandover struct{}
	// CloseHandover hides it; the link stays good.
	CloseHandover struct{}
	// TakePaste takes the pasted address of the last page as the administrator's answer.
	TakePaste struct{}
	// GoUnconfirmed goes on without the admin consent being confirmed. With an ID it does so for a draft on the home screen.
	GoUnconfirmed struct{ ID string }

	// TellError opens, or with Open false closes, the place where an error page of the browser is told.
	TellError struct{ Open bool }
	// ExplainError explains what was told.
	ExplainError struct{}

	// RunChecks runs the checks (again).
	RunChecks struct{}
	// AcceptAccount accepts the account that signed in instead of the named one, if what was typed anew names it.
	AcceptAccount struct{}
	// Save saves the connector.
	Save struct{}

	// CheckAll checks all connectors.
	CheckAll struct{}
	// StopCheckAll stops that; what was done until then stays.
	StopCheckAll struct{}
	// CheckNow checks the connector that is shown.
	CheckNow struct{}
	// Renew opens the wizard to repeat its user consent.
	Renew struct{}
	// AskRename opens the field for its new name.
	AskRename struct{}
	// Rename gives it the name that was typed.
	Rename struct{}
	// AskRemove asks whether to remove it.
	AskRemove struct{}
	// Remove removes it.
	Remove struct{}
	// AskChangeUser opens the field for another integration user.
	AskChangeUser struct{}
	// ChangeUser opens the wizard for the user consent of the account that was typed.
	ChangeUser struct{}
	// CancelDetail takes back what AskRename, AskRemove or AskChangeUser opened.
	CancelDetail struct{}

	// AskRecord opens the field for the file of the consent record of the connector that is shown.
	AskRecord struct{}
	// SaveRecord writes the consent record; without Replace it leaves a file that is there already as it is.
	SaveRecord struct{ Replace bool }
	// CloseRecord closes that field.
	CloseRecord struct{}
	// BrowseFolder shows what folders there are in a folder, to choose one for the file; an empty Path is the one that the file
	// would go to as it is typed.
	BrowseFolder struct{ Path string }
	// UseFolder takes the folder that is shown for the file.
	UseFolder struct{}
	// CloseFolders takes BrowseFolder back.
	CloseFolders struct{}
)

// What effects bring back. Attempt is the number that the effect was given; the outcome of a superseded attempt is dropped.
type (
	// Loaded brings the lists on disk, at the start and whenever they change, the connectors without their checks; Now is when they were read.
	// What could be read counts, whether there is a Problem or not.
	Loaded struct {
		Connectors []connector.Connector
		Drafts     []connector.Draft
		Problem    *connector.Problem
		Now        time.Time
	}
	// TimePassed brings the time every hour, since what the screens say ages while nobody does anything.
	TimePassed struct{ Now time.Time }
	// DraftMade brings the new, or newly opened, draft; Now is the time of opening.
	DraftMade struct{ Draft connector.Draft }
	// DraftKept reports whether a draft could be written, and with which answer of an administrator.
	DraftKept struct {
		DraftID string
		Admin   connector.AdminStatus
		Problem *connector.Problem
	}
	// DraftDropped reports whether a draft, and what the keychain held for it, could be removed.
	DraftDropped struct {
		ID      string
		Problem *connector.Problem
	}
	// KeychainWaits says that the keychain takes long to answer: it may be waiting for a person who unlocks it.
	KeychainWaits struct{}
	// ReadyChecked brings what page 1 checks by itself.
	ReadyChecked struct {
		Attempt   int
		Keychain  *connector.Problem
		Browsers  []browser.Browser
		NoBrowser *connector.Problem
		Elevated  *connector.Problem
	}
	// TenantFound brings what discovery found.
	TenantFound struct {
		Attempt int
		Found   []auth.Tenant
		Problem *connector.Problem
		Clock   *connector.Problem
	}
	// Probed brings the probe's answer.
	Probed struct {
		Attempt int
		Result  connector.ProbeResult
		Problem *connector.Problem
	}
	// ScriptWritten brings the script or manifest that makes the app registration.
	ScriptWritten struct {
		Attempt int
		Text    string
	}
	// ScriptSaved says in which file it was saved; Raw is the system's word where it could not be.
	ScriptSaved struct {
		Attempt   int
		Path, Raw string
	}
	// SecretKept reports whether the draft's secret could be kept; Expires is set from a certificate.
	SecretKept struct {
		Attempt int
		Expires connector.Day
		Problem *connector.Problem
	}
	// ConsentOpened says that the listener is bound and the browser was started.
	ConsentOpened struct {
		Attempt int
		Browser browser.Browser
		Mode    browser.Mode
		Since   time.Time
		Until   time.Time
		Link    string
	}
	// ConsentStarted says that the browser has asked for the start page, and when.
	ConsentStarted struct {
		Attempt int
		At      time.Time
	}
	// ConsentNotStarted says that it has not within 20 s.
	ConsentNotStarted struct{ Attempt int }
	// ConsentLookedAt says whether the window keeps the pages that it shows, as a private one does not.
	ConsentLookedAt struct {
		Attempt int
		Kept    browser.Kept
	}
	// ConsentExtended brings the new limit.
	ConsentExtended struct {
		Attempt int
		Until   time.Time
	}
	// ConsentAnswered says that the answer came and is being redeemed.
	ConsentAnswered struct{ Attempt int }
	// Retrying says that an attempt waits for Microsoft and is tried again by itself; nil says that the try begins.
	Retrying struct {
		Attempt int
		Retry   *Retry
	}
	// AdminAnswered ends the admin consent; exactly one of Problem and Tenant is set.
	AdminAnswered struct {
		Attempt int
		Tenant  string
		At      time.Time
		// Pasted says that the answer came to our listener without its cookie, by the handed-over link.
		Pasted  bool
		Problem *connector.Problem
	}
	// UserAnswered ends the user consent; exactly one of Problem and Identity is set. At is when the account signed in.
	UserAnswered struct {
		Attempt  int
		At       time.Time
		Identity *connector.Identity
		Problem  *connector.Problem
	}
	// HandoverMade brings the link for another person.
	HandoverMade struct {
		Attempt  int
		Handover connector.Handover
		Problem  *connector.Problem
	}
	// PasteRead says what an address that was pasted for a draft told; exactly one of Problem and Tenant is set. State is that of the link
	// whose answer it was read as.
	PasteRead struct {
		DraftID string
		State   string
		Tenant  string
		At      time.Time
		Problem *connector.Problem
	}
	// CheckDone brings one check's new state while the checks run.
	CheckDone struct {
		Attempt int
		Check   connector.Check
	}
	// ChecksDone says that all checks have ended; Problem says why they could not be made. Connector is the saved one as it is kept with them;
	// nil where they were not kept.
	ChecksDone struct {
		Attempt   int
		Now       time.Time
		Connector *connector.Connector
		Problem   *connector.Problem
	}
	// LastingDue says that the time is there for which AwaitLasting waited.
	LastingDue struct {
		Attempt int
		Now     time.Time
	}
	// LastingChecked says that the checks which were made by itself have ended, as ChecksDone does; ID is whose they were.
	LastingChecked struct {
		Attempt   int
		ID        string
		Now       time.Time
		Connector *connector.Connector
		Problem   *connector.Problem
	}
	// ConnectorChecked says that the checks of one of all connectors have ended; Problem says why they could not be made.
	ConnectorChecked struct {
		Attempt int
		ID      string
		Problem *connector.Problem
	}
	// AllChecked says that all connectors are checked.
	AllChecked struct{ Attempt int }
	// SaveDone ends Save of the connector of that name; exactly one of Problem and Connector is set.
	SaveDone struct {
		Attempt   int
		Name      string
		Connector *connector.Connector
		Problem   *connector.Problem
	}
	// DetailDone ends Rename or Remove of the connector with the ID.
	DetailDone struct {
		Attempt int
		ID      string
		Removed bool
		Problem *connector.Problem
	}
	// RecordSuggested brings the file that is suggested for the consent record of the connector with the ID.
	RecordSuggested struct{ ID, Path string }
	// FoldersListed brings what folders there are.
	FoldersListed struct {
		Attempt int
		List    connector.FolderList
	}
	// RecordDone reports whether the consent record was written to Path, or why not; Raw is the system's own word for that.
	RecordDone struct {
		Attempt int
		Path    string
		Reason  Reason
		Raw     string
	}
	// DetailOpened brings the checks and the history of the connector with the ID, and the time at which they were read; Problem says why they could not be.
	DetailOpened struct {
		ID      string
		Checks  []connector.Check
		Past    []connector.Past
		Now     time.Time
		Problem *connector.Problem
	}
)

func (NewConnector) scope() scope      { return anywhere }
func (OpenDraft) scope() scope         { return anywhere }
func (AskDiscard) scope() scope        { return anywhere }
func (Discard) scope() scope           { return anywhere }
func (AskPaste) scope() scope          { return anywhere }
func (OpenConnector) scope() scope     { return anywhere }
func (GoHome) scope() scope            { return anywhere }
func (StayInWizard) scope() scope      { return anywhere }
func (LeaveWizard) scope() scope       { return anywhere }
func (Quit) scope() scope              { return anywhere }
func (Retrying) scope() scope          { return inWizard }
func (TellError) scope() scope         { return inWizard }
func (ExplainError) scope() scope      { return inWizard }
func (PasteRead) scope() scope         { return anywhere }
func (Back) scope() scope              { return inDraft }
func (Forward) scope() scope           { return inDraft }
func (GoTo) scope() scope              { return inDraft }
func (Edited) scope() scope            { return anywhere }
func (Chosen) scope() scope            { return anywhere }
func (Ticked) scope() scope            { return anywhere }
func (SecretEntered) scope() scope     { return inDraft }
func (AskChange) scope() scope         { return inDraft }
func (AgreeChange) scope() scope       { return inDraft }
func (KeepField) scope() scope         { return inDraft }
func (LookUpTenant) scope() scope      { return inDraft }
func (CheckReady) scope() scope        { return inDraft }
func (ProbeApp) scope() scope          { return inDraft }
func (SaveScript) scope() scope        { return inDraft }
func (StartAdmin) scope() scope        { return inDraft }
func (StartUser) scope() scope         { return inDraft }
func (StopWait) scope() scope          { return inWizard }
func (MoreTime) scope() scope          { return inWizard }
func (OpenHandover) scope() scope      { return inDraft }
func (CloseHandover) scope() scope     { return inWizard }
func (TakePaste) scope() scope         { return anywhere }
func (GoUnconfirmed) scope() scope     { return anywhere }
func (RunChecks) scope() scope         { return inDraft }
func (AcceptAccount) scope() scope     { return inDraft }
func (Save) scope() scope              { return inDraft }
func (CheckAll) scope() scope          { return anywhere }
func (StopCheckAll) scope() scope      { return anywhere }
func (CheckNow) scope() scope          { return onConnector }
func (Renew) scope() scope             { return onConnector }
func (AskRename) scope() scope         { return onConnector }
func (Rename) scope() scope            { return onConnector }
func (AskRemove) scope() scope         { return onConnector }
func (Remove) scope() scope            { return onConnector }
func (AskChangeUser) scope() scope     { return onConnector }
func (ChangeUser) scope() scope        { return onConnector }
func (CancelDetail) scope() scope      { return onConnector }
func (AskRecord) scope() scope         { return beforeRecord }
func (SaveRecord) scope() scope        { return beforeRecord }
func (CloseRecord) scope() scope       { return beforeRecord }
func (BrowseFolder) scope() scope      { return beforeRecord }
func (UseFolder) scope() scope         { return beforeRecord }
func (CloseFolders) scope() scope      { return beforeRecord }
func (FoldersListed) scope() scope     { return beforeRecord }
func (RecordSuggested) scope() scope   { return beforeRecord }
func (RecordDone) scope() scope        { return beforeRecord }
func (Loaded) scope() scope            { return anywhere }
func (TimePassed) scope() scope        { return anywhere }
func (DraftMade) scope() scope         { return anywhere }
func (DraftKept) scope() scope         { return anywhere }
func (DraftDropped) scope() scope      { return anywhere }
func (KeychainWaits) scope() scope     { return inWizard }
func (ReadyChecked) scope() scope      { return inWizard }
func (TenantFound) scope() scope       { return inWizard }
func (Probed) scope() scope            { return inWizard }
func (ScriptWritten) scope() scope     { return inWizard }
func (ScriptSaved) scope() scope       { return inWizard }
func (SecretKept) scope() scope        { return anywhere }
func (ConsentOpened) scope() scope     { return inWizard }
func (ConsentStarted) scope() scope    { return inWizard }
func (ConsentNotStarted) scope() scope { return inWizard }
func (ConsentLookedAt) scope() scope   { return inWizard }
func (ConsentExtended) scope() scope   { return inWizard }
func (ConsentAnswered) scope() scope   { return inWizard }
func (AdminAnswered) scope() scope     { return inWizard }
func (UserAnswered) scope() scope      { return inWizard }
func (HandoverMade) scope() scope      { return inWizard }
func (CheckDone) scope() scope         { return anywhere }
func (ChecksDone) scope() scope        { return anywhere }
func (LastingDue) scope() scope        { return anywhere }
func (LastingChecked) scope() scope    { return anywhere }
func (ConnectorChecked) scope() scope  { return anywhere }
func (AllChecked) scope() scope        { return anywhere }
func (SaveDone) scope() scope          { return anywhere }
func (DetailDone) scope() scope        { return anywhere }
func (DetailOpened) scope() scope      { return onConnector }

// What the person does, and what the switch brings back.
type (
	// OpenPractice opens, or with Open false closes, the choice among the scenarios.
	OpenPractice struct{ Open bool }
	// PlayScenario plays another scenario in the practice cloud.
	PlayScenario struct {
		Name string
		How  PlayHow
	}
	// KeepScenario takes back the question that PlayScenario raised.
	KeepScenario struct{}
	// ScenarioPlays says that the practice cloud plays another scenario now; exactly one of Rehearsal and Problem is set.
	ScenarioPlays struct {
		Attempt   int
		Rehearsal *connector.Rehearsal
		Problem   *connector.Problem
	}
)

func (OpenPractice) scope() scope { return inRehearsal }

func (PlayScenario) scope() scope { return inRehearsal }

func (KeepScenario) scope() scope { return inRehearsal }

func (ScenarioPlays) scope() scope { return inRehearsal }

// SwitchCloud takes the tenant as another cloud has it, after it was asked for where that undoes consents. An empty Cloud looks the
// tenant up again in all clouds, on page 1.
type SwitchCloud struct{ Cloud string }

func (SwitchCloud) scope() scope { return inDraft }
