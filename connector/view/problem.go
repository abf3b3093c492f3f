package view

import (
	"maps"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// card is what makes a problem card out of a Problem.
type card struct {
	id      string
	problem *connector.Problem
	// here is the page that the card is on, first the first one that can be gone back to; NoStep outside the wizard.
	here, first connector.Step
	// retry is what tries again on that page; nil where nothing does.
	retry wizard.Event
	// fix replaces the button that leads to the page that fixes it, where no wizard is open; nil for none.
	mend *Button
	// about returns which connector it is about, for the person who gets the copied text.
	about about
	// app is the app registration that it is about; its zero value where there is none.
	app    app
	others []Button
	// links says that it is about the links of another product, whose pages are others, and whose app registration is that publisher's.
	links bool
}

// ProblemCard is the card of a problem on its own, without a page around it: in the terminal.
func ProblemCard(p *connector.Problem) Problem { return card{id: "problem", problem: p}.show() }

// ConnectorCard is the card of a problem of a saved connector on its own, which it names. It leads to the pages of the app registration
// unless that is the preset's, which stands in its publisher's tenant.
func ConnectorCard(c connector.Connector, p *connector.Problem, preset connector.Preset) Problem {
	return card{id: "problem", problem: p, about: aboutConnector(c), app: ownOf(appOfConnector(c), preset)}.show()
}

// DraftCard is that of a draft's problem.
func DraftCard(d connector.Draft, p *connector.Problem, preset connector.Preset) Problem {
	c := card{id: "problem", problem: p, about: aboutDraft(d), app: ownOf(appOf(d), preset)}
	c.links = d.Links != nil && !isRegistration(p) && !slices.Contains(aboutOwn, p.Kind) // for its words; nothing stands here to copy for a publisher
	return c.show()
}

// show makes the card.
func (c card) show() Problem {
	p := c.problem
	key := "problem." + string(p.Kind)
	args := c.args()
	card := Problem{
		ID: c.id, Title: Text{Key: key + ".title", Args: args}, Actor: text("actor." + string(p.Actor)),
		Do: Text{Key: key + ".do", Args: args}, Button: c.button(), Others: c.others, Raw: rawLine(p),
	}
	links := c.pages()
	card.Others = append(card.Others[:len(card.Others):len(card.Others)], links...)
	if p.Actor != connector.ActorYou {
		card.CopyForActor = text("common.for-actor", "Title", card.Title, "Do", card.Do, "About", c.about.text, "Raw", card.Raw)
		if len(links) > 0 {
			card.CopyForActor.Args["Link"] = links[0].URL
		}
	}
	if c.links && isRegistration(p) { // the text for the publisher has what is to be done
		card.Do = text("page.link.publisher")
	}
	return card
}

// Links are those of the lesser ways on that lead to a page.
func (p Problem) Links() []Button {
	return slices.DeleteFunc(slices.Clone(p.Others), func(b Button) bool { return b.URL == "" })
}

// inRow is the card for a place among others, where none is the one thing to do.
func (p Problem) inRow() *Problem {
	if p.Button != nil {
		b := *p.Button
		b.Primary = false
		p.Button = &b
	}
	return &p
}

// button is the one that does what is to be done: try again here, or go to the page that fixes it. Where the person has to do
// it with their own hands there is help.
func (c card) button() *Button {
	p := c.problem
	elsewhere := p.Step != connector.NoStep && p.Step != c.here
	switch {
	case elsewhere && c.mend != nil:
		mend := *c.mend
		mend.ID = c.id + "-mend"
		return &mend
	case elsewhere && p.Step >= c.first && p.Step < c.here: // a page further on cannot be gone to yet
		return &Button{ID: c.id + "-go", Label: goLabel(p.Step), Event: wizard.GoTo{Step: p.Step}, Primary: true}
	case c.retry != nil:
		return &Button{ID: c.id + "-retry", Label: text("problem." + string(p.Kind) + ".button"), Event: c.retry, Primary: true}
	}
	return &Button{ID: c.id + "-help", Label: text("common.help-problem"), Command: "help", Topic: problemTopic + string(p.Kind)}
}

// goLabel names a page of the wizard as a place to go to.
func goLabel(step connector.Step) Text {
	return text("common.go-to", "Number", step.Place(), "Label", stepText(step))
}

// args are the facts of the problem, and those of the connector that it is about, so that the sentences have exact values.
func (c card) args() map[string]any {
	args := map[string]any{}
	for _, name := range []string{"Tenant", "TenantID", "ClientID", "UPN", "RedirectURI", "Hosts"} {
		if value := c.about.text.Args[name]; value != nil {
			args[name] = value
		}
	}
	for name, address := range map[string]string{"MFAPage": c.about.links.mfa, "PasswordPage": c.about.links.password} {
		if address != "" {
			args[name] = address
		}
	}
	if c.links {
		args["Links"] = true // has the sentences name the pages for links
	}
	if c.problem.Kind == connector.KindAppPermissions && c.about.scopes != "" {
		args["FurtherScopes"] = c.about.scopes
	}
	maps.Copy(args, problemArgs(c.problem))
	return args
}

func problemArgs(p *connector.Problem) map[string]any {
	args := map[string]any{"Code": p.Code}
	for name, value := range p.Args {
		args[name] = value
	}
	if expected, actual := connector.Apart(p.Args["Expected"], p.Args["Actual"]); expected != "" && actual != "" {
		args["Expected"], args["Actual"] = expected, actual
	}
	maps.Copy(args, roleArgs(p))
	if p.Kind == connector.KindPreset && len(p.Args) > 0 {
		args[connector.PresetFaultArg] = presetFault(p.Args)
	}
	if p.Kind == connector.KindPolicy && len(p.Args) > 0 {
		args[connector.PolicyFaultArg] = policyFault(p.Args)
	}
	if p.Kind == connector.KindLink && len(p.Args) > 0 {
		args[connector.LinkFaultArg] = linkFault(p.Args)
	}
	if p.Kind == connector.KindLinksDiffer && len(p.Args) > 0 {
		args[connector.LinkDifferenceArg] = linkDifference(p.Args)
		args["Redirect"] = connector.LinkDifference(p.Args[connector.LinkDifferenceArg]) == connector.LinksRedirect
	}
	return args
}

// aboutRoles are the kinds whose remedy is a role in Partner Center.
var aboutRoles = []connector.ProblemKind{
	connector.KindNoRole, connector.KindRoleUnknown, connector.KindRoleMore, connector.KindPartnerRefused,
}

// roleArgs names the role that a problem is about, and says where it is given.
func roleArgs(p *connector.Problem) map[string]any {
	if !slices.Contains(aboutRoles, p.Kind) {
		return nil
	}
	role := connector.Role(p.Args[connector.RoleArg])
	args := map[string]any{"Set": roleSet(role, p.Args[connector.InEntraArg] != "")}
	if p.Kind == connector.KindRoleUnknown { // whether the permission that shows groups can help
		args["Agent"] = role.IsAgent()
	}
	switch role {
	case "":
	case connector.RoleAny: // it has no name to be called by
		args[connector.RoleArg] = ""
	default:
		args[connector.RoleArg] = roleText(role)
	}
	return args
}

// rawLine is what Microsoft's support asks for, one fact a line, in Microsoft's own terms; empty if nothing came.
func rawLine(p *connector.Problem) string {
	lines := []string{}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, label+value)
		}
	}
	if !strings.HasPrefix(p.Raw, p.Code) {
		add("", p.Code)
	}
	add("", p.Raw)
	add("Correlation ID: ", p.CorrelationID)
	add("Trace ID: ", p.TraceID)
	if len(lines) > 0 && !p.At.IsZero() {
		add("Time: ", p.At.UTC().Format(time.RFC3339))
	}
	return strings.Join(lines, "\n")
}

// about is which connector a problem is about, where the pages of its cloud are, and which optional permissions it asks for.
type about struct {
	text   Text
	links  portal
	scopes string
}

// furtherScopes names the optional permissions of Microsoft Graph.
func furtherScopes(withGroups bool, scopes []string) string {
	names := []string{}
	for _, p := range auth.Permissions(withGroups, scopes...)[len(auth.Permissions(false)):] {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// aboutDraft returns which connector a draft is for.
func aboutDraft(d connector.Draft) about {
	tenant := tenantName(d.Tenant)
	if tenant == "" {
		tenant = d.TenantInput
	}
	clientID := d.ClientID
	if d.Links != nil {
		clientID = d.Links.ClientID()
	}
	return about{text("common.about", "Name", d.Name, "Tenant", tenant, "TenantID", tenantID(d.Tenant), "ByName", byName(d.Tenant, tenant),
		"ClientID", clientID, "UPN", d.UPN, "RedirectURI", registered(d.ClientID, d.RedirectPath), "Hosts", hosts(d.Tenant)), portalOf(d.Tenant), furtherScopes(d.WithGroups, d.Scopes)}
}

// appOf is a draft's app registration.
func appOf(d connector.Draft) app { return app{tenant: d.Tenant, clientID: d.ClientID} }

// appOfConnector is a saved connector's.
func appOfConnector(c connector.Connector) app { return app{tenant: &c.Tenant, clientID: c.ClientID} }

// aboutConnector returns which saved connector it is.
func aboutConnector(c connector.Connector) about {
	return about{text("common.about", "Name", c.Name, "Tenant", tenantName(&c.Tenant), "TenantID", tenantID(&c.Tenant),
		"ByName", byName(&c.Tenant, tenantName(&c.Tenant)), "ClientID", c.ClientID, "UPN", c.User.UPN, "RedirectURI", registeredOf(c), "Hosts", hosts(&c.Tenant)), portalOf(&c.Tenant), furtherScopes(c.WithGroups, c.Scopes)}
}

// byName reports whether a tenant is called something else than its ID.
func byName(t *auth.Tenant, called string) bool { return tenantID(t) != "" && tenantID(t) != called }

// tenantID is the tenant's ID; empty before it is known.
func tenantID(t *auth.Tenant) string {
	if t == nil {
		return ""
	}
	return t.ID
}

// registeredOf is the redirect URI of a connector's app registration; empty where that is another product's.
func registeredOf(c connector.Connector) string {
	if c.Origin == connector.OriginLink {
		return ""
	}
	return registered(c.ClientID, c.RedirectPath)
}

// registered is the redirect URI that the app registration must have; empty before there is one.
func registered(clientID, path string) string {
	if clientID == "" || !connector.ValidRedirectPath(path) {
		return ""
	}
	return auth.App{RedirectPath: path}.RegisteredRedirectURI()
}

// hosts are the names of the services that a tenant's cloud is reached at, for those who look after the network.
func hosts(t *auth.Tenant) string {
	switch {
	case t == nil:
		return ""
	case t.CloudFromFile:
		return strings.Join(auth.Cloud{Login: t.Token, Graph: t.Graph, PartnerCenter: t.PartnerCenter}.Hosts(), ", ")
	}
	return strings.Join(cloudOf(t).Hosts(), ", ")
}
