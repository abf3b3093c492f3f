//go:build unix && !darwin

package vault

// ForgetLink ends the connections to the Secret Service, so that the next test looks for a bus again.
func ForgetLink() {
	for _, s := range []*secretService{system, unattended} {
		if l := s.link; l != nil {
			s.forget(l)
		}
	}
}
