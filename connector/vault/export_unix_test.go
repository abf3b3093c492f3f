//go:build unix && !darwin

package vault

// ForgetLink ends the connection to the Secret Service, so that the next test looks for a bus anew.
func ForgetLink() {
	if l := system.link; l != nil {
		system.forget(l)
	}
}
