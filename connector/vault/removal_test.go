package vault_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"
)

// TestOneRemovalIsEnough checks that whatever a call did to whatever was being done, or a keychain that failed from there on, one removal
// afterwards leaves nothing of the credential in the keychain: no second one, and no sweep, is needed.
func TestOneRemovalIsEnough(t *testing.T) {
	t.Parallel()
	cases := 0
	for _, a := range actions {
		calls := a.calls(t)
		cases += calls * len(faulty) * 2
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			for call := 1; call <= calls; call++ {
				for _, f := range faulty {
					for name, decide := range map[string]func(int, vault.Op) fault{"once": at(call, f), "from then on": from(call, f)} {
						k, dir := a.prepare(t)
						k.reset(decide)
						v := a.open(t, k, dir)
						_ = a.do(context.Background(), v)
						k.reset(at(0, none))
						removedAtOnce(t, fmt.Sprintf("call %d, %s, %s", call, f, name), k, v)
					}
				}
			}
		})
	}
	if want := 920; cases != want {
		t.Errorf("%d cases, want %d", cases, want)
	}
}

var faulty = []fault{failBefore, failAfter, dismissed, mangled}

func removedAtOnce(t *testing.T, what string, k *fake, v *vault.Vault) {
	t.Helper()
	if err := v.Delete(context.Background(), id); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	for _, account := range k.accounts() {
		if account == id || strings.HasPrefix(account, id+".") {
			t.Errorf("%s: left is %s", what, account)
		}
	}
}
