package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
)

// source is a package as it stands: its files, parsed, and the types in them.
type source struct {
	module   string
	path     string // its import path
	fset     *token.FileSet
	files    []*file
	info     *types.Info
	importer types.Importer
}

// file is one of its files. Its name has slashes and is relative to the module's folder.
type file struct {
	name   string
	text   []byte
	syntax *ast.File
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Export     string
	DepOnly    bool
	Module     *struct{ Path, Dir string }
}

// list runs go list in the folder.
func list(ctx context.Context, folder string, env []string, arguments ...string) ([]listed, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-json=ImportPath,Dir,GoFiles,Export,DepOnly,Module"}, arguments...)...)
	cmd.Dir, cmd.Env = folder, env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
}

// load reads a package of the module in the folder.
func load(ctx context.Context, folder, name, tags string, env []string) (*source, error) {
	all, err := list(ctx, folder, env, "-tags", tags, "-deps", "-export", "./"+name)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	s := &source{fset: token.NewFileSet()}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
		if l.DepOnly {
			continue
		}
		s.path, s.module = l.ImportPath, l.Module.Path
		for _, f := range l.GoFiles {
			text, err := os.ReadFile(filepath.Join(l.Dir, f))
			if err != nil {
				return nil, err
			}
			s.files = append(s.files, &file{name: path.Join(name, f), text: text})
		}
	}
	s.importer = importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, f := range s.files {
		if f.syntax, err = parse(s.fset, f.name, f.text); err != nil {
			return nil, err
		}
	}
	s.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	if err := s.check(s.info, s.syntax()); err != nil {
		return nil, err
	}
	return s, nil
}

func parse(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, text, parser.SkipObjectResolution|parser.ParseComments)
}

func (s *source) syntax() map[string]*ast.File {
	all := map[string]*ast.File{}
	for _, f := range s.files {
		all[f.name] = f.syntax
	}
	return all
}

func (s *source) check(info *types.Info, files map[string]*ast.File) error {
	var ordered []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ordered = append(ordered, files[name])
	}
	c := types.Config{Importer: s.importer}
	_, err := c.Check(s.path, s.fset, ordered, info)
	return err
}

// compiles reports whether the package does so with the mutant in it.
func (s *source) compiles(m mutant) bool {
	syntax, err := parse(s.fset, m.file.name, m.apply())
	if err != nil {
		return false
	}
	files := s.syntax()
	files[m.file.name] = syntax
	return s.check(nil, files) == nil
}
