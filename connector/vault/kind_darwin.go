package vault

import "context"

// Kind names the keychain, for people who help.
func Kind(context.Context) string { return "macos-keychain" }
