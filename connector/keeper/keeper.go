package keeper

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// Keeper looks after saved connectors: it checks them, hands out tokens, renames and removes them. Every change of a
// credential happens under the connector's lock, so that window, terminal and scheduled runs make one refresh at a time.
type Keeper struct {
	Ports connector.Ports
	// Scheduled says that the schedule of this computer asks, and no person: the history tells the two apart.
	Scheduled bool
}

// List returns the saved connectors without their checks. Its errors are those of the Store, which come beside the connectors that can be
// read.
func (k Keeper) List() ([]connector.Connector, error) { return k.Ports.Store.Connectors() }

// SeveralError reports that a name is that of more than one connector, as lists of older versions may have it. By their IDs they can be told
// apart.
type SeveralError struct {
	Name string
	IDs  []string
}

// Error implements error.
func (e *SeveralError) Error() string {
	return fmt.Sprintf("several connectors are called %q: %s", e.Name, strings.Join(e.IDs, ", "))
}

// Find returns the connector with that ID, or else the one with that name, as connector.SameName compares them; ErrAbsent if there is none, and
// *SeveralError if several have the name.
func (k Keeper) Find(nameOrID string) (connector.Connector, error) {
	c, err := k.Ports.Store.Connector(strings.TrimSpace(nameOrID))
	var unreadable *connector.UnreadableError
	if err == nil || errors.As(err, &unreadable) {
		return c, err
	}
	// Any other reason not to find the ID is no reason not to find the name; where it is one, the next call says so too.
	ids, err := k.Ports.Store.Named(nameOrID)
	if err == nil && len(ids) == 0 {
		ids, err = k.listed(nameOrID)
	}
	switch {
	case err != nil:
		return connector.Connector{}, err
	case len(ids) > 1:
		return connector.Connector{}, &SeveralError{Name: connector.CleanName(nameOrID), IDs: ids}
	}
	return k.Ports.Store.Connector(ids[0])
}

// listed looks through the list for a name: somebody may have changed it by hand. Its errors are ErrAbsent and those of the Store; what can't
// be read may be what is looked for.
func (k Keeper) listed(name string) ([]string, error) {
	all, err := k.List()
	var ids []string
	for i := range all {
		if connector.SameName(all[i].Name, name) {
			ids = append(ids, all[i].ID)
		}
	}
	switch {
	case len(ids) > 0:
		return ids, nil
	case err == nil:
		err = connector.ErrAbsent
	}
	return nil, err
}

// saved returns the connector of the list with the ID, and whether there is one.
func (k Keeper) saved(id string) (connector.Connector, bool, error) {
	c, err := k.Ports.Store.Connector(id)
	if errors.Is(err, connector.ErrAbsent) {
		return connector.Connector{}, false, nil
	}
	return c, err == nil, err
}

// get returns the connector of the list with the ID; ErrAbsent if there is none. Whoever changes it holds its lock.
func (k Keeper) get(id string) (connector.Connector, error) {
	c, there, err := k.saved(id)
	if err == nil && !there {
		err = connector.ErrAbsent
	}
	return c, err
}

// session opens a saved connector's session, from wherever its credential is, and returns the connector as it is there. The caller must hold the
// connector's lock.
func (k Keeper) session(ctx context.Context, c connector.Connector) (connector.Session, connector.Connector, error) {
	if c.Origin == connector.OriginVault {
		if c.Leftover {
			c, _ = k.forget(ctx, c) // where that fails the next one tries again
		}
		return k.resumeVault(ctx, c)
	}
	session, err := k.resume(ctx, c)
	return session, c, err
}

// resume opens a saved connector's session from the keychain. The caller must hold the connector's lock.
func (k Keeper) resume(ctx context.Context, c connector.Connector) (connector.Session, error) {
	credential, err := k.Ports.Vault.Get(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	return k.Ports.Redeemer.Resume(ctx, c, credential, func(ctx context.Context, changed auth.Secret) error {
		return k.Ports.Vault.Put(ctx, c.ID, changed)
	})
}

// Renewed returns the connector of the list that a draft renews; where it renews none, the zero Connector. Its errors are ErrAbsent, where the
// list has that one no more, ErrOrigin, where the user consent can't be given here, and those of the Store.
func (k Keeper) Renewed(d connector.Draft) (connector.Connector, error) {
	if d.Renews == "" {
		return connector.Connector{}, nil
	}
	c, err := k.get(d.Renews)
	if err == nil && (!c.Can().Renew || (d.Links != nil) != (c.Origin == connector.OriginLink)) {
		err = connector.ErrOrigin
	}
	return c, err
}

// Token returns an access token of a saved connector, refreshed if the cached one has less than five minutes left; the credential is stored
// once if it was, and not touched if not. A usable token can come with an error that is auth.ErrNotStored: the credential could not be kept, the
// old one stays in use. Where the connector gives no tokens it is ErrNoToken, where another product keeps it, and else ErrOrigin.
func (k Keeper) Token(ctx context.Context, id string, r auth.Resource) (auth.Token, error) {
	token, err := k.token(ctx, id, r)
	if err == nil && token.Cached { // a script may ask every minute
		k.Ports.Logger().Debug("token handed out", "connector.id", id, "resource", string(r), "cached", true)
		return token, nil
	}
	k.logDone("token handed out", id, err, "resource", string(r), "cached", token.Cached)
	return token, err
}

func (k Keeper) token(ctx context.Context, id string, r auth.Resource) (auth.Token, error) {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return auth.Token{}, err
	}
	defer unlock()
	c, err := k.get(id)
	if err != nil {
		return auth.Token{}, err
	}
	switch {
	case c.Origin == connector.OriginLink:
		return auth.Token{}, connector.ErrNoToken
	case !c.Can().Token:
		return auth.Token{}, connector.ErrOrigin
	}
	session, c, err := k.session(ctx, c)
	if err != nil {
		return auth.Token{}, errors.Join(err, k.noteRefusal(c, problems.Of(err, k.Ports.Now())))
	}
	token, err := session.Token(ctx, r, false)
	kept := unlessInTime(session.Keep(ctx))
	if err != nil {
		return token, errors.Join(err, k.noteRefusal(c, problems.Of(err, k.Ports.Now())))
	}
	if !token.Cached {
		c.Refreshed = k.Ports.Now()
		if r == auth.PartnerCenter {
			c = checks.WithRefresh(c, c.Refreshed)
		}
		kept = errors.Join(kept, k.Ports.Store.PutConnector(c))
	}
	return token, kept
}

// Rename gives a connector another name, once it is clean. Its errors are ErrAbsent, ErrOrigin, ErrNameTaken and those of the Store.
func (k Keeper) Rename(ctx context.Context, id, name string) (err error) {
	defer func() { k.logDone("connector renamed", id, err) }()
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return err
	}
	defer unlock()
	c, err := k.get(id)
	if err != nil {
		return err
	}
	if !c.Can().Rename {
		return connector.ErrOrigin
	}
	c.Name = connector.CleanName(name)
	return k.Ports.Store.PutConnector(c)
}
