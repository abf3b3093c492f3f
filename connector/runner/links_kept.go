package runner

import (
	"context"
	"encoding/json"
	"errors"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// storedLinks is how the keychain holds the links of a draft.
type storedLinks struct {
	Admin string `json:"admin,omitempty"`
	User  string `json:"user,omitempty"`
}

// keepLinks has the keychain hold a draft's links as they are held here, looks first which of them it has from an earlier run, and tells which
// there are. Of several that wait the newest is enough.
func (r *Runner) keepLinks(ctx context.Context, draftID string) {
	r.queues.do(secretOf(draftID), "links", func() {
		before := r.links.of(draftID)
		changed := before.changes != before.kept
		if r.drops.of(draftID) != kept || ctx.Err() != nil && !changed {
			return
		}
		asking := ctx
		if changed {
			// What was pasted right before the program was closed is not pasted again.
			asking = context.WithoutCancel(ctx)
		}
		p := r.linksKept(asking, draftID)
		r.links.settle(draftID, before.changes, p)
		r.Send(wizard.LinksHeld{DraftID: draftID, Held: r.links.of(draftID).held(), Unkept: p})
	})
}

// linksKept returns why the keychain does not hold the links as they are held here.
func (r *Runner) linksKept(ctx context.Context, draftID string) *connector.Problem {
	id := keeper.DraftSecretID(draftID)
	stored, err := r.ports.Vault.Get(ctx, id)
	if err != nil && !errors.Is(err, connector.ErrCredentialAbsent) {
		return r.problem(err)
	}
	draft, unwritten := r.written(draftID)
	if unwritten == nil && draft.Links == nil {
		return nil // what the keychain holds for this one is no link
	}
	r.links.fill(draftID, r.readStored(stored, draft))
	held := packLinks(r.links.of(draftID))
	switch {
	case held == stored:
		return nil
	case unwritten != nil:
		return unwritten
	case held.Empty():
		return r.problem(r.ports.Vault.Delete(ctx, id))
	}
	return r.problem(r.ports.Vault.Put(ctx, id, held))
}

// readStored returns the links in what the keychain holds for a draft, as far as they are those that the draft tells of: the keychain may not
// have taken newer ones. They are read as carefully as what is pasted, since they are opened as they are.
func (r *Runner) readStored(stored auth.Secret, d connector.Draft) []link.Link {
	var both storedLinks
	if d.Links == nil || stored.Empty() || json.Unmarshal([]byte(stored.Reveal()), &both) != nil {
		return nil
	}
	read := []link.Link{}
	for kind, address := range map[link.Kind]string{link.Admin: both.Admin, link.User: both.User} {
		found, _ := link.Read(address, r.ports.Clouds.All())
		if len(found) == 1 && found[0].Kind == kind && found[0].Address.Reveal() == address && d.Links.Has(found[0].Facts) {
			read = append(read, found[0])
		}
	}
	return read
}

// packLinks is what the keychain is to hold; empty where there is nothing.
func packLinks(d draftLinks) auth.Secret {
	var both storedLinks
	if l := d.known[link.Admin]; l != nil {
		both.Admin = l.Address.Reveal()
	}
	if l := d.known[link.User]; l != nil {
		both.User = l.Address.Reveal()
	}
	if both == (storedLinks{}) {
		return auth.Secret{}
	}
	text, err := json.Marshal(both)
	if err != nil {
		return auth.Secret{}
	}
	return auth.NewSecret(string(text))
}
