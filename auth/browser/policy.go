package browser

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

// policyLists are the policies that are lists, which a registry keeps as keys of their own; policyNames are all that are looked at.
var policyLists, policyNames = namesOf(families)

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

// governed is b under its policies on Windows and macOS.
func (s settings) governed(b Browser) Browser {
	b.Policy = s.policy(b)
	if s.fixesProfile(b) {
		b.Family = Other
	}
	return b
}

// merge adds what other says; other counts where both say something.
func (s settings) merge(other settings) {
	for name, value := range other {
		s[name] = value
	}
}
