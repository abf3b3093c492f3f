package main

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// ours is the path of this project in a list.
const ours = "partner-center-connector"

// parts are what is in one program on one system.
type parts struct {
	ids, texts map[string][]string
	visited    map[string]bool
	later      []found
}

func (p *parts) seen(name string) bool {
	before := p.visited[name]
	p.visited[name] = true
	return before
}

func (p *parts) add(owner string, ids []string, text string) {
	for _, id := range ids {
		if !slices.Contains(p.ids[owner], id) {
			p.ids[owner] = append(p.ids[owner], id)
		}
	}
	if text != "" && !slices.Contains(p.texts[owner], text) {
		p.texts[owner] = append(p.texts[owner], text)
	}
}

// license is the expression of all that a module has: every one of them counts.
func (p *parts) license(owner string) string {
	ids := slices.Sorted(slices.Values(p.ids[owner]))
	if len(ids) > 1 {
		for i, id := range ids {
			if strings.Contains(id, " OR ") {
				ids[i] = "(" + id + ")"
			}
		}
	}
	return strings.Join(ids, " AND ")
}

// lines are a line for each module: its path, its license, the names of its texts.
func (p *parts) lines() string {
	all := ""
	for _, owner := range slices.Sorted(maps.Keys(p.ids)) {
		texts := slices.Sorted(slices.Values(p.texts[owner]))
		all += owner + "\t" + p.license(owner) + "\t" + strings.Join(texts, " ") + "\n"
	}
	return all
}

// parts finds everything of a build. The license files come first, as they say which notices in sources are more of the same.
func (f *finder) parts(b build, root string, linked []listed) *parts {
	p := &parts{ids: map[string][]string{}, texts: map[string][]string{}, visited: map[string]bool{}}
	f.licenseFile(p, ours, root, "LICENSE")
	for _, l := range linked {
		if owner, dir := l.owner(); !l.ours() {
			f.licenseFiles(p, owner, dir, l.Dir)
			if len(p.ids[owner]) == 0 {
				f.fail("%s has no license file: find out its license, then say it in licenses.toml, or do without it", owner)
			}
		}
	}
	for _, l := range linked {
		if l.ours() {
			continue
		}
		owner, dir := l.owner()
		for _, file := range l.sources() {
			short, _ := filepath.Rel(dir, filepath.Join(l.Dir, file))
			f.inline(p, owner, dir, filepath.ToSlash(short))
		}
		f.beside(b, l)
	}
	for i, rule := range f.rules.Part {
		f.part(p, b, i, rule, linked)
	}
	for _, n := range p.later {
		text := f.add(n.owner, n.file, n.text)
		p.add(n.owner, []string{n.id}, text)
	}
	for owner := range p.ids {
		for _, id := range f.rules.refused(p.license(owner)) {
			f.fail("%s, linked into %s for %s, has the license %s, which is not on the short list of build/packaging/licenses.toml. "+
				"Have a person read it (%s); then add it there, or do without the module", owner, b.program, b.system, id, strings.Join(p.texts[owner], ", "))
		}
	}
	return p
}

// beside holds that embedded files and C code of others have a rule that says whose they are.
func (f *finder) beside(b build, l listed) {
	owner, dir := l.owner()
	if l.Standard {
		return // Go's own; the sources of its C code are listed with the rest
	}
	has := func(choose func(part) []string, name string) bool {
		return slices.ContainsFunc(f.rules.Part, func(p part) bool { return p.Of == owner && p.in(b) && matches(choose(p), name) })
	}
	for _, file := range l.EmbedFiles {
		short, _ := filepath.Rel(dir, filepath.Join(l.Dir, file))
		if !has(func(p part) []string { return p.Embeds }, filepath.ToSlash(short)) {
			f.fail("%s embeds %s: say whose it is, in a [[part]] of licenses.toml", owner, filepath.ToSlash(short))
		}
	}
	if len(l.CgoFiles)+len(l.CFiles)+len(l.SysoFiles) > 0 && !has(func(p part) []string { return p.Cgo }, l.ImportPath) {
		f.fail("%s has C code: say where its sources are, in a [[part]] of licenses.toml", l.ImportPath)
	}
}

// part adds what a rule says of a build.
func (f *finder) part(p *parts, b build, number int, rule part, linked []listed) {
	if !rule.in(b) {
		return
	}
	dir := ""
	for _, l := range linked {
		if owner, root := l.owner(); owner == rule.Of {
			dir = root
		}
	}
	runtime := len(rule.Embeds)+len(rule.Cgo)+len(rule.Scan) == 0
	if dir == "" && !runtime {
		return
	}
	f.used[ruleName(number, rule)] = true
	ids := []string{}
	if rule.License != "" {
		ids = strings.Split(rule.License, " AND ")
	}
	p.add(rule.Of, ids, "")
	if rule.Notice != "" {
		p.add(rule.Of, nil, f.add(rule.Of, "notice", rule.Notice))
	}
	for _, text := range rule.Texts {
		f.partText(p, rule, dir, text)
	}
	for _, pattern := range rule.Scan {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			f.fail("%s has no files %s: set scan in licenses.toml anew", rule.Of, pattern)
		}
		for _, file := range files {
			short, _ := filepath.Rel(dir, file)
			f.inline(p, rule.Of, dir, filepath.ToSlash(short))
		}
	}
}

// partText adds a text of a rule. What is recognized in a text of the module must be in the rule.
func (f *finder) partText(p *parts, rule part, dir, text string) {
	file, fromDebian := strings.CutPrefix(text, "debian:")
	if !fromDebian {
		file = filepath.Join(dir, filepath.FromSlash(text))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		if fromDebian && !f.debian && f.kept(p, rule, text) {
			return
		}
		f.fail("%s: %v (of Debian: install its package)", rule.Of, err)
		return
	}
	said := between(string(data), rule.From, rule.To)
	if said == "" {
		f.fail("%s has no lines from %q to %q", text, rule.From, rule.To)
	}
	if !fromDebian {
		for _, id := range idsIn(licensecheck.Scan([]byte(said))) {
			if !slices.Contains(strings.Split(rule.License, " AND "), id) {
				f.fail("%s:%s has the license %s, and licenses.toml says %s", rule.Of, text, id, rule.License)
			}
		}
	}
	p.add(rule.Of, nil, f.add(rule.Of, shortName(text), said))
}

// kept takes the text of a Debian package as it was when the package was there, and reports whether it was.
func (f *finder) kept(p *parts, rule part, text string) bool {
	name := strings.NewReplacer("/", "_", ":", "_").Replace(rule.Of+"_"+shortName(text)) + ".txt"
	data, err := os.ReadFile(filepath.Join(f.folder, "texts", name))
	if err != nil {
		return false
	}
	p.add(rule.Of, nil, f.add(rule.Of, shortName(text), string(data)))
	return true
}

// shortName is the end of a path, with the Debian package that it is of.
func shortName(text string) string {
	if dir, file := path.Split(strings.TrimPrefix(text, "debian:")); strings.HasPrefix(text, "debian:") {
		return path.Base(dir) + "_" + file
	}
	return text
}

// between are the lines from one that begins with from to the one that begins with to.
func between(text, from, to string) string {
	if from == "" {
		return text
	}
	_, rest, ok := strings.Cut("\n"+text, "\n"+from)
	if !ok {
		return ""
	}
	said, _, ok := strings.Cut(rest, "\n"+to)
	if !ok {
		return ""
	}
	return from + said + "\n" + to + "\n"
}

func ruleName(number int, rule part) string { return "part " + rule.Of + string(rune('a'+number)) }

// refuseUnused holds that no rule stays when what it was for has gone.
func (f *finder) refuseUnused() {
	for _, r := range f.rules.Read {
		if !f.used["read "+r.File] {
			f.fail("the [[read]] of %s in licenses.toml is no longer needed: remove it", r.File)
		}
	}
	for _, s := range f.rules.Skip {
		if !f.used["skip "+s.File] {
			f.fail("the [[skip]] of %s in licenses.toml is no longer needed: remove it", s.File)
		}
	}
	for i, p := range f.rules.Part {
		if !f.used[ruleName(i, p)] {
			f.fail("a [[part]] of %s in licenses.toml is no longer needed: remove it (%s)", p.Of, p.Why)
		}
	}
}
