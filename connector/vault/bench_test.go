package vault_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector/vault"
)

// usual is a credential of the usual size.
var usual = auth.NewSecret(strings.Repeat("full", 2<<10))

// benchmark measures the operations of a vault.
func benchmark(b *testing.B, open func(dir string) *vault.Vault) {
	b.Helper()
	ctx := context.Background()
	v := open(tempDir(b))
	if err := v.Put(ctx, id, usual); err != nil {
		b.Fatal(err)
	}
	b.Run("get", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.Get(ctx, id); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("put again", func(b *testing.B) {
		for b.Loop() {
			if err := v.Put(ctx, id, usual); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("test", func(b *testing.B) {
		for b.Loop() {
			if err := v.Test(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("eight at once get and put again", func(b *testing.B) {
		for b.Loop() {
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					other := fmt.Sprintf("c-%d", i)
					if err := v.Put(ctx, other, usual); err != nil {
						b.Error(err)
					}
					if _, err := v.Get(ctx, other); err != nil {
						b.Error(err)
					}
				})
			}
			all.Wait()
		}
	})
	for i := range 8 {
		if err := v.Delete(ctx, fmt.Sprintf("c-%d", i)); err != nil {
			b.Fatal(err)
		}
	}
	if err := v.Delete(ctx, id); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkVault(b *testing.B) {
	for name, form := range map[string]vault.Form{"whole": vault.FormWhole, "chunks": vault.FormChunks} {
		b.Run(name, func(b *testing.B) {
			benchmark(b, func(dir string) *vault.Vault { return openAs(b, form, newFake(), dir) })
		})
	}
}
