package engine

import (
	"io"
	"runtime/debug"
	"strings"

	"partner-center-connector/assets/notices"
	"partner-center-connector/connector"
)

// Modules are those of others that this program is made of, as the compiler noted them in it, with their licenses. What else is in it follows:
// C code that no module has.
func Modules(set notices.Set) []connector.Module {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return []connector.Module{}
	}
	return modulesOf(info, set)
}

// modulesOf begins with Go itself, whose library is in the program too. What was put in the place of a module is what counts.
func modulesOf(info *debug.BuildInfo, set notices.Set) []connector.Module {
	licenses := map[string]string{}
	for _, p := range set.Parts() {
		licenses[p.Path] = p.License
	}
	all := []connector.Module{{Path: "Go", Version: info.GoVersion, License: licenses["Go"]}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		all = append(all, connector.Module{Path: m.Path, Version: m.Version, License: licenses[m.Path]})
	}
	versions := notices.Versions(info)
	for _, p := range set.Parts() {
		if _, known := versions[p.Path]; !known && p.Path != notices.Ours && !strings.Contains(p.Path, "/") {
			all = append(all, connector.Module{Path: p.Path, License: p.License})
		}
	}
	return all
}

// Licenses are the texts that this program carries.
func Licenses(set notices.Set) ([]connector.License, error) {
	texts, err := notices.Licenses(versions(), set)
	if err != nil {
		return nil, err
	}
	all := []connector.License{}
	for _, l := range texts {
		one := connector.License{Text: l.Text}
		for _, e := range l.Of {
			one.Modules = append(one.Modules, e.Path)
		}
		all = append(all, one)
	}
	return all, nil
}

// WriteNotices writes what a package of this program has in its file NOTICES.
func WriteNotices(w io.Writer, set notices.Set) error {
	return notices.Write(w, versions(), set)
}

func versions() map[string]string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return map[string]string{}
	}
	return notices.Versions(info)
}
