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
	from := b.Family.definition().policies
	s := settings{}
	for _, dir := range p.managed {
		dir = filepath.Join(h.etc, strings.TrimPrefix(dir, "/etc/"))
		// The pattern is never malformed, and the files come in the order of their names.
		files, _ := filepath.Glob(filepath.Join(dir, from.files))
		for _, file := range files {
			s.merge(readPolicies(file, from.parse))
		}
	}
	if from.beside != "" && len(s) == 0 {
		s.merge(readPolicies(filepath.Join(filepath.Dir(resolved(b.Command[0])), from.beside), from.parse))
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
