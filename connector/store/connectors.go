package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// Connectors implements connector.Store.
func (s *Store) Connectors() ([]connector.Connector, error) {
	from, err := s.source()
	if err != nil {
		return nil, err
	}
	all, values, bad, err := s.rows()
	if err != nil {
		return nil, err
	}
	read := slices.ContainsFunc(all, func(f found) bool { return f.read })
	if !read && len(all) > 0 {
		_, sealed := s.sealed()
		read = !sealed
	}
	if read {
		s.heal()
	}
	if from.damage != nil {
		bad = append(connector.UnreadableErrors{{Err: from.damage}}, bad...)
	}
	if len(bad) > 0 {
		return from.besides(values), bad
	}
	return from.besides(values), nil
}

// Connector implements connector.Store.
func (s *Store) Connector(id string) (connector.Connector, error) {
	from, err := s.source()
	if err != nil || !connector.IsID(id) {
		return connector.Connector{}, absentUnless(err)
	}
	k, _, err := s.readConnector(id)
	if !errors.Is(err, fs.ErrNotExist) {
		return k.inner.value, err
	}
	for i := range from.old {
		if from.old[i].value.ID == id {
			return from.old[i].value, nil
		}
	}
	return connector.Connector{}, absentUnless(from.damage)
}

// absentUnless returns why a connector was not found.
func absentUnless(err error) error {
	if err == nil {
		err = connector.ErrAbsent
	}
	return err
}

// Named implements connector.Store. Where the folder of names can't vouch for it, it looks through the list.
func (s *Store) Named(name string) ([]string, error) {
	from, err := s.source()
	if err != nil {
		return nil, err
	}
	if _, ok := s.sealed(); ok && len(from.old) == 0 {
		ids, err := s.claimants(name)
		if !errors.Is(err, errNames) {
			return s.holders(name, ids), err
		}
	}
	all, err := s.Connectors()
	if all == nil {
		return nil, err
	}
	ids := []string{}
	for i := range all {
		if connector.SameName(all[i].Name, name) {
			ids = append(ids, all[i].ID)
		}
	}
	return ids, nil // what can't be read has another name, or none
}

// PutConnector saves c, in place of the connector of the same ID. Names are unique because this decides on them while no other process
// writes: its error is connector.ErrNameTaken where c is new, or gets another name, and another connector has that. Two that lists of older
// versions have of one name can be saved as they are. It costs the same however many connectors there are.
func (s *Store) PutConnector(c connector.Connector) error {
	if !connector.IsID(c.ID) {
		return errBadID
	}
	return s.locked(func() error {
		if err := s.ready(); err != nil {
			return err
		}
		last, ok := s.sealed()
		if !ok {
			var err error
			if last, err = s.rebuild(); err != nil {
				return err
			}
		}
		return s.put(c, last.added)
	})
}

// put saves c, under the lock; added is the greatest number that a connector was given.
func (s *Store) put(c connector.Connector, added int64) error {
	before, old, err := s.readConnector(c.ID)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return err
	}
	if fresh {
		added++
		before.outer.value.Added = added
	}
	after, err := before.with(c)
	if err != nil {
		return err
	}
	text, err := after.encode(s.connectorPath(c.ID))
	if err != nil || bytes.Equal(old, text) {
		return err
	}
	was := before.inner.value.Name
	if fresh || was != c.Name {
		if err := s.takeName(c); err != nil {
			return err
		}
	}
	of, err := s.writeConnector(c.ID, text)
	if err != nil {
		return err
	}
	if !fresh && connector.FoldName(was) != connector.FoldName(c.Name) {
		_ = s.unclaim(was, c.ID) // it counts no more, whether it is gone or not
	}
	s.note(rowOf(after, of).appendTo(nil), added)
	return nil
}

// takeName claims the name of a connector, or says that another one has it.
func (s *Store) takeName(c connector.Connector) error {
	ids, err := s.claimants(c.Name)
	if errors.Is(err, errNames) {
		if _, err = s.rebuild(); err == nil {
			ids, err = s.claimants(c.Name)
		}
	}
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(ids, func(id string) bool { return id == c.ID })
	if len(s.holders(c.Name, others)) > 0 {
		return connector.ErrNameTaken
	}
	return s.claim(c.Name, c.ID)
}

// DeleteConnector implements connector.Store.
func (s *Store) DeleteConnector(id string) error {
	if !connector.IsID(id) {
		return nil
	}
	return s.locked(func() error {
		if err := s.ready(); err != nil {
			return err
		}
		last, sealed := s.sealed()
		k, _, err := s.readConnector(id)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case errors.Is(err, connector.ErrListDamaged):
			err = s.setAside(id)
		case err == nil:
			err = s.writeConnectorAway(id, func() error { return safefile.Remove(s.connectorPath(id)) })
		}
		if err != nil {
			return err
		}
		_ = s.unclaim(k.inner.value.Name, id) // it counts no more, whether it is gone or not
		s.forgetRow(id)
		if sealed {
			s.note(nil, last.added)
		}
		s.dropOldLists()
		return nil
	})
}

// dropOldLists removes the lists of older versions that were kept when they were taken over, once the last connector is gone. They name
// tenants and users; which of them are still there, only the folder knows.
func (s *Store) dropOldLists() {
	if !s.isEmpty() {
		return
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), keptListStem) && e.Type().IsRegular() {
			_ = safefile.Remove(s.path(e.Name()))
		}
	}
}

// isEmpty reports whether the folder has no connector. It looks at no more names than it must.
func (s *Store) isEmpty() bool {
	folder, err := os.Open(s.path(connectorsFolder))
	if err != nil {
		return false
	}
	defer func() { _ = folder.Close() }()
	for {
		const some = 64
		names, err := folder.Readdirnames(some)
		if slices.ContainsFunc(names, func(name string) bool { _, ok := connectorID(name); return ok }) {
			return false
		}
		if err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// setAside keeps the damaged file of a connector, beside the folder where nobody looks for connectors.
func (s *Store) setAside(id string) error {
	kept := s.freePath(connectorsFolder+"-"+id+keptInfix+s.stamp(), ".json")
	return s.writeConnectorAway(id, func() error { return safefile.Move(s.connectorPath(id), kept) })
}

// writeConnector replaces the file of a connector and tells the watches that it was us.
func (s *Store) writeConnector(id string, text []byte) (identity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := s.connectorPath(id)
	before := lookAt(path)
	if err := safefile.Write(path, text); err != nil {
		return identity{}, fmt.Errorf("write %s: %w", filepath.Join(connectorsFolder, id+connectorSuffix), err)
	}
	after := lookAt(path)
	for w := range s.watches {
		w.wroteConnector(id, before, after)
	}
	return after, nil
}

// writeConnectorAway has the file of a connector taken away and tells the watches that it was us.
func (s *Store) writeConnectorAway(id string, take func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := lookAt(s.connectorPath(id))
	if err := take(); err != nil {
		return fmt.Errorf("remove %s: %w", filepath.Join(connectorsFolder, id+connectorSuffix), err)
	}
	for w := range s.watches {
		w.wroteConnector(id, before, identity{})
	}
	return nil
}
