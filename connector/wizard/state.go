package wizard

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Screen is what the main window shows.
type Screen string

// The screens.
const (
	ScreenHome      Screen = "home"
	ScreenWizard    Screen = "wizard"
	ScreenConnector Screen = "connector"
	ScreenSettings  Screen = "settings"
)

// State is everything that the program knows while it runs, as plain data. The only secrets in it are links that were pasted and not read yet,
// as an [auth.Secret], which hides itself. A State is never changed in
// place once Next has returned it: slices and maps in it are replaced, not written to.
type State struct {
	Screen    Screen
	Rehearsal *connector.Rehearsal
	// Preset is what the publisher of the app registration gave beforehand; none in a rehearsal.
	Preset connector.Preset
	// Policy is what the administrator of the computer says.
	Policy connector.Policy
	// Products are those whose two links this program knows words for; never changed in place.
	Products []connector.Product
	// VaultSuffixes are what the addresses of key vaults end with, by the names of the clouds that have some; never changed in place.
	VaultSuffixes map[string]string
	// LinkOffer is a link of another product that was pasted into a field for something else.
	LinkOffer LinkOffer
	Home      Home
	Wizard    Wizard
	Detail    Detail
	Practice  Practice
	Record    RecordForm
	Report    SupportReport
	// Settings are those on disk; Given are those of the command line, which win until the person chooses others.
	Settings     connector.Settings
	Given        connector.Settings
	SettingsPage SettingsPage
	// CommandFlags are the flags that the terminal program needs to find the same connectors, ready to be typed; mostly empty.
	CommandFlags string
	// Said confirms what the person did last; nil for nothing.
	Said *Said
	// LastAttempt is the number of the newest attempt at anything.
	LastAttempt int
	// Raise counts up whenever the window should come to the front.
	Raise int
	// Wanted is the ID of a connector that is to be shown, as a notification or the command line asks; empty once it is.
	Wanted string
	// Quit says that the program may end now.
	Quit bool
}

// Home is the home screen.
type Home struct {
	Loaded bool
	// Connectors are the saved ones, without their checks.
	Connectors []connector.Connector
	// places tells where in Connectors the one of an ID is. It may be older than those.
	places map[string]int
	Drafts []connector.Draft
	// Now is the newest time that is known, for what ages; zero before the lists were read.
	Now time.Time
	// Problem is why a list could not be read; nil where they could.
	Problem *connector.Problem
	// Failures are what failed whose own screen was left, the newest last, until somebody goes on.
	Failures []Failure
	Search   string
	// Discard is the ID of the draft whose discarding is being asked about. discarding are the names of those that are being discarded, by their
	// IDs; never changed in place.
	Discard    string
	discarding map[string]string
	// Paste is the ID of the draft for which an administrator's answer is being pasted; PasteText is what was pasted.
	Paste        string
	PasteText    string
	PasteProblem *connector.Problem
	// Answered is a draft with the administrator's answer that was pasted for it, until it is written; nil for none.
	Answered *connector.Draft
	// Saving and Storing have the IDs of drafts that were left while they, or their client secret or certificate, were being saved, by the
	// attempt's number. The former are not offered until it is known what came of it.
	Saving  map[int]string
	Storing map[int]string
	// Unkept are which links are held of the drafts whose links are in memory alone, and why, by the draft's ID; never changed in place.
	Unkept map[string]LinksHeld
	// Checking is the check of all connectors.
	Checking CheckingAll
	// Lasting is the check that the window makes by itself.
	Lasting Lasting
	// Left is the ID of the connector whose screen was left for home; empty where another one was.
	Left string
}

// Failure is something that failed, and the names of the connectors and drafts that it is about.
type Failure struct {
	Problem *connector.Problem
	About   []string
}

// Work is something under way that ends with an outcome event of the same Attempt.
type Work struct {
	Attempt int
	Running bool
}

// Wizard is the wizard; its zero value is "no wizard open".
type Wizard struct {
	Open   bool
	Draft  connector.Draft
	Ready  Readiness
	Lookup Lookup
	Probe  Probe
	// MoreScopes shows the further permissions that can be asked for, where none is asked for yet.
	MoreScopes bool
	// Registering is how the app registration is made, if there is none.
	Registering Registering
	// Admin and User are the two consents; in a draft with Links the opening of its two links.
	Admin Consent
	User  Consent
	// Links is the form for the two links of another product.
	Links LinkForm
	// SecretProblem returns why the client secret or certificate could not be taken or kept.
	SecretProblem *connector.Problem
	StoringSecret Work
	// Replaced is the end of the credential that the one being stored takes the place of. It counts again where that can't be stored.
	Replaced secretEnd
	// HandoverOpen shows the "someone else is the administrator" part of page 5; Paste is the text pasted there.
	HandoverOpen bool
	Paste        string
	PasteProblem *connector.Problem
	// Told is what the person told of an error page that the browser stays on.
	Told Told
	// SignedIn is the account that the user consent was given by; nil before.
	SignedIn *connector.Identity
	// SignedInAt is when that was; zero where it is not known.
	SignedInAt time.Time
	// Typed is what was typed into the fields of the page, as it was; the draft has what is used of it.
	Typed map[connector.Field]string
	// SecretCleaned is what was taken off the client secret that was entered last.
	SecretCleaned SecretCleaned
	// SecretRefused is why the client secret that was entered last can't be one, and was not taken; empty for none.
	SecretRefused connector.Reason
	// Retyped is what the admin typed to name another account that signed in than the one expected.
	Retyped  string
	Checks   []connector.Check
	Checking Work
	Saving   Work
	// Saved is the connector after Save.
	Saved   *connector.Connector
	Problem *connector.Problem
	// Unkept is why the draft could not be written the last time; nil if it could. It is the Problem where there is no other.
	Unkept *connector.Problem
	// Change is the field whose change would undo a consent and is being asked about; Unlocked are those that were agreed to.
	Change   connector.Field
	Unlocked map[connector.Field]bool
	// SwitchTo is the cloud that is switched to where that change, of FieldCloud, is agreed to.
	SwitchTo string
	// Fixed are the fields that the preset or a policy locks: nothing unlocks them. Held are those of a policy.
	Fixed map[connector.Field]bool
	Held  map[connector.Field]bool
	// Leaving asks whether to close on pages 6 and 7, where the sign-in would have to be repeated; QuitAfter says that the
	// program is to end then.
	Leaving   bool
	QuitAfter bool
	// Duplicate is the name of a saved connector with the same tenant and app; empty for none.
	Duplicate string
}

// SecretCleaned says what of a client secret, as it was entered, is not used, with nothing of its text; the zero value for nothing.
type SecretCleaned struct {
	// Unseen are the characters that nobody sees, Replaced those for which ASCII is written.
	Unseen, Replaced []rune
	// Around says that something stood around it.
	Around bool
}

// WithoutSecret is what a cleaned client secret tells of it.
func WithoutSecret(c connector.Cleaned) SecretCleaned {
	return SecretCleaned{c.Unseen, c.Replaced, c.Around() != ""}
}

// Told is an error page that never comes back to us by redirect, as the person who sees it tells it: its code, or its text.
type Told struct {
	Open bool
	Text string
	// Explained says that Text was looked up; Problem is nil when nothing in it is known.
	Explained bool
	Problem   *connector.Problem
}

// Readiness is what page 1 checks by itself.
type Readiness struct {
	Work
	Done bool
	// KeychainWaits says that the keychain takes long to answer and that a person may have to unlock it.
	KeychainWaits bool
	// Keychain is nil when a full-size credential could be kept.
	Keychain *connector.Problem
	// Browsers are the browsers of this computer, the recommended one for the private window first.
	Browsers []browser.Browser
	// NoBrowser is set when none of them can open a private window.
	NoBrowser *connector.Problem
	Elevated  *connector.Problem
}

// Lookup is the discovery of the tenant.
type Lookup struct {
	Work
	Input string
	// Found holds more than one tenant when two clouds claim it; then the admin chooses.
	Found   []auth.Tenant
	Problem *connector.Problem
	// Clock is set when this computer's clock is so wrong that Microsoft's answers would be refused.
	Clock *connector.Problem
}

// Probe is the registration probe of page 4.
type Probe struct {
	Work
	Result  connector.ProbeResult
	Problem *connector.Problem
	// Retry is set while Microsoft is given time.
	Retry *Retry
}

// Retry says that something is tried again by itself, since Microsoft needs time: replication after a consent or a new
// secret, throttling, a passing fault.
type Retry struct {
	Problem connector.Problem
	// Since is when the last try ended, At when the next one begins.
	Since time.Time
	At    time.Time
}

// Phase is how far a consent has come.
type Phase string

// The phases.
const (
	PhaseIdle      Phase = ""
	PhaseOpening   Phase = "opening"
	PhaseWaiting   Phase = "waiting"
	PhaseFinishing Phase = "finishing" // the answer came; it is being redeemed or compared
	PhaseDone      Phase = "done"
)

// Way is how the browser is reached.
type Way string

// The ways. WayDefault and WayIsolated are for the admin consent, WayPrivate for the user consent, WayLink for both.
const (
	WayDefault  Way = "default"
	WayIsolated Way = "isolated"
	WayPrivate  Way = "private"
	WayLink     Way = "link"
)

// Consent is one of the two consents, under way or done.
type Consent struct {
	Attempt int
	Phase   Phase
	Way     Way
	// Browser and Mode say what was opened; Browser is zero for WayLink.
	Browser browser.Browser
	Mode    browser.Mode
	Since   time.Time
	Until   time.Time
	// Started says that the browser has asked for the start page; NoStart that it has not within 20 s.
	Started bool
	NoStart bool
	// Kept is whether the window keeps the pages that it shows, once that was looked at; empty before.
	Kept browser.Kept
	// Link is the start page's address, for a browser on this computer.
	Link    string
	Problem *connector.Problem
	// Retry is set while the answer's redemption waits for Microsoft.
	Retry *Retry
}

// RecordForm is where the consent record of the connector that is shown, or was just saved, gets its file.
type RecordForm struct {
	Open bool
	// Path is what was typed for it, or suggested.
	Path string
	Work Work
	// Reason returns why it could not be written, Raw what the system says of that.
	Reason Reason
	Raw    string
	// Listing brings Folders, from which a folder for the file is chosen; nil where none is.
	Listing Work
	Folders *connector.FolderList
}

// Busy reports whether the consent is under way.
func (c Consent) Busy() bool {
	return c.Phase == PhaseOpening || c.Phase == PhaseWaiting || c.Phase == PhaseFinishing
}

// Practice is the choice among the scenarios of a rehearsal; its zero value is "not open".
type Practice struct {
	Open bool
	// Search is what the scenarios are searched for; Place narrows them to where they are met, all of them when it is AllPlaces.
	Search string
	Place  string
	// Asked is the scenario that was chosen while a connector is being made: what becomes of that one is being asked.
	Asked string
	// Playing is the switch that is under way; Anew says that a new connector is begun after it.
	Playing Work
	Anew    bool
	Problem *connector.Problem
}

// AllPlaces is the Place that leaves no scenario out.
const AllPlaces = "all"

// PlayHow says what becomes of the connector that is being made when another scenario is played.
type PlayHow string

// The ways to go on. PlayAsk asks where a connector is being made, and is enough elsewhere.
const (
	PlayAsk  PlayHow = ""
	PlayAnew PlayHow = "anew" // it is given up, and a new one begun with the scenario's values
	PlayOn   PlayHow = "on"   // it stays as it is; the practice cloud answers differently from now on
)

// SettingsPage is the settings screen.
type SettingsPage struct {
	// Over is the screen that the settings were opened over, and lead back to; empty for home. OverReport and OverPractice say that the support
	// report, or the choice among the scenarios, stood before it.
	Over                     Screen
	OverReport, OverPractice bool
	Looking                  Work
	// Computer is what was found; its zero value before.
	Computer connector.Computer
	// keeping says that a choice is on its way to the disk.
	keeping bool
	// Problem returns why the settings could not be read or kept.
	Problem *connector.Problem
	// Schedule is the daily check.
	Schedule SchedulePage
	// Modules says that the modules of others in the program are shown.
	Modules bool
}
