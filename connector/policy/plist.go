package policy

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/micromdm/plist"

	"partner-center-connector/connector"
)

// keyRecommended is the dictionary of a profile, and the subkey of the registry, that has what is not locked.
const keyRecommended = "Recommended"

// payloadPrefix begins the keys that a profile has for macOS itself.
// https://developer.apple.com/documentation/devicemanagement/commonpayloadkeys
const payloadPrefix = "Payload"

// parsePlist takes what macOS has made of a configuration profile apart, as XML or binary.
func parsePlist(data []byte, path string) ([]said, *fault) {
	top := map[string]any{}
	if err := plist.Unmarshal(data, &top); err != nil {
		return nil, &fault{reason: connector.PolicySyntax, cause: errors.New(strings.TrimPrefix(err.Error(), "plist: ")), closed: true}
	}
	all := []said{}
	for _, name := range slices.Sorted(maps.Keys(top)) {
		inner, isDict := top[name].(map[string]any)
		switch {
		case name == keyRecommended && isDict:
			for _, name := range slices.Sorted(maps.Keys(inner)) {
				all = append(all, saidOfPlist(name, inner[name], path, false))
			}
		case !strings.HasPrefix(name, payloadPrefix):
			all = append(all, saidOfPlist(name, top[name], path, true))
		}
	}
	return all, nil
}

func saidOfPlist(name string, value any, path string, locked bool) said {
	s := said{name: name, setting: findRegistry(name), locked: locked, from: path}
	switch value := value.(type) {
	case string:
		s.text = value
	case []any:
		s.isList = true
		for _, item := range value {
			text, ok := item.(string)
			s.odd = s.odd || !ok
			s.list = append(s.list, text)
		}
	default:
		s.odd = true
	}
	return s
}

// findRegistry returns the setting of a name of the registry, which has no capitals of its own; one without a name where there is none.
func findRegistry(name string) Setting {
	for _, s := range Settings() {
		if strings.EqualFold(s.Registry, name) {
			return s
		}
	}
	return Setting{}
}
