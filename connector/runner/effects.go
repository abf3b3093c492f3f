package runner

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/loopback"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// perform begins one effect. It never waits: everything that takes time runs in a goroutine or in the disk's queue.
func (r *Runner) perform(ctx context.Context, e wizard.Effect) {
	switch e := e.(type) {
	case wizard.LoadLists:
		r.disk.do("load", func() { r.Send(r.load()) })
	case wizard.KeepSetting:
		r.disk.do("", func() { r.Send(r.keepSetting(e)) })
	case wizard.MakeDraft:
		d := e.Prefill
		d.ID, d.Created, d.Step = uuid.NewString(), r.ports.Now(), connector.StepBefore
		r.Send(wizard.DraftMade{Draft: d})
	case wizard.MakeRenewal:
		d := connector.RenewalOf(e.Connector, e.UPN, r.ports.Now())
		d.ID = uuid.NewString()
		r.Send(wizard.DraftMade{Draft: d})
	case wizard.KeepDraft:
		r.disk.do("draft "+e.Draft.ID, func() { r.Send(wizard.DraftKept{Problem: r.problem(r.ports.Store.PutDraft(e.Draft))}) })
	case wizard.DropDraft:
		r.disk.do("", func() { r.Send(r.dropDraft(ctx, e.ID)) })
	case wizard.StopAttempt:
		r.stop(e.Attempt)
	case wizard.ExtendConsent:
		r.extend(e.Attempt)
	case wizard.ForgetGrant:
		r.forgetGrant()
	case wizard.StampDetail:
		r.Send(wizard.DetailOpened{Now: r.ports.Now()})
	case wizard.ReadPaste:
		r.Send(r.readPaste(e))
	case wizard.SwitchScenario:
		r.Send(r.switchScenario(e))
	case wizard.SuggestRecord:
		r.disk.do("", func() { r.Send(wizard.RecordSuggested{Path: r.ports.Records.Suggest(e.Connector)}) })
	default:
		r.performLong(ctx, e)
	}
}

// performLong begins an effect that has an attempt number.
func (r *Runner) performLong(ctx context.Context, e wizard.Effect) {
	switch e := e.(type) {
	case wizard.CheckComputer:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkComputer(ctx, e) })
	case wizard.InspectComputer:
		r.disk.do("settings", func() { r.Send(r.readSettings()) })
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.inspectComputer(ctx, e) })
	case wizard.FindTenant:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.findTenant(ctx, e) })
	case wizard.ProbeRegistration:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.probe(ctx, e) })
	case wizard.KeepSecret:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.keepSecret(ctx, e) })
	case wizard.OpenAdminConsent:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.adminConsent(ctx, e) })
	case wizard.OpenUserConsent:
		r.closeWindows()
		r.forgetGrant()
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.userConsent(ctx, e) })
	case wizard.MakeHandover:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.handover(ctx, e) })
	case wizard.CheckGrant:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkGrant(ctx, e) })
	case wizard.SaveConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.Send(r.save(ctx, e)) })
	case wizard.CheckConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkConnector(ctx, e) })
	case wizard.RenameConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) {
			r.Send(wizard.DetailDone{Attempt: e.Attempt, Problem: r.problem(r.keeper.Rename(ctx, e.ID, e.Name))})
		})
	case wizard.ListFolders:
		r.start(ctx, e.Attempt, func(context.Context) {
			r.Send(wizard.FoldersListed{Attempt: e.Attempt, List: r.ports.Records.Folders(e.Path)})
		})
	case wizard.WriteRecord:
		r.start(ctx, e.Attempt, func(context.Context) { r.Send(r.writeRecord(e)) })
	case wizard.RemoveConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) {
			err := r.keeper.Remove(ctx, e.ID)
			r.Send(wizard.DetailDone{Attempt: e.Attempt, Removed: err == nil, Problem: r.problem(err)})
		})
	}
}

func (r *Runner) problem(err error) *connector.Problem { return problems.Of(err, r.ports.Now()) }

// load reads both lists. A list that can't be read is a problem to be shown, and never an empty list to be written over.
func (r *Runner) load() wizard.Loaded {
	connectors, err := r.ports.Store.Connectors()
	drafts, draftErr := r.ports.Store.Drafts()
	return wizard.Loaded{Connectors: connectors, Drafts: drafts, Problem: r.problem(errors.Join(err, draftErr)), Now: r.ports.Now()}
}

// dropDraft removes a draft and what waits for it in the keychain.
func (r *Runner) dropDraft(ctx context.Context, id string) wizard.Event {
	err := r.keeper.RemoveDraft(context.WithoutCancel(ctx), id)
	lists := r.load()
	if err != nil {
		lists.Problem = r.problem(err)
	}
	return lists
}

func (r *Runner) checkComputer(ctx context.Context, e wizard.CheckComputer) {
	out := wizard.ReadyChecked{Attempt: e.Attempt}
	if r.ports.Browsers.Elevated() && !r.ports.AllowElevated {
		out.Elevated = problems.New(connector.KindElevated, "").Dated(r.ports.Now())
	}
	out.Keychain = r.problem(r.ports.Vault.Test(ctx))
	browsers, err := r.ports.Browsers.Installed(ctx)
	out.Browsers = browsers
	if browser.FirstMode(browser.Choose(browsers, "")) == "" {
		out.NoBrowser = problems.New(connector.KindNoBrowser, "").Dated(r.ports.Now())
		if err != nil {
			out.NoBrowser.Raw = err.Error()
		}
	}
	r.Send(out)
}

func (r *Runner) findTenant(ctx context.Context, e wizard.FindTenant) {
	if e.Quiet && !r.pause(ctx, r.limits.typing) {
		return
	}
	found, err := r.ports.Tenants.FindTenant(ctx, e.Input)
	if ctx.Err() != nil {
		return
	}
	r.Send(wizard.TenantFound{Attempt: e.Attempt, Found: found, Problem: r.problem(err), Clock: r.clockProblem()})
}

// ClockLimit is how far this computer's clock may be off: Entra accepts five minutes of difference in what it checks, and
// what it issues would seem to be expired, or not valid yet.
const ClockLimit = 5 * time.Minute

func (r *Runner) clockProblem() *connector.Problem {
	offset := r.ports.Tenants.ClockOffset()
	if offset.Abs() <= ClockLimit {
		return nil
	}
	return problems.New(connector.KindClock, auth.StageDiscovery).With("Offset", offset.Round(time.Second).String()).Dated(r.ports.Now())
}

// pause waits for d and reports whether ctx was still alive then.
func (r *Runner) pause(ctx context.Context, d time.Duration) bool {
	return r.ports.Sleep(ctx, d) == nil
}

func (r *Runner) probe(ctx context.Context, e wizard.ProbeRegistration) {
	if !r.pause(ctx, r.limits.typing) {
		return
	}
	out := wizard.Probed{Attempt: e.Attempt, Result: connector.ProbeUnknown}
	app, err := r.appOf(ctx, e.Draft)
	if err != nil {
		out.Problem = r.problem(err)
	} else {
		out.Problem = r.retry(ctx, e.Attempt, probeRetries, func() *connector.Problem {
			out.Result, err = r.ports.Prober.ProbeApp(ctx, *e.Draft.Tenant, app)
			return r.problem(err)
		})
	}
	if ctx.Err() != nil {
		return
	}
	if out.Problem != nil {
		out.Problem.Step = connector.StepConnector
	}
	r.Send(out)
}

// appOf is the draft's app registration with its secret, which waits in the keychain.
func (r *Runner) appOf(ctx context.Context, d connector.Draft) (auth.App, error) {
	app := auth.App{ClientID: d.ClientID, ClientKind: d.ClientKind, RedirectPath: d.RedirectPath}
	if d.ClientKind == auth.PublicClient {
		return app, nil
	}
	secret, err := r.ports.Vault.Get(ctx, keeper.DraftSecretID(d.ID))
	if errors.Is(err, connector.ErrCredentialAbsent) && d.Renews != "" {
		return r.appOfSaved(ctx, app, d)
	}
	if err != nil {
		return app, err
	}
	if d.ClientKind == auth.CertificateClient {
		app.Certificate = secret
	} else {
		app.Secret = secret
	}
	return app, nil
}

// appOfSaved takes the client secret or certificate out of the saved credential of the connector that the draft renews.
func (r *Runner) appOfSaved(ctx context.Context, app auth.App, d connector.Draft) (auth.App, error) {
	if _, err := r.keeper.Renewed(d); err != nil {
		return app, err
	}
	credential, err := r.ports.Vault.Get(ctx, d.Renews)
	if err != nil {
		return app, err
	}
	app.Secret, app.Certificate, err = r.ports.Redeemer.AppSecrets(credential)
	return app, err
}

func (r *Runner) keepSecret(ctx context.Context, e wizard.KeepSecret) {
	id := keeper.DraftSecretID(e.DraftID)
	if e.Secret.Empty() {
		_ = r.ports.Vault.Delete(ctx, id)
		return
	}
	out := wizard.SecretKept{Attempt: e.Attempt}
	if e.ClientKind == auth.CertificateClient {
		facts, err := auth.ParseCertificate([]byte(e.Secret.Reveal()))
		if err != nil {
			out.Problem = r.problem(err)
			r.Send(out)
			return
		}
		out.Expires = connector.DayOf(facts.NotAfter)
	}
	out.Problem = r.problem(r.ports.Vault.Put(ctx, id, e.Secret))
	r.Send(out)
}

func (r *Runner) readPaste(e wizard.ReadPaste) wizard.Event {
	out := wizard.PasteRead{DraftID: e.Draft.ID, At: r.ports.Now()}
	answer, err := loopback.ReadPasted(e.Text, e.Draft.Admin.Handover.State)
	if err == nil {
		out.Problem = tenantMismatch(e.Draft, answer.Tenant, r.ports.Now())
	} else {
		out.Problem = r.problem(err)
	}
	if out.Problem != nil {
		out.Problem.Step = connector.StepAdmin
		return out
	}
	out.Tenant = answer.Tenant
	return out
}

// tenantMismatch says that an admin consent was given in another tenant than the discovered one.
func tenantMismatch(d connector.Draft, tenant string, now time.Time) *connector.Problem {
	if d.Tenant != nil && d.Tenant.ID == tenant {
		return nil
	}
	p := problems.New(connector.KindWrongTenant, auth.StageAdminConsent).With("Got", tenant).Dated(now)
	if d.Tenant != nil {
		p.With("Want", d.Tenant.ID)
	}
	return p
}

// StartWith tells the runner what the first state begins with: the settings on disk, those of the command line, and what is known
// of this computer already. It must be called before Run.
func (r *Runner) StartWith(kept, given connector.Settings, known connector.Computer) {
	r.first = wizard.State{Settings: kept, Given: given, SettingsPage: wizard.SettingsPage{Computer: known}}
}

func (r *Runner) readSettings() wizard.Event {
	settings, err := r.ports.Store.Settings()
	return wizard.SettingsRead{Settings: settings, Problem: r.problem(err)}
}

// keepSetting changes one setting and tells what stands on disk then: another process may have chosen the others.
func (r *Runner) keepSetting(e wizard.KeepSetting) wizard.Event {
	err := r.ports.Store.ChangeSettings(func(s connector.Settings) connector.Settings {
		s, _ = s.With(e.Field, e.Value)
		return s
	})
	if err != nil {
		return wizard.SettingsRead{Problem: r.problem(err)}
	}
	return r.readSettings()
}

func (r *Runner) inspectComputer(ctx context.Context, e wizard.InspectComputer) {
	out := wizard.ComputerInspected{Attempt: e.Attempt}
	if r.ports.Computer != nil {
		out.Computer = r.ports.Computer(ctx)
	}
	if ctx.Err() == nil {
		r.Send(out)
	}
}

func (r *Runner) switchScenario(e wizard.SwitchScenario) wizard.Event {
	out := wizard.ScenarioPlays{Attempt: e.Attempt}
	if r.ports.Rehearsing == nil {
		out.Problem = problems.New(connector.KindUnknown, "").Dated(r.ports.Now())
		return out
	}
	plays, err := r.ports.Rehearsing.Play(e.Name)
	if err != nil {
		out.Problem = r.problem(err)
		return out
	}
	out.Rehearsal = plays
	return out
}
