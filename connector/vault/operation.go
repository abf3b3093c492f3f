package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// operation is one use of the vault for one credential.
type operation struct {
	v  *Vault
	id string
	// lock keeps other operations from changing the credential; nil for one that only reads.
	lock *safefile.Lock
	// answered reports whether the keychain has answered, so that nobody has to unlock it any more.
	answered bool
	// abandoned is not nil when a call that changes something was given up; it is closed when that call returns.
	abandoned <-chan struct{}
}

// begin takes the lock of the credential, which a holder that waits for the keychain releases within the limits.
func (v *Vault) begin(ctx context.Context, id string) (*operation, error) {
	if !idPattern.MatchString(id) {
		return nil, errBadID
	}
	if err := safefile.Folder(v.dir); err != nil {
		return nil, fmt.Errorf("note of intent: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, v.firstLimit+v.callLimit)
	defer cancel()
	lock, err := safefile.WaitLock(limited, v.lockPath(id))
	if errors.Is(err, safefile.ErrHeld) {
		return nil, &Error{Op: OpLock, Cause: causeOfWait(ctx), Detail: "another operation is using this credential"}
	}
	if err != nil {
		return nil, fmt.Errorf("note of intent: %w", err)
	}
	return &operation{v: v, id: id, lock: lock}, nil
}

func causeOfWait(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return connector.ErrKeychainSlow
}

// end releases the lock; where a call was given up, only when it has returned, since it may still change the credential.
func (o *operation) end() {
	if o.abandoned == nil {
		o.lock.Discard()
		return
	}
	go func() {
		<-o.abandoned
		o.lock.Discard()
	}()
}

// call makes one call of the keychain. Its error is ErrNotFound or an *Error.
func (o *operation) call(ctx context.Context, op Op, text string, call func() error) error {
	if o.abandoned != nil {
		return &Error{Op: op, Cause: connector.ErrKeychainSlow, Detail: "an earlier call has not returned"}
	}
	limit, begin, stop := o.v.callLimit, func() {}, func() {}
	if !o.answered {
		limit = o.v.firstLimit
		begin = func() { stop = o.tellOfWait() }
	}
	var answer error
	abandoned, err := o.v.gate.run(ctx, o.v.firstLimit, limit, begin, func() { answer = recoverPanic(call) })
	stop()
	if err != nil {
		if op != OpRead {
			o.abandoned = abandoned
		}
		if !errors.Is(err, context.Canceled) {
			o.v.tested.Store(false)
		}
		return interrupted(op, err)
	}
	if answer == nil || errors.Is(answer, ErrNotFound) {
		o.answered = true
		return answer
	}
	o.v.tested.Store(false)
	return failed(op, answer, text)
}

// errPanicked is the error of a panic: go-keyring's, when the session bus goes while a person is asked.
var errPanicked = errors.New("the keychain broke off")

func recoverPanic(call func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanicked // what it panicked with is not shown: nobody knows what it contains
		}
	}()
	return call()
}

// tellOfWait says that the program waits for the keychain, unless the returned function is called soon.
func (o *operation) tellOfWait() (stop func()) {
	if o.v.waits == nil {
		return func() {}
	}
	timer := time.AfterFunc(o.v.waitsAfter, o.v.waits)
	return func() { timer.Stop() }
}

// read returns the text of an item, or ErrNotFound.
func (o *operation) read(ctx context.Context, account string) (string, error) {
	return o.readBy(ctx, o.v.keychain.Get, account)
}

func (o *operation) readBy(ctx context.Context, get func(service, account string) (string, error), account string) (string, error) {
	var text string
	err := o.call(ctx, OpRead, "", func() (err error) {
		text, err = get(o.v.service, account)
		return err
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// probeSize is what is written to tell a full disk from a keychain that keeps nothing: more than a credential is.
const probeSize = 64 << 10

// onDisk is a Keychain that tells in which folder its services keep what they are given; it need not be there.
type onDisk interface {
	Folder() string
}

// diskError tells why this computer's disk takes nothing, here or where the keychain keeps its items; nil where it does.
func (v *Vault) diskError() error {
	err := safefile.Probe(v.dir, probeSize)
	if k, ok := v.keychain.(onDisk); ok && err == nil {
		if fault := safefile.Probe(k.Folder(), probeSize); !errors.Is(fault, fs.ErrNotExist) {
			err = fault
		}
	}
	return err
}

// write writes an item and reads it back: what was read decides, not what the keychain said. before is what the item held.
func (o *operation) write(ctx context.Context, account, text, before string) error {
	err := o.call(ctx, OpWrite, text, func() error { return o.v.keychain.Set(o.v.service, account, text) })
	if err != nil && !errors.Is(err, connector.ErrKeychainBroken) {
		return err
	}
	read := func(ctx context.Context) (string, error) { return o.read(ctx, account) }
	if account == o.id {
		read = o.find
	}
	got, readErr := read(ctx)
	if readErr == nil && got == text {
		return nil
	}
	if disk := o.v.diskError(); disk != nil {
		return &Error{Op: OpWrite, Cause: disk}
	}
	switch {
	case err != nil:
		return err
	case errors.Is(readErr, ErrNotFound), readErr == nil && before != "" && got == before:
		return o.nothingDone(ctx, OpWrite, "nothing was written")
	case readErr != nil:
		return readErr
	}
	return &Error{Op: OpWrite, Cause: connector.ErrKeychainBroken, Detail: "what was read back is something else"}
}

// remove removes an item and looks that it is gone. One that is not there is no error.
func (o *operation) remove(ctx context.Context, account string) error {
	err := o.call(ctx, OpRemove, "", func() error { return o.v.keychain.Delete(o.v.service, account) })
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil && !errors.Is(err, connector.ErrKeychainBroken) {
		return err
	}
	_, readErr := o.read(ctx, account)
	switch {
	case errors.Is(readErr, ErrNotFound):
		return nil
	case err != nil:
		return err
	case readErr != nil:
		return readErr
	}
	return o.nothingDone(ctx, OpRemove, "nothing was removed")
}

// teller is a Keychain that reports whether it is locked.
type teller interface {
	Locked() (bool, error)
}

// nothingDone is the error of a call after which everything is as it was, although the keychain said nothing against it: somebody has said
// no to a prompt, unless the keychain tells that it is not locked at all.
func (o *operation) nothingDone(ctx context.Context, op Op, what string) error {
	locked := true
	if t, ok := o.v.keychain.(teller); ok {
		err := o.call(ctx, op, "", func() (err error) {
			locked, err = t.Locked()
			return err
		})
		if err != nil {
			return err
		}
	}
	if !locked {
		return &Error{Op: op, Cause: connector.ErrKeychainBroken, Detail: what}
	}
	return &Error{Op: op, Cause: connector.ErrKeychainLocked, Detail: what + ": a prompt was dismissed"}
}

// header returns the text of the header; empty where there is none.
func (o *operation) header(ctx context.Context) (string, error) {
	text, err := o.find(ctx)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return text, err
}

// find reads the header as quickly as the keychain can.
func (o *operation) find(ctx context.Context) (string, error) {
	quick, ok := o.v.keychain.(finder)
	if !ok {
		return o.read(ctx, o.id)
	}
	return o.readBy(ctx, quick.Find, o.id)
}
