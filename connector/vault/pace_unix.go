//go:build unix && !darwin

package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector/sessionbus"
)

// keepassxcName is the name of KeePassXC on the bus, whether or not its Secret Service is switched on.
const keepassxcName = "org.keepassxc.KeePassXC.MainWindow"

// KeePassXC begins to save 150 ms after the first change, and takes as long as its key was made slow: at the most 5 s.
const (
	savesAfter = 100 * time.Millisecond
	savesFor   = 6 * time.Second
)

// pace gives a service time to save what it was given: changes come close together, or when it has saved, which is what KeePassXC keeps whole. When
// they began is told to the other programs of ours by the time of a file, which is empty.
type pace struct {
	together, rest time.Duration
	file           func() string

	mu sync.Mutex
	// began is the first of the changes that are saved together.
	began time.Time
}

func newPace() *pace { return &pace{together: savesAfter, rest: savesFor, file: paceFile} }

// paceFile is in the folder of the session that the bus is of; empty where there is none.
func paceFile() string {
	if dir := os.Getenv(sessionbus.RuntimeVariable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "partner-center-connector.changes")
	}
	return ""
}

// turn waits until a change may be made.
func (p *pace) turn(ctx context.Context) error {
	for {
		wait := p.left()
		if wait <= 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// left returns how long a change has to wait; where it need not, it counts as made.
func (p *pace) left() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now().Round(0) // without the clock that no file knows
	if info, err := os.Stat(p.file()); err == nil && info.ModTime().After(p.began) {
		p.began = info.ModTime()
	}
	since := now.Sub(p.began)
	switch {
	case since >= 0 && since < p.together:
		return 0
	case since >= 0 && since < p.rest:
		return p.rest - since
	}
	p.begin(now)
	return 0
}

// made notes that a change is made. One that took long, since a person was asked first, is followed by a rest of its own.
func (p *pace) made() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now().Round(0); now.Sub(p.began) >= p.together {
		p.begin(now.Add(-p.together))
	}
}

// begin notes it in the file too, as far as that can be.
func (p *pace) begin(at time.Time) {
	p.began = at
	file := p.file()
	if file == "" || os.Chtimes(file, at, at) == nil {
		return
	}
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
		_ = f.Close()
		_ = os.Chtimes(file, at, at)
	}
}

// change makes a call that changes something, in its turn.
func (l *link) change(ctx context.Context, object dbus.ObjectPath, call func() error) error {
	keepassxc, err := l.isKeePassXC(ctx)
	if err != nil {
		return err
	}
	if !keepassxc {
		return l.unlocked(ctx, object, call)
	}
	return l.unlocked(ctx, object, func() error {
		if err := l.pace.turn(ctx); err != nil {
			return err
		}
		defer l.pace.made()
		return call()
	})
}

// isKeePassXC reports whether the service is KeePassXC. With another one the link's session would be gone, so this is asked once.
func (l *link) isKeePassXC(ctx context.Context) (bool, error) {
	if known := l.keepassxc.Load(); known != nil {
		return *known, nil
	}
	program, err := l.owner(ctx, keepassxcName)
	if err != nil {
		return false, err
	}
	service := ""
	if program != "" {
		if service, err = l.owner(ctx, secretName); err != nil {
			return false, err
		}
	}
	is := service != "" && service == program
	l.keepassxc.Store(&is)
	return is, nil
}

// owner returns the connection that has a name; empty where none has.
func (l *link) owner(ctx context.Context, name string) (owner string, err error) {
	err = l.bus.BusObject().CallWithContext(ctx, busName+".GetNameOwner", 0, name).Store(&owner)
	var answer dbus.Error
	if errors.As(err, &answer) && !lost(err) {
		return "", nil
	}
	return owner, err
}
