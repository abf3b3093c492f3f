package assets

// systemLanguages are none: on Linux the environment names them.
func systemLanguages() []string { return nil }
