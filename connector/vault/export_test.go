package vault

// System is the keychain of the operating system, for a test that wraps it, and Library the same over go-keyring.
var (
	System  Keychain = system
	Library Keychain = library{}
)
