// Command pack writes the sentences of the translation files in the form that the programs carry: "go generate ./assets".
package main

import (
	"fmt"
	"os"

	"partner-center-connector/assets"
)

func main() {
	packed, err := assets.Pack(assets.Translations())
	if err == nil {
		err = os.WriteFile("sentences.pack", packed, 0o644) //nolint:gosec // a file of the repository, which everybody may read
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
