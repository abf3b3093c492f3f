package view

import (
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// forLinks makes the card one for a draft with links: it leads to the pages of those, and what is wrong with the app registration only its
// publisher can mend.
func (c *card) forLinks(d connector.Draft) {
	p := *c.problem
	if isRegistration(&p) {
		p.Actor, p.Step = connector.ActorPublisher, connector.NoStep
	}
	p.Step = d.StepFor(p.Step)
	c.problem, c.links = &p, !slices.Contains(aboutOwn, p.Kind)
}

// aboutOwn are the kinds of problem of the checks of links that send to the pages for a connector of our own.
var aboutOwn = []connector.ProblemKind{connector.KindLinkNoConnector, connector.KindLinkRights, connector.KindLinkNoMFA}

// withProductSupport gives each problem that the publisher of the links has to solve the way to that publisher's support.
func withProductSupport(s wizard.State, blocks []Block) []Block {
	if s.Screen != wizard.ScreenWizard || s.Wizard.Draft.Links == nil {
		return blocks
	}
	p := draftProduct(s)
	if p.Support == "" {
		return blocks
	}
	return onProblems(blocks, func(made Problem) Problem {
		return made.supported(connector.Preset{Product: p.Name, Support: p.Support})
	})
}

// isRegistration reports whether a problem is the app registration's; where it was made one for links already it has no page any more.
func isRegistration(p *connector.Problem) bool {
	return p.Step == connector.StepConnector || p.Step == connector.NoStep && p.Actor == connector.ActorPublisher
}
