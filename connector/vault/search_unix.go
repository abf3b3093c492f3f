//go:build unix && !darwin

package vault

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

// The attributes of our items, which are those of go-keyring.
const (
	attributeService = "service"
	attributeAccount = "username"
)

func attributesOf(service, account string) map[string]string {
	return map[string]string{attributeService: service, attributeAccount: account}
}

// isExactly reports whether an item's attributes are the wanted ones and no more, but for what a service itself adds: gnome-keyring its
// schema, KeePassXC the fields of an entry.
func isExactly(have, wanted map[string]string) bool {
	_, keepass := have["Uuid"]
	for name, value := range have {
		switch name {
		case "xdg:schema":
			if value != "org.freedesktop.Secret.Generic" {
				return false
			}
		case "Title", "UserName", "URL", "Notes", "Path", "Uuid":
			if !keepass {
				return false
			}
		default:
			if want, ok := wanted[name]; !ok || value != want {
				return false
			}
		}
	}
	for name := range wanted {
		if _, ok := have[name]; !ok {
			return false
		}
	}
	return true
}

// item is an item that has the wanted attributes.
type item struct {
	path dbus.ObjectPath
	// modified is when, in seconds since 1970.
	modified uint64
	// text is read where several items have to be compared.
	text string
}

// search asks for the items that have these attributes, or more, in every collection.
func (l *link) search(ctx context.Context, attributes map[string]string) (found, locked []dbus.ObjectPath, err error) {
	err = l.call(ctx, secretPath, secretInterface+".SearchItems", attributes).Store(&found, &locked)
	return found, locked, err
}

// exact returns those of the found items that have no attributes beside the wanted ones. Where there is none among them that is not
// locked, or with all of them anyway, it unlocks the others. Where nothing at all was found it unlocks the home collection and searches
// again: not every service looks into a locked one.
func (l *link) exact(ctx context.Context, attributes map[string]string, found, locked []dbus.ObjectPath, all bool) ([]item, error) {
	items, err := l.only(ctx, attributes, found)
	if err != nil || len(items) > 0 && !all {
		return items, err
	}
	for _, p := range locked {
		if err := l.unlock(ctx, dbus.ObjectPath(path.Dir(string(p)))); err != nil {
			return nil, err
		}
	}
	more, err := l.only(ctx, attributes, locked)
	if items = append(items, more...); err != nil || len(items) > 0 {
		return items, err
	}
	if err := l.unlockHome(ctx); err != nil {
		return nil, err
	}
	found, locked, err = l.search(ctx, attributes)
	if err != nil {
		return nil, err
	}
	return l.only(ctx, attributes, append(found, locked...))
}

// only looks at the attributes of items. One that has gone meanwhile does not count.
func (l *link) only(ctx context.Context, attributes map[string]string, paths []dbus.ObjectPath) ([]item, error) {
	var items []item
	for _, p := range paths {
		var properties map[string]dbus.Variant
		err := l.call(ctx, p, propertiesInterface+".GetAll", itemInterface).Store(&properties)
		if vanished(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		have, _ := properties["Attributes"].Value().(map[string]string)
		modified, _ := properties["Modified"].Value().(uint64)
		if isExactly(have, attributes) {
			items = append(items, item{path: p, modified: modified})
		}
	}
	return items, nil
}

// vanished reports whether an error says that an item is not there any more.
func vanished(err error) bool {
	return answered(err, errNoSuchObject, errUnknownObject, errUnknownMethod)
}

// bestFirst reads the texts of several items of one account and sorts them: whole credentials first, then what can be read, and the newest
// of those.
func (l *link) bestFirst(ctx context.Context, account string, items []item) error {
	for i := range items {
		var err error
		if items[i].text, err = l.text(ctx, items[i].path); err != nil {
			return err
		}
	}
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(cmp.Compare(gradeOf(account, b.text), gradeOf(account, a.text)), cmp.Compare(b.modified, a.modified))
	})
	return nil
}

// atHome returns the items of the home collection. An item elsewhere may be gone with the login.
func (l *link) atHome(ctx context.Context, items []item) ([]item, error) {
	within := func(collection dbus.ObjectPath) func(item) bool {
		return func(i item) bool { return !strings.HasPrefix(string(i.path), string(collection)+"/") }
	}
	if !slices.ContainsFunc(items, within(loginCollection)) {
		return items, nil // where there is a login collection, it is the home
	}
	home, err := l.findHome(ctx)
	if err == nil && home == defaultAlias {
		home, err = l.aliased(ctx)
	}
	return slices.DeleteFunc(items, within(home)), err
}

// findHome looks which collection new items are for, as go-keyring does: that of the login, else the default one.
func (l *link) findHome(ctx context.Context) (dbus.ObjectPath, error) {
	if l.hasLogin.Load() {
		return loginCollection, nil
	}
	all, err := l.collections(ctx)
	var answer dbus.Error
	if err != nil && !errors.As(err, &answer) || lost(err) {
		return "", err
	}
	if !slices.Contains(all, loginCollection) {
		return defaultAlias, nil
	}
	l.hasLogin.Store(true)
	return loginCollection, nil
}

// unlockHome unlocks the home collection, and tells one that is locked from one that does not exist.
func (l *link) unlockHome(ctx context.Context) error {
	home, err := l.findHome(ctx)
	if err != nil {
		return err
	}
	err = l.unlock(ctx, home)
	if err == nil || home != defaultAlias || !strings.HasPrefix(err.Error(), unlockFailed) {
		return err
	}
	if alias, aliasErr := l.aliased(ctx); aliasErr != nil || alias != "/" {
		return err
	}
	if _, unknown := l.collections(ctx); unknown != nil {
		return err
	}
	return errNoCollection
}

// homeLocked reports whether the home collection is locked.
func (l *link) homeLocked(ctx context.Context) (locked bool, err error) {
	home, err := l.findHome(ctx)
	if err == nil && home == defaultAlias {
		home, err = l.aliased(ctx)
	}
	if err == nil {
		err = l.call(ctx, home, propertiesInterface+".Get", collectionInterface, "Locked").Store(&locked)
	}
	return locked, err
}

func (l *link) collections(ctx context.Context) (all []dbus.ObjectPath, err error) {
	err = l.call(ctx, secretPath, propertiesInterface+".Get", secretInterface, "Collections").Store(&all)
	return all, err
}

// aliased is the collection that is the default one; "/" where there is none.
func (l *link) aliased(ctx context.Context) (collection dbus.ObjectPath, err error) {
	err = l.call(ctx, secretPath, secretInterface+".ReadAlias", "default").Store(&collection)
	return collection, err
}
