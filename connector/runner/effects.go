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

// perform begins one effect. It never waits: everything that takes time runs in a goroutine, or in the queue of what it changes.
func (r *Runner) perform(ctx context.Context, e wizard.Effect) {
	switch e := e.(type) {
	case wizard.LoadLists:
		r.reload()
	case wizard.KeepSetting:
		r.queues.do(settingsOnDisk, "", func() { r.Send(r.keepSetting(e)) })
	case wizard.MakeDraft:
		d := e.Prefill
		d.ID, d.Created = uuid.NewString(), r.ports.Now()
		d.Step, _ = d.Steps()
		r.Send(wizard.DraftMade{Draft: d})
	case wizard.MakeRenewal:
		d := connector.RenewalOf(e.Connector, e.UPN, r.ports.Now())
		d.ID = uuid.NewString()
		r.Send(wizard.DraftMade{Draft: d})
	case wizard.MakeTrial:
		d := connector.TrialOf(e.Own, e.For, r.ports.Now())
		d.ID = uuid.NewString()
		r.Send(wizard.DraftMade{Draft: d})
	case wizard.KeepDraft:
		r.keepDraft(e)
	case wizard.DropDraft:
		r.drop(ctx, e.ID)
	case wizard.KeepSecret:
		r.keepSecret(ctx, e)
	case wizard.SaveConnector:
		r.save(ctx, e)
	case wizard.StopAttempt:
		r.stop(e.Attempt)
	case wizard.ExtendConsent:
		r.extend(e.Attempt)
	case wizard.ForgetGrant:
		r.forgetGrant()
	case wizard.ReadConnector:
		r.queues.do(listsOnDisk, "shown", func() { r.Send(r.readConnector(e.ID)) })
	case wizard.DateLinks:
		r.Send(wizard.LinksDated{DraftID: e.DraftID, Kind: e.Kind, At: r.ports.Now()})
	case wizard.ReadPaste:
		r.Send(r.readPaste(e))
	case wizard.SwitchScenario:
		r.Send(r.switchScenario(e))
	case wizard.SuggestRecord:
		r.queues.do(recordsOnDisk, "", func() {
			r.Send(wizard.RecordSuggested{ID: e.Connector.ID, Path: r.ports.Records.Suggest(e.Connector)})
		})
	case wizard.WriteRecord:
		r.queues.do(recordsOnDisk, "", func() { r.Send(r.writeRecord(e)) })
	case wizard.KeepScript:
		r.queues.do(recordsOnDisk, "", func() { r.Send(r.keepScript(e)) })
	case wizard.KeepReport:
		r.queues.do(recordsOnDisk, "", func() { r.Send(r.keepReport(e)) })
	case wizard.RenameConnector:
		r.queues.do(rowOf(e.ID), "", func() { r.rename(ctx, e) })
	case wizard.RemoveConnector:
		r.queues.do(rowOf(e.ID), "", func() { r.remove(ctx, e) })
	case wizard.WriteToKeyVault:
		r.queues.do(rowOf(e.ID), "", func() { r.writeToKeyVault(ctx, e) })
	case wizard.TakeFromKeyVault:
		r.queues.do(rowOf(e.ID), "", func() { r.takeFromKeyVault(ctx, e) })
	case wizard.ReadLinkText:
		r.readLinks(ctx, e)
	case wizard.FindLinks:
		r.keepLinks(ctx, e.DraftID)
	case wizard.DropLink:
		r.dropLink(ctx, e)
	default:
		r.performLong(ctx, e)
	}
}

// performLong begins an effect that can be stopped by its attempt number.
func (r *Runner) performLong(ctx context.Context, e wizard.Effect) {
	switch e := e.(type) {
	case wizard.CheckComputer:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkComputer(ctx, e) })
	case wizard.InspectComputer:
		r.rereadSettings()
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.inspectComputer(ctx, e) })
	case wizard.MakeReport:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.makeReport(ctx, e) })
	case wizard.FindTenant:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.findTenant(ctx, e) })
	case wizard.ProbeRegistration:
		r.startSettled(ctx, e.Attempt, e.Draft.ID, func(ctx context.Context) { r.probe(ctx, e) })
	case wizard.WriteScript:
		r.startSettled(ctx, e.Attempt, e.Draft.ID, func(ctx context.Context) { r.writeScript(ctx, e) })
	case wizard.OpenAdminConsent:
		r.startSettled(ctx, e.Attempt, e.Draft.ID, func(ctx context.Context) { r.adminConsent(ctx, e) })
	case wizard.OpenUserConsent:
		r.forgetGrant()
		before := r.openWindows()
		r.startSettled(ctx, e.Attempt, e.Draft.ID, func(ctx context.Context) { r.userConsent(ctx, e, before) })
	case wizard.MakeHandover:
		r.startSettled(ctx, e.Attempt, e.Draft.ID, func(ctx context.Context) { r.handover(ctx, e) })
	case wizard.OpenLink:
		r.startLink(ctx, e)
	case wizard.PutLink:
		r.work.Go(func() { r.putLink(ctx, e) })
	case wizard.ProbeLink:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.probeLink(ctx, e) })
	case wizard.CheckGrant:
		g := r.currentGrant()
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkGrant(ctx, e, g) })
	case wizard.CheckLinks:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkLinks(ctx, e) })
	case wizard.CheckConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkConnector(ctx, e) })
	case wizard.PlanHandover:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.planHandover(ctx, e) })
	case wizard.CheckConnectors:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkConnectors(ctx, e) })
	case wizard.AwaitLasting:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.awaitLasting(ctx, e) })
	case wizard.CheckLasting:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkLasting(ctx, e) })
	case wizard.ReadSchedule:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.readSchedule(ctx, e) })
	case wizard.PlanSchedule:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.planSchedule(ctx, e) })
	case wizard.InstallSchedule:
		r.queues.do(scheduleOnDisk, "", func() {
			r.changeSchedule(ctx, "daily check set up", e.Attempt, func(ctx context.Context) error { return r.ports.Schedules.Install(ctx, e.Plan) })
		})
	case wizard.RemoveSchedule:
		r.queues.do(scheduleOnDisk, "", func() { r.changeSchedule(ctx, "daily check removed", e.Attempt, r.ports.Schedules.Remove) })
	case wizard.ListFolders:
		r.start(ctx, e.Attempt, func(context.Context) {
			r.Send(wizard.FoldersListed{Attempt: e.Attempt, List: r.ports.Records.Folders(e.Path)})
		})
	}
}

func (r *Runner) problem(err error) *connector.Problem { return problems.Of(err, r.ports.Now()) }

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
	r.Send(wizard.TenantFound{Attempt: e.Attempt, Found: found, Problem: r.problem(err), Clock: problems.OfClock(r.ports.Tenants.ClockOffset(), r.ports.Now())})
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
		out.Problem = r.retry(ctx, e.Attempt, app, probeRetries, func() *connector.Problem {
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
	app := auth.App{ClientID: d.ClientID, ClientKind: d.ClientKind, RedirectPath: d.RedirectPath, Scopes: d.Scopes}
	if d.ClientKind == auth.PublicClient {
		return app, nil
	}
	secret, err := r.ports.Vault.Get(ctx, keeper.DraftSecretID(d.ID))
	if errors.Is(err, connector.ErrCredentialAbsent) && (d.Renews != "" || d.Trial != nil) {
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

// appOfSaved takes the client secret or certificate out of the saved credential of the connector that the draft renews, or tries an account
// with.
func (r *Runner) appOfSaved(ctx context.Context, app auth.App, d connector.Draft) (auth.App, error) {
	saved, err := r.lender(d)
	if err != nil { // what is left of one that is gone is nobody's
		return app, err
	}
	credential, err := r.ports.Vault.Get(ctx, saved)
	if err != nil {
		return app, err
	}
	app.Secret, app.Certificate, err = r.ports.Redeemer.AppSecrets(credential)
	return app, err
}

// lender is the ID of the saved connector whose client secret or certificate a draft goes on with.
func (r *Runner) lender(d connector.Draft) (id string, err error) {
	if d.Trial != nil {
		_, err = r.ports.Store.Connector(d.Trial.ConnectorID)
		return d.Trial.ConnectorID, err
	}
	_, err = r.keeper.Renewed(d)
	return d.Renews, err
}

func (r *Runner) readPaste(e wizard.ReadPaste) wizard.Event {
	out := wizard.PasteRead{DraftID: e.Draft.ID, State: e.Draft.Admin.Handover.State, At: r.ports.Now()}
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
	p := problems.New(connector.KindWrongTenant, auth.StageAdminConsent).With("Actual", tenant).Dated(now)
	if d.Tenant != nil {
		p.With("Expected", d.Tenant.Label())
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

func (r *Runner) rereadSettings() {
	r.queues.do(settingsOnDisk, "read", func() { r.Send(r.readSettings()) })
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
