package view

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// cardPages are the pages of the app registration on which a kind of problem is mended.
var cardPages = map[connector.ProblemKind]AppPage{
	connector.KindAppConfig:      AppOverview,
	connector.KindSingleTenant:   AppOverview,
	connector.KindRedirectURI:    AppAuthentication,
	connector.KindSPA:            AppAuthentication,
	connector.KindSecretMissing:  AppAuthentication,
	connector.KindPublicClient:   AppAuthentication,
	connector.KindSecretWrong:    AppCredentials,
	connector.KindSecretExpired:  AppCredentials,
	connector.KindCertificate:    AppCredentials,
	connector.KindCertExpired:    AppCredentials,
	connector.KindCredentialEnds: AppCredentials,
	connector.KindSecretGone:     AppCredentials,
	connector.KindNoRefreshToken: AppPermissions,
	connector.KindMissingScopes:  AppPermissions,
	connector.KindAppPermissions: AppPermissions,
}

// app is the app registration that a card is about.
type app struct {
	tenant   *auth.Tenant
	clientID string
}

// page leads to the page of the app registration on which the card's problem is mended; nil for none.
func (c card) page() *Button {
	page, mended := cardPages[c.problem.Kind]
	if !mended {
		return nil
	}
	link := appLink(c.id+appLinkMark, c.app.tenant, page, c.app.clientID)
	if link != nil {
		link.Label = text("portal.open", "Page", link.Label)
	}
	return link
}

// appLinkMark is in the IDs of the links that lead from a card to the app registration.
const appLinkMark = "-app"

// withoutForeign takes those links off where the app registration is the preset's, which stands in its publisher's tenant.
func withoutForeign(s wizard.State, blocks []Block) []Block {
	if !s.Preset.Gives(connector.FieldClientID) || !strings.EqualFold(s.Preset.ClientID, shownApp(s)) {
		return blocks
	}
	return onProblems(blocks, func(p Problem) Problem {
		kept := []Button{}
		for _, b := range p.Others {
			if !strings.HasPrefix(b.ID, p.ID+appLinkMark+"-") {
				kept = append(kept, b)
			}
		}
		p.Others, p.CopyForActor = kept, without(p.CopyForActor, "Link")
		return p
	})
}

// without is a text that lacks one of its args.
func without(t Text, name string) Text {
	args := map[string]any{}
	for n, value := range t.Args {
		if n != name {
			args[n] = value
		}
	}
	if t.Args == nil {
		return t
	}
	return Text{Key: t.Key, Args: args}
}

// onProblems returns the blocks with every problem card in them changed.
func onProblems(blocks []Block, change func(Problem) Problem) []Block {
	for i, block := range blocks {
		switch b := block.(type) {
		case Problem:
			blocks[i] = change(b)
		case Checks:
			for row, r := range b.Rows {
				if r.Problem != nil {
					p := change(*r.Problem)
					b.Rows[row].Problem = &p
				}
			}
		}
	}
	return blocks
}
