package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usage marks an error of the command line.
func usage(err error) error { return &exitError{code: ExitUsage, err: err} }

func (p *program) usageText(key string, args map[string]any) error {
	return usageWords(p.tr.Text(key, args))
}

// usageWords is usage for a sentence that is whole.
func usageWords(text string) error { return usage(errors.New(text)) }

// flagError puts what is wrong with a flag into our words.
func (p *program) flagError(cmd *cobra.Command, err error) error {
	var absent *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &absent):
		name := absent.GetSpecifiedName()
		if letters := absent.GetSpecifiedShortnames(); letters != "" {
			name = letters[:1]
		}
		text := p.tr.Text("cli.error.flag", map[string]any{"Flag": dashed(name)})
		if len(name) == 1 {
			return usageWords(text)
		}
		return usageWords(p.withNear(text, dashed(name), flagNames(cmd.Flags())))
	case errors.As(err, &bad) && errors.Is(err, errSwallows):
		return p.usageText("cli.error.flag-swallows", map[string]any{"Flag": dashed(bad.GetFlag().Name), "Value": bad.GetValue()})
	case errors.As(err, &empty):
		return p.usageText("cli.error.flag-empty", map[string]any{"Flag": dashed(empty.GetSpecifiedName())})
	case errors.As(err, &bad) && bad.GetFlag().Name == "if-older":
		return p.usageText("cli.error.if-older", nil)
	case errors.As(err, &bad):
		return p.usageText("cli.error.flag-value", map[string]any{"Flag": dashed(bad.GetFlag().Name), "Value": bad.GetValue()})
	}
	return usage(err)
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// noCommand takes no arguments: an argument of pcc itself is meant to be a command.
func (p *program) noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return p.unknownCommand(cmd, args[0])
}

func (p *program) unknownCommand(root *cobra.Command, name string) error {
	names := []string{}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			names = append(names, c.Name())
		}
	}
	return usageWords(p.withNear(p.tr.Text("cli.error.command", map[string]any{"Name": name}), name, names))
}

func (p *program) noArgs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return p.usageText("cli.error.argument", map[string]any{"Value": args[0]})
}

func (p *program) atMostOne(_ *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return p.usageText("cli.error.argument", map[string]any{"Value": args[1]})
}

// oneName takes exactly one argument, the name of a connector.
func (p *program) oneName(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || strings.TrimSpace(args[0]) == "" {
		return p.usageText("cli.error.name", map[string]any{"Command": cmd.CommandPath()})
	}
	return p.atMostOne(cmd, args)
}
