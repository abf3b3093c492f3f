package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"partner-center-connector/connector"
)

// removeAll removes every connector and draft of this account; an uninstaller calls it. What can't be removed stays in the
// list, and the rest goes all the same, unless the keychain is locked or hangs: then every one would be waited for, or a person asked, again. Each
// has the limit of a remove to itself, since a keychain may take a second for one, and there may be hundreds.
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
	asking, cancel := context.WithTimeout(ctx, removeLimit)
	defer cancel()
	if err := p.agree(asking, yes, "cli.remove.ask-all", p.t("cli.remove.everything")); err != nil {
		return err
	}
	r := removal{}
	kept := []string{} // the key vaults that go on having a credential
	removed := jsonRemoved{[]jsonConnector{}, []jsonDraft{}}
	for _, c := range connectors {
		if r.do(ctx, func(ctx context.Context) error { return e.Keeper().Remove(ctx, c.ID) }) {
			removed.Connectors = append(removed.Connectors, p.jsonOfConnector(c))
			kept = append(kept, c.KeptIn()...)
		}
	}
	for _, d := range drafts {
		if r.do(ctx, func(ctx context.Context) error { return e.Keeper().RemoveDraft(ctx, d.ID) }) {
			removed.Drafts = append(removed.Drafts, p.jsonOfDraft(d))
		}
	}
	r.do(ctx, e.Vault.Sweep)
	if len(r.failed) > 0 {
		return failure(errors.Join(r.failed...))
	}
	if p.json {
		p.print(map[string]any{"removed": removed})
		return nil
	}
	slices.Sort(kept)
	kept = slices.Compact(kept)
	p.out(say("cli.remove.done-all", "Count", len(removed.Connectors)+len(removed.Drafts), "Vault", strings.Join(kept, ", ")))
	return nil
}

// removal is a run of removals.
type removal struct {
	failed []error
	// over is set when the keychain is locked or hangs, or the run was stopped.
	over bool
}

// do removes one, within a limit of its own, and reports whether that was done.
func (r *removal) do(ctx context.Context, remove func(context.Context) error) bool {
	if r.over {
		return false
	}
	limited, cancel := context.WithTimeout(ctx, removeLimit)
	defer cancel()
	err := remove(limited)
	if err == nil {
		return true
	}
	if n := len(r.failed); n == 0 || r.failed[n-1].Error() != err.Error() { // the same is told once
		r.failed = append(r.failed, err)
	}
	r.over = ctx.Err() != nil || errors.Is(err, connector.ErrKeychainLocked) || errors.Is(err, connector.ErrKeychainSlow)
	return false
}
