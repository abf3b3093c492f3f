package cli

import "github.com/spf13/cobra"

// translateCobra puts our words in place of cobra's own.
func (p *program) translateCobra(root *cobra.Command) {
	root.SetUsageTemplate(p.tr.Text("cli.usage.head", nil) + `
  {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}} …{{end}}{{if .HasAvailableSubCommands}}

` + p.t("cli.usage.commands") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + p.t("cli.usage.flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + p.t("cli.usage.global-flags") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

` + p.t("cli.usage.exit-codes") + `
`)
	for _, c := range append(root.Commands(), root) {
		c.InitDefaultHelpFlag()
		if f := c.Flags().Lookup("help"); f != nil {
			f.Usage = p.t("cli.flag.help")
		}
	}
}
