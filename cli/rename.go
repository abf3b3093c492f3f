package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
)

const renameExample = `  pcc rename "Contoso" "Contoso Europe"`

func (p *program) renameCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rename NAME NEW-NAME", Short: p.t("cli.rename.short"), Long: p.t("cli.rename.long"), Example: renameExample,
		Args: p.twoNames, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error { return p.rename(cmd.Context(), args[0], args[1]) },
	}
}

// twoNames takes exactly two arguments, the name of a connector and its new one.
func (p *program) twoNames(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || strings.TrimSpace(args[0]) == "":
		return p.usageText("cli.error.name", map[string]any{"Command": cmd.CommandPath()})
	case len(args) == 1:
		return p.usageText("cli.error.new-name", nil)
	case len(args) > 2:
		return p.usageText("cli.error.argument", map[string]any{"Value": args[2]})
	}
	return nil
}

func (p *program) rename(ctx context.Context, name, wanted string) error {
	ctx, cancel := context.WithTimeout(ctx, removeLimit)
	defer cancel()
	p.clean(flagValue{"NEW-NAME", connector.FieldRename, &wanted})
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	// The reasons are those of the window.
	reason := connector.NameReason(wanted)
	if reason == "" {
		err = e.Keeper().Rename(ctx, c.ID, wanted)
	}
	if errors.Is(err, connector.ErrNameTaken) {
		reason = connector.ReasonNameTaken
	}
	switch {
	case reason != "":
		return usage(errors.New(p.t("reason." + string(reason))))
	case err != nil:
		return failure(err)
	}
	if c, err = e.Keeper().Find(c.ID); err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"connector": p.jsonOfConnector(c)})
		return nil
	}
	p.out(say("cli.rename.done", "Name", name, "NewName", c.Name))
	return nil
}
