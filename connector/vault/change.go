package vault

import (
	"context"
	"errors"
	"fmt"
	"os"

	"partner-center-connector/connector"
)

// get reads the credential of a header.
func (o *operation) get(ctx context.Context, headerText string) (string, error) {
	if headerText == "" {
		return "", connector.ErrCredentialAbsent
	}
	h, err := parseHeader(headerText)
	if err != nil {
		return "", err
	}
	if h.Format == formatWhole {
		return h.whole(o.id)
	}
	chunks := make([]string, h.Count)
	for i := range chunks {
		chunks[i], err = o.read(ctx, h.version().account(o.id, i))
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

// put notes the versions that there are and the new one, writes what is new, switches the header to it and removes the old. A credential
// that is one item before and after needs no note: its item is found by the connector's ID.
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
	if p.version.valid() {
		n.add(p.version)
	}
	if err := o.intend(&n); err != nil {
		return err
	}
	if err := o.writeAll(ctx, p, before); err != nil {
		o.rollBack(ctx, err, n, before)
		return err
	}
	// The new one counts now. What can't be removed stays noted, for Sweep.
	_ = o.settle(ctx, n, p.version)
	return nil
}

// intend writes the note of intent, where there are versions to be noted.
func (o *operation) intend(n *note) error {
	if len(n.Versions) == 0 {
		return nil
	}
	return o.v.writeNote(o.id, n)
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
	if counts, known := o.counting(before); known {
		_ = o.settle(ctx, n, counts)
	}
}

func (o *operation) restore(ctx context.Context, now, before string) error {
	if before == "" {
		return o.remove(ctx, o.id)
	}
	return o.write(ctx, o.id, before, now)
}

// counting returns the version that a header makes count, which is none where there is no header, or the credential is in it. known is
// false where the header can't be read.
func (o *operation) counting(text string) (counts version, known bool) {
	if text == "" || gradeOf(o.id, text) == gradeWhole {
		return version{}, true
	}
	return versionOf(text)
}

// delete removes the header first: from then on the credential is gone, whatever happens to its chunks. Where they are noted, it does not
// need to read the header.
func (o *operation) delete(ctx context.Context) error {
	n, err := o.note()
	if err != nil {
		return err
	}
	before, readErr := o.find(ctx) // which tells an empty header from none
	gone := errors.Is(readErr, ErrNotFound)
	if readErr != nil && !gone && (final(readErr) || ctx.Err() != nil || len(n.Versions) == 0) {
		return readErr
	}
	if old, ok := versionOf(before); ok {
		n.add(old)
	}
	if err := o.intend(&n); err != nil {
		return err
	}
	if !gone {
		if err := o.remove(ctx, o.id); err != nil {
			return err
		}
	}
	return o.settle(ctx, n, version{})
}

// settle removes every version of the note but the one that counts, if one does, and notes that one alone.
func (o *operation) settle(ctx context.Context, n note, counts version) error {
	for _, v := range n.Versions {
		if v.Name == counts.Name {
			continue
		}
		for i := range v.Count {
			if err := o.remove(ctx, v.account(o.id, i)); err != nil {
				return err
			}
		}
	}
	return o.v.settleNote(o.id, n, counts)
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
