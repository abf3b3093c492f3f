package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// openDefault asks the desktop's opener, then the next one where it fails, at last an installed browser itself.
func (l *Launcher) openDefault(ctx context.Context, address string) error {
	var errs []error
	for _, argv := range openers(l.inWSL(), address) {
		if _, err := exec.LookPath(argv[0]); err != nil {
			continue
		}
		err := l.run(ctx, argv)
		if err == nil || ctx.Err() != nil {
			return err
		}
		errs = append(errs, err)
	}
	if err := l.openInstalled(ctx, address); err != nil {
		return errors.Join(append(errs, err)...)
	}
	return nil
}

func (l *Launcher) openInstalled(ctx context.Context, address string) error {
	all, err := l.Installed(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return ErrNoBrowser
	}
	b := all[max(0, slices.IndexFunc(all, func(b Browser) bool { return b.Default }))]
	return l.run(ctx, everyday(b, address))
}

// openers are the commands that open an address, best first.
func openers(wsl bool, address string) [][]string {
	var all [][]string
	if wsl {
		quoted := "'" + strings.ReplaceAll(address, "'", "''") + "'"
		all = append(
			all,
			[]string{"wslview", address},
			[]string{"powershell.exe", "-NoProfile", "-NonInteractive", "-Command", "Start-Process " + quoted},
		)
	}
	return append(all, []string{"xdg-open", address}, []string{"gio", "open", address})
}

// inWSL reports whether this is a Linux below Windows, whose browsers are Windows'.
// https://learn.microsoft.com/windows/wsl/
func (l *Launcher) inWSL() bool {
	if l.env("WSL_DISTRO_NAME") != "" {
		return true
	}
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	return err == nil && strings.Contains(strings.ToLower(string(release)), "microsoft")
}

// everyday is the command that opens address in b's everyday profile.
func everyday(b Browser, address string) []string {
	return slices.Concat(b.Command, windowArgs(b.Family, address))
}
