package program

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

const (
	rehearsalService = engine.KeychainService + " Rehearsal"
	rehearsalPrefix  = "partner-center-connector-rehearsal-"
	aliveFile        = "alive.lock"
)

// rehearsing is a rehearsal: its practice cloud, and the folder that goes with it. A nil one is the real thing.
type rehearsing struct {
	options
	cloud *rehearsal.Cloud
	text  func(key string, args map[string]any) string
	dir   string
	alive *flock.Flock
	// filledFor is the draft and the kind of client for which the practice credential was filled in.
	filledFor string
}

// startRehearsal starts the practice cloud in a folder of its own, after it swept what a crashed rehearsal left.
func startRehearsal(o options, tr *assets.Translator) (*rehearsing, error) {
	sweepRehearsals()
	dir, err := os.MkdirTemp("", rehearsalPrefix)
	if err != nil {
		return nil, err
	}
	r := &rehearsing{options: o, text: tr.Text, dir: dir, alive: flock.New(filepath.Join(dir, aliveFile))}
	if _, err := r.alive.TryLock(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	r.cloud, err = rehearsal.Start(context.Background(), rehearsal.Options{Scenario: o.scenario, Auto: o.unattended, AutoDelay: pageTime, Text: tr.Text})
	if err == nil {
		err = r.cloud.WriteCloudsFile(r.cloudsPath())
	}
	if err != nil {
		r.end(nil)
		return nil, err
	}
	return r, nil
}

func (r *rehearsing) cloudsPath() string { return filepath.Join(r.dir, "clouds.toml") }

func (r *rehearsing) engineOptions(tr *assets.Translator) engine.Options {
	o := engine.Options{
		ConfigDir: r.configDir, CloudsFile: r.cloudsPath(), Service: rehearsalService, Rehearsal: true, NoSandbox: noSandbox(), Translator: tr,
	}
	o.Products = []connector.Product{practiceProduct(r.cloud.Facts().Product)}
	if o.ConfigDir == "" {
		o.ConfigDir = filepath.Join(r.dir, "config")
	}
	return o
}

// practiceProductID is what drafts call the practice product.
const practiceProductID = "practice"

// practiceProduct is the practice cloud's product as the wizard describes it: in the words of its own pages.
func practiceProduct(f rehearsal.ProductFacts) connector.Product {
	return connector.Product{
		ID: practiceProductID, Name: f.Name, Path: f.Path, AdminButton: f.AdminButton, UserButton: f.UserButton, SaveButton: f.SaveButton, EditButton: f.EditButton,
		RedirectHosts: []string{f.RedirectHost}, Role: connector.RoleAdminAgent, MFAEnforced: true,
	}
}

// end stops the cloud and removes everything that the rehearsal kept, in the keychain and on disk.
func (r *rehearsing) end(e *engine.Engine) {
	if r.cloud != nil {
		_ = r.cloud.Close()
	}
	if e != nil {
		emptyKeychain(e)
	}
	_ = r.alive.Unlock()
	_ = os.RemoveAll(r.dir)
}

func emptyKeychain(e *engine.Engine) {
	ctx, cancel := context.WithTimeout(context.Background(), keychainLimit)
	defer cancel()
	_ = e.Vault.Purge(ctx, e.CredentialIDs())
	_ = e.Vault.Sweep(ctx)
}

// sweepRehearsals removes what rehearsals left that were killed: their folders name what is in the keychain.
func sweepRehearsals() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), rehearsalPrefix+"*"))
	for _, dir := range dirs {
		lock := flock.New(filepath.Join(dir, aliveFile))
		if free, err := lock.TryLock(); err != nil || !free {
			continue
		}
		if e, err := engine.New(engine.Options{ConfigDir: filepath.Join(dir, "config"), Service: rehearsalService}); err == nil {
			emptyKeychain(e)
		}
		_ = lock.Unlock()
		_ = os.RemoveAll(dir)
	}
}

// state is what the banner and the list of scenarios show; nil for the real thing.
func (r *rehearsing) state() *connector.Rehearsal {
	if r == nil {
		return nil
	}
	f := r.cloud.Facts()
	shown := &connector.Rehearsal{
		Scenario: f.Scenario, AdminUPN: f.AdminSigns, UserUPN: f.UserSigns, Scenarios: r.scenarios(),
		Product: practiceProductID, ProductPage: f.Product.Page,
		Prefill: connector.Draft{
			TenantInput: f.Domain, UPN: f.IntegrationUPN, ClientID: f.ClientID, ClientKind: auth.ClientKind(f.ClientKind),
			RedirectPath: auth.DefaultRedirectPath, WithGroups: f.WithGroups, Role: connector.RoleAdminAgent,
		},
	}
	for _, p := range f.People {
		shown.People = append(shown.People, connector.Person{Role: p.Role, UPN: p.UPN})
	}
	return shown
}

// scenarios are all that can be chosen from.
func (r *rehearsing) scenarios() []connector.Scenario {
	all := rehearsal.Scenarios()
	list := make([]connector.Scenario, 0, len(all))
	for _, s := range all {
		list = append(list, connector.Scenario{
			Name: s.Name, Place: string(s.Shows), ProblemKind: connector.ProblemKind(s.ProblemKind), Code: s.Code, UPN: r.cloud.Expected(s), Words: r.text(s.Text, nil),
		})
	}
	return list
}

// localized is the state with the scenarios in the language in use, where they are searched: it may have been changed since.
func (r *rehearsing) localized(s wizard.State) wizard.State {
	if r == nil || s.Rehearsal == nil || !s.Practice.Open {
		return s
	}
	spoken := *s.Rehearsal
	spoken.Scenarios = r.scenarios()
	s.Rehearsal = &spoken
	return s
}

// Play implements connector.Rehearsing.
func (r *rehearsing) Play(name string) (*connector.Rehearsal, error) {
	if err := r.cloud.SetScenario(name); err != nil {
		return nil, err
	}
	return r.state(), nil
}

// fillCredential fills in the practice client secret where one is needed, once for each draft: nobody can know it.
func (r *rehearsing) fillCredential(s wizard.State, send func(wizard.Event)) {
	if r == nil || !s.Wizard.Open || s.Wizard.Draft.HasSecret {
		return
	}
	d := s.Wizard.Draft
	if r.filledFor == d.ID+string(d.ClientKind) {
		return
	}
	f := r.cloud.Facts()
	switch d.ClientKind {
	case auth.SecretClient:
		r.filledFor = d.ID + string(d.ClientKind)
		send(wizard.SecretEntered{Field: connector.FieldSecret, Secret: auth.NewSecret(f.ClientSecret)})
	case auth.CertificateClient:
		r.filledFor = d.ID + string(d.ClientKind)
		send(wizard.SecretEntered{Field: connector.FieldCertificate, Secret: auth.NewSecret(f.Certificate)})
	default:
	}
}

// browsers narrows the choice to the family that --browser names, for both consents.
func (r *rehearsing) browsers(all connector.Browsers) connector.Browsers {
	if r.browser == "" {
		return all
	}
	return oneFamily{all, browser.Family(r.browser)}
}

// oneFamily is a computer with browsers of one family only.
type oneFamily struct {
	connector.Browsers
	family browser.Family
}

func (b oneFamily) Installed(ctx context.Context) ([]browser.Browser, error) {
	all, err := b.Browsers.Installed(ctx)
	return slices.DeleteFunc(all, func(one browser.Browser) bool { return one.Family != b.family }), err
}

// OpenDefault opens the family's first browser if the system's default is of another one.
func (b oneFamily) OpenDefault(ctx context.Context, url string) error {
	all, err := b.Installed(ctx)
	if err != nil || len(all) == 0 || all[0].Default || !strings.HasPrefix(url, "http://localhost:") {
		return b.Browsers.OpenDefault(ctx, url)
	}
	return b.OpenWith(ctx, all[0], url)
}
