package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// workshop has copies of the module in a temporary folder, in which mutants are made: one for each worker. A mutant stands in its file,
// and not in one beside it that only the compiler sees, since tests read source, too.
type workshop struct {
	options
	folder string
	env    []string
}

func newWorkshop(ctx context.Context, o options) (*workshop, error) {
	folder, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return nil, err
	}
	w := &workshop{options: o, folder: folder}
	for worker := range o.workers {
		if err := copyTree(o.root, w.tree(worker)); err != nil {
			return w, err
		}
	}
	err = w.separate(ctx)
	return w, err
}

func (w *workshop) close() error { return os.RemoveAll(w.folder) }

func (w *workshop) tree(worker int) string {
	return filepath.Join(w.folder, fmt.Sprintf("tree%d", worker))
}

// copyTree copies the folder without what is hidden and without what make has built.
func copyTree(from, to string) error {
	files := os.DirFS(from)
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		target := filepath.Join(to, filepath.FromSlash(name))
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"bin", "dist", "pictures"}, name)):
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case !d.Type().IsRegular():
			return nil
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, info.Mode())
	})
}

// examine tries the mutants of a package: as many as were asked for, of those that compile.
func (w *workshop) examine(ctx context.Context, name string, judged equivalents, m *memory, out io.Writer) (result, error) {
	r := result{name: name, by: map[outcome]int{}}
	s, err := load(ctx, w.tree(0), name, w.tags, w.env)
	if err != nil {
		return r, err
	}
	all := s.mutants()
	if err := judged.stale(name, all); err != nil {
		return r, err
	}
	t, err := w.trial(ctx, name)
	if err != nil {
		return r, err
	}
	queue := make(chan mutant)
	var mu sync.Mutex
	var errs []error
	var workers sync.WaitGroup
	for worker := range w.workers {
		workers.Go(func() {
			for one := range queue {
				o, err := t.remembered(ctx, worker, one, m)
				mu.Lock()
				errs = append(errs, err)
				if err == nil {
					r.add(one, o)
					_, _ = fmt.Fprintf(out, "%s %d: %s:%d %s: %s\n", name, r.made(), one.name, one.line, one.operator, o)
				}
				mu.Unlock()
			}
		})
	}
	sent := 0
	for _, one := range draw(all, w.seed) {
		if w.count > 0 && sent == w.count || ctx.Err() != nil {
			break
		}
		if !s.compiles(one) {
			continue
		}
		sent++
		if _, found := judged[one.identity]; found {
			mu.Lock()
			r.add(one, equivalent)
			mu.Unlock()
			continue
		}
		queue <- one
	}
	close(queue)
	workers.Wait()
	slices.SortFunc(r.outlive, func(a, b mutant) int { return strings.Compare(a.position(), b.position()) })
	return r, errors.Join(append(errs, ctx.Err())...)
}

func (m mutant) position() string { return fmt.Sprintf("%s:%06d", m.name, m.line) }
