package store

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"partner-center-connector/connector"

	"go.uber.org/goleak"
)

// The environment of a child, which adds a connector to the list of a folder, by a name of its own if none is given, or takes a lock and dies
// with it.
const (
	envAdd  = "STORE_TEST_ADD"
	envName = "STORE_TEST_NAME"
	envHold = "STORE_TEST_HOLD"
	envDir  = "STORE_TEST_DIR"
)

func TestMain(m *testing.M) {
	if os.Getenv(envDir) != "" {
		if err := child(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

func child() error {
	s, err := Open(os.Getenv(envDir))
	if err != nil {
		return err
	}
	if id := os.Getenv(envAdd); id != "" {
		return s.PutConnector(connector.Connector{ID: id, Name: cmp.Or(os.Getenv(envName), "of "+id)})
	}
	unlock, err := s.Lock(context.Background(), os.Getenv(envHold))
	if err != nil {
		return err
	}
	defer unlock()
	fmt.Fprintln(os.Stdout, "held")
	<-time.After(time.Hour) // until it is killed
	return nil
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func openStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return noon }
	return s
}

// beside opens the folder of s once more, as another process would.
func beside(t *testing.T, s *Store) *Store {
	t.Helper()
	other, err := Open(s.Dir())
	if err != nil {
		t.Fatal(err)
	}
	other.now = s.now
	return other
}

func writeFile(t *testing.T, s *Store, name, text string) {
	t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, s *Store, name string) string {
	t.Helper()
	text, err := os.ReadFile(s.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fileOf is the file of a connector.
func fileOf(id string) string { return "connectors/" + id + ".json" }

// whole returns all connectors with their checks.
func whole(t *testing.T, s *Store) []connector.Connector {
	t.Helper()
	var all []connector.Connector
	for _, id := range ids(t, s) {
		c, err := s.Connector(id)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func ids(t *testing.T, s *Store) []string {
	t.Helper()
	all, err := s.Connectors()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range all {
		ids = append(ids, c.ID)
	}
	return ids
}

func glob(t *testing.T, s *Store, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.Dir(), pattern))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
