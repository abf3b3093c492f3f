package browser

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// governed is b under its policies: the file beside it, those of this account, and those of the computer, which count more.
func governed(b Browser) Browser {
	var all placed
	p, known := byID(b.ID)
	if !known || p.registry == "" {
		return all.governed(b)
	}
	from := b.Family.definition().policies
	if from.beside != "" {
		file := filepath.Join(filepath.Dir(b.Command[0]), filepath.FromSlash(from.beside))
		found, _ := readPolicies(file, from.parse)
		all.add(found, file)
	}
	for _, below := range from.keys {
		for _, hive := range hives {
			path := `SOFTWARE\Policies\` + p.registry + below
			all.add(registryNumbers(policiesAt(hive, path)), hiveNames[hive]+`\`+path)
		}
	}
	return all.elsewhere(all.governed(b))
}

// hiveNames are what Windows' own tools call the hives.
var hiveNames = map[registry.Key]string{registry.CURRENT_USER: "HKCU", registry.LOCAL_MACHINE: "HKLM"}

func policiesAt(hive registry.Key, path string) settings {
	s := settings{}
	key, err := registry.OpenKey(hive, path, registry.QUERY_VALUE|registry.WOW64_64KEY)
	if err != nil {
		return s
	}
	defer func() { _ = key.Close() }()
	for _, name := range policyNames {
		if number, _, err := key.GetIntegerValue(name); err == nil {
			s[name] = number
		} else if value, _, err := key.GetStringValue(name); err == nil {
			s[name] = value
		} else if lines, _, err := key.GetStringsValue(name); err == nil {
			s[name] = strings.Join(lines, "\n")
		}
	}
	for _, name := range policyLists {
		if entries := entriesOf(hive, path+`\`+name); len(entries) > 0 {
			s[name] = entries
		}
	}
	return s
}

// entriesOf is a list, which is a key with a value for each entry.
func entriesOf(hive registry.Key, path string) []any {
	key, err := registry.OpenKey(hive, path, registry.QUERY_VALUE|registry.WOW64_64KEY)
	if err != nil {
		return nil
	}
	defer func() { _ = key.Close() }()
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return nil
	}
	entries := make([]any, 0, len(names))
	for _, name := range names {
		if entry, _, err := key.GetStringValue(name); err == nil {
			entries = append(entries, entry)
		}
	}
	return entries
}
