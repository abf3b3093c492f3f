// Package vault keeps credentials in the keychain of the operating system, so that a crash at any point leaves the old credential or the
// new one, whole.
//
// A [Vault] cuts a credential into items that every [Keychain] takes, under a new version; only when all of them can be read back does
// the header name that version, and only then the old one is removed. A note on disk names both before anything is written, since a
// keychain can't be listed: [Vault.Sweep] removes what a crash left. Every call has a limit of time, and fails with an [Error].
package vault
