package browser

import (
	"maps"
	"os"
	"slices"
	"strconv"
)

// settings are the managed policies of one browser, by name, as JSON, a registry or a property list gave them.
type settings map[string]any

// number gives a setting as a number; true is 1, as registries write it.
func (s settings) number(name string) (int, bool) {
	switch v := s[name].(type) {
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case float64:
		return int(v), true
	case uint64:
		return int(v), true
	default:
		return 0, false
	}
}

func (s settings) is(name string, value int) bool {
	v, set := s.number(name)
	return set && v == value
}

// filled reports whether a list has entries, or a text is not empty.
func (s settings) filled(name string) bool {
	switch v := s[name].(type) {
	case []any:
		return len(v) > 0
	case string:
		return v != ""
	default:
		return false
	}
}

// lists reports whether a list has an entry.
func (s settings) lists(name, entry string) bool {
	all, _ := s[name].([]any)
	return slices.Contains(all, any(entry))
}

// policyLists are the policies that are lists, which a registry keeps as keys of their own; policyNames are all that are looked at.
var policyLists, policyNames = namesOf(families)

// PolicyNames returns the names of all policies that are looked at.
func PolicyNames() []string { return slices.Clone(policyNames) }

func namesOf(all []definition) (lists, names []string) {
	for _, d := range all {
		lists = append(lists, d.policies.lists...)
		names = append(names, d.policies.names...)
	}
	return lists, append(names, lists...)
}

// policy is what the settings of b's family mean.
func (s settings) policy(b Browser) Policy {
	if mean := b.Family.definition().policies.mean; mean != nil {
		return mean(s)
	}
	return PolicyUnknown
}

// fixesProfile reports whether a policy puts every profile of b in one place, whatever the command line says (Windows and macOS):
// there is no throw-away profile then, and the process passes the address to the everyday browser.
func (s settings) fixesProfile(b Browser) bool {
	name := b.Family.definition().policies.profile
	return name != "" && s.filled(name)
}

// placed are the settings of one browser, with the place where each was found.
type placed struct {
	settings
	places map[string]string
}

// add adds what was found at a place; it counts where something else was found before.
func (p *placed) add(found settings, place string) {
	if p.settings == nil {
		p.settings, p.places = settings{}, map[string]string{}
	}
	for name, value := range found {
		p.settings[name], p.places[name] = value, place
	}
}

// governed is b under its policies.
func (p placed) governed(b Browser) Browser {
	b.Policy, b.PolicyFrom = p.policy(b), nil
	for _, name := range slices.Sorted(maps.Keys(p.settings)) {
		if p.causes(b, name) {
			b.PolicyFrom = append(b.PolicyFrom, p.named(name))
		}
	}
	return b
}

// causes reports whether a setting is one of those that make the policies forbid what they forbid.
func (p placed) causes(b Browser, name string) bool {
	alone, without := settings{name: p.settings[name]}, maps.Clone(p.settings)
	delete(without, name)
	return p.policy(b) != PolicyUnknown && (alone.policy(b) != PolicyUnknown || without.policy(b) != p.policy(b))
}

// elsewhere is b where a policy may put every profile in one place: on Windows and macOS.
func (p placed) elsewhere(b Browser) Browser {
	if p.fixesProfile(b) {
		b.PolicyFrom = []string{p.named(b.Family.definition().policies.profile)}
		b.Family = Other
	}
	return b
}

func (p placed) named(name string) string { return name + " (" + p.places[name] + ")" }

// readPolicies gives what a file says, and whether it is there. One that can't be read says nothing, to the browser itself as well.
func readPolicies(file string, parse func([]byte) (settings, error)) (found settings, there bool) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err == nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, true
	}
	found, err = parse(text)
	if err != nil {
		return nil, true
	}
	return found, true
}

// registryNumbers makes numbers of the texts that are some: Chromium takes those for them in the registry.
func registryNumbers(s settings) settings {
	for name, value := range s {
		text, _ := value.(string)
		if n, err := strconv.ParseUint(text, 10, 32); err == nil {
			s[name] = n
		}
	}
	return s
}
