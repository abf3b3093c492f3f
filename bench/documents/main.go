// Command documents writes the tables of README.md and bench/README.md and the plot again, from bench/results.json. It runs in the folder of
// the module.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"partner-center-connector/bench/report"
)

func main() {
	if err := write("."); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "documents:", err)
		os.Exit(1)
	}
}

func write(root string) error {
	results, err := report.Read(filepath.Join(root, "bench", "results.json"))
	if err != nil {
		return err
	}
	all, err := report.Documents(root, results)
	for path, text := range all {
		err = errors.Join(err, os.WriteFile(filepath.Join(root, filepath.FromSlash(path)), []byte(text), 0o644)) //nolint:gosec // documents are for everybody to read
	}
	return err
}
