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
	Version string `json:"version"`
	// Commit, Modified and Time are null if they are not known.
	Commit   *string            `json:"commit"`
	Modified *bool              `json:"modified"`
	Time     *string            `json:"time"`
	Flags    []string           `json:"flags"`
	Go       string             `json:"go"`
	OS       string             `json:"os"`
	Arch     string             `json:"arch"`
	Modules  []connector.Module `json:"modules"`
	// Licenses are null unless they are asked for.
	Licenses []connector.License `json:"licenses"`
}

const versionExample = `  pcc version --json
  pcc version --modules
  pcc version --licenses`

func (p *program) versionCommand() *cobra.Command {
	var withModules, withLicenses bool
	cmd := &cobra.Command{
		Use: "version", Short: p.t("cli.version.short"), Long: p.t("cli.version.long"), Example: versionExample, Args: p.noArgs, Annotations: brief,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case p.json:
				return p.versionJSON(withLicenses)
			case withLicenses:
				return engine.WriteNotices(p.Out, p.Notices)
			}
			return p.version(withModules)
		},
	}
	cmd.Flags().BoolVar(&withModules, "modules", false, p.t("cli.flag.modules"))
	cmd.Flags().BoolVar(&withLicenses, "licenses", false, p.t("cli.flag.licenses"))
	return cmd
}

func (p *program) versionJSON(withLicenses bool) error {
	said := p.jsonVersion()
	if withLicenses {
		licenses, err := engine.Licenses(p.Notices)
		if err != nil {
			return err
		}
		said.Licenses = licenses
	}
	p.print(said)
	return nil
}

// version tells the version, and a line for each module: its path, its version, its license.
func (p *program) version(withModules bool) error {
	if _, err := fmt.Fprintf(p.Out, "pcc %s %s/%s\n", p.Version, runtime.GOOS, runtime.GOARCH); err != nil || !withModules {
		return err
	}
	if b := p.Build(); b.Commit != "" {
		if _, err := fmt.Fprintln(p.Out, p.tr.Text("cli.version.commit", map[string]any{"Commit": b.Commit, "Modified": b.Changed()})); err != nil {
			return err
		}
	}
	for _, m := range engine.Modules(p.Notices) {
		if _, err := fmt.Fprintln(p.Out, m.Line()); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) jsonVersion() jsonVersion {
	b := p.Build()
	v := jsonVersion{
		Version: p.Version, Modified: b.Modified, Flags: b.Flags, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH, Modules: engine.Modules(p.Notices),
	}
	if b.Commit != "" {
		v.Commit = &b.Commit
	}
	if !b.Time.IsZero() {
		at := stamp(b.Time)
		v.Time = &at
	}
	return v
}
