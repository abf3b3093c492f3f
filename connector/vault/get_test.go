package vault_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// A credential of which a part can't be read now is not gone: whoever took it for absent would ask for a new sign-in.
func TestGetTellsWhatCannotBeReadFromWhatIsGone(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 1+chunksEach; n++ {
		k, dir := actions[putOver].prepare(t)
		k.reset(at(n, failBefore))
		_, err := open(t, k, dir).Get(context.Background(), id)
		if !errors.Is(err, connector.ErrKeychainBroken) || errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("call %d is refused: %v, want %v", n, err, connector.ErrKeychainBroken)
		}

		synctest.Test(t, func(t *testing.T) {
			k, dir := actions[putOver].prepare(t)
			k.reset(at(0, none))
			hanging := &slow{k, func(call int) time.Duration { return map[int]time.Duration{n: time.Hour}[call] }}
			_, err := open(t, hanging, dir).Get(context.Background(), id)
			if !errors.Is(err, connector.ErrKeychainSlow) || errors.Is(err, connector.ErrCredentialAbsent) {
				t.Errorf("call %d hangs: %v, want %v", n, err, connector.ErrKeychainSlow)
			}
			if got := k.count(); got != n-1 {
				t.Errorf("%d calls beside call %d, which hangs", got, n)
			}
			<-time.After(time.Hour)
		})
	}
}

func TestGettingWhatIsAbsentAsksOnce(t *testing.T) {
	t.Parallel()
	k := newFake()
	if _, err := open(t, k, tempDir(t)).Get(context.Background(), id); !errors.Is(err, connector.ErrCredentialAbsent) {
		t.Errorf("%v, want %v", err, connector.ErrCredentialAbsent)
	}
	if n := k.count(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

// restless is a keychain in which another process puts a new credential between the reading of the header and that of the chunks.
type restless struct {
	*fake
	beside *vault.Vault
	puts   int
}

func (k *restless) Get(service, account string) (string, error) {
	text, err := k.fake.Get(service, account)
	if account == id && k.puts > 0 {
		k.puts--
		err = errors.Join(err, k.beside.Put(context.Background(), id, auth.NewSecret(newOne)))
	}
	return text, err
}

func TestGetStartsOverWhenTheCredentialWasChanged(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		puts int
		want error
	}{{1, nil}, {4, nil}, {5, connector.ErrKeychainSlow}} {
		dir := tempDir(t)
		k := &restless{fake: newFake(), puts: tc.puts}
		k.beside = open(t, k.fake, dir)
		put(t, k.beside, id, oldOne)
		got, err := open(t, k, dir).Get(context.Background(), id)
		if !errors.Is(err, tc.want) {
			t.Errorf("changed %d times: %v, want %v", tc.puts, err, tc.want)
		}
		if tc.want != nil && err.Error() != "keychain: read: "+tc.want.Error()+": it was changed at every try" {
			t.Errorf("changed %d times: %v", tc.puts, err)
		}
		if err == nil && got.Reveal() != newOne {
			t.Errorf("changed %d times: another credential came back", tc.puts)
		}
	}
}

// The header may go for good while the chunks are being read.
func TestGetOfWhatIsDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	k, dir := actions[putOver].prepare(t)
	beside := open(t, k, dir)
	k.reset(func(call int, _ vault.Op) fault {
		if call == 2 { // the first chunk
			clear(k.items)
		}
		return none
	})
	_, err := beside.Get(context.Background(), id)
	var damaged *vault.DamagedError
	if !errors.Is(err, connector.ErrCredentialAbsent) || errors.As(err, &damaged) {
		t.Errorf("%v, want %v", err, connector.ErrCredentialAbsent)
	}
}

func TestTheLargestCredential(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	put(t, v, id, strings.Repeat("x", 150_000))
	if got := get(t, v, id); len(got) != 150_000 {
		t.Errorf("%d bytes came back", len(got))
	}
	nothingLeft(t, k, dir, 100)
	if err := v.Put(context.Background(), id, auth.NewSecret(strings.Repeat("x", 150_001))); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("a byte more: %v, want %v", err, connector.ErrKeychainFull)
	}
}

// Test tries what is about the largest that a connector keeps: 12 KiB are nine chunks.
func TestTheTrialIsOfFullSize(t *testing.T) {
	t.Parallel()
	k := newFake()
	most := 0
	k.decide = func(int, vault.Op) fault {
		most = max(most, len(k.items))
		return none
	}
	if err := open(t, k, tempDir(t)).Test(context.Background()); err != nil {
		t.Fatal(err)
	}
	if most != 10 {
		t.Errorf("%d items, want a header and nine chunks", most)
	}
}
