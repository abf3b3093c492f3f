package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

const takebackExample = `  pcc takeback "Contoso"
  pcc takeback --vault https://contoso-services.vault.azure.net --prefix pcc contoso --name "Contoso Europe"`

func (p *program) takebackCommand() *cobra.Command {
	f := vaultFlags{}
	cmd := &cobra.Command{
		Use: "takeback NAME [--vault URL]", Short: p.t("cli.takeback.short"), Long: p.t("cli.takeback.long"), Example: takebackExample,
		Args: p.oneName, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.checkVault(cmd, f); err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), keyVaultLimit)
			defer cancel()
			return p.takeBack(ctx, args[0], f)
		},
	}
	p.addVaultFlags(cmd, &f)
	p.addVaultCloud(cmd, &f)
	cmd.Flags().StringVar(&f.name, "name", "", p.t("cli.flag.takeback-name"))
	return cmd
}

// takeBack takes back a connector of the list, or, where a vault is named, one that this list need not have.
func (p *program) takeBack(ctx context.Context, name string, f vaultFlags) error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	var c connector.Connector
	if f.address == "" {
		c, err = p.takeListed(ctx, e.Keeper(), name)
	} else {
		c, err = p.adopt(ctx, e.Keeper(), name, f)
	}
	if err != nil {
		return err
	}
	if p.json {
		p.print(map[string]any{"connector": p.jsonOfConnector(c)})
		return nil
	}
	p.out(say("cli.takeback.done", "Name", c.Name, "Vault", last(c.KeptIn())))
	return nil
}

// last is the last of a list; empty for none.
func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

func (p *program) takeListed(ctx context.Context, k keeper.Keeper, name string) (connector.Connector, error) {
	c, err := p.find(k, name)
	if err != nil {
		return c, err
	}
	taken, err := k.TakeBack(ctx, c.ID)
	if err != nil {
		return c, p.failureAbout(c, err)
	}
	return taken, nil
}

func (p *program) adopt(ctx context.Context, k keeper.Keeper, name string, f vaultFlags) (connector.Connector, error) {
	cloud, err := p.vaultCloud(f, k.Ports.Clouds.All())
	if err != nil {
		return connector.Connector{}, err
	}
	place, err := p.place(f, cloud)
	if err != nil {
		return connector.Connector{}, err
	}
	place.Name = name
	p.clean(flagValue{"--name", connector.FieldRename, &f.name})
	if reason := connector.NameReason(f.name); f.name != "" && reason != "" {
		return connector.Connector{}, p.usageText("reason."+string(reason), nil)
	}
	c, err := k.Adopt(ctx, cloud.Name, place, f.name)
	if errors.Is(err, connector.ErrNameTaken) {
		return c, p.usageText("cli.error.takeback-name", map[string]any{"Name": cmp.Or(f.name, name)})
	}
	return c, failure(err)
}
