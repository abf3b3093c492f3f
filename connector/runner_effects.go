package connector

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"partner-center-connector/auth"
)

// perform begins one effect. It never waits: everything that takes time runs in a goroutine or in the disk's queue.
func (r *Runner) perform(ctx context.Context, e Effect) {
	switch e := e.(type) {
	case LoadLists:
		r.disk.do("load", func() { r.Send(r.load()) })
	case KeepSetting:
		r.disk.do("", func() { r.Send(r.keepSetting(e)) })
	case MakeDraft:
		d := e.Prefill
		d.ID, d.Created, d.Step = uuid.NewString(), r.ports.Now(), StepBefore
		r.Send(DraftMade{Draft: d})
	case MakeRenewal:
		d := renewalOf(e.Connector, e.UPN, r.ports.Now())
		d.ID = uuid.NewString()
		r.Send(DraftMade{Draft: d})
	case KeepDraft:
		r.disk.do("draft "+e.Draft.ID, func() { r.Send(DraftKept{Problem: r.problem(r.ports.Store.PutDraft(e.Draft))}) })
	case DropDraft:
		r.disk.do("", func() { r.Send(r.dropDraft(ctx, e.ID)) })
	case StopAttempt:
		r.stop(e.Attempt)
	case ExtendConsent:
		r.extend(e.Attempt)
	case ForgetGrant:
		r.setGrant(nil)
	case StampDetail:
		r.Send(DetailOpened{Now: r.ports.Now()})
	case ReadPaste:
		r.Send(r.readPaste(e))
	case SwitchScenario:
		r.Send(r.switchScenario(e))
	case SuggestRecord:
		r.disk.do("", func() { r.Send(RecordSuggested{Path: r.ports.Records.Suggest(e.Connector)}) })
	default:
		r.performLong(ctx, e)
	}
}

// performLong begins an effect that has an attempt number.
func (r *Runner) performLong(ctx context.Context, e Effect) {
	switch e := e.(type) {
	case CheckComputer:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkComputer(ctx, e) })
	case LookAround:
		r.disk.do("settings", func() { r.Send(r.readSettings()) })
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.lookAround(ctx, e) })
	case FindTenant:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.findTenant(ctx, e) })
	case ProbeRegistration:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.probe(ctx, e) })
	case KeepSecret:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.keepSecret(ctx, e) })
	case OpenAdminConsent:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.adminConsent(ctx, e) })
	case OpenUserConsent:
		r.closeWindows()
		r.setGrant(nil)
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.userConsent(ctx, e) })
	case MakeHandover:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.handover(ctx, e) })
	case CheckGrant:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkGrant(ctx, e) })
	case SaveConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.Send(r.save(ctx, e)) })
	case CheckConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) { r.checkConnector(ctx, e) })
	case RenameConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) {
			r.Send(DetailDone{Attempt: e.Attempt, Problem: r.problem(r.keeper.Rename(ctx, e.ID, e.Name))})
		})
	case ListFolders:
		r.start(ctx, e.Attempt, func(context.Context) {
			r.Send(FoldersListed{Attempt: e.Attempt, List: r.ports.Records.Folders(e.Path)})
		})
	case WriteRecord:
		r.start(ctx, e.Attempt, func(context.Context) { r.Send(r.writeRecord(e)) })
	case RemoveConnector:
		r.start(ctx, e.Attempt, func(ctx context.Context) {
			err := r.keeper.Remove(ctx, e.ID)
			r.Send(DetailDone{Attempt: e.Attempt, Removed: err == nil, Problem: r.problem(err)})
		})
	}
}

func (r *Runner) problem(err error) *Problem { return ProblemOf(err, r.ports.Now()) }

// load reads both lists. A list that can't be read is a problem to be shown, and never an empty list to be written over.
func (r *Runner) load() Loaded {
	connectors, err := r.ports.Store.Connectors()
	drafts, draftErr := r.ports.Store.Drafts()
	return Loaded{Connectors: connectors, Drafts: drafts, Problem: r.problem(errors.Join(err, draftErr))}
}

// dropDraft removes a draft and what waits for it in the keychain.
func (r *Runner) dropDraft(ctx context.Context, id string) Event {
	err := r.keeper.RemoveDraft(context.WithoutCancel(ctx), id)
	lists := r.load()
	if err != nil {
		lists.Problem = r.problem(err)
	}
	return lists
}

func (r *Runner) checkComputer(ctx context.Context, e CheckComputer) {
	out := ReadyChecked{Attempt: e.Attempt}
	if r.ports.Browsers.Elevated() && !r.ports.AllowElevated {
		out.Elevated = &Problem{Kind: KindElevated, Step: StepBefore, Actor: ActorYou, At: r.ports.Now()}
	}
	out.Keychain = r.problem(r.ports.Vault.Test(ctx))
	browsers, err := r.ports.Browsers.Installed(ctx)
	out.Browsers = browsers
	if firstMode(choose(browsers, "")) == "" {
		out.NoBrowser = &Problem{Kind: KindNoBrowser, Step: StepBefore, Actor: ActorYou, At: r.ports.Now()}
		if err != nil {
			out.NoBrowser.Raw = err.Error()
		}
	}
	r.Send(out)
}

func (r *Runner) findTenant(ctx context.Context, e FindTenant) {
	if e.Quiet && !r.pause(ctx, r.limits.typing) {
		return
	}
	found, err := r.ports.Tenants.FindTenant(ctx, e.Input)
	if ctx.Err() != nil {
		return
	}
	r.Send(TenantFound{Attempt: e.Attempt, Found: found, Problem: r.problem(err), Clock: r.clockProblem()})
}

// ClockLimit is how far this computer's clock may be off: Entra accepts five minutes of difference in what it checks, and
// what it issues would seem to be expired, or not valid yet.
const ClockLimit = 5 * time.Minute

func (r *Runner) clockProblem() *Problem {
	offset := r.ports.Tenants.ClockOffset()
	if offset.Abs() <= ClockLimit {
		return nil
	}
	return problem(KindClock, auth.StageDiscovery).with("Offset", offset.Round(time.Second).String()).at(r.ports.Now())
}

// pause waits for d and says whether ctx was still alive then.
func (r *Runner) pause(ctx context.Context, d time.Duration) bool {
	return r.ports.Sleep(ctx, d) == nil
}

func (r *Runner) probe(ctx context.Context, e ProbeRegistration) {
	if !r.pause(ctx, r.limits.typing) {
		return
	}
	out := Probed{Attempt: e.Attempt, Result: ProbeUnknown}
	app, err := r.appOf(ctx, e.Draft)
	if err != nil {
		out.Problem = r.problem(err)
	} else {
		out.Problem = r.patiently(ctx, e.Attempt, probePatience, func() *Problem {
			out.Result, err = r.ports.Prober.ProbeApp(ctx, *e.Draft.Tenant, app)
			return r.problem(err)
		})
	}
	if ctx.Err() != nil {
		return
	}
	if out.Problem != nil {
		out.Problem.Step = StepConnector
	}
	r.Send(out)
}

// appOf is the draft's app registration with its secret, which waits in the keychain.
func (r *Runner) appOf(ctx context.Context, d Draft) (auth.App, error) {
	app := auth.App{ClientID: d.ClientID, Kind: d.Kind, RedirectPath: d.RedirectPath}
	if d.Kind == auth.PublicClient {
		return app, nil
	}
	secret, err := r.ports.Vault.Get(ctx, DraftSecretID(d.ID))
	if errors.Is(err, ErrCredentialAbsent) && d.Renews != "" {
		return r.appOfSaved(ctx, app, d.Renews)
	}
	if err != nil {
		return app, err
	}
	if d.Kind == auth.CertificateClient {
		app.Certificate = secret
	} else {
		app.Secret = secret
	}
	return app, nil
}

// appOfSaved takes the client secret or certificate out of a saved credential.
func (r *Runner) appOfSaved(ctx context.Context, app auth.App, id string) (auth.App, error) {
	credential, err := r.ports.Vault.Get(ctx, id)
	if err != nil {
		return app, err
	}
	app.Secret, app.Certificate, err = r.ports.Redeemer.AppSecrets(credential)
	return app, err
}

func (r *Runner) keepSecret(ctx context.Context, e KeepSecret) {
	id := DraftSecretID(e.DraftID)
	if e.Secret.Empty() {
		_ = r.ports.Vault.Delete(ctx, id)
		return
	}
	out := SecretKept{Attempt: e.Attempt}
	if e.Kind == auth.CertificateClient {
		facts, err := auth.ParseCertificate([]byte(e.Secret.Reveal()))
		if err != nil {
			out.Problem = r.problem(err)
			r.Send(out)
			return
		}
		out.Expires = facts.NotAfter
	}
	out.Problem = r.problem(r.ports.Vault.Put(ctx, id, e.Secret))
	r.Send(out)
}

func (r *Runner) readPaste(e ReadPaste) Event {
	out := PasteRead{DraftID: e.Draft.ID, At: r.ports.Now()}
	answer, err := auth.ReadPasted(e.Text, e.Draft.Admin.Handover.State)
	if err == nil {
		out.Problem = tenantMismatch(e.Draft, answer.Tenant, r.ports.Now())
	} else {
		out.Problem = r.problem(err)
	}
	if out.Problem != nil {
		out.Problem.Step = StepAdmin
		return out
	}
	out.Tenant = answer.Tenant
	return out
}

// tenantMismatch says that an admin consent was given in another tenant than the discovered one.
func tenantMismatch(d Draft, tenant string, now time.Time) *Problem {
	if d.Tenant != nil && d.Tenant.ID == tenant {
		return nil
	}
	args := map[string]string{"Got": tenant}
	if d.Tenant != nil {
		args["Want"] = d.Tenant.ID
	}
	return &Problem{Kind: KindWrongTenant, Step: StepAdmin, Actor: ActorAdmin, At: now, Args: args}
}
