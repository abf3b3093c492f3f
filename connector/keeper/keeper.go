package keeper

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// Keeper looks after saved connectors: it checks them, hands out tokens, renames and removes them. Every change of a
// credential happens under the connector's lock, so that window, terminal and scheduled runs make one refresh at a time.
type Keeper struct{ Ports connector.Ports }

// List returns the saved connectors. Its errors are those of the Store.
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
	all, err := k.Ports.Store.Connectors()
	if err != nil {
		return connector.Connector{}, err
	}
	id := strings.TrimSpace(nameOrID)
	var named []connector.Connector
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
		if connector.SameName(c.Name, nameOrID) {
			named = append(named, c)
		}
	}
	switch len(named) {
	case 0:
		return connector.Connector{}, connector.ErrAbsent
	case 1:
		return named[0], nil
	}
	several := &SeveralError{Name: connector.CleanName(nameOrID)}
	for _, c := range named {
		several.IDs = append(several.IDs, c.ID)
	}
	return connector.Connector{}, several
}

// saved returns the connector of the list with the ID, and whether there is one.
func (k Keeper) saved(id string) (connector.Connector, bool, error) {
	all, err := k.Ports.Store.Connectors()
	if i := slices.IndexFunc(all, func(c connector.Connector) bool { return c.ID == id }); i >= 0 {
		return all[i], true, err
	}
	return connector.Connector{}, false, err
}

// get returns the connector of the list with the ID; ErrAbsent if there is none. Whoever changes it holds its lock.
func (k Keeper) get(id string) (connector.Connector, error) {
	c, there, err := k.saved(id)
	if err == nil && !there {
		err = connector.ErrAbsent
	}
	return c, err
}

// resume opens a saved connector's session. The caller must hold the connector's lock.
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
	if err == nil && !c.Can().Renew {
		err = connector.ErrOrigin
	}
	return c, err
}

// Token returns an access token of a saved connector, refreshed if the cached one has less than five minutes left; the credential is stored
// once if it was, and not touched if not. A usable token can come with an error that is auth.ErrNotStored: the credential could not be kept, the
// old one stays in use. Where the connector gives no tokens it is ErrOrigin.
func (k Keeper) Token(ctx context.Context, id string, r auth.Resource) (auth.Token, error) {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return auth.Token{}, err
	}
	defer unlock()
	c, err := k.get(id)
	if err != nil {
		return auth.Token{}, err
	}
	if !c.Can().Token {
		return auth.Token{}, connector.ErrOrigin
	}
	session, err := k.resume(ctx, c)
	if err != nil {
		return auth.Token{}, errors.Join(err, k.noteProblem(c, err))
	}
	token, err := session.Token(ctx, r, false)
	kept := session.Keep(ctx)
	if err != nil {
		return token, errors.Join(err, k.noteProblem(c, err))
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

// noteProblem notes in the list that a person must sign in, or that the client secret or certificate has ended, if that is what an error says.
func (k Keeper) noteProblem(c connector.Connector, err error) error {
	noted := checks.WithProblem(c, problems.Of(err, k.Ports.Now()))
	if noted.Health == c.Health {
		return nil
	}
	return k.Ports.Store.PutConnector(noted)
}

// Rename gives a connector another name, once it is clean. Its errors are ErrAbsent, ErrOrigin, ErrNameTaken and those of the Store.
func (k Keeper) Rename(ctx context.Context, id, name string) error {
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
