package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// licenseName is how files with licenses, and with notices that go with them, are called.
var licenseName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense|notice|patents|copyright|ofl)([._-].*)?$`)

// noLicense are files that add to a license, and are none themselves.
var noLicense = regexp.MustCompile(`(?i)^(notice|patents)([._-].*)?$`)

// leastKnown is how much of a license file must be recognized, in percent. The rest is who it is by.
const leastKnown = 75

// finder gathers the texts of all builds.
type finder struct {
	rules    *rules
	folder   string
	debian   bool
	texts    map[string]string // by file name
	names    map[string]string // of a text
	used     map[string]bool   // rules that were needed
	told     map[string]bool
	mistakes []error
}

func newFinder(r *rules, folder string, debian bool) *finder {
	return &finder{rules: r, folder: folder, debian: debian, texts: map[string]string{}, names: map[string]string{}, used: map[string]bool{}, told: map[string]bool{}}
}

// mistake is a sentence about a license that a person has to look at.
type mistake string

// Error implements error.
func (m mistake) Error() string { return "licenses: " + string(m) }

// fail notes a mistake, once.
func (f *finder) fail(format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	if !f.told[said] {
		f.told[said] = true
		f.mistakes = append(f.mistakes, mistake(said))
	}
}

// add keeps a text under the name of the file that it was first found in, and returns its name.
func (f *finder) add(owner, file, text string) string {
	text = tidy(text)
	if name, ok := f.names[text]; ok {
		return name
	}
	base := strings.NewReplacer("/", "_", ":", "_").Replace(owner + "_" + strings.TrimSuffix(file, ".txt"))
	name := base + ".txt"
	for i := 2; f.texts[name] != ""; i++ {
		name = fmt.Sprintf("%s-%d.txt", base, i)
	}
	f.names[text], f.texts[name] = name, text
	return name
}

// tidy makes texts equal that differ in blanks and line ends alone.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// licenseFiles adds the license files from the folder of a package up to that of its module.
func (f *finder) licenseFiles(of *parts, owner, root, dir string) {
	for ; ; dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			f.fail("%s: %v", owner, err)
			return
		}
		for _, e := range entries {
			if !e.IsDir() && licenseName.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
				short, _ := filepath.Rel(root, filepath.Join(dir, e.Name()))
				f.licenseFile(of, owner, root, filepath.ToSlash(short))
			}
		}
		if len(dir) <= len(root) {
			return
		}
	}
}

// licenseFile adds one file of a module.
func (f *finder) licenseFile(of *parts, owner, root, short string) {
	name := owner + ":" + short
	if of.seen(name) {
		return
	}
	if slices.ContainsFunc(f.rules.Skip, func(s skip) bool { return s.File == name }) {
		f.used["skip "+name] = true
		return
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(short)))
	if err != nil {
		f.fail("%s: %v", name, err)
		return
	}
	text := f.add(owner, short, string(data))
	if noLicense.MatchString(filepath.Base(short)) {
		of.add(owner, nil, text)
		return
	}
	of.add(owner, f.idsOf(name, data), text)
}

// idsOf are the licenses of a file: those that a person has read, or those that are recognized.
func (f *finder) idsOf(name string, data []byte) []string {
	sum := sha256.Sum256(data)
	for _, r := range f.rules.Read {
		if r.File != name {
			continue
		}
		f.used["read "+name] = true
		if r.SHA256 != hex.EncodeToString(sum[:]) {
			f.fail("%s has changed since a person read it: read it again, then set its sha256 in licenses.toml to %x", name, sum)
		}
		return strings.Split(r.License, " AND ")
	}
	found := licensecheck.Scan(data)
	ids := idsIn(found)
	if len(ids) == 0 || found.Percent < leastKnown {
		f.fail("%s is not recognized (%.0f %%: %s): read it, then say in a [[read]] of licenses.toml what it is; its sha256 is %x", name, found.Percent, strings.Join(ids, ", "), sum)
	}
	return ids
}

func idsIn(c licensecheck.Coverage) []string {
	ids := []string{}
	for _, m := range c.Match {
		if !m.IsURL && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}
