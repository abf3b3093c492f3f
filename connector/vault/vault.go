package vault

import (
	"context"
	"sync/atomic"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Limits where Config names none. The first call of an operation may have to wait for a person who unlocks the keychain.
const (
	DefaultCallLimit  = 15 * time.Second
	DefaultFirstLimit = 2 * time.Minute
	DefaultWaitsAfter = 2 * time.Second
)

// Config configures a Vault.
type Config struct {
	// Service is the name that the keychain's items have.
	Service string
	// Dir is the folder of the notes. It is made when it is needed.
	Dir string
	// Keychain is the keychain; nil for that of the operating system. Form is how it keeps a credential.
	Keychain Keychain
	Form     Form
	// Alone says that nobody is there to unlock the keychain, so that no prompt is shown: connector.ErrKeychainUnattended comes at once.
	Alone bool
	// CallLimit is how long a call may take, FirstLimit how long the first one of an operation; 0 for the defaults.
	CallLimit, FirstLimit time.Duration
	// Waits is called, from a goroutine of its own, when the first call of an operation takes longer than WaitsAfter (0 for the
	// default): a person may have to unlock the keychain, and has to be told. It may be nil.
	Waits      func()
	WaitsAfter time.Duration
}

// Vault is connector.Vault over a keychain. It may be used by several goroutines, and beside other processes.
type Vault struct {
	service, dir          string
	keychain              Keychain
	form                  Form
	gate                  *gate
	callLimit, firstLimit time.Duration
	waits                 func()
	waitsAfter            time.Duration
	// tested reports whether the last Test succeeded; testing is held by the one for whom the others wait.
	tested  atomic.Bool
	testing chan struct{}
}

var _ connector.Vault = (*Vault)(nil)

// Open makes a Vault. It touches neither the keychain nor the disk.
func Open(c Config) *Vault {
	v := &Vault{
		service: c.Service, dir: c.Dir, keychain: c.Keychain, form: c.Form, gate: newGate(), testing: make(chan struct{}, 1),
		callLimit: c.CallLimit, firstLimit: c.FirstLimit,
		waits: c.Waits, waitsAfter: c.WaitsAfter,
	}
	if v.keychain == nil {
		v.keychain, v.gate = systemOf(c.Alone), systemGate
	}
	if v.form == FormSystem {
		v.form = systemForm
	}
	if v.callLimit <= 0 {
		v.callLimit = DefaultCallLimit
	}
	if v.firstLimit <= 0 {
		v.firstLimit = DefaultFirstLimit
	}
	if v.waitsAfter <= 0 {
		v.waitsAfter = DefaultWaitsAfter
	}
	return v
}

// Put keeps credential under id, in place of the one that was there. When it returns nil the keychain has given the new one
// back, whole; otherwise it holds the old one or, where a call did not return in time, one of the two.
func (v *Vault) Put(ctx context.Context, id string, credential auth.Secret) error {
	p, err := pack(id, credential.Reveal(), v.form)
	if err != nil {
		return err
	}
	o, err := v.begin(ctx, id)
	if err != nil {
		return err
	}
	defer o.end()
	return o.put(ctx, p)
}

// maxReads is how often Get starts over because a Put of another process came between.
const maxReads = 5

// Get returns the credential: connector.ErrCredentialAbsent where there is none, and *DamagedError, which is that too, where
// it is not whole.
func (v *Vault) Get(ctx context.Context, id string) (auth.Secret, error) {
	if !idPattern.MatchString(id) {
		return auth.Secret{}, errBadID
	}
	o := &operation{v: v, id: id}
	text, err := o.header(ctx)
	for range maxReads {
		if err != nil {
			return auth.Secret{}, err
		}
		credential, getErr := o.get(ctx, text)
		if getErr == nil {
			return auth.NewSecret(credential), nil
		}
		before := text
		if text, err = o.again(ctx, before, getErr); err == nil && text == before {
			return auth.Secret{}, getErr
		}
	}
	return auth.Secret{}, &Error{Op: OpRead, Cause: connector.ErrKeychainSlow, Detail: "it was changed at every try"}
}

// Delete removes the credential; one that is not there is no error.
func (v *Vault) Delete(ctx context.Context, id string) error {
	o, err := v.begin(ctx, id)
	if err != nil {
		return err
	}
	defer o.end()
	return o.delete(ctx)
}
