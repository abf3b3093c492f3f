package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/view"
)

const handoverExample = `  pcc handover keyvault "Contoso" --vault https://contoso-services.vault.azure.net --with-secret --dry-run
  pcc handover keyvault "Contoso" --vault contoso-services --prefix billing --move`

func (p *program) handoverCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "handover keyvault NAME --vault URL", Short: p.t("cli.handover.short"), Long: p.t("cli.handover.long"), Example: handoverExample, Args: p.noCommand,
		RunE: func(*cobra.Command, []string) error { return p.usageText("cli.error.handover", nil) },
	}
	cmd.AddCommand(p.handoverKeyVaultCommand())
	return cmd
}

// handoverOptions are how a connector is handed over.
type handoverOptions struct {
	vaultFlags
	move, withSecret, dryRun, yes bool
	// replace are the names of foreign secrets that were typed again on the command line.
	replace []string
}

func (p *program) handoverKeyVaultCommand() *cobra.Command {
	o := handoverOptions{}
	cmd := &cobra.Command{
		Use: "keyvault NAME --vault URL", Short: p.t("cli.handover.keyvault.short"), Long: p.t("cli.handover.keyvault.long"), Example: handoverExample,
		Args: p.oneName, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !cmd.Flags().Changed("vault"):
				return p.usageText("cli.error.handover", nil)
			case strings.TrimSpace(o.address) == "":
				return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--vault"})
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), keyVaultLimit)
			defer cancel()
			return p.handOver(ctx, args[0], o)
		},
	}
	p.addVaultFlags(cmd, &o.vaultFlags)
	cmd.Flags().BoolVar(&o.move, "move", false, p.t("cli.flag.move"))
	cmd.Flags().BoolVar(&o.withSecret, "with-secret", false, p.t("cli.flag.with-secret"))
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, p.t("cli.flag.dry-run"))
	cmd.Flags().BoolVar(&o.yes, "yes", false, p.t("cli.flag.yes"))
	cmd.Flags().StringArrayVar(&o.replace, "replace", nil, p.t("cli.flag.replace-secret"))
	return cmd
}

func (p *program) handOver(ctx context.Context, name string, o handoverOptions) error {
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	place, err := p.placeFor(e, c, o)
	if err != nil {
		return err
	}
	plan, err := e.Keeper().PlanHandover(ctx, c.ID, place)
	if err == nil {
		err = plan.Missing
	}
	if err != nil {
		return p.failureAbout(c, err)
	}
	if !p.json || !o.dryRun && !o.yes {
		p.tellPlan(plan, o.dryRun)
	}
	if o.dryRun {
		return p.showHandover(c, plan.Written(), plan.Secrets, o)
	}
	retyped, err := p.retype(ctx, plan.Foreign(), o)
	if err == nil {
		err = p.agreeTo(ctx, o.yes, handoverQuestion(c, plan.Place, o.move), say("cli.handover.not", "Name", c.Name))
	}
	if err != nil {
		return err
	}
	c, err = e.Keeper().HandOver(ctx, c.ID, plan, o.move, retyped)
	if err != nil {
		return p.failureAbout(c, err)
	}
	return p.showHandover(c, plan.Written(), plan.Secrets, o)
}

// placeFor is where the connector is to be handed to. A move takes the client secret or certificate along in any case.
func (p *program) placeFor(e *engine.Engine, c connector.Connector, o handoverOptions) (connector.VaultPlace, error) {
	cloud, _ := e.Ports.Clouds.Cloud(c.Tenant.Cloud)
	place, err := p.place(o.vaultFlags, cloud)
	place.WithSecret = !c.LastingAlone() && (o.withSecret || o.move)
	return place, err
}

func handoverQuestion(c connector.Connector, place connector.VaultPlace, move bool) view.Text {
	if move {
		return say("cli.handover.ask-move", "Name", c.Name, "Vault", place.Host())
	}
	return say("cli.handover.ask-copy", "Name", c.Name, "Vault", place.Host())
}

// tellPlan says what would be written. It is the outcome of a dry run, and else comes before the question.
func (p *program) tellPlan(plan connector.HandoverPlan, outcome bool) {
	w, width := p.Err, p.errWidth()
	if outcome {
		w, width = p.Out, p.outWidth()
	}
	lines := []string{p.tr.Text("cli.handover.plan", map[string]any{"Vault": plan.Place.Host()})}
	for _, secret := range plan.Secrets {
		lines = append(lines, "  "+secret.Name+": "+view.PlannedText(secret).Render(p.tr))
	}
	if plan.SecretStays {
		lines = append(lines, p.t("handover.keyvault.stays"))
	}
	if outcome {
		lines = append(lines, p.t("handover.keyvault.clear")+". "+p.t("handover.keyvault.clear.text"))
	}
	for _, line := range lines {
		indented(w, width, "", "    ", line)
	}
}

// retype asks for the names of the secrets that this program did not write, as far as the command line does not have them.
func (p *program) retype(ctx context.Context, foreign []string, o handoverOptions) ([]string, error) {
	retyped := []string{}
	for _, name := range foreign {
		switch {
		case slices.Contains(o.replace, name):
		case !p.InTerminal:
			return nil, p.usageText("cli.error.foreign", map[string]any{"Name": name})
		default:
			text, err := p.in.line(ctx, p.tr.Text("cli.handover.retype", map[string]any{"Name": name}))
			if err != nil && !errors.Is(err, errNoAnswer) {
				return nil, err
			}
			if text != name {
				return nil, &exitError{code: ExitFailed, err: errors.New(p.tr.Text("cli.handover.not-typed", map[string]any{"Name": name}))}
			}
		}
		retyped = append(retyped, name)
	}
	return retyped, nil
}

// jsonHandedOver is a handover, or what one would write. Its connector is as the list has it then.
type jsonHandedOver struct {
	Connector jsonConnector       `json:"connector"`
	Place     jsonPlace           `json:"place"`
	Secrets   []jsonPlannedSecret `json:"secrets"`
	Move      bool                `json:"move"`
	DryRun    bool                `json:"dryRun"`
	// Command is how a server gets its access tokens from there.
	Command string `json:"command"`
}

// jsonPlannedSecret is a name in a key vault, and what stood there before.
type jsonPlannedSecret struct {
	Name  string `json:"name"`
	There bool   `json:"there"`
	Ours  bool   `json:"ours"`
}

// showHandover tells the outcome. That of a dry run has been told in words.
func (p *program) showHandover(c connector.Connector, place connector.VaultPlace, secrets []connector.PlannedSecret, o handoverOptions) error {
	command := view.ServerCommand(c, place)
	switch {
	case p.json:
		out := jsonHandedOver{Connector: p.jsonOfConnector(c), Place: jsonOfPlace(place), Secrets: []jsonPlannedSecret{}, Move: o.move, DryRun: o.dryRun, Command: command}
		for _, s := range secrets {
			out.Secrets = append(out.Secrets, jsonPlannedSecret(s))
		}
		p.print(map[string]any{"handover": out})
		return nil
	case o.dryRun:
		return nil
	case o.move:
		p.out(say("cli.handover.moved", "Name", c.Name, "Vault", place.Host()))
	default:
		p.out(say("cli.handover.copied", "Name", c.Name, "Vault", place.Host()))
	}
	if !c.LastingAlone() && !place.WithSecret {
		p.say(say("handover.keyvault.server.no-secret." + string(c.ClientKind)))
	}
	p.out(say("cli.handover.server"))
	_, err := fmt.Fprintln(p.Out, "  "+command)
	return err
}
