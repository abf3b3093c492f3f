package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// translateCobra puts our words, and our own help page, in place of cobra's.
func (p *program) translateCobra(root *cobra.Command) {
	root.SetFlagErrorFunc(p.flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { p.help(cmd) })
	root.SetHelpCommand(p.helpCommand())
	p.translateHelpFlag(root)
}

// translateHelpFlag puts our words in place of cobra's for a command and those below it.
func (p *program) translateHelpFlag(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = p.t("cli.flag.help")
	c.DisableFlagsInUseLine = true
	// We print them ourselves.
	c.DisableSuggestions = false
	for _, below := range c.Commands() {
		p.translateHelpFlag(below)
	}
}

const helpExample = `  pcc help
  pcc help check
  pcc help schedule install`

func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: p.t("cli.help.short"), Long: p.t("cli.help.long"), Example: helpExample, Annotations: brief,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			names := []string{}
			if found, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				for _, c := range found.Commands() {
					if c.IsAvailableCommand() {
						names = append(names, c.Name())
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			switch {
			case err == nil && len(rest) == 0:
				return found.Help()
			case err == nil && !found.HasSubCommands():
				return p.noArgs(cmd, rest)
			}
			return p.unknownCommand(found, args[len(args)-max(1, len(rest))])
		},
	}
}

// page writes a help page, piece by piece with an empty line between.
type page struct {
	w     io.Writer
	width int
	begun bool
}

func (o *page) piece(title string, lines ...string) {
	if o.begun {
		_, _ = fmt.Fprintln(o.w)
	}
	o.begun = true
	if title != "" {
		write(o.w, o.width, line{text: title, style: bold})
	}
	for _, l := range lines {
		_, _ = fmt.Fprintln(o.w, l)
	}
}

func (p *program) help(cmd *cobra.Command) {
	o := &page{w: p.Out, width: p.outWidth()}
	long := cmd.Long
	if long == "" {
		long = cmd.Short
	}
	o.piece("", wrap(long, o.width)...)
	if cmd.IsAdditionalHelpTopicCommand() {
		return
	}
	use := cmd.CommandPath()
	if _, arguments, ok := strings.Cut(cmd.Use, " "); ok {
		use += " " + arguments
	}
	o.piece(p.t("cli.usage.head"), "  "+use+" "+p.t("cli.usage.flags-placeholder"))
	if cmd.Example != "" {
		o.piece(p.t("cli.usage.examples"), cmd.Example)
	}
	if cmd.HasSubCommands() {
		o.piece(p.t("cli.usage.commands"), commandLines(cmd, o.width)...)
	}
	if topics := topicLines(cmd, o.width); len(topics) > 0 {
		o.piece(p.t("cli.usage.topics"), topics...)
	}
	o.piece(p.t("cli.usage.flags"), flagLines(cmd.LocalNonPersistentFlags(), o.width)...)
	globals := cmd.InheritedFlags()
	if !cmd.HasParent() {
		globals = cmd.PersistentFlags()
	}
	o.piece(p.t("cli.usage.global-flags"), flagLines(globals, o.width)...)
	o.piece("", wrap(p.t("cli.usage.exit-codes"), o.width)...)
}

func commandLines(root *cobra.Command, width int) []string {
	rows := [][2]string{}
	for _, c := range root.Commands() {
		// Cobra counts help as not available, so that it is in no list.
		if c.IsAvailableCommand() || c.Name() == "help" {
			rows = append(rows, [2]string{"  " + c.Name(), c.Short})
		}
	}
	return columns(rows, width)
}

// topicLines are the pages of help that are about no command, as they are asked for.
func topicLines(root *cobra.Command, width int) []string {
	rows := [][2]string{}
	for _, c := range root.Commands() {
		if c.IsAdditionalHelpTopicCommand() && c.Name() != "help" {
			rows = append(rows, [2]string{"  " + root.CommandPath() + " help " + c.Name(), c.Short})
		}
	}
	return columns(rows, width)
}

func flagLines(flags *pflag.FlagSet, width int) []string {
	rows := [][2]string{}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		value, usage := pflag.UnquoteUsage(f)
		rows = append(rows, [2]string{strings.TrimRight(name+" "+value, " "), usage})
	})
	return columns(rows, width)
}
