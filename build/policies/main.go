// Command policies writes the templates with which administrators roll out settings: for Group Policy and Intune, for macOS and for /etc, and
// the table of build/packaging/README.md. All of them are made of the one table of connector/policy. It runs in the folder of the module.
// "policies registry" prints instead what Group Policy writes into the registry for the template of Windows, as it is in its file.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// folder is where the templates are, and what they are made of.
const folder = "build/packaging/policies"

func main() {
	if err := run(".", os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "policies:", err)
		os.Exit(1)
	}
}

func run(root string, args []string, out io.Writer) error {
	switch {
	case len(args) == 0:
		return write(root)
	case len(args) == 1 && args[0] == "registry":
		return printRegistry(root, out)
	}
	return errors.New("use: policies [registry]")
}

func write(root string) error {
	all, err := files(root)
	for path, text := range all {
		path = filepath.Join(root, filepath.FromSlash(path))
		if made := os.MkdirAll(filepath.Dir(path), 0o755); made != nil { //nolint:gosec // templates are for everybody to read
			err = errors.Join(err, made)
			continue
		}
		err = errors.Join(err, os.WriteFile(path, []byte(text), 0o644)) //nolint:gosec // templates are for everybody to read
	}
	return err
}

// files are all that is generated, by its path from the root.
func files(root string) (map[string]string, error) {
	english, errEnglish := readTexts(root, "en")
	german, errGerman := readTexts(root, "de")
	readme, errReadme := os.ReadFile(filepath.Join(root, filepath.FromSlash(readmePath)))
	if err := errors.Join(errEnglish, errGerman, errReadme); err != nil {
		return nil, err
	}
	withTable, err := putTable(string(readme), english)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		folder + "/partner-center-connector.admx":         admx(),
		folder + "/en-US/partner-center-connector.adml":   adml(english),
		folder + "/de-DE/partner-center-connector.adml":   adml(german),
		folder + "/partner-center-connector.mobileconfig": profile(),
		folder + "/policy.example.toml":                   example(english),
		folder + "/intune.txt":                            intune(english),
		readmePath:                                        withTable,
	}, nil
}
