// Package preset reads what the publisher of an app registration gives beforehand to everybody who installs this program.
package preset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// FileName is the name of the file in every place.
const FileName = "preset.toml"

// maxFile is more than any preset needs, in bytes.
const maxFile = 16 << 10

// Place is a folder that may have a preset.
type Place struct {
	Dir string
	// Machine reports whether it is the computer's own, for all accounts: what another ordinary account put there counts for nobody else.
	Machine bool
}

// Places are where a preset is looked for, the one that counts most first: the computer's folder, then the program's own.
func Places() []Place {
	places := []Place{}
	if dir := machineDir(); dir != "" {
		places = append(places, Place{Dir: dir, Machine: true})
	}
	program, err := os.Executable()
	if err != nil {
		return places
	}
	if resolved, err := filepath.EvalSymlinks(program); err == nil {
		program = resolved
	}
	for _, dir := range programDirs(filepath.Dir(program)) {
		places = append(places, Place{Dir: dir})
	}
	return places
}

// Find reads the first preset that there is. One that can't be used is a problem, never a reason to take the next: who may write
// to the second place could undo what the first one locks.
func Find(places []Place, now time.Time) connector.Preset {
	for i, place := range places {
		path := filepath.Join(place.Dir, FileName)
		if absent(path) {
			continue
		}
		p, err := load(path, place.Machine)
		if err != nil {
			return connector.Preset{Path: path, Problem: problemOf(path, err, now)}
		}
		p.Ignored = next(places[i+1:])
		return p
	}
	return connector.Preset{}
}

// absent reports whether there is surely nothing at path. In doubt there is, and reading it tells what is wrong.
func absent(path string) bool {
	_, err := os.Lstat(path)
	var broken *fs.PathError
	return errors.Is(err, fs.ErrNotExist) || errors.As(err, &broken) && isNotFolder(broken.Err)
}

func next(places []Place) string {
	for _, place := range places {
		if path := filepath.Join(place.Dir, FileName); !absent(path) {
			return path
		}
	}
	return ""
}

func load(path string, machine bool) (connector.Preset, error) {
	data, err := read(path, machine)
	if err != nil {
		return connector.Preset{}, err
	}
	p, err := parse(data)
	if err != nil {
		return connector.Preset{}, err
	}
	p.Path = path
	p.Loose = len(p.Locked) > 0 && !protected(path)
	return p, nil
}

// read reads the file; the computer's own only where nobody but this account and an administrator could have put it there. That is
// asked of the file that was opened, since its name may lead to another one a moment later.
func read(path string, machine bool) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &fault{reason: connector.PresetUnreadable, cause: err}
	}
	if !info.Mode().IsRegular() {
		return nil, &fault{reason: connector.PresetNotFile}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &fault{reason: connector.PresetUnreadable, cause: err}
	}
	defer func() { _ = f.Close() }() // it was only read
	if machine && (!trusted(f) || !trustedFolder(filepath.Dir(path))) {
		return nil, &fault{reason: connector.PresetStranger}
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return nil, &fault{reason: connector.PresetUnreadable, cause: err}
	case len(data) > maxFile:
		return nil, &fault{reason: connector.PresetTooLarge}
	}
	return data, nil
}

// fault says what is wrong with a preset. It has no value of the file but the names in value.
type fault struct {
	reason connector.PresetFault
	// line is the line, from 1; 0 when the whole file is meant.
	line int
	key  string
	// value is the name in a list that is not known, and known those that are.
	value, known string
	cause        error
}

// Error implements error.
func (f *fault) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("preset: line %d: %s: %v", f.line, f.reason, f.cause)
	}
	return fmt.Sprintf("preset: line %d: %s: %s", f.line, f.key, f.reason)
}

// Unwrap returns the file system's or the parser's error, for errors.Is.
func (f *fault) Unwrap() error { return f.cause }

// local are the faults that come from how the file was put on this computer; the others are in the file as it was given out.
var local = []connector.PresetFault{connector.PresetUnreadable, connector.PresetNotFile, connector.PresetStranger}

func problemOf(path string, err error, now time.Time) *connector.Problem {
	var f *fault
	if !errors.As(err, &f) {
		f = &fault{reason: connector.PresetUnreadable, cause: err}
	}
	p := problems.Sample(connector.KindPreset)
	p.At, p.Raw = now, rawLine(path, f)
	p.Args = map[string]string{connector.PresetFaultArg: string(f.reason), "Path": path}
	for name, value := range map[string]string{"Key": f.key, "Value": f.value, "Known": f.known} {
		if value != "" {
			p.Args[name] = value
		}
	}
	if slices.Contains(local, f.reason) {
		p.Actor = connector.ActorYou
	}
	if f.line > 0 {
		p.Args["Line"] = strconv.Itoa(f.line)
	}
	return &p
}

// rawLine is the place in the way that editors and compilers write it, for whoever wrote the file.
func rawLine(path string, f *fault) string {
	raw := path
	if f.line > 0 {
		raw += ":" + strconv.Itoa(f.line)
	}
	if f.key != "" {
		raw += ": " + f.key
	}
	if f.cause == nil {
		return raw
	}
	var of *fs.PathError
	if errors.As(f.cause, &of) {
		return raw + ": " + of.Err.Error()
	}
	return raw + ": " + strings.TrimPrefix(f.cause.Error(), "toml: ")
}
