package browser

import (
	"cmp"
	"slices"
	"strings"
)

// recommend sorts browsers for the private step.
func recommend(all []Browser) []Browser {
	slices.SortStableFunc(all, func(a, b Browser) int {
		return cmp.Or(
			cmp.Compare(privacyRank(a), privacyRank(b)),
			trueFirst(a.Default, b.Default),
			cmp.Compare(rank(a.ID), rank(b.ID)),
			strings.Compare(a.Name, b.Name),
		)
	})
	return all
}

// privacyRank groups browsers by the best window they offer: one off the record, any window of its own, none.
func privacyRank(b Browser) int {
	switch modes := b.Modes(); {
	case len(modes) == 0:
		return 2
	case modes[0] == ModePlain:
		return 1
	default:
		return 0
	}
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// unique keeps one find of each installation, the default one where there are more, and gives two installations of one product (a
// Debian package and a Flatpak) two IDs.
func unique(found []Browser) []Browser {
	order := []Packaging{Native, Snap, Flatpak}
	slices.SortStableFunc(found, func(a, b Browser) int {
		return cmp.Compare(slices.Index(order, a.Packaging), slices.Index(order, b.Packaging))
	})
	var kept []Browser
	for _, b := range found {
		id := b.ID
		if slices.ContainsFunc(kept, func(k Browser) bool { return k.ID == id && k.Packaging != b.Packaging }) {
			b.ID += "-" + string(b.Packaging)
		}
		same := slices.IndexFunc(kept, func(k Browser) bool { return k.ID == b.ID && k.Packaging == b.Packaging })
		switch {
		case same < 0:
			kept = append(kept, b)
		case b.Default:
			kept[same] = b
		}
	}
	return kept
}
