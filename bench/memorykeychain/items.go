//go:build e2e && linux

package memorykeychain

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"
)

// search returns the items that have all the attributes; none is locked.
func (s *Service) search(attributes map[string]string) (free, locked []dbus.ObjectPath, err *dbus.Error) {
	free, err = s.searchCollection(attributes)
	return free, []dbus.ObjectPath{}, err
}

func (s *Service) searchCollection(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths := []dbus.ObjectPath{}
	for _, i := range s.find(attributes) {
		paths = append(paths, i.path)
	}
	slices.Sort(paths)
	return paths, nil
}

// find looks among the items of the rarest of the attributes.
func (s *Service) find(attributes map[string]string) []*item {
	rarest := s.items
	for name, value := range attributes {
		if some := s.by[name+"="+value]; len(some) < len(rarest) {
			rarest = some
		}
	}
	found := []*item{}
	for _, i := range rarest {
		if has(i.attributes, attributes) {
			found = append(found, i)
		}
	}
	return found
}

func has(all, some map[string]string) bool {
	for name, value := range some {
		if got, ok := all[name]; !ok || got != value {
			return false
		}
	}
	return true
}

// secrets returns the secrets of several items.
func (s *Service) secrets(paths []dbus.ObjectPath, session dbus.ObjectPath) (map[dbus.ObjectPath]secret, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[dbus.ObjectPath]secret{}
	for _, path := range paths {
		if i := s.items[path]; i != nil {
			all[path] = i.of(session)
		}
	}
	return all, nil
}

func (i *item) of(session dbus.ObjectPath) secret {
	v := i.value
	v.Session = session
	return v
}

// create makes an item, or with replace changes the one that has the attributes.
func (s *Service) create(given map[string]dbus.Variant, value secret, replace bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	attributes, _ := given[itemInterface+".Attributes"].Value().(map[string]string)
	label, _ := given[itemInterface+".Label"].Value().(string)
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.find(attributes); replace && len(found) > 0 {
		found[0].label, found[0].value, found[0].modified = label, value, now()
		return found[0].path, noPrompt, nil
	}
	s.made++
	i := &item{dbus.ObjectPath(fmt.Sprintf("%s/%d", collectionPath, s.made)), label, maps.Clone(attributes), value, now()}
	return i.path, noPrompt, s.add(i)
}

// add keeps an item and answers what is asked of it.
func (s *Service) add(i *item) *dbus.Error {
	err := s.bus.ExportMethodTable(map[string]any{
		"GetSecret": func(session dbus.ObjectPath) (secret, *dbus.Error) { return s.read(i, session) },
		"SetSecret": func(value secret) *dbus.Error { s.write(i, value); return nil },
		"Delete":    func() (dbus.ObjectPath, *dbus.Error) { return noPrompt, s.remove(i) },
	}, i.path, itemInterface)
	if err == nil {
		err = s.bus.ExportMethodTable(map[string]any{
			"Get":    func(_, name string) (dbus.Variant, *dbus.Error) { return s.property(i, name) },
			"GetAll": func(string) (map[string]dbus.Variant, *dbus.Error) { return s.properties(i), nil },
		}, i.path, properties)
	}
	if err != nil {
		return dbus.MakeFailedError(err)
	}
	s.items[i.path] = i
	for name, value := range i.attributes {
		key := name + "=" + value
		if s.by[key] == nil {
			s.by[key] = map[dbus.ObjectPath]*item{}
		}
		s.by[key][i.path] = i
	}
	return nil
}

func (s *Service) read(i *item, session dbus.ObjectPath) (secret, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return i.of(session), nil
}

func (s *Service) write(i *item, value secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i.value, i.modified = value, now()
}

// now is a time as D-Bus carries it here: seconds since 1970.
func now() uint64 { return uint64(time.Now().Unix()) }

func (s *Service) property(i *item, name string) (dbus.Variant, *dbus.Error) {
	value, ok := s.properties(i)[name]
	if !ok {
		return value, unknown(name)
	}
	return value, nil
}

// properties are those of an item; when it was made is not kept.
func (s *Service) properties(i *item) map[string]dbus.Variant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]dbus.Variant{
		"Attributes": dbus.MakeVariant(maps.Clone(i.attributes)), "Label": dbus.MakeVariant(i.label), "Locked": dbus.MakeVariant(false),
		"Created": dbus.MakeVariant(i.modified), "Modified": dbus.MakeVariant(i.modified),
	}
}

func (s *Service) remove(i *item) *dbus.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, i.path)
	for name, value := range i.attributes {
		delete(s.by[name+"="+value], i.path)
		if len(s.by[name+"="+value]) == 0 {
			delete(s.by, name+"="+value)
		}
	}
	for _, of := range []string{itemInterface, properties} {
		if err := s.bus.Export(nil, i.path, of); err != nil {
			return dbus.MakeFailedError(err)
		}
	}
	return nil
}
