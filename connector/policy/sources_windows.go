package policy

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"partner-center-connector/connector"
)

// policyKey is our key below the one that Windows keeps accounts from changing.
const policyKey = `Software\Policies\Partner Center Connector`

// sources are where this system has policies, the one that counts most first: the computer's, then the account's.
func sources() []source { return sourcesIn(policyKey) }

func sourcesIn(path string) []source {
	return []source{registryKey{registry.LOCAL_MACHINE, `HKLM`, path}, registryKey{registry.CURRENT_USER, `HKCU`, path}}
}

// registryKey is a policy in the registry.
type registryKey struct {
	root registry.Key
	hive string
	path string
}

func (k registryKey) place() string { return k.hive + `\` + k.path }

func (k registryKey) read() ([]said, *fault) {
	all, err := k.values(k.path, true)
	if err == nil {
		var recommended []said
		recommended, err = k.values(k.path+`\`+keyRecommended, false)
		all = append(all, recommended...)
	}
	if err != nil {
		return nil, &fault{reason: connector.PolicyUnreadable, cause: err, closed: true}
	}
	return all, nil
}

// values are those of a key, and the lists that are keys below it; nothing where it is not there.
func (k registryKey) values(path string, locked bool) ([]said, error) {
	key, err := k.open(path)
	if key == 0 || err != nil {
		return nil, err
	}
	defer func() { _ = key.Close() }() // it was only read
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	all := []said{}
	for _, name := range names {
		if name != "" { // the key's own value
			all = append(all, k.value(key, path, name, locked))
		}
	}
	lists, err := key.ReadSubKeyNames(-1)
	slices.Sort(lists)
	for _, name := range lists {
		if err == nil && (!locked || !strings.EqualFold(name, keyRecommended)) {
			var list said
			list, err = k.list(path+`\`+name, name, locked)
			all = append(all, list)
		}
	}
	return all, err
}

// open opens a key; 0 where it is not there. It is that of the system's own word size, which a template for Group Policy writes.
func (k registryKey) open(path string) (registry.Key, error) {
	key, err := registry.OpenKey(k.root, path, registry.READ|registry.WOW64_64KEY)
	if errors.Is(err, registry.ErrNotExist) || errors.Is(err, windows.ERROR_PATH_NOT_FOUND) {
		return 0, nil
	}
	return key, err
}

func (k registryKey) value(key registry.Key, path, name string, locked bool) said {
	s := said{name: name, setting: findRegistry(name), locked: locked, from: k.hive + `\` + path + `\` + name}
	_, kind, err := key.GetValue(name, nil)
	if err == nil {
		switch kind {
		case registry.MULTI_SZ:
			s.isList = true
			s.list, _, err = key.GetStringsValue(name)
		case registry.SZ:
			s.text, _, err = key.GetStringValue(name)
		case registry.EXPAND_SZ:
			if s.text, _, err = key.GetStringValue(name); err == nil {
				s.text, err = registry.ExpandString(s.text)
			}
		default:
			s.odd = true
		}
	}
	s.odd = s.odd || err != nil
	return s
}

// list is a key whose values are the items of a list, as the element "list" of a template for Group Policy writes them: by their numbers.
func (k registryKey) list(path, name string, locked bool) (said, error) {
	s := said{name: name, setting: findRegistry(name), locked: locked, from: k.hive + `\` + path, isList: true}
	key, err := k.open(path)
	if key == 0 || err != nil {
		return s, err
	}
	defer func() { _ = key.Close() }() // it was only read
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return s, err
	}
	slices.SortFunc(names, byNumber)
	for _, item := range names {
		text, _, err := key.GetStringValue(item)
		s.odd = s.odd || err != nil
		s.list = append(s.list, text)
	}
	return s, nil
}

// byNumber orders names by the numbers that they are; others come after them.
func byNumber(a, b string) int {
	first, errA := strconv.Atoi(a)
	second, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return first - second
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return strings.Compare(a, b)
}
