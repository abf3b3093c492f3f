package runner

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

func (r *Runner) writeRecord(e wizard.WriteRecord) wizard.Event {
	out := wizard.RecordDone{Attempt: e.Attempt}
	c, err := r.ports.Store.Connector(e.Connector.ID)
	if err == nil {
		out.Path, err = r.ports.Records.Write(c, e.Path, e.Replace)
	}
	if err != nil {
		out.Reason, out.Raw = RecordReasonOf(err), problems.CleanLine(err.Error())
	}
	return out
}

// RecordReasonOf says in a word why a consent record could not be written.
func RecordReasonOf(err error) wizard.Reason {
	switch {
	case errors.Is(err, connector.ErrNotAFile):
		return wizard.ReasonRecordPath
	case errors.Is(err, fs.ErrExist):
		return wizard.ReasonRecordExists
	case errors.Is(err, fs.ErrNotExist):
		return wizard.ReasonRecordFolder
	case errors.Is(err, fs.ErrPermission):
		return wizard.ReasonRecordDenied
	}
	return wizard.ReasonRecordFailed
}

func (r *Runner) rename(ctx context.Context, e wizard.RenameConnector) {
	r.Send(wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Problem: r.problem(r.keeper.Rename(ctx, e.ID, e.Name))})
}

func (r *Runner) remove(ctx context.Context, e wizard.RemoveConnector) {
	err := r.keeper.Remove(ctx, e.ID)
	r.Send(wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Removed: err == nil, Problem: r.problem(err)})
}

// checkGrant checks what the user consent yielded; nil for nothing. A renewal is checked against what was pinned at Save, or not at all.
func (r *Runner) checkGrant(ctx context.Context, e wizard.CheckGrant, g *grant) {
	end := func(p *connector.Problem) {
		r.Send(wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now(), Problem: p})
	}
	if g == nil {
		end(problems.New(connector.KindCredentialGone, "").Dated(r.ports.Now()))
		return
	}
	d, cloud := e.Draft, g.request.Cloud
	renewed, err := r.renewed(d)
	if err != nil {
		end(r.problem(err))
		return
	}
	checks.Run(ctx, checks.Input{
		Tenant: *d.Tenant, Cloud: cloud, ClientID: d.ClientID, UPN: d.UPN, AdminTenant: d.Admin.Tenant, WithGroups: d.WithGroups, Scopes: d.Scopes,
		Role: d.Role, ClientKind: d.ClientKind, SecretExpires: d.SecretExpires,
		Session: g.session, PartnerCenter: r.ports.Clouds.PartnerCenter(cloud), Graph: r.ports.Clouds.Graph(cloud),
		KeychainTest: r.ports.Vault.Tested, Now: r.ports.Now, Sleep: r.ports.Sleep, Consented: g.consented, Saved: renewed,
	}, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() == nil {
		end(nil)
	}
}

// renewed returns the saved connector that a draft renews, whose pinned account must have signed in again; nil for a new one.
// Where another account takes its place there is no pinned one: the name that was given decides, as with a new connector. One whose credential is in a
// key vault is checked as what it becomes, which the keychain has to take.
func (r *Runner) renewed(d connector.Draft) (*connector.Connector, error) {
	c, err := r.keeper.Renewed(d)
	if err != nil || d.Renews == "" {
		return nil, err
	}
	if d.Replaces != "" {
		c.User.ObjectID = ""
	}
	if c.Origin == connector.OriginVault {
		c = c.RenewedHere()
	}
	return &c, nil
}

func (r *Runner) checkConnector(ctx context.Context, e wizard.CheckConnector) {
	c, err := r.keeper.Check(ctx, e.ID, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() != nil {
		return
	}
	out := wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now(), Problem: r.problem(err)}
	if err == nil {
		out.Connector = &c
	}
	r.Send(out)
	r.reload()
}

// checkConnectors tells of each connector as it comes to its end, and lets the list be read again then.
func (r *Runner) checkConnectors(ctx context.Context, e wizard.CheckConnectors) {
	r.keeper.CheckAll(ctx, e.Connectors, keeper.DefaultWidth, func(c keeper.Checked) {
		r.Send(wizard.ConnectorChecked{Attempt: e.Attempt, ID: c.Connector.ID, Problem: r.problem(c.Err)})
		r.reload()
	})
	if ctx.Err() == nil {
		r.Send(wizard.AllChecked{Attempt: e.Attempt})
	}
}

// save saves what the user consent yielded at the moment of the call. It has its turn with everything else that the keychain is to keep
// or to forget for the draft, which ends with it.
func (r *Runner) save(ctx context.Context, e wizard.SaveConnector) {
	g := r.currentGrant()
	// Once Save has begun to change the keychain, closing the program does not cut it short.
	ctx = context.WithoutCancel(ctx)
	r.queues.do(secretOf(e.Draft.ID), "", func() {
		out := r.saved(ctx, e, g)
		if out.Connector == nil {
			r.Send(out)
			return
		}
		r.drops.begin(e.Draft.ID)
		r.Send(out)
		r.dropDraft(ctx, e.Draft.ID)
	})
}

// saved marks the draft, writes the credential, then the list; the draft is to be removed after it. After a crash in between Sweep finds the
// mark: there is never a connector without its credential, nor for long a credential without its connector.
func (r *Runner) saved(ctx context.Context, e wizard.SaveConnector, g *grant) wizard.SaveDone {
	out := wizard.SaveDone{Attempt: e.Attempt, Name: e.Draft.Name}
	if e.Draft.Links != nil {
		return r.savedLinks(ctx, e)
	}
	if g == nil || !finished(e.Checks) || checks.HealthOf(e.Checks) == connector.HealthUnknown || connector.Heaviest(e.Checks) == connector.WeightNever {
		out.Problem = problems.New(connector.KindCredentialGone, "").Dated(r.ports.Now())
		return out
	}
	entered := r.enteredAnew(ctx, e.Draft, g)
	c, err := r.keeper.Save(ctx, keeper.Saving{
		Draft: e.Draft, Credential: g.session.Credential(),
		Change: func(before connector.Connector) connector.Connector {
			c := checks.WithOutcome(proven(before, e.Draft, g), e.Checks)
			c.Saved = r.ports.Now()
			return withSignIn(c, before.Consented, entered)
		},
	})
	if err != nil {
		out.Problem = r.saveProblem(err)
		// What another process did to the list is what the page is to go by.
		r.reload()
		return out
	}
	out.Connector = &c
	return out
}

// enteredAnew reports whether the client secret or certificate of a renewal is another one than the connector has until then.
func (r *Runner) enteredAnew(ctx context.Context, d connector.Draft, g *grant) bool {
	if d.Renews == "" || d.ClientKind == auth.PublicClient {
		return false
	}
	credential, err := r.ports.Vault.Get(ctx, d.Renews)
	if err != nil {
		return errors.Is(err, connector.ErrCredentialAbsent)
	}
	secret, certificate, err := r.ports.Redeemer.AppSecrets(credential)
	return err != nil || !secret.Equal(g.request.App.Secret) || !certificate.Equal(g.request.App.Certificate)
}

// withSignIn returns the connector that is being saved with the sign-in in its history, unless that is the one from before, and with the outcome
// of the checks that followed.
func withSignIn(c connector.Connector, before time.Time, entered bool) connector.Connector {
	if entered {
		c = c.WithPast(connector.Past{What: connector.HappenedCredential, From: c.Consented})
	}
	if !c.Consented.IsZero() && !c.Consented.Equal(before) {
		c = c.WithPast(connector.Past{What: connector.HappenedConsent, From: c.Consented})
	}
	if !c.Checked.IsZero() {
		c = c.WithPast(connector.Past{What: connector.HappenedCheck, Health: c.Health, From: c.Checked})
	}
	return c
}

// finished reports whether every check was made and has its outcome.
func finished(made []connector.Check) bool {
	for _, id := range checks.Order() {
		outcome := func(c connector.Check) bool {
			return c.ID == id && c.State != connector.CheckPending && c.State != connector.CheckRunning
		}
		if !slices.ContainsFunc(made, outcome) {
			return false
		}
	}
	return true
}

// saveProblem is mended, and Save tried again, on the page where it is, but for what is wrong with a page before.
func (r *Runner) saveProblem(err error) *connector.Problem {
	p := r.problem(err)
	if p.Kind != connector.KindNameTaken && p.Kind != connector.KindOtherAccount {
		p.Step = connector.StepCheck
	}
	return p
}

// proven changes in a connector what the consents of a draft have proved. What the draft says nothing of stays, and so does an admin consent
// of the same app registration that another process has recorded since.
func proven(c connector.Connector, d connector.Draft, g *grant) connector.Connector {
	sameApp := c.ClientID == d.ClientID && c.Tenant.ID == d.Tenant.ID && c.Tenant.Cloud == d.Tenant.Cloud && c.WithGroups == d.WithGroups &&
		slices.Equal(c.Scopes, d.Scopes)
	if !sameApp || !c.Admin.At.After(d.Admin.At) {
		c.Admin = d.Admin
	}
	c = c.RenewedHere() // also one that was taken back, or is in a key vault: this consent was seen
	c.Tenant, c.ClientID, c.ClientKind, c.RedirectPath = *d.Tenant, d.ClientID, d.ClientKind, d.RedirectPath
	c.Role, c.Scopes = d.Role, d.Scopes
	c.WithGroups, c.User, c.Consented, c.Refreshed, c.SecretExpires = d.WithGroups, g.identity, g.consented, g.consented, d.SecretExpires
	return c
}
