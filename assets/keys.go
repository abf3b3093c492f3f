package assets

import "strings"

// Keys are the keys of this program's sentences that begin so, in their order.
func Keys(prefix string) []string { return builtin().keys(prefix) }

func (p packed) keys(prefix string) []string {
	keys := []string{}
	for line := range p.from(prefix) {
		key, _, _ := strings.Cut(line, "\t")
		if !strings.HasPrefix(key, prefix) {
			break
		}
		keys = append(keys, key)
	}
	return keys
}
