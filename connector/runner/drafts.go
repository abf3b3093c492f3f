package runner

import (
	"context"
	"errors"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// The things that have a queue.
const (
	listsOnDisk    = "lists"
	settingsOnDisk = "settings"
	recordsOnDisk  = "records"
	scheduleOnDisk = "schedule"
)

// secretOf is the queue for what the keychain holds for a draft.
func secretOf(draftID string) string { return "secret of " + draftID }

// rowOf is the queue for a saved connector's name and removal.
func rowOf(connectorID string) string { return "row of " + connectorID }

// draftStore is the Store for whoever changes drafts beside the wizard: their turn comes after what the wizard handed in before.
type draftStore struct {
	connector.Store
	r *Runner
}

// PutDraft implements connector.Store.
func (s draftStore) PutDraft(d connector.Draft) error {
	return s.r.queues.wait(listsOnDisk, func() error {
		err := s.r.putDraft(d)
		if err == nil {
			s.r.marks[d.ID] = d.Saving
		}
		return err
	})
}

// DeleteDraft implements connector.Store.
func (s draftStore) DeleteDraft(id string) error {
	return s.r.queues.wait(listsOnDisk, func() error {
		err := s.Store.DeleteDraft(id)
		if err == nil {
			s.r.drops.end(id)
			s.r.links.drop(id)
		}
		return err
	})
}

// putDraft writes a draft, unless that was dropped: it never comes back. It is called in the queue of the lists.
func (r *Runner) putDraft(d connector.Draft) error {
	if r.drops.of(d.ID) == dropped {
		return nil
	}
	return r.ports.Store.PutDraft(d)
}

// keepDraft writes what was typed. That Save has begun is not its business.
func (r *Runner) keepDraft(e wizard.KeepDraft) {
	r.queues.do(listsOnDisk, "draft "+e.Draft.ID, func() {
		d := e.Draft
		if saving, known := r.marks[d.ID]; known {
			d.Saving = saving
		}
		r.Send(wizard.DraftKept{DraftID: d.ID, Admin: d.Admin.Status, Problem: r.problem(r.putDraft(d))})
	})
}

// reload brings the lists as they are after everything that was handed in for them.
func (r *Runner) reload() { r.queues.do(listsOnDisk, "load", func() { r.Send(r.load()) }) }

// load reads both lists. A list, or a connector, that can't be read is a problem to be shown beside what can be, and never an empty list to be
// written over. A draft that is being dropped, or has become a connector, is not offered any more.
func (r *Runner) load() wizard.Loaded {
	connectors, err := r.ports.Store.Connectors()
	drafts, draftErr := r.ports.Store.Drafts()
	saved := func(id string) bool {
		return slices.ContainsFunc(connectors, func(c connector.Connector) bool { return c.ID == id })
	}
	drafts = slices.DeleteFunc(drafts, func(d connector.Draft) bool { return r.drops.of(d.ID) != kept || saved(d.ID) })
	return wizard.Loaded{Connectors: connectors, Drafts: drafts, Problem: r.problem(errors.Join(err, draftErr)), Now: r.ports.Now()}
}

// readConnector reads a saved connector whole. That one is gone is told by the list.
func (r *Runner) readConnector(id string) wizard.DetailOpened {
	c, err := r.ports.Store.Connector(id)
	if errors.Is(err, connector.ErrAbsent) {
		err = nil
	}
	return wizard.DetailOpened{ID: id, Checks: c.Checks, Past: c.History, Now: r.ports.Now(), Problem: r.problem(err)}
}

// drop drops a draft after everything that was handed in for what the keychain holds for it.
func (r *Runner) drop(ctx context.Context, id string) {
	r.drops.begin(id)
	r.reload()
	r.queues.do(secretOf(id), "", func() { r.dropDraft(ctx, id) })
}

// dropDraft removes a draft and what waits for it in the keychain, also where the program is ended meanwhile.
func (r *Runner) dropDraft(ctx context.Context, id string) {
	err := r.keeper.RemoveDraft(context.WithoutCancel(ctx), id)
	if err != nil {
		r.drops.fail(id)
	}
	// After the list, which has the draft again where it could not be removed, and so knows what it is called.
	r.queues.do(listsOnDisk, "", func() {
		r.Send(r.load())
		r.Send(wizard.DraftDropped{ID: id, Problem: r.problem(err)})
	})
}

// keepSecret keeps, or with an empty secret removes, what waits in the keychain for a draft. Of several that wait the newest is enough.
func (r *Runner) keepSecret(ctx context.Context, e wizard.KeepSecret) {
	id, queue := keeper.DraftSecretID(e.DraftID), secretOf(e.DraftID)
	if e.Secret.Empty() {
		r.queues.doInstead(queue, "keep", func() { _ = r.ports.Vault.Delete(context.WithoutCancel(ctx), id) })
		return
	}
	r.queues.do(queue, "keep", func() {
		if ctx.Err() == nil { // else the program ends, and the draft on disk does not say that it has this one
			r.Send(r.secretKept(ctx, id, e))
		}
	})
}

func (r *Runner) secretKept(ctx context.Context, id string, e wizard.KeepSecret) wizard.SecretKept {
	out := wizard.SecretKept{Attempt: e.Attempt}
	if out.Problem = r.unwritten(e.DraftID); out.Problem != nil {
		return out
	}
	if e.ClientKind == auth.CertificateClient {
		facts, err := auth.ParseCertificate([]byte(e.Secret.Reveal()))
		if err != nil {
			out.Problem = r.problem(err)
			return out
		}
		out.Expires = connector.DayOf(facts.NotAfter)
	}
	out.Problem = r.problem(r.ports.Vault.Put(ctx, id, e.Secret))
	return out
}

// unwritten returns why a draft is not on disk; nil where it is.
func (r *Runner) unwritten(draftID string) *connector.Problem {
	_, p := r.written(draftID)
	return p
}

// written returns a draft as it is on disk, or why it is not there. The keychain can't be listed: what it holds for a draft that is not on disk
// would stay there for ever.
func (r *Runner) written(draftID string) (connector.Draft, *connector.Problem) {
	var draft connector.Draft
	err := r.queues.wait(listsOnDisk, func() error {
		drafts, err := r.ports.Store.Drafts()
		if i := slices.IndexFunc(drafts, func(d connector.Draft) bool { return d.ID == draftID }); i >= 0 {
			draft = drafts[i]
		}
		return err
	})
	if err == nil && draft.ID == "" {
		return draft, problems.New(connector.KindDisk, "").Dated(r.ports.Now())
	}
	return draft, r.problem(err)
}
