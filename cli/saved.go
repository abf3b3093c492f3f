package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/view"
)

// removeLimit is that of a command that nobody watches, so that a scheduler never waits for one that hangs.
const removeLimit = 3 * time.Minute

// named opens the engine and finds the connector of that name or ID in it.
func (p *program) named(name string) (*engine.Engine, connector.Connector, error) {
	e, err := p.engine()
	if err != nil {
		return nil, connector.Connector{}, err
	}
	c, err := p.find(e.Keeper(), name)
	return e, c, err
}

// find returns the connector of that name or ID.
func (p *program) find(k keeper.Keeper, name string) (connector.Connector, error) {
	c, err := k.Find(name)
	var several *keeper.SeveralError
	switch {
	case errors.Is(err, connector.ErrAbsent):
		return c, p.unknownConnector(k, name)
	case errors.As(err, &several):
		return c, p.usageText("cli.error.several-connectors", map[string]any{"Name": several.Name, "IDs": strings.Join(several.IDs, ", ")})
	}
	return c, failure(err)
}

// kindUnknown is the kind of the error, in JSON, that names a connector which is not there.
const kindUnknown = "unknown-connector"

// unknownConnector names those that were perhaps meant.
func (p *program) unknownConnector(k keeper.Keeper, name string) error {
	names := []string{}
	if all, _, err := saved(k); err == nil {
		for i := range all {
			names = append(names, shownName(&all[i]))
		}
	}
	text := p.withNear(p.tr.Text("cli.error.no-connector", map[string]any{"Name": name}), name, names)
	return &exitError{code: ExitFailed, kind: kindUnknown, err: errors.New(text)}
}

const removeExample = `  pcc remove "Contoso"
  pcc remove "Contoso" --yes
  pcc remove --draft 1f0c2a4e
  pcc remove --all`

func (p *program) removeCommand() *cobra.Command {
	var yes, all bool
	var draft string
	cmd := &cobra.Command{
		Use: "remove NAME | --draft ID | --all", Short: p.t("cli.remove.short"), Long: p.t("cli.remove.long"), Example: removeExample,
		ValidArgsFunction: p.completeNames, Args: p.atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if draft != "" && all {
				return p.usageText("cli.error.argument", map[string]any{"Value": "--all"})
			}
			if draft != "" || all {
				if err := p.noArgs(cmd, args); err != nil {
					return err
				}
			}
			if all {
				return p.removeAll(cmd.Context(), yes)
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), removeLimit)
			defer cancel()
			if draft != "" {
				return p.removeDraft(ctx, draft, yes)
			}
			if err := p.oneName(cmd, args); err != nil {
				return err
			}
			return p.remove(ctx, args[0], yes)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, p.t("cli.flag.yes"))
	cmd.Flags().StringVar(&draft, "draft", "", p.t("cli.flag.remove-draft"))
	cmd.Flags().BoolVar(&all, "all", false, p.t("cli.flag.remove-all"))
	p.completeWith(cmd, "draft", p.completeDrafts)
	return cmd
}

func (p *program) remove(ctx context.Context, name string, yes bool) error {
	e, c, err := p.removable(name)
	if err != nil {
		return err
	}
	question, done := "cli.remove.ask", "cli.remove.done"
	switch {
	case c.Origin == connector.OriginVault:
		question, done = "cli.remove.ask-vault", "cli.remove.done-vault"
	case !c.Can().Credential:
		question, done = "cli.remove.ask-list", "cli.remove.done-list"
	}
	kept := strings.Join(c.KeptIn(), ", ")
	if err := p.agreeTo(ctx, yes, say(question, "Name", c.Name, "Vault", kept), say("cli.remove.kept", "Name", c.Name)); err != nil {
		return err
	}
	if err := e.Keeper().Remove(ctx, c.ID); err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"removed": jsonRemoved{[]jsonConnector{p.jsonOfConnector(c)}, []jsonDraft{}}})
		return nil
	}
	p.out(say(done, "Name", c.Name, "Vault", kept))
	return nil
}

// agree asks before something is removed. Its error ends the command: nobody is there to ask, or the answer is no.
func (p *program) agree(ctx context.Context, yes bool, question, name string) error {
	return p.agreeTo(ctx, yes, say(question, "Name", name), say("cli.remove.kept", "Name", name))
}

// agreeTo asks before something that can't be undone at once; refused is what is said after a no.
func (p *program) agreeTo(ctx context.Context, yes bool, question, refused view.Text) error {
	if yes {
		return nil
	}
	if !p.InTerminal {
		return p.usageText("cli.error.yes", nil)
	}
	agreed, err := p.in.yes(ctx, question.Render(p.tr))
	if err != nil && !errors.Is(err, errNoAnswer) {
		return err
	}
	if agreed {
		return nil
	}
	return &exitError{code: ExitFailed, err: errors.New(refused.Render(p.tr))}
}

func (p *program) removeDraft(ctx context.Context, wanted string, yes bool) error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	d, err := p.findDraft(e, wanted)
	if err != nil {
		return err
	}
	if err := p.agree(ctx, yes, "cli.remove.ask-draft", p.draftName(d)); err != nil {
		return err
	}
	if err := e.Keeper().RemoveDraft(ctx, d.ID); err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"removed": jsonRemoved{[]jsonConnector{}, []jsonDraft{p.jsonOfDraft(d)}}})
		return nil
	}
	p.out(say("cli.remove.done-draft", "Name", p.draftName(d)))
	return nil
}

// minPrefix is how much of a draft's ID names it.
const minPrefix = 4

// findDraft returns the draft with the ID, or else the one whose ID begins so, or that has the name which is shown for it.
func (p *program) findDraft(e *engine.Engine, wanted string) (connector.Draft, error) {
	drafts, err := e.Ports.Store.Drafts()
	if err != nil {
		return connector.Draft{}, failure(err)
	}
	wanted = strings.TrimSpace(wanted)
	found := []connector.Draft{}
	for _, d := range drafts {
		if d.ID == wanted {
			return d, nil
		}
		short := len(wanted) >= minPrefix && strings.HasPrefix(d.ID, strings.ToLower(wanted))
		if short || connector.SameName(ownName(d), wanted) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		return connector.Draft{}, p.usageText("cli.error.no-such-draft", map[string]any{"Name": wanted})
	case 1:
		return found[0], nil
	}
	return connector.Draft{}, p.usageText("cli.error.two-drafts", map[string]any{"Name": wanted})
}
