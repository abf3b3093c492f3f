package connector

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
)

// TenantFinder finds a tenant by domain or GUID in all clouds at once. It returns more than one tenant when two clouds
// claim it. Its errors are *auth.Error with Cause ErrBadInput, ErrUnknownTenant, ErrNetwork and so on, and *auth.CloudsFileError.
type TenantFinder interface {
	FindTenant(ctx context.Context, domainOrID string) ([]auth.Tenant, error)
	// ClockOffset is by how much the clocks of the clouds that answered last are ahead of this computer's; 0 when none told.
	ClockOffset() time.Duration
	// AskClock asks one cloud by how much its clock is ahead of this computer's; 0 where it does not tell.
	AskClock(ctx context.Context, cloud string) time.Duration
}

// AppProber asks Microsoft whether it knows an app registration with its redirect URI, without a sign-in. A nil error with
// ProbeUnknown means that it could not be told.
type AppProber interface {
	ProbeApp(ctx context.Context, tenant auth.Tenant, app auth.App) (ProbeResult, error)
}

// Attempt is one attempt at a consent: its listener is bound.
type Attempt interface {
	// Link makes a new start address with a single-use ticket.
	Link() string
	// Started is closed when a browser has asked for the start page.
	Started() <-chan struct{}
	// Answer waits for the answer that counts. Its error is an *auth.Error, or ctx's.
	Answer(ctx context.Context) (auth.Answer, error)
	// Finish sends the page that the browser shows, and returns when it was sent or nobody fetched it for 3 s.
	Finish(page auth.Page)
	// Close ends the attempt; a late answer gets a page that says so.
	Close()
}

// Consenter begins consents, over one listener that lives as long as the wizard.
type Consenter interface {
	BeginAdmin(ctx context.Context, r auth.AdminRequest) (Attempt, error)
	BeginUser(ctx context.Context, r auth.UserRequest) (Attempt, error)
	// Handover makes the link for another person. The Attempt gets the answer if that link is opened on this very computer;
	// it has no limit.
	Handover(ctx context.Context, r auth.AdminRequest) (a Attempt, link, state string, err error)
	// BeginLink makes the listener ready to send a browser on to a link that another product has made. The answer goes to that product:
	// the Attempt's Answer brings nothing but the reasons why the browser was refused.
	BeginLink(ctx context.Context, r auth.LinkRequest) (Attempt, error)
	// Release closes the listener when the wizard closes.
	Release()
}

// Session is a signed-in integration user: what the user consent yielded, or what was saved of it.
type Session interface {
	// Claims are those of the ID token of the sign-in.
	Claims() auth.IDClaims
	// Verify compares the ID token with what was asked for: nonce, audience, issuer, tenant, expiry.
	Verify(now time.Time) error
	// Token returns an access token for one resource. With fresh, no cached one is used, so that the refresh token is. Several calls at once
	// may begin with the stored refresh token. Nothing is stored before Keep, unless one of them has used it up.
	Token(ctx context.Context, r auth.Resource, fresh bool) (auth.Token, error)
	// Keep stores the credential once, if it has changed, and goes on with that for a while when ctx has ended. Its error is
	// auth.ErrNotStored; the tokens are good all the same. A session that was not resumed has nowhere to store it.
	Keep(ctx context.Context) error
	// Credential is what must be kept to resume the session, for the keychain only.
	Credential() auth.Secret
}

// Redeemer turns a user consent's answer, or a saved credential, into a Session.
type Redeemer interface {
	Redeem(ctx context.Context, r auth.UserRequest, a auth.Answer) (Session, error)
	// Resume opens a saved credential. store is called with the new credential where Keep, or Token, stores it.
	Resume(ctx context.Context, c Connector, credential auth.Secret, store func(context.Context, auth.Secret) error) (Session, error)
	// AppSecrets takes the client secret or certificate out of a saved credential.
	AppSecrets(credential auth.Secret) (secret, certificate auth.Secret, err error)
	// TakeApart takes out of a saved credential what goes on with it elsewhere.
	TakeApart(credential auth.Secret) (auth.Bare, error)
	// PutTogether makes the credential that Resume opens of a connector's refresh token. The first refresh proves whose it is.
	PutTogether(c Connector, b auth.Bare) (auth.Secret, error)
}

// Window is a private window that we opened.
type Window interface {
	// Exit gets one value when the window's process has ended.
	Exit() <-chan browser.Exit
	// Kept looks from outside whether it keeps the pages that it shows, as a private one does not.
	Kept() browser.Kept
	// Close ends the browser and removes its profile. Called again, it returns when the first call does.
	Close() error
}

// Browsers opens browsers.
type Browsers interface {
	// Installed lists them, the one recommended for a private window first.
	Installed(ctx context.Context) ([]browser.Browser, error)
	// OpenDefault opens url in the system's default browser.
	OpenDefault(ctx context.Context, url string) error
	// OpenWith opens url in a normal window of an installed browser.
	OpenWith(ctx context.Context, b browser.Browser, url string) error
	// OpenPrivate opens url in a new throw-away profile.
	OpenPrivate(ctx context.Context, b browser.Browser, m browser.Mode, url string) (Window, error)
	// Sweep removes the profiles that a crash left.
	Sweep() error
	// Elevated reports whether this program runs as root or as an elevated administrator.
	Elevated() bool
}

// Vault keeps credentials in the keychain of the operating system. Its errors are the ErrKeychain… values, wrapped.
type Vault interface {
	// Test writes, reads back and deletes a credential of full size.
	Test(ctx context.Context) error
	// Tested is Test until one has succeeded in this run, and nothing failed since. Several at once wait for the same one.
	Tested(ctx context.Context) error
	Put(ctx context.Context, id string, credential auth.Secret) error
	Get(ctx context.Context, id string) (auth.Secret, error)
	// Delete removes it; one that is not there is no error.
	Delete(ctx context.Context, id string) error
	// Sweep removes what a crash left behind.
	Sweep(ctx context.Context) error
}

// Store keeps connectors, drafts and settings on disk. Its errors are ErrListDamaged, ErrListNewer or those of the file system, wrapped.
type Store interface {
	// Connectors returns every saved connector without its Checks and its History, in the order in which they were first saved. Everything else is there;
	// package checks finds the same health in it as in the whole one. Those that can't be read are told by UnreadableErrors beside the others:
	// the connectors count whether there is an error or not.
	Connectors() ([]Connector, error)
	// Connector returns one connector, whole: ErrAbsent where there is none of that ID. It costs the same however many there are.
	Connector(id string) (Connector, error)
	// Named returns the IDs of the connectors that have the name (SameName). It costs the same however many there are, but where somebody
	// changed the files by hand, and does not know of a name that was changed so until the list is read. One that can't be read has no name.
	Named(name string) ([]string, error)
	// PutConnector adds a connector, or replaces the one of the same ID. It is ErrNameTaken where that gives it a name which another one has
	// (SameName), be it that another process has just given it. One that has its name already keeps it. What could not be read again is
	// refused before it replaces anything.
	PutConnector(Connector) error
	// DeleteConnector takes a connector off the list; one that is not there is no error. The file of one that can't be read is kept aside.
	DeleteConnector(id string) error
	Drafts() ([]Draft, error)
	PutDraft(Draft) error
	DeleteDraft(id string) error
	// Lock takes the connector's lock and waits for it; the returned function gives it back. ErrBusy when ctx ended first.
	Lock(ctx context.Context, id string) (unlock func(), err error)
	Settings() (Settings, error)
	// ChangeSettings changes the settings while nobody else does.
	ChangeSettings(change func(Settings) Settings) error
	// ScheduledRun returns what came of the last run of the schedule; the zero one where there was none.
	ScheduledRun() (ScheduledRun, error)
	// PutScheduledRun keeps what came of a run, in place of the one before.
	PutScheduledRun(ScheduledRun) error
	// Watch calls changed whenever another process changed a list or the settings, and returns when ctx ends.
	Watch(ctx context.Context, changed func())
}

// Errors of the Store.
var (
	ErrListDamaged = errors.New("it could not be read, and nothing was written over it")
	ErrListNewer   = errors.New("it was written by a newer version")
	ErrBusy        = errors.New("another process is using this connector")
	ErrAbsent      = errors.New("there is no such connector")
	ErrNameTaken   = errors.New("another connector has this name")
)

// ErrOtherAccount means that another account signed in than the one that the connector was saved with.
var ErrOtherAccount = errors.New("not the account of this connector")

// Clouds finds the cloud of a name, and makes the clients that belong to it.
type Clouds interface {
	Cloud(name string) (auth.Cloud, bool)
	// All returns every cloud that is known; never changed in place.
	All() []auth.Cloud
	PartnerCenter(c auth.Cloud) PartnerCenter
	Graph(c auth.Cloud) Graph
}

// ConsentRecords writes consent records to files of the person's choice.
type ConsentRecords interface {
	// Suggest returns the path of a file that is not there yet.
	Suggest(c Connector) string
	// Folders lists the folders beside a file, or those of the nearest folder above it that can be read.
	Folders(path string) FolderList
	// Write writes the record of a connector, and returns the full path of the file. A file that is there stays as it is unless
	// replace is set; then the error is fs.ErrExist, wrapped. Its other errors are those of the file system, and ErrNotAFile.
	Write(c Connector, path string, replace bool) (full string, err error)
}

// Reports makes support reports: what somebody who helps has to know, without secrets and without names.
type Reports interface {
	// Text makes a report for people; shown are the problems that the program shows now.
	Text(ctx context.Context, shown []Problem) string
	// JSON makes one for programs.
	JSON(ctx context.Context, shown []Problem) []byte
	// Save puts a report for people into a file of its own that is not there yet, in the person's Documents folder, and returns its path. Its
	// errors are those of the file system.
	Save(text string) (path string, err error)
}

// ErrNotAFile means that a path names a folder, or something else that can't be written to.
var ErrNotAFile = errors.New("this is no file")

// Ports is the outside world, as the runner and the keeper need it.
type Ports struct {
	Tenants  TenantFinder
	Prober   AppProber
	Consents Consenter
	Redeemer Redeemer
	Browsers Browsers
	Vault    Vault
	Store    Store
	Clouds   Clouds
	Records  ConsentRecords
	// Registrations writes app registrations for Microsoft's own tools.
	Registrations Registrations
	// Reports makes support reports.
	Reports Reports
	// KeyVaults opens key vaults in Azure.
	KeyVaults KeyVaults
	// Schedules sets up the daily check; nil in a rehearsal, which has none.
	Schedules Schedules
	// Notices shows notifications; nil where there are to be none.
	Notices Notices
	// Log gets what is worth a line in the log: IDs, kinds and codes, never a name, a link or a secret; nil for nobody.
	Log *slog.Logger
	// Computer looks at this computer for the settings screen; nil for nothing to be shown.
	Computer func(ctx context.Context) Computer
	Now      func() time.Time
	// Sleep waits for d, or until ctx ends, and then returns ctx's error; nil for the usual clock.
	Sleep func(ctx context.Context, d time.Duration) error
	// AllowElevated lets a rehearsal go on as root.
	AllowElevated bool
	// Preset is what a new connector begins with; its zero value is none.
	Preset Preset
	// Policy is what the administrator of the computer says; its zero value is nothing.
	Policy Policy
	// Products are those whose two links there are words for.
	Products []Product
	// Clipboard puts a link on the clipboard; nil where the program has none.
	Clipboard func(ctx context.Context, text auth.Secret) error
	// Rehearsing is the practice cloud of a rehearsal; nil in the real thing.
	Rehearsing Rehearsing
}

// CloudOf returns the cloud of a name, or why there is none: nobody knows it, or it is not allowed.
func (p Ports) CloudOf(name string) (auth.Cloud, error) {
	if cloud, ok := p.Clouds.Cloud(name); ok {
		return cloud, nil
	}
	return auth.Cloud{}, p.Policy.NoCloud(name)
}

// Logger is Log, or one that nobody reads.
func (p Ports) Logger() *slog.Logger {
	if p.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return p.Log
}

// Sleep waits for d by the usual clock, or until ctx ends, and then returns ctx's error: what [Ports].Sleep is where nothing else is given.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ProbeResult is what the registration probe can say.
type ProbeResult string

// The answers of the probe.
const (
	ProbeNone    ProbeResult = ""
	ProbeFine    ProbeResult = "fine"
	ProbeWrong   ProbeResult = "wrong"
	ProbeUnknown ProbeResult = "unknown"
)

// FolderList is a folder with those in it.
type FolderList struct {
	Path string
	// Parent is the folder above; empty where there is none.
	Parent string
	// Names are the folders in it, in alphabetical order; More says that there are more of them.
	Names []string
	More  bool
}
