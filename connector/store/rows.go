package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// found is where a connector of the folder was found.
type found struct {
	id    string
	file  identity
	added int64
	// at is its place among the values.
	at int
	// err says why it can't be read.
	err *connector.UnreadableError
	// read says that its file had to be read, since the index had no row of it, or an older one.
	read bool
}

// gone reports whether there is no connector: it can't be read, or was removed since the folder was listed.
func (f *found) gone() bool { return f.id == "" || f.err != nil }

// rows returns the connectors of the folder without their checks, in the order in which they were first saved, and where each was found: from
// the index those whose files are as they were, from their files all others. It makes nothing, and waits for nobody. Those that can't be read
// are told beside them.
func (s *Store) rows() ([]found, []connector.Connector, connector.UnreadableErrors, error) {
	all, err := s.files()
	if err != nil {
		return nil, nil, nil, err
	}
	index := map[string]string{}
	if len(all) > 0 {
		index = s.readIndex()
	}
	values := make([]connector.Connector, len(all))
	inParallel(len(all), func(i int) {
		all[i].at = i
		s.find(&all[i], &values[i], index)
	})
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(compareBools(a.gone(), b.gone()), cmp.Compare(a.added, b.added), cmp.Compare(a.id, b.id))
	})
	bad := connector.UnreadableErrors{}
	there := 0
	for i := range all {
		switch {
		case all[i].err != nil:
			bad = append(bad, all[i].err)
		case !all[i].gone():
			there++
		}
	}
	inOrder(values, all)
	return all[:there], values[:there], bad, nil
}

// compareBools puts what is not so before what is.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// inOrder moves each value to the place of the one that was found there. There are too many of them, and they are too large, to have them twice.
func inOrder(values []connector.Connector, all []found) {
	for i := range all {
		first := values[i]
		for to := i; ; {
			from := all[to].at
			all[to].at = to
			if from == i {
				values[to] = first
				break
			}
			values[to], to = values[from], from
		}
	}
}

// files returns the files of the connectors, with nothing but their identities.
func (s *Store) files() ([]found, error) {
	folder := s.path(connectorsFolder)
	err := safefile.CheckFolder(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var opened *os.File
	if err == nil {
		opened, err = os.Open(folder)
	}
	if err != nil {
		return nil, fmt.Errorf("connectors: %w", err)
	}
	defer func() { _ = opened.Close() }()
	names, err := opened.Readdirnames(0)
	if err != nil {
		return nil, fmt.Errorf("connectors: %w", err)
	}
	all := make([]found, 0, len(names))
	for _, name := range names {
		if id, ok := connectorID(name); ok {
			all = append(all, found{id: id})
		}
	}
	inParallel(len(all), func(i int) { all[i].file = lookIn(opened, all[i].id+connectorSuffix) })
	return all, nil
}

// find looks for a connector, in the index where that has it as it is.
func (s *Store) find(f *found, c *connector.Connector, index map[string]string) {
	added, ok := parseRow(index[f.id], f.file, c)
	if ok {
		f.added = added
		return
	}
	k, _, err := s.readConnector(f.id)
	var bad *connector.UnreadableError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.id = ""
	case errors.As(err, &bad):
		f.err = bad
	default:
		r := rowOf(k, f.file)
		f.read, f.added, *c = true, r.Added, r.Value
	}
}

// inParallel calls do for 0 … n-1, on all processors.
func inParallel(n int, do func(i int)) {
	const chunk = 64
	workers := min(runtime.GOMAXPROCS(0), (n+chunk-1)/chunk)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var work sync.WaitGroup
	for w := range workers {
		work.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				do(i)
			}
		})
	}
	work.Wait()
}

// rebuild makes index and names again, from what is in the folder, under the lock of the lists, and returns the seal of the new index.
func (s *Store) rebuild() (last seal, err error) {
	folder := s.path(connectorsFolder)
	if err := s.sweepFolder(folder); err != nil {
		return seal{}, err
	}
	last = s.sealNow(0) // before the look: what somebody changes during it does not count as looked at
	all, values, _, err := s.rows()
	if err != nil {
		return seal{}, err
	}
	if err := s.claimAll(values); err != nil {
		return seal{}, err
	}
	last.names = s.sealNow(0).names // only programs of this kind write there, and under the lock
	for i := range all {
		last.added = max(last.added, all[i].added)
	}
	return last, s.writeIndex(all, values, last)
}

// sweepFolder removes what a crash within a write left in the folder.
func (s *Store) sweepFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("connectors: %w", err)
	}
	for _, e := range entries {
		target, stale := safefile.StaleOf(e.Name())
		if _, ours := connectorID(target); !stale || !ours {
			continue
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("connectors: %w", err)
		}
	}
	return nil
}

// heal makes index and names again where nobody else writes just now. They are only there to be fast: where it fails, nothing is lost.
func (s *Store) heal() {
	lock, err := safefile.TryLock(s.path(listsLock))
	if err != nil {
		return
	}
	defer lock.Release()
	_, _ = s.rebuild()
}
