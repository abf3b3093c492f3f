package browser

import (
	"strings"

	"partner-center-connector/lazyregexp"
)

// commandPath returns the executable of a command line as registries keep it: quoted with arguments behind, or bare, blanks in the
// path included. Empty where there is none.
func commandPath(line string) string {
	line = strings.TrimSpace(line)
	if rest, quoted := strings.CutPrefix(line, `"`); quoted {
		path, _, closed := strings.Cut(rest, `"`)
		if !closed {
			return ""
		}
		return path
	}
	bare := barePath.FindStringSubmatch(line)
	if bare == nil {
		return ""
	}
	return bare[1]
}

// barePath ends at the first .exe that a blank or nothing follows.
var barePath = lazyregexp.New(`(?is)^(.*?\.exe)(?: |$)`)

// registered is a browser as Windows has it registered.
type registered struct{ name, exe string }

// windowsBrowser returns the browser that a registration means. Internet Explorer only passes on to Edge, and is none.
func windowsBrowser(r registered, standard string) (Browser, bool) {
	base := strings.ToLower(r.exe[strings.LastIndex(r.exe, `\`)+1:])
	if base == "" || base == "iexplore.exe" || base == "openwith.exe" {
		return Browser{}, false
	}
	b := Browser{
		ID: slug(strings.TrimSuffix(base, ".exe")), Name: r.name, Family: Other, Packaging: Native,
		Command: []string{r.exe}, Default: strings.EqualFold(r.exe, standard), Policy: PolicyUnknown,
	}
	p, known := byWindowsPath(r.exe)
	if known {
		b.ID, b.Family = p.id, p.family
	}
	// A name that starts with @ points into a file of resources.
	if b.Name == "" || strings.HasPrefix(b.Name, "@") {
		b.Name = p.name
	}
	if b.Name == "" {
		b.Name = strings.TrimSuffix(base, ".exe")
	}
	return b, true
}
