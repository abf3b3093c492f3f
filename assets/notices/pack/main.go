// Command pack packs the licenses of each program and system in the form that the programs carry: "go generate ./assets/notices".
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"partner-center-connector/assets/notices"
)

func main() {
	if err := pack(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pack() error {
	lists, err := filepath.Glob("*/[a-z]*.txt")
	if err != nil {
		return err
	}
	for _, name := range lists {
		if filepath.Dir(name) == "texts" {
			continue
		}
		list, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		packed, err := notices.Pack(string(list), os.DirFS("."))
		if err != nil {
			return err
		}
		//nolint:gosec // a file of the repository, which everybody may read
		if err := os.WriteFile(strings.TrimSuffix(name, ".txt")+".gz", packed, 0o644); err != nil {
			return err
		}
	}
	return nil
}
