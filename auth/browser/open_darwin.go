package browser

import (
	"context"
	"slices"
	"strings"
)

func (l *Launcher) openDefault(ctx context.Context, address string) error {
	return l.run(ctx, []string{"/usr/bin/open", address})
}

// everyday is the command that opens address in b's everyday profile. A second process of a running browser would be refused, so
// the system is asked to pass the address on.
func everyday(b Browser, address string) []string {
	if app, _, found := strings.Cut(b.Command[0], "/Contents/MacOS/"); found {
		return []string{"/usr/bin/open", "-a", app, address}
	}
	return slices.Concat(b.Command, windowArgs(b.Family, address))
}
