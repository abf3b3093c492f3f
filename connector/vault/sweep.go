package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// testSize is the size of the credential that Test writes: an MSAL cache with two resources is about 8 KB, a certificate
// with its key about 4 KB.
const testSize = 12 << 10

// Test writes a random credential of full size, reads it back and deletes it. It leaves nothing.
func (v *Vault) Test(ctx context.Context) error {
	credential := randomText(testSize)
	p, err := pack(credential)
	if err != nil {
		return err
	}
	o, err := v.begin(ctx, "test-"+p.version.Name)
	if err != nil {
		return err
	}
	defer o.end()
	return o.test(ctx, p, credential)
}

func (o *operation) test(ctx context.Context, p packed, credential string) error {
	n := note{Format: noteFormat, Temporary: true, Versions: []version{p.version}}
	if err := o.v.writeNote(o.id, n); err != nil {
		return err
	}
	if err := o.writeAll(ctx, p, ""); err != nil {
		o.rollBack(ctx, err, n, "")
		return err
	}
	got, err := o.get(ctx, p.header)
	if err == nil && got != credential {
		err = &Error{Op: OpRead, Cause: connector.ErrKeychainBroken, Detail: "what was read back is something else"}
	}
	return errors.Join(err, o.delete(ctx))
}

// Sweep removes what a crash left behind, in the keychain and in the folder. A credential that another process is just
// changing is left alone.
func (v *Vault) Sweep(ctx context.Context) error {
	ids, err := v.traces()
	if err != nil {
		return err
	}
	var failures []error
	for _, id := range ids {
		err := v.sweepOne(ctx, id)
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", id, err))
		}
		if final(err) || ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failures...)
}

// Purge deletes the credentials of ids, and what else the folder has notes of. It goes on after a failure, as far as the
// keychain can be used.
func (v *Vault) Purge(ctx context.Context, ids []string) error {
	var failures []error
	for _, id := range ids {
		err := v.Delete(ctx, id)
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", id, err))
		}
		if final(err) || ctx.Err() != nil {
			return errors.Join(failures...)
		}
	}
	return errors.Join(append(failures, v.Sweep(ctx))...)
}

// traces lists the IDs of the credentials of which the folder holds a note, a lock or what a crash left of one.
func (v *Vault) traces() ([]string, error) {
	entries, err := os.ReadDir(v.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("note of intent: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if id, ok := idOf(e.Name()); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func (v *Vault) sweepOne(ctx context.Context, id string) error {
	lock, err := safefile.TryLock(v.lockPath(id))
	if errors.Is(err, safefile.ErrHeld) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	o := &operation{v: v, id: id, lock: lock}
	defer o.end()
	return o.sweep(ctx)
}

// sweep looks which version counts and removes the others that are noted.
func (o *operation) sweep(ctx context.Context) error {
	if err := safefile.RemoveStale(o.v.notePath(o.id)); err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	n, err := o.v.readNote(o.id)
	if errors.Is(err, errNoteDamaged) {
		return errors.Join(err, o.setNoteAside())
	}
	switch {
	case err != nil:
		return err
	case n.Temporary:
		return o.delete(ctx)
	case len(n.Versions) == 0:
		return o.v.removeNote(o.id)
	}
	text, err := o.header(ctx)
	if err != nil {
		return err
	}
	current, ok := versionOf(text)
	if !ok && text != "" {
		return &DamagedError{Reason: "its header can't be read"}
	}
	return o.settle(ctx, n, current.Name)
}
