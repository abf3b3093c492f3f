// Command notices finds what of others is linked into the programs, and writes their licenses into assets/notices: for each program and
// system the list of what is in it, and each text once. It fails where a license is not on the short list, licenses.toml.
//
//	notices [-check] [-debian] ROOT PCC-TAGS WINDOW-TAGS
//
// With -check it writes nothing, and fails where assets/notices is not what it would write. With -debian a text of a Debian package that is
// not installed is an error; without, the one in assets/notices stays.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// limit is for everything: go list may have to fetch modules.
const limit = 10 * time.Minute

func main() {
	check := flag.Bool("check", false, "write nothing; fail where assets/notices is out of date")
	debian := flag.Bool("debian", false, "fail where a text of a Debian package is not on this computer")
	flag.Parse()
	if flag.NArg() != 3 {
		fmt.Fprintln(os.Stderr, "notices [-check] [-debian] ROOT PCC-TAGS WINDOW-TAGS")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := run(ctx, flag.Arg(0), flag.Arg(1), flag.Arg(2), *check, *debian); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root, pccTags, windowTags string, check, debian bool) error {
	r, err := readRules(filepath.Join(root, "build", "packaging", "licenses.toml"))
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "assets", "notices")
	f := newFinder(r, folder, debian)
	wanted := map[string]string{}
	for _, b := range builds(pccTags, windowTags) {
		linked, err := b.list(ctx, root)
		if err != nil {
			return err
		}
		parts := f.parts(b, root, linked)
		wanted[filepath.Join(b.program, b.system+".txt")] = parts.lines()
	}
	f.refuseUnused()
	if len(f.mistakes) > 0 {
		return errors.Join(f.mistakes...)
	}
	for name, text := range f.texts {
		wanted[filepath.Join("texts", name)] = text
	}
	if check {
		return compare(folder, wanted)
	}
	return write(folder, wanted)
}

// present are the files that this command has written before.
func present(folder string) (map[string]string, error) {
	found := map[string]string{}
	for _, pattern := range []string{"texts/*.txt", "pcc/*.txt", "window/*.txt"} {
		names, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			short, err := filepath.Rel(folder, name)
			if err != nil {
				return nil, err
			}
			found[short] = string(data)
		}
	}
	return found, nil
}

func compare(folder string, wanted map[string]string) error {
	found, err := present(folder)
	if err != nil {
		return err
	}
	differ := []string{}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if text, ok := found[name]; !ok {
			differ = append(differ, "missing: "+name)
		} else if text != wanted[name] {
			differ = append(differ, "changed: "+name)
		}
		delete(found, name)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		differ = append(differ, "no longer linked: "+name)
	}
	if len(differ) == 0 {
		return nil
	}
	return fmt.Errorf("assets/notices is not what is linked into the programs. Run make notices, read the difference, and commit it:\n  %s", strings.Join(differ, "\n  "))
}

func write(folder string, wanted map[string]string) error {
	found, err := present(folder)
	if err != nil {
		return err
	}
	for name := range found {
		if _, ok := wanted[name]; ok {
			continue
		}
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	for name, text := range wanted {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // everybody may read licenses
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // everybody may read licenses
			return err
		}
	}
	return nil
}
