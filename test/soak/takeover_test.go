//go:build e2e && linux

package soak

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
)

// beforeTakeover puts the one list of an older version in the place of everything that this one has made: three connectors, of which the
// second one has a credential.
func (k *killing) beforeTakeover() {
	k.t.Helper()
	entries, err := os.ReadDir(k.place.dir)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "connectors") || e.Name() == "names" {
			err = errors.Join(err, os.RemoveAll(filepath.Join(k.place.dir, e.Name())))
		}
	}
	err = errors.Join(err, os.WriteFile(k.listPath(), k.oldList(), 0o600))
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *killing) listPath() string { return filepath.Join(k.place.dir, "connectors.json") }

func (k *killing) oldList() []byte {
	k.t.Helper()
	first, last := k.row, k.row
	first.ID, first.Name = "other-1", "Fabrikam"
	last.ID, last.Name = "other-2", "Northwind"
	text, err := json.MarshalIndent(map[string]any{"format": 2, "connectors": []connector.Connector{first, k.row, last}}, "", "  ")
	if err != nil {
		k.t.Fatal(err)
	}
	return text
}

// afterTakeover looks that the old list stands where it was, or the mark with the old list beside it; and that the next start has every
// connector, in the old order, with its credential.
func (k *killing) afterTakeover() (outcome string) {
	k.t.Helper()
	outcome = outcomeOld
	if text, err := os.ReadFile(k.listPath()); err != nil || string(text) != string(k.oldList()) {
		outcome = outcomeNew
		if kept, err := os.ReadFile(filepath.Join(k.place.dir, "connectors.format-2.json")); err != nil || string(kept) != string(k.oldList()) {
			k.t.Errorf("the old list is lost: %v", err)
		}
	}
	e := k.sweep()
	all, err := e.Store.Connectors()
	ids := []string{}
	for _, c := range all {
		ids = append(ids, c.ID)
	}
	if err != nil || !slices.Equal(ids, []string{"other-1", k.id, "other-2"}) {
		k.t.Errorf("the list has %v, %v", ids, err)
	}
	if c, err := e.Store.Connector(k.id); err != nil || len(c.Checks) != len(k.row.Checks) {
		k.t.Errorf("%d checks, %v", len(c.Checks), err)
	}
	if found, err := e.Keeper().Find(k.row.Name); err != nil || found.ID != k.id {
		k.t.Errorf("found %s, %v", found.ID, err)
	}
	k.expectItems([]string{k.id})
	return outcome
}
