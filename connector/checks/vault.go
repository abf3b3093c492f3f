package checks

import (
	"errors"
	"time"

	"partner-center-connector/connector"
)

// OfTags is what can be said of a connector whose key vault lets nobody here read its secrets: none of its checks could be made. p says why; tags are
// those of its refresh token, nil where not even they can be read.
func OfTags(c connector.Connector, tags *connector.VaultSecret, p *connector.Problem, now time.Time) []connector.Check {
	evidence := fact("vault-closed", "Vault", c.Vault.Host())
	if tags != nil {
		evidence = fact("vault-tags", "Vault", c.Vault.Host(), "Secret", tags.Name, "Day", connector.DayOf(tags.Created).String())
	}
	var made []connector.Check
	for _, d := range tableFor(c.Origin) {
		o := unknown(nil)
		if d.id == connector.CheckRefresh {
			o = unknown(p, evidence)
		}
		check := o.of(d)
		check.At = now
		made = append(made, check)
	}
	return made
}

// unkept is the outcome of a refresh whose newer refresh token could not be stored. The one in a key vault ends some day then, whatever is refreshed here;
// while there is time for those who may write there, it is no more than a warning.
func (c *checker) unkept(err error) outcome {
	var unwritten *connector.UnwrittenError
	if !errors.As(err, &unwritten) {
		return warned(connector.WeightAttention, c.problemOf(err), fact("refreshed"))
	}
	weight := connector.WeightAttention
	if unwritten.InTime {
		weight = connector.WeightWarning
	}
	return warned(weight, c.problemOf(err), fact("refreshed"), fact("vault-unwritten", "Vault", unwritten.Vault, "Day", connector.DayOf(unwritten.Ends).String()))
}
