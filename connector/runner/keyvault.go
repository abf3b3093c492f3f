package runner

import (
	"cmp"
	"context"
	"time"

	"partner-center-connector/connector/wizard"
)

// keyVaultLimit is how long everything about a key vault may take; each of its calls has a limit of its own.
const keyVaultLimit = 10 * time.Minute

// vaultSuffixes are what the addresses of key vaults end with, by the names of the clouds that have some. Where nothing opens key vaults there are
// none.
func (r *Runner) vaultSuffixes() map[string]string {
	suffixes := map[string]string{}
	if r.ports.KeyVaults == nil {
		return suffixes
	}
	for _, cloud := range r.ports.Clouds.All() {
		if cloud.VaultSuffix != "" {
			suffixes[cloud.Name] = cloud.VaultSuffix
		}
	}
	return suffixes
}

func (r *Runner) planHandover(ctx context.Context, e wizard.PlanHandover) {
	ctx, cancel := context.WithTimeout(ctx, keyVaultLimit)
	defer cancel()
	plan, err := r.keeper.PlanHandover(ctx, e.ID, e.Place)
	problem := r.problem(cmp.Or(err, plan.Missing))
	plan.Missing = nil // the problem has it, and a state holds data alone
	r.Send(wizard.KeyVaultLooked{Attempt: e.Attempt, Plan: plan, Problem: problem})
}

// writeToKeyVault hands the connector over. Once it has begun, closing the program does not cut it short.
func (r *Runner) writeToKeyVault(ctx context.Context, e wizard.WriteToKeyVault) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keyVaultLimit)
	defer cancel()
	_, err := r.keeper.HandOver(ctx, e.ID, e.Plan, e.Move, e.Retyped)
	r.Send(wizard.HandedToKeyVault{Attempt: e.Attempt, ID: e.ID, Problem: r.problem(err)})
}

func (r *Runner) takeFromKeyVault(ctx context.Context, e wizard.TakeFromKeyVault) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keyVaultLimit)
	defer cancel()
	_, err := r.keeper.TakeBack(ctx, e.ID)
	r.Send(wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Problem: r.problem(err)})
}
