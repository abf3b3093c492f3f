package runner

import (
	"context"
	"errors"
	"io/fs"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

func (r *Runner) writeRecord(e wizard.WriteRecord) wizard.Event {
	out := wizard.RecordDone{Attempt: e.Attempt}
	var err error
	if out.Path, err = r.ports.Records.Write(e.Connector, e.Path, e.Replace); err != nil {
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

// checkGrant checks what the user consent yielded.
func (r *Runner) checkGrant(ctx context.Context, e wizard.CheckGrant) {
	g := r.currentGrant()
	if g == nil {
		r.Send(wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now(), Problem: problems.New(connector.KindCredentialGone, "").Dated(r.ports.Now())})
		return
	}
	d, cloud := e.Draft, g.request.Cloud
	checks.Run(ctx, checks.Input{
		Tenant: *d.Tenant, Cloud: cloud, ClientID: d.ClientID, UPN: d.UPN, AdminTenant: d.Admin.Tenant, WithGroups: d.WithGroups,
		ClientKind: d.ClientKind, SecretExpires: d.SecretExpires,
		Session: g.session, PartnerCenter: r.ports.Clouds.PartnerCenter(cloud), Graph: r.ports.Clouds.Graph(cloud),
		KeychainTest: r.ports.Vault.Test, Now: r.ports.Now, Sleep: r.ports.Sleep, Consented: g.consented, Saved: r.renewed(d),
	}, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() == nil {
		r.Send(wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now()})
	}
}

// renewed returns the saved connector that a draft renews, whose pinned account must have signed in again; nil for a new one.
// Where another account takes its place there is no pinned one: the name that was given decides, as with a new connector.
func (r *Runner) renewed(d connector.Draft) *connector.Connector {
	if d.Renews == "" {
		return nil
	}
	c, err := r.keeper.Find(d.Renews)
	if err != nil {
		return nil
	}
	if d.Replaces != "" {
		c.User.ObjectID = ""
	}
	return &c
}

func (r *Runner) checkConnector(ctx context.Context, e wizard.CheckConnector) {
	_, err := r.keeper.Check(ctx, e.ID, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() != nil {
		return
	}
	r.Send(wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now(), Problem: r.problem(err)})
	r.Send(r.load())
}

// save marks the draft, writes the credential, then the list, then removes the draft. After a crash in between Sweep finds the
// mark: there is never a connector without its credential, nor for long a credential without its connector.
func (r *Runner) save(ctx context.Context, e wizard.SaveConnector) wizard.Event {
	out := wizard.SaveDone{Attempt: e.Attempt}
	g := r.currentGrant()
	if g == nil || checks.HealthOf(e.Checks) == connector.HealthUnknown {
		out.Problem = problems.New(connector.KindCredentialGone, "").Dated(r.ports.Now())
		return out
	}
	// Save has begun to change the keychain: closing the program does not cut it short.
	ctx = context.WithoutCancel(ctx)
	c := checks.WithOutcome(connectorOf(e.Draft, g), e.Checks)
	c.Saved = r.ports.Now()
	if err := r.write(ctx, e.Draft, c, g.session.Credential()); err != nil {
		out.Problem = r.problem(err)
		out.Problem.Step = connector.StepCheck
		return out
	}
	r.disk.do("", func() { r.Send(r.dropDraft(ctx, e.Draft.ID)) })
	out.Connector = &c
	return out
}

func (r *Runner) write(ctx context.Context, d connector.Draft, c connector.Connector, credential auth.Secret) error {
	unlock, err := r.ports.Store.Lock(ctx, c.ID)
	if err != nil {
		return err
	}
	defer unlock()
	renewed, err := r.keeper.Renewed(d)
	if err != nil {
		return err
	}
	c.Origin = renewed.Origin
	if err := r.markSaving(d); err != nil {
		return err
	}
	if err := r.ports.Vault.Put(ctx, c.ID, credential); err != nil {
		return err
	}
	return r.ports.Store.PutConnector(c)
}

// markSaving notes on disk that Save has begun, after all that was typed.
func (r *Runner) markSaving(d connector.Draft) error {
	d.Saving = true
	marked := make(chan error, 1)
	r.disk.do("", func() { marked <- r.ports.Store.PutDraft(d) })
	return <-marked
}

// connectorOf is the connector that a draft becomes.
func connectorOf(d connector.Draft, g *grant) connector.Connector {
	return connector.Connector{
		ID: d.ConnectorID(), Name: d.Name, Tenant: *d.Tenant, ClientID: d.ClientID, ClientKind: d.ClientKind, RedirectPath: d.RedirectPath,
		WithGroups: d.WithGroups, User: g.identity, Admin: d.Admin, Consented: g.consented, Refreshed: g.consented,
		SecretExpires: d.SecretExpires,
	}
}
