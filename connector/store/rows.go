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

// found is a connector of the folder, but for its checks.
type found struct {
	id string
	row
	// err says why it can't be read.
	err *connector.UnreadableError
	// read says that its file had to be read, since the index had no row of it, or an older one.
	read bool
}

// rows returns the connectors of the folder, in the order in which they were first saved: from the index those whose files are as they were,
// from their files all others. It makes nothing, and waits for nobody. Those that can't be read are told beside them.
func (s *Store) rows() ([]*found, connector.UnreadableErrors, error) {
	all, err := s.files()
	if err != nil {
		return nil, nil, err
	}
	index := map[string]string{}
	if len(all) > 0 {
		index = s.readIndex()
	}
	inParallel(len(all), func(i int) { s.load(all[i], index) })
	bad := connector.UnreadableErrors{}
	for i := range all {
		if all[i].err != nil {
			bad = append(bad, all[i].err)
		}
	}
	// One that was removed since the folder was listed has no ID any more.
	all = slices.DeleteFunc(all, func(f *found) bool { return f.id == "" || f.err != nil })
	slices.SortFunc(all, func(a, b *found) int { return cmp.Or(cmp.Compare(a.Added, b.Added), cmp.Compare(a.id, b.id)) })
	slices.SortFunc(bad, func(a, b *connector.UnreadableError) int { return cmp.Compare(a.ID, b.ID) })
	return all, bad, nil
}

// files returns the files of the connectors, with nothing but their identities.
func (s *Store) files() ([]*found, error) {
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
	all := make([]*found, 0, len(names))
	for _, name := range names {
		if id, ok := connectorID(name); ok {
			all = append(all, &found{id: id})
		}
	}
	inParallel(len(all), func(i int) { all[i].File = lookIn(opened, all[i].id+connectorSuffix) })
	return all, nil
}

// load fills in a connector, from the index where that has it as it is.
func (s *Store) load(f *found, index map[string]string) {
	file := f.File
	if parseRow(index[f.id], &f.row) && f.File == file {
		return
	}
	f.row = row{File: file}
	k, _, err := s.readConnector(f.id)
	var bad *connector.UnreadableError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.id = ""
	case errors.As(err, &bad):
		f.err = bad
	default:
		f.read, f.row = true, rowOf(k, f.File)
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

// rebuild makes index and names anew, from what is in the folder, under the lock of the lists, and returns the seal of the new index.
func (s *Store) rebuild() (last seal, err error) {
	folder := s.path(connectorsFolder)
	if err := s.sweepFolder(folder); err != nil {
		return seal{}, err
	}
	last = s.sealNow(0) // before the look: what somebody changes during it does not count as looked at
	all, _, err := s.rows()
	if err != nil {
		return seal{}, err
	}
	if err := s.claimAll(all); err != nil {
		return seal{}, err
	}
	last.names = s.sealNow(0).names // only programs of this kind write there, and under the lock
	for i := range all {
		last.added = max(last.added, all[i].Added)
	}
	return last, s.writeIndex(all, last)
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

// heal makes index and names anew where nobody else writes just now. They are only there to be fast: where it fails, nothing is lost.
func (s *Store) heal() {
	lock, err := safefile.TryLock(s.path(listsLock))
	if err != nil {
		return
	}
	defer lock.Release()
	_, _ = s.rebuild()
}
