package policy

import (
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/precedence"
	"partner-center-connector/connector/preset"
)

// presetNames are the values of a preset, in the order in which they are put into it.
var presetNames = []string{
	connector.PolicyProduct, connector.PolicySupport, connector.PolicyClientID, connector.PolicyClientKind, connector.PolicyRedirectPath,
	connector.PolicyScopes, connector.PolicyRole,
}

// Precedence is a policy for the options of a command line.
func Precedence(p connector.Policy) precedence.Policy {
	out := precedence.Policy{Locked: map[string]string{}, Default: map[string]string{}}
	for _, v := range p.Values {
		if v.Locked {
			out.Locked[v.Name] = v.Text
		} else {
			out.Default[v.Name] = v.Text
		}
	}
	return out
}

// Contradicts reports whether a flag says something else than what a policy locks. An empty one says nothing.
func Contradicts(lock connector.PolicyValue, flag string) bool {
	setting, _ := Find(lock.Name)
	if !lock.Locked || flag == "" {
		return false
	}
	if setting.Kind == KindPath {
		full, err := filepath.Abs(flag)
		return err != nil || full != lock.Text
	}
	return !strings.EqualFold(flag, lock.Text)
}

// OverPreset returns a preset with the values of a policy, value by value: where the policy has one, neither that of the file nor its lock counts.
// What the file says besides stays.
func OverPreset(p connector.Policy, given connector.Preset) connector.Preset {
	for _, name := range presetNames {
		v, ok := p.Value(name, true)
		if !ok {
			v, ok = p.Value(name, false)
		}
		if !ok {
			continue
		}
		put, wrong := preset.Put(given, preset.Value{Key: v.Name, Text: v.Text, List: v.List})
		if wrong == nil {
			given = take(put, v)
		}
	}
	if given.Path == "" {
		given.Path = given.Policy
	}
	return given
}

// take notes of a preset that it has a value of a policy.
func take(given connector.Preset, v connector.PolicyValue) connector.Preset {
	if given.Policy == "" {
		given.Policy = v.From
	}
	f, ok := preset.FieldOf(v.Name)
	if !ok {
		return given
	}
	given.Locked = slices.DeleteFunc(slices.Clone(given.Locked), func(locked connector.Field) bool { return locked == f })
	if v.Locked {
		given.Locked, given.Held = append(given.Locked, f), append(slices.Clip(given.Held), f)
	}
	return given
}
