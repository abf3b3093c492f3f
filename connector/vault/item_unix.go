//go:build unix && !darwin

package vault

import (
	"context"
	"slices"

	"github.com/godbus/dbus/v5"
)

// secret is the structure of a text in transit. https://specifications.freedesktop.org/secret-service-spec/latest/types.html
type secret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// read returns the text of the item with these attributes. With trust, one that names its account needs no look at the attributes.
func (l *link) read(ctx context.Context, attributes map[string]string, trust bool) (string, error) {
	account := attributes[attributeAccount]
	found, locked, err := l.search(ctx, attributes)
	if err != nil {
		return "", err
	}
	if trust && len(found) == 1 && len(locked) == 0 {
		if text, err := l.text(ctx, found[0]); err != nil || names(account, text) {
			return text, err
		}
	}
	items, err := l.exact(ctx, attributes, found, locked, false)
	if err != nil {
		return "", err
	}
	switch len(items) {
	case 0:
		return "", ErrNotFound
	case 1:
		return l.text(ctx, items[0].path)
	}
	if err := l.bestFirst(ctx, account, items); err != nil {
		return "", err
	}
	return items[0].text, nil
}

// write changes the item in the home collection in place. A crash in between leaves the old text or the new one: of several items there all
// but the one that counts go first. Those of other collections, which would be read beside it from then on, go when it is written.
func (l *link) write(ctx context.Context, attributes map[string]string, label, text string) error {
	found, locked, err := l.search(ctx, attributes)
	if err != nil {
		return err
	}
	all, err := l.exact(ctx, attributes, found, locked, false)
	if err != nil {
		return err
	}
	items, err := l.atHome(ctx, slices.Clone(all))
	if err != nil {
		return err
	}
	if err := l.writeHome(ctx, items, attributes, label, text); err != nil {
		return err
	}
	for _, other := range all {
		if !slices.Contains(items, other) {
			if err := l.removeItem(ctx, other.path); err != nil && !vanished(err) {
				return err
			}
		}
	}
	return nil
}

// writeHome changes the one of the items that counts and removes the others; it creates one where there is none.
func (l *link) writeHome(ctx context.Context, items []item, attributes map[string]string, label, text string) error {
	if len(items) == 0 {
		return l.create(ctx, attributes, label, text)
	}
	items = slices.Clone(items)
	if len(items) > 1 {
		if err := l.bestFirst(ctx, attributes[attributeAccount], items); err != nil {
			return err
		}
		for _, other := range items[1:] {
			if err := l.removeItem(ctx, other.path); err != nil {
				return err
			}
		}
	}
	return l.change(ctx, items[0].path, func() error {
		return l.call(ctx, items[0].path, itemInterface+".SetSecret", l.secretOf(text)).Err
	})
}

func (l *link) create(ctx context.Context, attributes map[string]string, label, text string) error {
	home, err := l.findHome(ctx)
	if err != nil {
		return err
	}
	properties := map[string]dbus.Variant{
		itemInterface + ".Label": dbus.MakeVariant(label), itemInterface + ".Attributes": dbus.MakeVariant(attributes),
	}
	return l.change(ctx, home, func() error {
		var item, prompt dbus.ObjectPath
		// Nothing is to be replaced: gnome-keyring would also take an item that has more attributes.
		if err := l.call(ctx, home, collectionInterface+".CreateItem", properties, l.secretOf(text), false).Store(&item, &prompt); err != nil {
			return err
		}
		_, err := l.prompt(ctx, prompt)
		return err
	})
}

func (l *link) remove(ctx context.Context, attributes map[string]string) error {
	found, locked, err := l.search(ctx, attributes)
	if err != nil {
		return err
	}
	items, err := l.exact(ctx, attributes, found, locked, true)
	if err != nil {
		return err
	}
	copies, err := l.copies(ctx, attributes[attributeAccount], append(found, locked...), items)
	if err == nil && len(items)+len(copies) == 0 {
		return ErrNotFound
	}
	for _, i := range append(items, copies...) {
		if err == nil {
			err = l.removeItem(ctx, i.path)
		}
	}
	return err
}

// copies returns those of the found items, besides items, whose text names the account: somebody has made them of ours, with attributes
// beyond ours, and they would be taken for ours.
func (l *link) copies(ctx context.Context, account string, found []dbus.ObjectPath, items []item) ([]item, error) {
	var copies []item
	for _, p := range found {
		if slices.ContainsFunc(items, func(i item) bool { return i.path == p }) {
			continue
		}
		text, err := l.text(ctx, p)
		switch {
		case vanished(err):
		case err != nil:
			return nil, err
		case names(account, text):
			copies = append(copies, item{path: p})
		}
	}
	return copies, nil
}

func (l *link) removeItem(ctx context.Context, item dbus.ObjectPath) error {
	return l.change(ctx, item, func() error {
		var prompt dbus.ObjectPath
		if err := l.call(ctx, item, itemInterface+".Delete").Store(&prompt); err != nil {
			return err
		}
		_, err := l.prompt(ctx, prompt)
		return err
	})
}

func (l *link) text(ctx context.Context, item dbus.ObjectPath) (string, error) {
	var s secret
	err := l.unlocked(ctx, item, func() error {
		return l.call(ctx, item, itemInterface+".GetSecret", l.session).Store(&s)
	})
	if err != nil {
		return "", err
	}
	value, err := l.socket.take(s)
	return string(value), err
}

func (l *link) secretOf(text string) secret {
	return secret{Session: l.session, Parameters: []byte{}, Value: []byte(text), ContentType: "text/plain; charset=utf8"}
}

// unlocked makes a call; once more where it needs something to be unlocked first, which KeePassXC says of a single item.
func (l *link) unlocked(ctx context.Context, object dbus.ObjectPath, call func() error) error {
	err := call()
	if !answered(err, errLocked) {
		return err
	}
	if err := l.unlock(ctx, object); err != nil {
		return err
	}
	return call()
}
