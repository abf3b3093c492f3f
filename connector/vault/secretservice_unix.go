//go:build unix && !darwin

package vault

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"partner-center-connector/connector"
)

// patience is how long an operation on the Secret Service goes on at the most. The vault waits shorter; it is against what hangs for good.
const patience = 5 * time.Minute

// system is the keychain of the operating system, and systemForm what it takes.
var system = &secretService{pace: changes}

const systemForm = FormWhole

// unattended is system where nobody is there to answer a prompt.
var unattended = &secretService{pace: changes, alone: true}

// changes is the pace of both.
var changes = newPace()

func systemOf(alone bool) Keychain {
	if alone {
		return unattended
	}
	return system
}

// secretService is the Secret Service, over one link that is opened when it is first needed, and again when it went away. Its items are
// those of go-keyring: the same collection, label and attributes.
type secretService struct {
	// alone says that nobody is there to answer a prompt.
	alone bool
	pace  *pace

	mu   sync.Mutex
	link *link
}

var (
	_ Keychain = (*secretService)(nil)
	_ finder   = (*secretService)(nil)
	_ teller   = (*secretService)(nil)
	_ onDisk   = (*secretService)(nil)
)

// Get returns the text of the item that has just the attributes of account.
func (s *secretService) Get(service, account string) (string, error) {
	return s.get(service, account, false)
}

// Find is Get, but takes a text that names its account without a look at the item's attributes.
func (s *secretService) Find(service, account string) (string, error) {
	return s.get(service, account, true)
}

func (s *secretService) get(service, account string, named bool) (text string, err error) {
	err = s.do(func(ctx context.Context, l *link) error {
		text, err = l.read(ctx, attributesOf(service, account), named)
		return err
	})
	if unknownToService(err) {
		return library{}.Get(service, account)
	}
	return text, err
}

// Set changes the item in place, or creates it where there is none. Others of the same attributes are removed.
func (s *secretService) Set(service, account, text string) error {
	label := fmt.Sprintf("Password for '%s' on '%s'", account, service)
	err := s.do(func(ctx context.Context, l *link) error {
		return l.write(ctx, attributesOf(service, account), label, text)
	})
	if unknownToService(err) {
		return library{}.Set(service, account, text)
	}
	return err
}

// Delete removes every item that has just the attributes of account, and every copy that has more.
func (s *secretService) Delete(service, account string) error {
	err := s.do(func(ctx context.Context, l *link) error { return l.remove(ctx, attributesOf(service, account)) })
	if unknownToService(err) {
		return library{}.Delete(service, account)
	}
	return err
}

// Locked reports whether the collection that new items are for is locked.
func (s *secretService) Locked() (locked bool, err error) {
	err = s.do(func(ctx context.Context, l *link) error {
		locked, err = l.homeLocked(ctx)
		return err
	})
	return locked, err
}

// Folder is where GNOME Keyring and KWallet keep their files.
func (s *secretService) Folder() string {
	if data := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return data
	}
	home, _ := os.UserHomeDir()
	return filepath.Join(home, ".local", "share")
}

// do does something over the link; once more over a new one where an older link was lost, and once more where an item that was found is
// gone, as one is on KWallet when another program replaces it.
func (s *secretService) do(what func(context.Context, *link) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for again, before := true, error(nil); ; {
		l, fresh, err := s.open(ctx)
		if err != nil {
			return gone(err, before)
		}
		err = what(ctx, l)
		switch {
		case lost(err):
			s.forget(l)
			if fresh {
				return gone(err, err)
			}
			before = err
		case vanished(err) && again:
			again = false
		default:
			return err
		}
	}
}

// open returns the link, and whether it was just opened.
func (s *secretService) open(ctx context.Context) (l *link, fresh bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link != nil && s.link.bus.Connected() {
		return s.link, false, nil
	}
	if s.link, err = dial(ctx); err == nil {
		s.link.alone, s.link.pace = s.alone, s.pace
	}
	return s.link, true, err
}

// forget closes a link that is not to be used again.
func (s *secretService) forget(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link == l {
		s.link = nil
	}
	_ = l.bus.Close()
}

// gone says of an error that the keychain went away, where that is how a call ended; broke is what ended that call, nil where none was begun.
func gone(err, broke error) error {
	if broke == nil || answered(broke, errNoSession) {
		return err
	}
	return goneError{err}
}

// goneError is connector.ErrKeychainGone in the words of what was met.
type goneError struct{ error }

func (e goneError) Unwrap() []error { return []error{connector.ErrKeychainGone, e.error} }

// unknownToService reports whether the service does not know a call of ours.
func unknownToService(err error) bool { return answered(err, errUnknownMethod, errNotSupported) }
