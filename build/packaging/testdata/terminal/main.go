// Command terminal is the smallest program with the modules of pcc, to compare sizes with.
package main

import (
	"os"

	"github.com/spf13/cobra"

	"partner-center-connector/build/packaging/testdata/floor"
)

func main() {
	use := &cobra.Command{Use: "terminal", RunE: func(c *cobra.Command, args []string) error { return floor.Use(c.Context(), args[0]) }}
	if use.Execute() != nil {
		os.Exit(1)
	}
}
