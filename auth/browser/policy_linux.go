package browser

import (
	"os"
	"path/filepath"
	"strings"
)

// policy is what the policy files say of b. A Flatpak has files of its own inside, which can't be seen from here.
func (h host) policy(b Browser) Policy {
	p, known := byID(b.ID)
	if !known || b.Packaging == Flatpak {
		return PolicyUnknown
	}
	s := settings{}
	for _, dir := range p.managed {
		dir = filepath.Join(h.etc, strings.TrimPrefix(dir, "/etc/"))
		if b.Family == Firefox {
			s.merge(readPolicies(filepath.Join(dir, "policies.json"), firefoxPolicies))
			continue
		}
		// A pattern without special characters is never malformed, and the files come in the order of their names.
		files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
		for _, file := range files {
			s.merge(readPolicies(file, chromiumPolicies))
		}
	}
	if b.Family == Firefox && len(s) == 0 {
		install := filepath.Dir(resolved(b.Command[0]))
		s.merge(readPolicies(filepath.Join(install, "distribution", "policies.json"), firefoxPolicies))
	}
	return s.policy(b)
}

// readPolicies gives what a file says; nothing where it is not there or can't be read, as the browser itself does.
func readPolicies(file string, parse func([]byte) (settings, error)) settings {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	s, err := parse(text)
	if err != nil {
		return nil
	}
	return s
}
