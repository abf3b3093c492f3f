package keeper

import (
	"context"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Saving is what becomes a saved connector, or renews one.
type Saving struct {
	Draft connector.Draft
	// Credential is what the user consent yielded; empty in a draft with Links, whose credential another product keeps.
	Credential auth.Secret
	// Change returns the connector with what consents and checks have proved. It gets the one of the list, as it is by then, and leaves the
	// rest of it as it is; a new one begins as the zero Connector. ID and name are not its business.
	Change func(connector.Connector) connector.Connector
}

// Save writes the credential and then the list, under the connector's lock, and returns the connector. The draft is marked before, so that
// after a crash in between Sweep ends it: there is never a connector without its credential, nor for long a credential without its
// connector. A renewal changes the connector as other processes have left it meanwhile. Its errors are ErrAbsent, ErrOrigin and
// ErrOtherAccount of a renewal, ErrNameTaken, and those of the Vault and the Store; then the list is as it was, and a new connector's
// credential is gone again. Only where the list could not be written after the credential of another account the health is not known. A draft
// with Links has no credential: the keychain is left alone.
func (k Keeper) Save(ctx context.Context, s Saving) (_ connector.Connector, err error) {
	defer func() { k.logDone("connector saved", s.Draft.ConnectorID(), err, "renewal", s.Draft.Renews != "") }()
	unlock, err := k.Ports.Store.Lock(ctx, s.Draft.ConnectorID())
	if err != nil {
		return connector.Connector{}, err
	}
	defer unlock()
	before, err := k.Renewed(s.Draft)
	if err != nil {
		return connector.Connector{}, err
	}
	c := s.Change(before)
	c.ID, c.Name = s.Draft.ConnectorID(), before.Name
	if s.Draft.Renews == "" || s.Draft.Renamed {
		c.Name = connector.CleanName(s.Draft.Name)
	}
	if s.Draft.Renews == "" {
		return c, k.saveNew(ctx, s, c)
	}
	return c, k.saveRenewal(ctx, s, before, c)
}

// saveNew looks at the names first, for whoever has time to choose another one; the Store has the last word on them.
func (k Keeper) saveNew(ctx context.Context, s Saving, c connector.Connector) error {
	named, err := k.Ports.Store.Named(c.Name)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(named, func(id string) bool { return id != c.ID }) {
		return connector.ErrNameTaken
	}
	if err := k.mark(s, true); err != nil {
		return err
	}
	if s.Draft.Links == nil {
		err = k.Ports.Vault.Put(ctx, c.ID, s.Credential)
	}
	if err != nil {
		return err
	}
	err = k.Ports.Store.PutConnector(c)
	if err != nil {
		k.takeBack(ctx, s)
	}
	return err
}

// takeBack removes the credential of a new connector that did not get into the list. Where that fails the mark stays, and Sweep does it.
func (k Keeper) takeBack(ctx context.Context, s Saving) {
	if _, saved, err := k.saved(s.Draft.ID); err != nil || saved {
		return
	}
	if s.Draft.Links != nil || k.Ports.Vault.Delete(ctx, s.Draft.ID) == nil {
		_ = k.mark(s, false)
	}
}

// saveRenewal writes the row twice: before the credential, what may be refused, the name, and what must not be believed if it ends in between,
// that all is well with an account whose place another one takes, or that the keychain has nothing of what is in a key vault.
func (k Keeper) saveRenewal(ctx context.Context, s Saving, before, c connector.Connector) error {
	if s.Draft.Links != nil {
		return k.saveLinksAgain(s, c)
	}
	if s.Draft.Replaces == "" && isOther(before.User, c.User) {
		return connector.ErrOtherAccount
	}
	between := before
	between.Name = c.Name
	if s.Draft.Replaces != "" {
		between.Health, between.Checks, between.Checked = connector.HealthUnknown, nil, time.Time{}
	}
	between.Leftover = before.Origin == connector.OriginVault
	twice := c.Name != before.Name || s.Draft.Replaces != "" || between.Leftover
	if twice {
		if err := k.Ports.Store.PutConnector(between); err != nil {
			return err
		}
	}
	err := k.mark(s, true)
	if err == nil {
		err = k.Ports.Vault.Put(ctx, c.ID, s.Credential)
	}
	if err != nil {
		if twice {
			before.Leftover = between.Leftover // a piece of it may be there
			_ = k.Ports.Store.PutConnector(before)
		}
		return err
	}
	err = k.Ports.Store.PutConnector(c)
	if err != nil && twice {
		between.Name = before.Name
		_ = k.Ports.Store.PutConnector(between)
	}
	return err
}

// saveLinksAgain writes the row of a connector that another product keeps: there is no credential to be between. A draft that could not be saved
// is none that Sweep ends.
func (k Keeper) saveLinksAgain(s Saving, c connector.Connector) error {
	if err := k.mark(s, true); err != nil {
		return err
	}
	err := k.Ports.Store.PutConnector(c)
	if err != nil {
		_ = k.mark(s, false)
	}
	return err
}

// isOther reports whether an account is known not to be the one that was pinned.
func isOther(pinned, account connector.Identity) bool {
	differs := !strings.EqualFold(pinned.ObjectID, account.ObjectID) || !strings.EqualFold(pinned.TenantID, account.TenantID)
	return differs && pinned.ObjectID != "" && account.ObjectID != ""
}

func (k Keeper) mark(s Saving, saving bool) error {
	s.Draft.Saving = saving
	return k.Ports.Store.PutDraft(s.Draft)
}
