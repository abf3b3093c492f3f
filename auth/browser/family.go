package browser

import (
	"os"
	"slices"
)

// Family groups browsers by how their private window is opened.
type Family string

// The families. Each has its row in the table, but for Other, of which nothing is known.
const (
	Chromium Family = "chromium" // Chrome, Edge, Chromium, Brave, Vivaldi, Opera
	Firefox  Family = "firefox"  // Firefox, Firefox ESR, LibreWolf, Waterfox, Floorp, Zen
	Other    Family = "other"    // Safari and all others: only a copied link works for the private step
)

// families has every family that can open a private window.
var families = []definition{chromiumFamily, firefoxFamily}

// definition is what there is to know about one family.
type definition struct {
	family Family
	// modes are the rungs that it has, best first.
	modes []Mode
	// args are the arguments after the executable that open a launch's window.
	args func(launch) []string
	// window is before an address that is to open in a window of the everyday profile.
	window []string
	// environment is what it gets beside our own environment.
	environment []string
	// prepare writes what it finds in a new profile.
	prepare  func(profile *os.Root, m Mode) error
	traces   traces
	policies policySource
}

// policySource is where the managed policies of a family stand, and what they mean.
type policySource struct {
	// names are the policies that are looked at; lists are those besides that are lists, which a registry keeps as keys of their own.
	names, lists []string
	mean         func(settings) Policy
	// profile is the policy that puts every profile in one place; empty where there is none.
	profile string
	// folders are those below a product's folder on Linux that have policy files, those that count more last, and files the pattern of
	// their names. beside is the file near the executable that has policies on every system, and counts less than any other; empty where
	// there is none. parse reads either.
	folders       []string
	files, beside string
	// keys are those of its own and below it in Windows' registry, those that count more last.
	keys  []string
	parse func([]byte) (settings, error)
}

// Families returns the families that can open a private window.
func Families() []Family {
	all := make([]Family, 0, len(families))
	for _, d := range families {
		all = append(all, d.family)
	}
	return all
}

// Modes returns the rungs that browsers of the family have where no policy forbids them, best first; none for Other.
func (f Family) Modes() []Mode { return slices.Clone(f.definition().modes) }

// definition is the family's row of the table; an empty one for Other.
func (f Family) definition() definition {
	for _, d := range families {
		if d.family == f {
			return d
		}
	}
	return definition{}
}
