package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

// jsonVersion is the version for scripts. Its keys never change.
type jsonVersion struct {
	Version string             `json:"version"`
	Go      string             `json:"go"`
	OS      string             `json:"os"`
	Arch    string             `json:"arch"`
	Modules []connector.Module `json:"modules"`
}

const versionExample = `  pcc version --json
  pcc version --modules`

func (p *program) versionCommand() *cobra.Command {
	var withModules bool
	cmd := &cobra.Command{
		Use: "version", Short: p.t("cli.version.short"), Long: p.t("cli.version.long"), Example: versionExample, Args: p.noArgs, Annotations: brief,
		RunE: func(*cobra.Command, []string) error { return p.version(withModules) },
	}
	cmd.Flags().BoolVar(&withModules, "modules", false, p.t("cli.flag.modules"))
	return cmd
}

func (p *program) version(withModules bool) error {
	if p.json {
		p.print(jsonVersion{p.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, engine.Modules()})
		return nil
	}
	if _, err := fmt.Fprintf(p.Out, "pcc %s %s/%s\n", p.Version, runtime.GOOS, runtime.GOARCH); err != nil || !withModules {
		return err
	}
	for _, m := range engine.Modules() {
		if _, err := fmt.Fprintf(p.Out, "%s %s\n", m.Path, m.Version); err != nil {
			return err
		}
	}
	return nil
}
