//go:build windows || darwin

package vault

// system is the keychain of the operating system, and systemForm what it takes: the Credential Manager 2,560 bytes, the macOS keychain
// about 2,800 after go-keyring's own encoding. https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw
var system Keychain = library{}

// systemOf leaves it to the system whether somebody is asked.
func systemOf(bool) Keychain { return system }

const systemForm = FormChunks

// Locked reports that it is not: these keychains say so with an error.
func (library) Locked() (bool, error) { return false, nil }

func reachable() error { return nil }

func lookCloser(err error) error { return err }
