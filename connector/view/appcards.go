package view

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// cardPages are the pages of the app registration on which a kind of problem is mended, the most likely one first.
var cardPages = map[connector.ProblemKind][]AppPage{
	connector.KindAppConfig:      mainPages,
	connector.KindAppDisabled:    {AppOverview},
	connector.KindSingleTenant:   {AppManifest},
	connector.KindIDToken:        {AppManifest},
	connector.KindRedirectURI:    {AppAuthentication},
	connector.KindSPA:            {AppAuthentication},
	connector.KindSecretMissing:  {AppAuthentication},
	connector.KindPublicClient:   {AppAuthentication},
	connector.KindSecretWrong:    {AppCredentials},
	connector.KindSecretExpired:  {AppCredentials},
	connector.KindCertificate:    {AppCredentials},
	connector.KindCertType:       {AppCredentials},
	connector.KindCertExpired:    {AppCredentials},
	connector.KindCredentialEnds: {AppCredentials},
	connector.KindSecretGone:     {AppCredentials},
	connector.KindNoRefreshToken: {AppPermissions},
	connector.KindMissingScopes:  {AppPermissions},
	connector.KindAppPermissions: {AppPermissions},
}

// app is the app registration that a card is about.
type app struct {
	tenant   *auth.Tenant
	clientID string
}

// pages lead to where the card's problem is mended: to pages of the app registration or, where its client ID is what is wrong, to the
// list of all. There are none where no address is known.
func (c card) pages() []Button {
	prefix := c.id + appLinkMark
	if c.problem.Kind == connector.KindAppUnknown {
		list := Button{ID: prefix + "-registrations", Label: text("page.connector.guide.open"), URL: portalOf(c.app.tenant).registrations}
		if list.URL == "" {
			return nil
		}
		return []Button{list}
	}
	return inPortal(appLinks(prefix, c.app.tenant, c.app.clientID, cardPages[c.problem.Kind]...))
}

// inPortal says of links that they lead to the portal, where nothing around them does.
func inPortal(links []Button) []Button {
	for i := range links {
		links[i].Label = text("portal.open", "Page", links[i].Label)
	}
	return links
}

// appLinkMark is in the IDs of the links that lead from a card to the app registration.
const appLinkMark = "-app"

// withoutForeign takes those links off where the app registration is the preset's, which stands in its publisher's tenant.
func withoutForeign(s wizard.State, blocks []Block) []Block {
	if !isForeign(s.Preset, shownApp(s)) {
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

// isForeign reports whether an app registration is the preset's.
func isForeign(preset connector.Preset, clientID string) bool {
	return preset.Gives(connector.FieldClientID) && strings.EqualFold(preset.ClientID, strings.TrimSpace(clientID))
}

// ownOf is an app registration, or the zero value where it is the preset's.
func ownOf(a app, preset connector.Preset) app {
	if isForeign(preset, a.clientID) {
		return app{}
	}
	return a
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
		case Fold:
			b.Blocks = onProblems(b.Blocks, change)
			blocks[i] = b
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
