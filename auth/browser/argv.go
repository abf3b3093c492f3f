package browser

import "slices"

// launch is one start of a browser in a throw-away profile.
type launch struct {
	family    Family
	id        string
	goos      string
	mode      Mode
	profile   string
	url       string
	noSandbox bool
}

// args are the arguments after the executable; nil where the family offers no private window. There is never an --app (it hides
// the address, which people must see) and never a debugging port.
func (l launch) args() []string {
	if args := l.family.definition().args; args != nil {
		return args(l)
	}
	return nil
}

// windowArgs are the arguments that open url in a window of the browser's own, everyday profile.
func windowArgs(f Family, url string) []string {
	return slices.Concat(f.definition().window, []string{url})
}

// environment is what the browser gets beside our own environment.
func environment(f Family) []string { return f.definition().environment }
