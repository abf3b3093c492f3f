package engine

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keyvault"
)

// ServerPorts are those of a server that takes its credential from a key vault. There is no list behind them, no keychain, no browser and no
// configuration folder: nothing of this account's is read or written but the clouds file that was asked for. Its errors are those of that.
func ServerPorts(o Options) (connector.Ports, error) {
	all, err := cloudsOf(o)
	if err != nil {
		return connector.Ports{}, err
	}
	o.Policy = policyOf(o, all)
	all = allowed(o, all)
	if o.Now == nil {
		o.Now = time.Now
	}
	return connector.Ports{
		Redeemer: redeemer{auth.NewService(all, o.Now), clouds{all}, o.Policy}, Clouds: clouds{all}, KeyVaults: keyvault.New(), Now: o.Now, Policy: o.Policy,
	}, nil
}
