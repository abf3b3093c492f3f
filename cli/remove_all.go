package cli

import (
	"context"
	"errors"

	"partner-center-connector/connector"
)

// removeAll removes every connector and draft of this account; an uninstaller calls it. What can't be removed stays in the
// list, and the rest goes all the same.
func (p *program) removeAll(ctx context.Context, yes bool) error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	connectors, bad, err := saved(e.Keeper())
	if err != nil {
		return err
	}
	for _, one := range bad {
		if one.ID == "" { // whose credentials they were is not known
			return failure(one)
		}
		connectors = append(connectors, connector.Connector{ID: one.ID, Name: one.ID})
	}
	drafts, err := e.Ports.Store.Drafts()
	if err != nil {
		return failure(err)
	}
	if err := p.agree(ctx, yes, "cli.remove.ask-all", p.t("cli.remove.everything")); err != nil {
		return err
	}
	removed, failed := jsonRemoved{[]jsonConnector{}, []jsonDraft{}}, []error{}
	for _, c := range connectors {
		if err := e.Keeper().Remove(ctx, c.ID); err != nil {
			failed = append(failed, err)
			continue
		}
		removed.Connectors = append(removed.Connectors, p.jsonOfConnector(c))
	}
	for _, d := range drafts {
		if err := e.Keeper().RemoveDraft(ctx, d.ID); err != nil {
			failed = append(failed, err)
			continue
		}
		removed.Drafts = append(removed.Drafts, jsonOfDraft(d))
	}
	if err := errors.Join(append(failed, e.Vault.Sweep(ctx))...); err != nil {
		return failure(err)
	}
	if p.json {
		p.print(map[string]any{"removed": removed})
		return nil
	}
	p.out(say("cli.remove.done-all", "Count", len(removed.Connectors)+len(removed.Drafts)))
	return nil
}
