// Package vault keeps credentials in the keychain of the operating system, so that a crash at any point leaves the old credential or the
// new one, whole.
//
// A [Vault] keeps a credential in one of two forms ([Form]). Where the keychain takes large items it is one item, which is replaced in
// place and read back. Elsewhere it is cut into chunks under a new version; only when all of them can be read back does the header name
// that version, and only then the old one is removed. A keychain can't be listed, so a note on disk names every version of which it may
// hold chunks: [Vault.Sweep] removes what a crash left, [Vault.Delete] all of them, whatever became of the header. Every call has a limit
// of time, and fails with an [Error].
//
// On Linux the vault talks to the Secret Service itself, over one connection and one session for the whole run. The library that serves
// Windows and macOS, go-keyring, makes six to eight calls for each item there, can't replace an item in place, and takes an item with
// more attributes for ours; it is used where a service does not know a call of ours.
package vault
