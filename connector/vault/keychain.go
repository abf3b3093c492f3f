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

// system is the keychain of the operating system: the Secret Service, the Credential Manager or the macOS keychain.
type system struct{}

// systemGate serialises the calls of this process, however many vaults it opens.
var systemGate = newGate()

func (system) Set(service, account, text string) error {
	if err := reachable(); err != nil {
		return err
	}
	return explain(keyring.Set(service, account, text))
}

func (system) Get(service, account string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	text, err := keyring.Get(service, account)
	return text, explain(err)
}

func (system) Delete(service, account string) error {
	if err := reachable(); err != nil {
		return err
	}
	return explain(keyring.Delete(service, account))
}

func explain(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return ErrNotFound
	}
	return lookCloser(err)
}
