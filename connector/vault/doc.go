// Package vault keeps credentials in the keychain of the operating system, cut into items that every system takes, so that
// a crash at any point leaves the old credential or the new one, whole.
package vault
