package keeper

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// logChecked notes what the checks of a connector came to.
func (k Keeper) logChecked(id string, c connector.Connector, err error) {
	if err != nil {
		k.logDone("connector checked", id, err)
		return
	}
	log := k.Ports.Logger()
	log.Info("connector checked", "connector", c, "health", string(c.Health), "checks", connector.Outcomes(c.Checks))
	for _, check := range c.Checks {
		if check.Problem != nil && check.State != connector.CheckPassed {
			log.Warn("check", "connector.id", id, "check", string(check.ID), "outcome", string(check.State), "problem", check.Problem)
		}
	}
}

// logDone notes that something was done with a connector, or why it was not.
func (k Keeper) logDone(what, id string, err error, more ...any) {
	log := k.Ports.Logger().With("connector.id", id)
	problem := problems.Of(err, k.Ports.Now())
	switch {
	case err == nil:
		log.Info(what, more...)
	case problem == nil:
		log.Info(what, "stopped", true)
	default:
		log.Warn(what, "problem", problem)
		log.Debug(what, "raw", problem.Raw)
	}
}
