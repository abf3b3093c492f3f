//go:build unix && !darwin

package vault

import "partner-center-connector/connector/sessionbus"

// reachable reports whether there is a session bus to be asked for.
func reachable() error {
	_, err := sessionbus.Address()
	return err
}
