package problems

import (
	"errors"
	"slices"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// asMade are the faults of a link that copying it again does not mend: its product makes it so.
var asMade = []link.Fault{
	link.FaultHTTP, link.FaultTenant, link.FaultClientID, link.FaultTwice, link.FaultRedirectLocal, link.FaultRedirectInsecure,
}

// linkProblem is the problem of a link of another product that was refused; nil for another error.
func linkProblem(err error) *connector.Problem {
	var r link.Refusal
	if !errors.As(err, &r) {
		return nil
	}
	p := New(connector.KindLink, "").With(connector.LinkFaultArg, string(r.Fault))
	for name, value := range map[string]string{"Host": r.Host, "Parameter": r.Parameter, connector.LinkKindArg: string(r.Kind)} {
		if value != "" {
			p.With(name, value)
		}
	}
	if slices.Contains(asMade, r.Fault) {
		p.Actor = connector.ActorPublisher
	}
	return p
}
