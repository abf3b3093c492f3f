package assets

import (
	_ "embed"
	"strings"
)

//go:embed FyneApp.toml
var description string

// Version is the version of both programs, as FyneApp.toml has it.
var Version = readVersion(description)

// Website is the page of the project, where its packages are.
var Website = readWebsite(description)

// readWebsite is empty for a file without one, which a test refuses.
func readWebsite(file string) string {
	_, rest, _ := strings.Cut(file, "\nWebsite = \"")
	website, _, _ := strings.Cut(rest, "\"\n")
	return website
}

// readVersion is "unknown" for a file without a version, which a test refuses.
func readVersion(file string) string {
	_, rest, _ := strings.Cut(file, "\nVersion = \"")
	version, _, found := strings.Cut(rest, "\"\n")
	if !found {
		return "unknown"
	}
	return version
}
