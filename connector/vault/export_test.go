package vault

// System is the keychain of the operating system, for a test that wraps it.
var System Keychain = system{}
