package assets

import (
	_ "embed"

	"github.com/pelletier/go-toml/v2"
)

//go:embed FyneApp.toml
var description []byte

// Version is the version of both programs, as FyneApp.toml has it.
var Version = readVersion(description)

// readVersion is "unknown" for a file without a version, which a test refuses.
func readVersion(data []byte) string {
	var file struct{ Details struct{ Version string } }
	if err := toml.Unmarshal(data, &file); err != nil || file.Details.Version == "" {
		return "unknown"
	}
	return file.Details.Version
}
