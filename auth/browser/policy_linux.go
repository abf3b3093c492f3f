package browser

import (
	"path/filepath"
	"strings"
)

// governed is b under what the policy files say. A Flatpak has files of its own inside, which can't be seen from here.
func (h host) governed(b Browser) Browser {
	known, ok := byID(b.ID)
	if !ok || b.Packaging == Flatpak {
		return placed{}.governed(b)
	}
	from := b.Family.definition().policies
	var all placed
	there := false
	for _, folder := range from.folders {
		for _, dir := range known.policies {
			dir = filepath.Join(h.etc, strings.TrimPrefix(dir, "/etc/"), folder)
			// The pattern is never malformed, and the files come in the order of their names.
			files, _ := filepath.Glob(filepath.Join(dir, from.files))
			for _, file := range files {
				found, one := readPolicies(file, from.parse)
				there = there || one
				all.add(found, file)
			}
		}
	}
	if from.beside != "" && !there {
		file := filepath.Join(filepath.Dir(resolved(b.Command[0])), from.beside)
		found, _ := readPolicies(file, from.parse)
		all.add(found, file)
	}
	return all.governed(b)
}
