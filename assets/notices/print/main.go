// Command print writes the licenses of what is in given programs, as they are built: print PROGRAM…. Its versions are those that the compiler
// noted in the programs.
package main

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime/debug"
	"slices"

	"partner-center-connector/assets/notices"
)

func main() {
	if err := run(os.Stdout, os.DirFS("assets/notices"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out io.Writer, files fs.FS, programs []string) error {
	if len(programs) == 0 {
		return errors.New("print needs a program: print PROGRAM…")
	}
	versions, sets := map[string]string{}, []notices.Set{}
	for _, program := range programs {
		info, err := buildinfo.ReadFile(program)
		if err != nil {
			return fmt.Errorf("%s has no build information; build it with make dist: %w", program, err)
		}
		set, err := setOf(files, info)
		if err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
		for path, version := range notices.Versions(info) {
			if !set.Has(path) {
				return fmt.Errorf("%s has %s in it, and assets/notices has no license of it; run make notices", program, path)
			}
			versions[path] = version
		}
		sets = append(sets, set)
	}
	return notices.Write(out, versions, sets...)
}

// setOf reads what a program has, by its main package and the system that it was built for.
func setOf(files fs.FS, info *debug.BuildInfo) (notices.Set, error) {
	name := "window"
	if path.Base(info.Path) == "pcc" {
		name = "pcc"
	}
	system := slices.IndexFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "GOOS" })
	if system < 0 {
		return notices.Set{}, errors.New("its build information names no system; build it with make dist")
	}
	name = path.Join(name, info.Settings[system].Value)
	list, err := fs.ReadFile(files, name+".txt")
	if err != nil {
		return notices.Set{}, err
	}
	packed, err := fs.ReadFile(files, name+".gz")
	return notices.Set{List: string(list), Packed: string(packed)}, err
}
