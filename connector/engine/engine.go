// Package engine puts the real keychain, browsers, disk and Microsoft clients behind the connector's ports, for both programs.
package engine

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/assets/notices"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/loopback"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/keyvault"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/record"
	"partner-center-connector/connector/registration"
	"partner-center-connector/connector/schedule"
	"partner-center-connector/connector/store"
	"partner-center-connector/connector/vault"
)

// KeychainService is the service name of our items in the keychain.
const KeychainService = "Partner Center Connector"

// Options configure an Engine.
type Options struct {
	// ConfigDir is where lists, locks and notes are kept; empty for the system's own place.
	ConfigDir string
	// CloudsFile adds clouds; empty for none.
	CloudsFile string
	// Service is the keychain service name; empty for KeychainService.
	Service string
	// Rehearsal lets the program go on as root, with Chromium's sandbox off there. It knows only the clouds of CloudsFile, so
	// that nothing which is typed in a rehearsal is asked of Microsoft.
	Rehearsal bool
	// NoSandbox starts Chromium without its sandbox; only for a rehearsal where no user namespace can be had.
	NoSandbox bool
	// PresetPlaces are where a preset is looked for; nil for the system's own places, and for none in a rehearsal.
	PresetPlaces []preset.Place
	// Products are those whose two links there are words for, before the preset's and those built in.
	Products []connector.Product
	// Policy is what the administrator of the computer says. A rehearsal goes by its settings alone.
	Policy connector.Policy
	// Keychain replaces that of the operating system; nil for the real one.
	Keychain vault.Keychain
	// KeychainWaits is called, from a goroutine of its own, when the keychain takes long to answer: a person may have to unlock
	// it. It may be nil.
	KeychainWaits func()
	// Alone says that nobody is there to unlock the keychain: where it is locked, that is told at once.
	Alone      bool
	Translator *assets.Translator
	// Notices are the licenses of what is in the program.
	Notices notices.Set
	// Log is the log; nil for none.
	Log *slog.Logger
	// Now is the clock; nil for this computer's.
	Now func() time.Time
	// Build is what the program was built from; nil for Build.
	Build func() connector.Build
}

// Engine is the outside world of one program.
type Engine struct {
	Ports connector.Ports
	// Store is the disk, for settings too.
	Store *store.Store
	// Vault is the keychain.
	Vault *vault.Vault
	// Launcher opens browsers.
	Launcher *browser.Launcher
	// Directory finds tenants and tells which clouds can be reached.
	Directory *auth.Directory
	// Clouds are those built in and those of the clouds file.
	Clouds []auth.Cloud
	// presets are where a preset is looked for.
	presets []preset.Place
	build   func() connector.Build
	// notices are the licenses of what is in the program.
	notices notices.Set
}

// New makes an Engine. It opens no connection and no browser. Its errors are those of the clouds file and of the
// configuration folder.
func New(o Options) (*Engine, error) {
	all, err := cloudsOf(o)
	if err != nil {
		return nil, err
	}
	o.Policy = policyOf(o, all)
	all = allowed(o, all)
	disk, err := openStore(o.ConfigDir)
	if err != nil {
		return nil, err
	}
	if o.Service == "" {
		o.Service = KeychainService
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Build == nil {
		o.Build = Build
	}
	keychain := vault.Open(vault.Config{
		Service: o.Service, Dir: filepath.Join(disk.Dir(), "intents"), Keychain: o.Keychain, Waits: o.KeychainWaits, Alone: o.Alone,
	})
	launcher := browser.New(browser.Config{NoSandbox: o.NoSandbox, Log: o.Log})
	e := &Engine{Store: disk, Vault: keychain, Launcher: launcher, Directory: auth.NewDirectory(all).WithClock(o.Now), Clouds: all, build: o.Build, notices: o.Notices}
	e.presets = presetPlaces(o, all)
	given := preset.Find(e.presets, o.Now())
	if e.presets != nil {
		given = policy.OverPreset(o.Policy, given)
	}
	e.Ports = connector.Ports{
		Tenants: tenants{e.Directory, o}, Prober: prober{auth.NewProber(all)},
		Consents: listener{loopback.NewListener(loopback.Config{Render: renderer(o.Translator), Now: o.Now, Log: o.Log})},
		Redeemer: redeemer{auth.NewService(all, o.Now), clouds{all}, o.Policy}, Browsers: browsers{launcher}, Vault: keychain, Store: disk,
		Clouds: clouds{all}, Records: record.Writer{Translator: o.Translator, Version: assets.Version, Now: o.Now, Preset: given},
		Registrations: registration.Writer{Translator: o.Translator, Version: assets.Version},
		KeyVaults:     keyvault.New(),
		Log:           o.Log, Now: o.Now, AllowElevated: o.Rehearsal, Preset: given, Policy: o.Policy,
		Products: productsOf(o, given),
	}
	e.Ports.Computer = e.computer(o.Translator)
	e.Ports.Reports = reports{e, o.Translator}
	if !o.Rehearsal {
		e.Ports.Notices = noticesOf(o)
		e.Ports.Schedules = dailyCheck{schedule.New(scheduleConfig(o, disk)), o.Policy}
	}
	return e, nil
}

// scheduleConfig is what the schedule has to tell the program that it calls: where its files are, where it would not look there by itself. A folder that
// an environment variable names is one of those, since a schedule has no such variable.
func scheduleConfig(o Options, disk *store.Store) schedule.Config {
	c := schedule.Config{LastRun: disk.ScheduledRun}
	o = withoutPolicyPaths(o)
	if o.ConfigDir != "" || os.Getenv("XDG_CONFIG_HOME") != "" {
		c.ConfigDir = disk.Dir()
	}
	if o.CloudsFile != "" {
		c.CloudsFile = o.CloudsFile
		if path, err := filepath.Abs(o.CloudsFile); err == nil {
			c.CloudsFile = path
		}
	}
	return c
}

func openStore(named string) (*store.Store, error) {
	dir, err := store.DirOf(named)
	if err != nil {
		return nil, fmt.Errorf("the configuration folder: %w", err)
	}
	return store.Open(dir)
}

func renderer(tr *assets.Translator) func(io.Writer, auth.Page) error {
	return func(w io.Writer, page auth.Page) error { return assets.RenderCallback(w, tr, string(page)) }
}

// Keeper looks after the saved connectors.
func (e *Engine) Keeper() keeper.Keeper { return keeper.Keeper{Ports: e.Ports} }

type prober struct{ *auth.Prober }

func (p prober) ProbeApp(ctx context.Context, t auth.Tenant, a auth.App) (connector.ProbeResult, error) {
	answer, err := p.Prober.ProbeApp(ctx, t, a)
	return connector.ProbeResult(answer), err
}

type listener struct{ *loopback.Listener }

func (d listener) BeginAdmin(ctx context.Context, r auth.AdminRequest) (connector.Attempt, error) {
	return attemptOf(d.Listener.BeginAdmin(ctx, r))
}

func (d listener) BeginUser(ctx context.Context, r auth.UserRequest) (connector.Attempt, error) {
	return attemptOf(d.Listener.BeginUser(ctx, r))
}

func (d listener) BeginLink(ctx context.Context, r auth.LinkRequest) (connector.Attempt, error) {
	return attemptOf(d.Listener.BeginLink(ctx, r))
}

func (d listener) Handover(ctx context.Context, r auth.AdminRequest) (connector.Attempt, string, string, error) {
	a, link, state, err := d.Listener.Handover(ctx, r)
	attempt, err := attemptOf(a, err)
	return attempt, link, state, err
}

// attemptOf keeps a nil *loopback.Attempt from becoming an interface that is not nil.
func attemptOf(a *loopback.Attempt, err error) (connector.Attempt, error) {
	if err != nil {
		return nil, err
	}
	return a, nil
}

type redeemer struct {
	*auth.Service
	clouds clouds
	policy connector.Policy
}

func (r redeemer) Redeem(ctx context.Context, request auth.UserRequest, a auth.Answer) (connector.Session, error) {
	return sessionOf(r.Service.Redeem(ctx, request, a))
}

func (r redeemer) Resume(
	ctx context.Context, c connector.Connector, credential auth.Secret, store func(context.Context, auth.Secret) error,
) (connector.Session, error) {
	cloud, ok := r.clouds.Cloud(c.Tenant.Cloud)
	if !ok {
		return nil, r.policy.NoCloud(c.Tenant.Cloud)
	}
	return sessionOf(r.Service.Resume(ctx, cloud, c.Tenant, appOf(c), c.WithGroups, credential, store))
}

func (r redeemer) PutTogether(c connector.Connector, b auth.Bare) (auth.Secret, error) {
	cloud, ok := r.clouds.Cloud(c.Tenant.Cloud)
	if !ok {
		return auth.Secret{}, r.policy.NoCloud(c.Tenant.Cloud)
	}
	return r.Service.PutTogether(cloud, c.Tenant, appOf(c), b)
}

func appOf(c connector.Connector) auth.App {
	return auth.App{ClientID: c.ClientID, ClientKind: c.ClientKind, RedirectPath: c.RedirectPath, Scopes: c.Scopes}
}

func sessionOf(s *auth.Session, err error) (connector.Session, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

type browsers struct{ *browser.Launcher }

func (b browsers) OpenPrivate(ctx context.Context, which browser.Browser, m browser.Mode, url string) (connector.Window, error) {
	w, err := b.Launcher.OpenPrivate(ctx, which, m, url)
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (browsers) Elevated() bool { return browser.Elevated() }

// CredentialIDs are the keys of everything in the keychain that the lists on disk know of.
func (e *Engine) CredentialIDs() []string {
	ids := []string{}
	connectors, _ := e.Store.Connectors()
	for _, c := range connectors {
		ids = append(ids, c.ID)
	}
	drafts, _ := e.Store.Drafts()
	for _, d := range drafts {
		ids = append(ids, d.ID, keeper.DraftSecretID(d.ID))
	}
	return ids
}
