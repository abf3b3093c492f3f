package policy

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
)

// maxText is more than the name of a browser or a cloud has, in characters.
const maxText = 80

// ownFolder begins a path in the folder of the person's own files.
const ownFolder = "~/"

// value is what is said as it counts, or why it can't be used.
func (s said) value() (connector.PolicyValue, *fault) {
	v := connector.PolicyValue{Name: s.setting.Name, From: s.from, Locked: s.locked}
	switch {
	case s.setting.Name == "":
		return v, &fault{reason: connector.PolicyUnknown, known: knownNames(s)}
	case !s.locked && !s.setting.Recommended:
		return v, &fault{reason: connector.PolicyOnlyLocked}
	case s.odd || s.isList != (s.setting.Kind == KindList):
		return v, &fault{reason: connector.PolicyType}
	case s.isList:
		for _, text := range s.list {
			v.List = append(v.List, strings.TrimSpace(text))
		}
	default:
		v.Text = strings.TrimSpace(s.text)
	}
	return s.setting.check(v)
}

// check returns the value as it counts, or what is wrong with it.
func (s Setting) check(v connector.PolicyValue) (connector.PolicyValue, *fault) {
	if v.Text == "" && len(v.List) == 0 || slices.Contains(v.List, "") {
		return v, &fault{reason: connector.PolicyEmpty}
	}
	if slices.Contains(presetNames, s.Name) {
		_, wrong := preset.Put(connector.Preset{}, preset.Value{Key: s.Name, Text: v.Text, List: v.List})
		if wrong != nil {
			return v, &fault{reason: connector.PolicyPresetFault, preset: wrong.Reason, value: wrong.Value, known: wrong.Known}
		}
		return v, nil
	}
	switch s.Kind {
	case KindChoice:
		if !slices.Contains(s.Values, v.Text) {
			return v, &fault{reason: connector.PolicyNoChoice, value: preset.Printable(v.Text), known: strings.Join(s.Values, ", ")}
		}
	case KindPath:
		path, ok := absolute(v.Text)
		if !ok {
			return v, &fault{reason: connector.PolicyPath, value: preset.Printable(v.Text)}
		}
		v.Text = path
	case KindText, KindList:
		for _, text := range append([]string{v.Text}, v.List...) {
			if utf8.RuneCountInString(text) > maxText || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
				return v, &fault{reason: connector.PolicyType, value: preset.Printable(text)}
			}
		}
	}
	return v, nil
}

// absolute is a path that means the same in whatever folder a program starts.
func absolute(path string) (string, bool) {
	if rest, own := strings.CutPrefix(path, ownFolder); own {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", false
		}
		path = filepath.Join(home, filepath.FromSlash(rest))
	}
	return filepath.Clean(path), filepath.IsAbs(path)
}

// knownNames are the names that the place of s could have.
func knownNames(s said) string {
	if strings.HasPrefix(s.name, "[") {
		return "[" + tableRecommended + "]"
	}
	names := []string{}
	for _, row := range Settings() {
		if !s.locked && !row.Recommended {
			continue
		}
		if s.line > 0 {
			names = append(names, row.Name)
		} else {
			names = append(names, row.Registry)
		}
	}
	return strings.Join(names, ", ")
}
