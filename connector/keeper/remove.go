package keeper

import (
	"context"
	"errors"
	"slices"
	"time"

	"partner-center-connector/connector"
)

// draftLockLimit is how long a removal waits for a draft that is being saved.
const draftLockLimit = 10 * time.Second

// DraftSecretID is where the client secret of a draft waits in the keychain; the credential of a connector has the bare ID.
func DraftSecretID(draftID string) string { return "draft-" + draftID }

// Remove removes a connector: first its credential from the keychain, then its row from the list, so that a failure in
// between leaves a row that can be removed again and never a credential that nothing points to. One whose credential is not here is only
// taken off the list. One that is damaged is removed likewise; its text is kept aside.
func (k Keeper) Remove(ctx context.Context, id string) (err error) {
	defer func() { k.logDone("connector removed", id, err) }()
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return err
	}
	defer unlock()
	c, listed, err := k.saved(id)
	if err != nil && !isDamaged(err, id) {
		return err
	}
	err = nil
	if !c.Can().Credential && !c.Leftover {
		return k.Ports.Store.DeleteConnector(id)
	}
	if err := k.keychainAnswers(ctx, id); err != nil {
		return err
	}
	if listed {
		// Where the list can't be written nothing is removed; and where it is not written to the end, it vouches for nothing.
		c.Health = connector.HealthSignIn
		err = k.Ports.Store.PutConnector(c)
	}
	if err != nil {
		return err
	}
	if err := k.Ports.Vault.Delete(ctx, id); err != nil {
		return err
	}
	return k.Ports.Store.DeleteConnector(id)
}

// keychainAnswers reads a credential, only to see that the keychain can be used: where it can't, nothing is removed, and the connector is to
// stay as healthy as it was.
func (k Keeper) keychainAnswers(ctx context.Context, id string) error {
	_, err := k.Ports.Vault.Get(ctx, id)
	if errors.Is(err, connector.ErrKeychainMissing) || errors.Is(err, connector.ErrKeychainLocked) || errors.Is(err, connector.ErrKeychainSlow) ||
		ctx.Err() != nil {
		return err
	}
	return nil
}

// isDamaged reports whether an error says of the connector with that ID, and not of the whole list, that it is damaged.
func isDamaged(err error, id string) bool {
	var one *connector.UnreadableError
	return errors.As(err, &one) && one.ID == id && errors.Is(one, connector.ErrListDamaged)
}

// RemoveDraft removes a draft: first what the keychain holds for it, then its row from the list. A computer without a keychain
// holds nothing. Its errors are those of the Vault and the Store.
func (k Keeper) RemoveDraft(ctx context.Context, id string) error {
	unlock, err := k.lockDraft(ctx, id)
	if err != nil {
		return err
	}
	defer unlock()
	return k.removeDraft(ctx, id)
}

func (k Keeper) lockDraft(ctx context.Context, id string) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, draftLockLimit)
	defer cancel()
	return k.Ports.Store.Lock(ctx, id)
}

// removeDraft is called under the lock of the draft's ID.
func (k Keeper) removeDraft(ctx context.Context, id string) error {
	err := k.forgetUnsaved(ctx, id)
	if err == nil {
		err = k.Ports.Vault.Delete(ctx, DraftSecretID(id))
	}
	if err != nil && !errors.Is(err, connector.ErrKeychainMissing) {
		return err
	}
	return k.Ports.Store.DeleteDraft(id)
}

// forgetUnsaved removes the credential that a Save of the draft left without getting as far as the list. Where the list can't be read it
// removes none; that is an error of a draft whose Save has begun, since nothing but the draft points to the credential.
func (k Keeper) forgetUnsaved(ctx context.Context, id string) error {
	_, saved, err := k.saved(id)
	switch {
	case err != nil:
		if d, _, unread := k.draft(id); unread == nil && !d.Saving {
			return nil
		}
		return err
	case saved:
		return nil
	}
	return k.Ports.Vault.Delete(ctx, id)
}

// Sweep removes what a crash left behind: items of the keychain that count no longer, what a move to a key vault or a taking back from one left there,
// and what a Save did not end. It says
// whether it changed the list of drafts. What another process is just doing it leaves alone.
func (k Keeper) Sweep(ctx context.Context) (changed bool, err error) {
	failed := errors.Join(k.Ports.Vault.Sweep(ctx), k.forgetLeftovers(ctx))
	drafts, err := k.Ports.Store.Drafts()
	if err != nil {
		return false, errors.Join(failed, err)
	}
	for _, d := range drafts {
		if !d.Saving || ctx.Err() != nil {
			continue
		}
		changed = true
		failed = errors.Join(failed, k.endSave(ctx, d))
	}
	return changed, failed
}

// endSave ends a Save that was cut short: one whose connector is in the list by removing the draft, any other by removing the credential. A
// renewal's credential is the old one or the new one, and good either way; the renewal of a connector that is gone goes with it.
func (k Keeper) endSave(ctx context.Context, d connector.Draft) error {
	unlock, err := k.lockDraft(ctx, d.ConnectorID())
	if err != nil {
		return err
	}
	defer unlock()
	// Whoever held the lock may have ended it.
	d, still, err := k.draft(d.ID)
	if err != nil || !still || !d.Saving {
		return err
	}
	_, saved, err := k.saved(d.ConnectorID())
	switch {
	case err != nil:
		return err
	case saved:
		return k.removeDraft(ctx, d.ID)
	}
	if d.Links == nil {
		if err := k.Ports.Vault.Delete(ctx, d.ConnectorID()); err != nil {
			return err
		}
	}
	if d.Renews != "" {
		return k.removeDraft(ctx, d.ID)
	}
	// The keychain may have taken its time, and somebody may have gone on with the draft.
	if d, still, err = k.draft(d.ID); err != nil || !still {
		return err
	}
	d.Saving = false
	return k.Ports.Store.PutDraft(d)
}

func (k Keeper) draft(id string) (connector.Draft, bool, error) {
	all, err := k.Ports.Store.Drafts()
	if i := slices.IndexFunc(all, func(d connector.Draft) bool { return d.ID == id }); i >= 0 {
		return all[i], true, err
	}
	return connector.Draft{}, false, err
}
