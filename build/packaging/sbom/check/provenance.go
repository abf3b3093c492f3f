package main

import (
	"bufio"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	predicate "github.com/in-toto/attestation/go/predicates/provenance/v1"
	intoto "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

const predicateType = "https://slsa.dev/provenance/v1"

func checkProvenance(folder, commit string, sums []string) error {
	statement, provenance, err := readProvenance(filepath.Join(folder, "provenance.json"))
	if err != nil {
		return err
	}
	known, err := goSums(sums)
	if err != nil {
		return err
	}
	var d differences
	d.subjects(folder, statement)
	all := provenance.GetBuildDefinition().GetResolvedDependencies()
	named := d.resolved(all, commit, known)
	d.linked(folder, named)
	d.tools(provenance, named)
	if err := d.err(); err != nil {
		return fmt.Errorf("provenance.json does not fit %s:\n%w", folder, err)
	}
	_, _ = fmt.Fprintf(os.Stdout, "provenance.json: %d files, built from %d things\n", len(statement.GetSubject()), len(all))
	return nil
}

// readProvenance reads it with in-toto's own code, which refuses unknown keys, and has that validate it.
func readProvenance(file string) (*intoto.Statement, *predicate.Provenance, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	statement, provenance := &intoto.Statement{}, &predicate.Provenance{}
	if err := protojson.Unmarshal(data, statement); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := statement.Validate(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	if statement.GetPredicateType() != predicateType {
		return nil, nil, fmt.Errorf("%s: the predicate is of the type %s", file, statement.GetPredicateType())
	}
	inner, err := protojson.Marshal(statement.GetPredicate())
	if err != nil {
		return nil, nil, err
	}
	if err := protojson.Unmarshal(inner, provenance); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := provenance.Validate(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	return statement, provenance, nil
}

// subjects holds that every file of the release is named with its sum, and nothing else is.
func (d *differences) subjects(folder string, statement *intoto.Statement) {
	there := map[string]bool{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		d.add("%w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "SHA256SUMS") && e.Name() != "provenance.json" {
			there[e.Name()] = true
		}
	}
	for _, s := range statement.GetSubject() {
		if !there[s.GetName()] {
			d.add("%s is named, and is not there, or is named twice", s.GetName())
			continue
		}
		delete(there, s.GetName())
		if sum, err := sumOf(filepath.Join(folder, s.GetName())); err != nil || s.GetDigest()["sha256"] != sum {
			d.add("%s has the sum %s, not %s %v", s.GetName(), sum, s.GetDigest()["sha256"], err)
		}
	}
	for name := range there {
		d.add("%s is not named", name)
	}
}

func sumOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// resolved looks at what the build took: the commit, and the Go modules with the sums that the go.sum files have. It returns their names.
func (d *differences) resolved(all []*intoto.ResourceDescriptor, commit string, known map[string]string) map[string]bool {
	named := map[string]bool{}
	for _, r := range all {
		name := r.GetName()
		if named[name] {
			d.add("%s is named twice", name)
		}
		named[name] = true
		switch {
		case strings.HasPrefix(r.GetUri(), "git+https://"):
			if r.GetDigest()["gitCommit"] != commit {
				d.add("the commit is %q, not %q", r.GetDigest()["gitCommit"], commit)
			}
		case strings.HasPrefix(r.GetUri(), "pkg:golang/"):
			if sum := known[name]; sum == "" || r.GetDigest()["dirHash"] != sum {
				d.add("%s has the sum %s; go.sum has %q", name, r.GetDigest()["dirHash"], sum)
			}
		}
	}
	if !named["source"] {
		d.add("the source is missing")
	}
	return named
}

// linked holds that every module in a program is named.
func (d *differences) linked(folder string, named map[string]bool) {
	programs, err := filepath.Glob(filepath.Join(folder, "programs", "*-*", "*"))
	if err != nil || len(programs) == 0 {
		d.add("no programs %v", err)
	}
	for _, program := range programs {
		info, err := buildinfo.ReadFile(program)
		if err != nil {
			d.add("%w", err)
			continue
		}
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			if !named[m.Path+"@"+m.Version] {
				d.add("%s@%s is in %s and is not named", m.Path, m.Version, program)
			}
		}
	}
}

// wanted are tools that every build of all packages needs.
var wanted = []string{"go", "gcc", "gcc-mingw-w64-x86-64-win32", "nsis", "wixl", "github.com/goreleaser/nfpm/v2", "github.com/tc-hib/go-winres"}

// private is what nobody needs to know of who built it: folders of accounts.
var private = regexp.MustCompile(`/(home|root|Users|tmp|work)/`)

// tools holds that the tools are named, each with a version, and nothing of who used them is.
func (d *differences) tools(p *predicate.Provenance, named map[string]bool) {
	for _, name := range wanted {
		found := named[name]
		for other := range named {
			found = found || strings.HasPrefix(other, name+"@")
		}
		if !found {
			d.add("%s is not named", name)
		}
	}
	for _, r := range p.GetBuildDefinition().GetResolvedDependencies() {
		if strings.HasPrefix(r.GetUri(), "pkg:") && !strings.Contains(r.GetUri(), "@") {
			d.add("%s has no version", r.GetName())
		}
	}
	if found := private.FindString(protojson.Format(p)); found != "" {
		d.add("it names a folder: %s", found)
	}
}

// goSums reads go.sum files: the sum of each module's content by "path@version".
func goSums(files []string) (map[string]string, error) {
	known := map[string]string{}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			parts := strings.Fields(lines.Text())
			if len(parts) == 3 && !strings.HasSuffix(parts[1], "/go.mod") {
				known[parts[0]+"@"+parts[1]] = hexOf(parts[2])
			}
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return known, nil
}
