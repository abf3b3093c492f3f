package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// jsonVersion is the version for scripts. Its keys never change.
type jsonVersion struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.t("cli.version.short"), Long: p.t("cli.version.long"), Example: "  pcc version --json", Args: p.noArgs, Annotations: brief,
		RunE: func(*cobra.Command, []string) error {
			if p.json {
				p.print(jsonVersion{p.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH})
				return nil
			}
			_, err := fmt.Fprintf(p.Out, "pcc %s %s/%s\n", p.Version, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
