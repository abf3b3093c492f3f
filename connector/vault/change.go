package vault

import (
	"context"
	"errors"
	"fmt"
	"os"

	"partner-center-connector/connector"
)

// get reads the credential that a header names.
func (o *operation) get(ctx context.Context, headerText string) (string, error) {
	if headerText == "" {
		return "", connector.ErrCredentialAbsent
	}
	h, err := parseHeader(headerText)
	if err != nil {
		return "", err
	}
	v := version{Name: h.Version, Count: h.Count}
	chunks := make([]string, h.Count)
	for i := range chunks {
		chunks[i], err = o.read(ctx, v.account(o.id, i))
		if errors.Is(err, ErrNotFound) {
			return "", &DamagedError{Reason: fmt.Sprintf("chunk %d of %d is missing", i+1, h.Count)}
		}
		if err != nil {
			return "", err
		}
	}
	return h.unpack(chunks)
}

// again reads the header once more after the credential could not be read: while it was, a Put may have changed it.
func (o *operation) again(ctx context.Context, before string, why error) (string, error) {
	if before == "" || errors.Is(why, connector.ErrKeychainMissing) || errors.Is(why, connector.ErrKeychainSlow) {
		return before, nil
	}
	return o.header(ctx)
}

// put notes the old and the new version, writes the new one, switches the header to it and removes the old one.
func (o *operation) put(ctx context.Context, p packed) error {
	n, err := o.note()
	if err != nil {
		return err
	}
	before, err := o.header(ctx)
	if err != nil {
		return err
	}
	if old, ok := versionOf(before); ok {
		n.add(old)
	}
	n.add(p.version)
	if err := o.v.writeNote(o.id, n); err != nil {
		return err
	}
	if err := o.writeAll(ctx, p, before); err != nil {
		o.rollBack(ctx, err, n, before)
		return err
	}
	// The new one counts now. What can't be removed stays noted, for Sweep.
	_ = o.settle(ctx, n, p.version.Name)
	return nil
}

func (o *operation) writeAll(ctx context.Context, p packed, before string) error {
	for i, chunk := range p.chunks {
		if err := o.write(ctx, p.version.account(o.id, i), chunk, ""); err != nil {
			return err
		}
	}
	return o.write(ctx, o.id, p.header, before)
}

// rollBack puts the old header back, where it was overwritten, and removes what was written of the new version. Where the
// keychain can't be used that is left to Sweep.
func (o *operation) rollBack(ctx context.Context, why error, n note, before string) {
	if o.abandoned != nil || final(why) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.v.callLimit)
	defer cancel()
	now, err := o.header(ctx)
	if err != nil {
		return
	}
	if now != before && o.restore(ctx, now, before) != nil {
		return
	}
	if old, ok := versionOf(before); ok || before == "" {
		_ = o.settle(ctx, n, old.Name)
	}
}

func (o *operation) restore(ctx context.Context, now, before string) error {
	if before == "" {
		return o.remove(ctx, o.id)
	}
	return o.write(ctx, o.id, before, now)
}

// delete removes the header first: from then on the credential is gone, whatever happens to its chunks.
func (o *operation) delete(ctx context.Context) error {
	n, err := o.note()
	if err != nil {
		return err
	}
	before, err := o.header(ctx)
	if err != nil {
		return err
	}
	if old, ok := versionOf(before); ok {
		n.add(old)
		if err := o.v.writeNote(o.id, n); err != nil {
			return err
		}
	}
	if before != "" {
		if err := o.remove(ctx, o.id); err != nil {
			return err
		}
	}
	return o.settle(ctx, n, "")
}

// settle removes every version of the note but the one that counts, and then the note.
func (o *operation) settle(ctx context.Context, n note, keep string) error {
	for _, v := range n.Versions {
		if v.Name == keep {
			continue
		}
		for i := range v.Count {
			if err := o.remove(ctx, v.account(o.id, i)); err != nil {
				return err
			}
		}
	}
	return o.v.removeNote(o.id)
}

// note returns the credential's note. One that can't be read is kept aside and an empty one begun.
func (o *operation) note() (note, error) {
	n, err := o.v.readNote(o.id)
	if errors.Is(err, errNoteDamaged) {
		return n, o.setNoteAside()
	}
	return n, err
}

func (o *operation) setNoteAside() error {
	path := o.v.notePath(o.id)
	if err := os.Rename(path, path+".damaged"); err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	return nil
}
