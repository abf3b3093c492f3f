package browser

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Errors of the Launcher.
var (
	// ErrAddress is returned for an address that is neither http://localhost:PORT/… nor https://…
	ErrAddress = errors.New("this address may not be opened")
	// ErrMode is returned for a rung that the browser does not offer under its policies.
	ErrMode = errors.New("the browser does not offer this kind of window")
	// ErrNoDisplay is returned where there is no desktop to open a window on.
	ErrNoDisplay = errors.New("there is no display")
	// ErrNoBrowser is returned where nothing was found that opens an address.
	ErrNoBrowser = errors.New("no browser was found")
)

// Config configures a Launcher; its zero value is fit for use.
type Config struct {
	// Root is the directory in which throw-away profiles are made; empty is the system's right place, which depends on the browser.
	Root string
	// NoSandbox starts Chromium's family without its sandbox. Only for a rehearsal as root.
	NoSandbox bool
	// Log gets starts and ends, never an address. Nil is silent.
	Log *slog.Logger
}

// Launcher finds and opens browsers. It is safe for concurrent use.
type Launcher struct {
	places    places
	noSandbox bool
	log       *slog.Logger
	goos      string
	env       func(string) string
	now       func() time.Time
	// grace is how long a command that opens an address may take to say that it can't.
	grace time.Duration
}

// New makes a Launcher for this computer.
func New(c Config) *Launcher {
	// Without a home there are no snaps and Flatpaks of this account, which alone need it.
	home, _ := os.UserHomeDir()
	l := &Launcher{
		places: places{
			goos: runtime.GOOS, root: c.Root, home: home, temp: os.TempDir(), env: os.Getenv, mine: ownDirectory,
		},
		noSandbox: c.NoSandbox,
		log:       c.Log,
		goos:      runtime.GOOS,
		env:       os.Getenv,
		now:       time.Now,
		grace:     2 * time.Second,
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	return l
}

// Installed lists the browsers of this computer, the one recommended for a private window first: the default browser if its
// family is known, else Chromium's family before Firefox's. A browser that offers no private or guest window under its policies
// comes after those that do, and one that offers no window of its own at all last.
func (l *Launcher) Installed(ctx context.Context) ([]Browser, error) {
	found, err := discover(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for browsers: %w", err)
	}
	return recommend(unique(found)), nil
}

// OpenDefault opens address in the system's default browser. It returns as soon as the browser was told, or after a few seconds
// without a word; it never waits for the browser's end.
func (l *Launcher) OpenDefault(ctx context.Context, address string) error {
	if err := l.ready(ctx, address); err != nil {
		return err
	}
	return l.told("the default one", l.openDefault(ctx, address))
}

// OpenWith opens address in a window of the everyday profile of b, as OpenDefault does in the default browser.
func (l *Launcher) OpenWith(ctx context.Context, b Browser, address string) error {
	if err := l.ready(ctx, address); err != nil {
		return err
	}
	if len(b.Command) == 0 {
		return ErrNoBrowser
	}
	return l.told(b.ID, l.run(ctx, everyday(b, address)))
}

// told notes that a browser was told to open a page, and returns err. What it was told is nobody's business.
func (l *Launcher) told(browser string, err error) error {
	if err != nil {
		l.log.Warn("browser not told to open a page", "browser", browser)
		l.log.Debug("browser not told to open a page", "browser", browser, "error", err) // it names a path
		return err
	}
	l.log.Info("browser told to open a page", "browser", browser)
	return nil
}

// OpenPrivate opens address in a new throw-away profile of b, kept apart as m says. ctx bounds the opening only: the window lives
// until the person or Close closes it. Its errors are ErrAddress, ErrMode, ErrNoDisplay, or those of the file system and of the
// start, wrapped.
func (l *Launcher) OpenPrivate(ctx context.Context, b Browser, m Mode, address string) (*Window, error) {
	if err := l.ready(ctx, address); err != nil {
		return nil, err
	}
	if len(b.Command) == 0 || !slices.Contains(b.Modes(), m) {
		return nil, ErrMode
	}
	f, err := newFolder(l.places.of(b))
	if err != nil {
		return nil, fmt.Errorf("make a profile: %w", err)
	}
	w, err := l.start(f, b, m, address)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", b.ID, err), f.remove())
	}
	l.log.Info("browser started", "browser", b.ID, "mode", string(m), "pid", w.Pid())
	return w, nil
}

func (l *Launcher) start(f folder, b Browser, m Mode, address string) (*Window, error) {
	if err := prepare(b.Family, m, f.profile()); err != nil {
		return nil, err
	}
	start := launch{
		family: b.Family, id: b.ID, goos: l.goos, mode: m, profile: f.profile(), url: address, noSandbox: l.noSandbox,
	}
	p, err := startProcess(slices.Concat(b.Command, start.args()), environment(b.Family))
	if err != nil {
		return nil, err
	}
	if err := f.used(p.pid()); err != nil {
		// The process may have ended already; only a sweep after a crash would miss the entry.
		l.log.Debug("browser not noted", "pid", p.pid(), "error", err)
	}
	return newWindow(f, p, start, l.log), nil
}

// ready reports whether address may be opened now.
func (l *Launcher) ready(ctx context.Context, address string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !openable(address) {
		return ErrAddress
	}
	if l.goos == "linux" && !l.hasDisplay() {
		return ErrNoDisplay
	}
	return nil
}

// hasDisplay reports whether a window can be opened: on a bare terminal xdg-open would hand the address, and the ticket in it, to a
// text browser that nobody sees. A BROWSER of the environment may open it elsewhere.
func (l *Launcher) hasDisplay() bool {
	return l.env("DISPLAY") != "" || l.env("WAYLAND_DISPLAY") != "" || l.env("BROWSER") != "" || l.env("WSL_DISTRO_NAME") != ""
}

// openable reports whether an address is one of ours or a secure one, written so that no shell, registry entry or opener on the way
// can take a part of it for something else.
func openable(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r) }) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Opaque != "" {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Hostname() != ""
	case "http":
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		return u.Hostname() == "localhost" && err == nil && port > 0
	default:
		return false
	}
}
