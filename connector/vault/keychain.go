package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// ErrNotFound is what a Keychain returns for an item that is not there.
var ErrNotFound = errors.New("no such item")

// Keychain is a keychain as the operating systems have it: small texts under a service and an account. Its calls may wait
// for a person, may never return, and may return nil although that person said no.
type Keychain interface {
	Set(service, account, text string) error
	Get(service, account string) (string, error)
	Delete(service, account string) error
}

// finder is a Keychain that finds items by attributes, of which another one may have more. Find is Get for the item of a credential: a
// text that names its account (names) is taken without a look at the attributes.
type finder interface {
	Find(service, account string) (string, error)
}

// Form is how a credential is kept in a keychain.
type Form int

const (
	// FormSystem is the form that the system's keychain takes: FormWhole on Linux, FormChunks on Windows and macOS.
	FormSystem Form = iota
	// FormWhole is one item, which is replaced in place.
	FormWhole
	// FormChunks are items of at most 2,000 bytes under a version, and a header that names it.
	FormChunks
)

// systemGate serializes the calls of this process, however many vaults it opens.
var systemGate = newGate()

// library is the keychain of the operating system over go-keyring: the Credential Manager, the macOS keychain or the Secret Service.
type library struct{}

func (library) Set(service, account, text string) error {
	if err := reachable(); err != nil {
		return err
	}
	return explain(keyring.Set(service, account, text))
}

func (library) Get(service, account string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	text, err := keyring.Get(service, account)
	return text, explain(err)
}

func (library) Delete(service, account string) error {
	if err := reachable(); err != nil {
		return err
	}
	return deleteAll(func() error { return explain(keyring.Delete(service, account)) }, copiesEach)
}

// deleteAll calls remove, which removes one item, until there is none; no more often than most.
func deleteAll(remove func() error, most int) error {
	err := remove()
	for n := 1; err == nil && n < most; n++ {
		if err := remove(); err != nil {
			if errors.Is(err, ErrNotFound) {
				return nil
			}
			return err
		}
	}
	return err
}

func explain(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return ErrNotFound
	}
	return lookCloser(err)
}
