//go:build unix && !darwin

package policy

// sources are where this system has policies, the one that counts most first.
func sources() []source {
	return []source{file{"/etc/partner-center-connector/policy.toml", protectedFile, parseTOML}}
}
