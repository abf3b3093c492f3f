package vault

import (
	"context"
	"errors"
	"fmt"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// testSize is the size of the credential that Test writes: an MSAL cache with two resources is about 8 KB, a certificate
// with its key about 4 KB.
const testSize = 12 << 10

// Test writes a random credential of full size, reads it back and deletes it. It leaves nothing.
func (v *Vault) Test(ctx context.Context) error {
	name, credential := newVersion(), randomText(testSize)
	id := "test-" + name
	p, err := pack(id, credential, v.form)
	if err != nil {
		return err
	}
	o, err := v.begin(ctx, id)
	if err != nil {
		return err
	}
	defer o.end()
	err = o.test(ctx, p, credential)
	v.tested.Store(err == nil)
	return err
}

// Tested is Test until one has succeeded in this run: what a keychain takes does not change from connector to connector. Several that
// come at once wait for the same one. When something of the keychain has failed it tests again.
func (v *Vault) Tested(ctx context.Context) error {
	if v.tested.Load() {
		return nil
	}
	select {
	case v.testing <- struct{}{}:
		defer func() { <-v.testing }()
	case <-ctx.Done():
		return interrupted(OpLock, ctx.Err())
	}
	if v.tested.Load() {
		return nil
	}
	return v.Test(ctx)
}

func (o *operation) test(ctx context.Context, p packed, credential string) error {
	n := note{Format: noteFormat, Temporary: true}
	if p.version.valid() {
		n.add(p.version)
	}
	if err := o.v.writeNote(o.id, &n); err != nil {
		return err
	}
	if err := o.writeAll(ctx, p, ""); err != nil {
		o.rollBack(ctx, err, n, "")
		return err
	}
	// The header has been read back.
	got, err := o.get(ctx, p.header)
	if err == nil && got != credential {
		err = &Error{Op: OpRead, Cause: connector.ErrKeychainBroken, Detail: "what was read back is something else"}
	}
	if removeErr := o.remove(ctx, o.id); removeErr != nil {
		return errors.Join(err, removeErr)
	}
	return errors.Join(err, o.settle(ctx, n, version{}))
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
	if err := o.v.removeStale(o.id); err != nil {
		return err
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
	case !n.intended:
		return nil
	case len(n.Versions) == 0:
		return o.v.settleNote(o.id, n, version{})
	}
	text, err := o.header(ctx)
	if err != nil {
		return err
	}
	counts, known := o.counting(text)
	if !known {
		return &DamagedError{Reason: "its header can't be read"}
	}
	return o.settle(ctx, n, counts)
}
