package cli

import (
	"context"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
)

// vaultToken prints a token of what stands in a key vault. It opens neither the list nor the keychain, and no folder of this account.
func (p *program) vaultToken(ctx context.Context, name string, r auth.Resource, f vaultFlags, form string) error {
	ctx, cancel := context.WithTimeout(ctx, tokenLimit)
	defer cancel()
	p.Obey() // a newer refresh token may have to go back to the vault
	ports, err := engine.ServerPorts(engine.Options{CloudsFile: p.clouds(), Policy: p.Policy})
	if err != nil {
		return p.startError(err)
	}
	cloud, err := p.vaultCloud(f, ports.Clouds.All())
	if err != nil {
		return err
	}
	place, err := p.place(f, cloud)
	if err != nil {
		return err
	}
	place.Name = name
	token, err := keeper.Keeper{Ports: ports}.VaultToken(ctx, cloud.Name, place, r)
	if err != nil && token.Value.Empty() {
		return failure(err)
	}
	if problem := problems.Of(err, time.Now()); problem != nil {
		// The token is good; what could not be written back is told beside it.
		p.showProblem(p.Err, p.errWidth(), problem)
	}
	return p.printToken(issued{token, r, cloud, "", name}, form)
}
