package browser

import "golang.org/x/sys/windows/registry"

// policies are those of b for this account and for the computer, which count more.
func policies(b Browser) settings {
	s := settings{}
	p, known := byID(b.ID)
	if !known || p.registry == "" {
		return s
	}
	for _, hive := range hives {
		s.merge(policiesAt(hive, `SOFTWARE\Policies\`+p.registry))
	}
	return s
}

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
		entries = append(entries, name)
	}
	return entries
}
