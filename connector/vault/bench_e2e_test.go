//go:build e2e && linux

package vault_test

import (
	"testing"

	"partner-center-connector/connector/vault"
)

// BenchmarkSecretService measures the same on a real keychain: over the bus and, as it was before, over go-keyring in chunks.
func BenchmarkSecretService(b *testing.B) {
	startBus(b)
	startKeyring(b, "correct horse")
	b.Run("over the bus", func(b *testing.B) {
		benchmark(b, func(dir string) *vault.Vault { return openAs(b, vault.FormWhole, nil, dir) })
	})
	b.Run("over go-keyring in chunks", func(b *testing.B) {
		benchmark(b, func(dir string) *vault.Vault { return openAs(b, vault.FormChunks, vault.Library, dir) })
	})
}
