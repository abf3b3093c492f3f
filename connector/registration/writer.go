package registration

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/shellword"
)

// Writer writes the texts in one language.
type Writer struct {
	Translator view.Translator
	// Version is that of the program.
	Version string
	// Home is the folder of the person; empty for the system's answer.
	Home string
}

// language is what a script is written in.
type language struct {
	script string
	quote  func(string) string
	// registration is the part that holds the registration to be made, makes the one that makes it where it was not found. Where there has to
	// be one, refuses ends the script instead.
	registration, makes, refuses string
	// need is a line that asks for one of the values of a registration, page the address that the client ID ends.
	need, page string
	// name and filter are how the script gets at the name, and at the filter that finds it, where neither can be there by itself.
	name, filter string
	// tool is the key of the tool's name.
	tool string
	// ending is that of a file's name.
	ending string
}

var languages = map[connector.RegistrationWay]language{
	connector.RegisterByBash: {
		script: bashScript, quote: shellword.POSIX, registration: bashRegistration, makes: bashMakes, refuses: "say «say:no-such» «client-id»\n  exit 1",
		need: `  need "$1" «value» «what»`, page: ` «address»"$id"`, tool: "script.tool.az-bash", ending: ".sh",
	},
	connector.RegisterByPowerShell: {
		script: azScript, quote: shellword.PowerShell, registration: hereString, makes: azMakes, refuses: "throw «say:no-such» + ' ' + «client-id»",
		need: "        «value» = «what»", page: " + ' ' + «address» + $id", name: nameInJSON, filter: filterByName,
		tool: "script.tool.az-powershell", ending: ".ps1",
	},
	connector.RegisterByGraph: {
		script: graphScript, quote: shellword.PowerShell, registration: hereString, makes: graphMakes, refuses: "throw «say:no-such» + ' ' + «client-id»",
		need: "        «value» = «what»", page: " + ' ' + «address» + $id", name: nameInJSON, filter: filterByName,
		tool: "script.tool.graph", ending: ".ps1",
	},
}

// Text implements connector.Registrations.
func (w Writer) Text(r connector.Registration, way connector.RegistrationWay) string {
	if way == connector.RegisterByManifest {
		return manifestOf(r) + "\n"
	}
	l, known := languages[way]
	if !known {
		return ""
	}
	return w.script(r, l)
}

// script fills a script in. Everything that it says, and everything that somebody has typed, is put into it as one quoted word.
func (w Writer) script(r connector.Registration, l language) string {
	cloud := cloudOf(r.Tenant)
	name, filter, absent, made := l.name, l.filter, l.makes, strings.ReplaceAll(l.registration, "«json»", bodyOf(r))
	if name == "" {
		name, filter = l.quote(r.Name), l.quote("displayName eq '"+strings.ReplaceAll(r.Name, "'", "''")+"'")
	}
	if r.ClientID != "" {
		name, filter, absent, made = l.quote(r.ClientID), l.quote("appId eq '"+r.ClientID+"'"), l.refuses, ""
	}
	said := []string{"«client-id»", l.quote(r.ClientID), "«graph»", l.quote(cloud.graph)}
	for _, name := range []string{
		"no-az", "no-graph", "failed", "in-tenant", "wrong-tenant", "sign-in", "several", "no-such", "made", "there", "lacks",
		"principal-made", "principal-there", "principal-failed", "partner-center", "incomplete", "client-id",
	} {
		said = append(said, "«say:"+name+"»", l.quote(w.say("script."+name, map[string]any{"Shell": cloud.shell})))
	}
	of := partsOf(r)
	platform := "web"
	if of.PublicClient != nil {
		platform = "publicClient"
	}
	return strings.NewReplacer(append(said,
		"«about»", w.about(r, l), "«registration»", made, "«tenant»", l.quote(r.Tenant.ID), "«name»", name, "«filter»", filter,
		"«environment»", l.quote(cloud.environment), "«partner-center»", l.quote(auth.PartnerCenterAppID),
		"«sign-in»", l.quote(signIn(r.Tenant, cloud)), "«absent»", strings.NewReplacer(said...).Replace(absent),
		"«needs»", w.needs(r, l), "«platform»", platform,
		"«has»", "[[signInAudience],"+platform+".redirectUris,requiredResourceAccess[].resourceAccess[].id][]",
		"«next»", l.quote(w.next(r)), "«next-there»", l.quote(w.nextThere(r)), "«page»", pageIn(r, l),
	)...).Replace(l.script)
}

// needs are the values that the registration must have, a line each with its name for people.
func (w Writer) needs(r connector.Registration, l language) string {
	line := func(value, what string) string {
		return strings.NewReplacer("«value»", l.quote(value), "«what»", l.quote(what)).Replace(l.need)
	}
	redirect := map[string]any{"RedirectURI": r.RedirectURI(), "Platform": w.say(platformKey(r), nil)}
	lines := []string{line(r.RedirectURI(), w.say("script.needs.redirect", redirect))}
	for _, p := range auth.Permissions(r.WithGroups, r.Scopes...) {
		lines = append(lines, line(p.ID, w.say("script.needs.permission", map[string]any{"API": p.API, "Name": p.Name})))
	}
	return strings.Join(lines, "\n")
}

func platformKey(r connector.Registration) string {
	if r.ClientKind == auth.PublicClient {
		return "common.platform.desktop"
	}
	return "common.platform.web"
}

// signIn is the line that signs the Azure CLI in to a tenant. A semicolon parts two commands in bash and in every PowerShell.
func signIn(t auth.Tenant, c cloud) string {
	line := "az login"
	if c.az != "" {
		line = "az cloud set --name " + c.az + "; " + line
	}
	if t.ID != "" {
		line += " --tenant " + t.ID
	}
	return line + " --allow-no-subscriptions"
}

func (w Writer) say(key string, args map[string]any) string { return w.Translator.Text(key, args) }

// about is the head of a script, as comments.
func (w Writer) about(r connector.Registration, l language) string {
	tenant := r.Tenant.Domain
	if tenant == "" {
		tenant = r.Tenant.ID
	}
	cloud := cloudOf(r.Tenant)
	lines := []string{
		w.say("script.about", map[string]any{"Program": w.say("app.name", nil), "Version": w.Version, "Tool": w.say(l.tool, nil)}),
		w.say("script.about.safe", map[string]any{"ClientID": r.ClientID}), w.say("script.about.output", nil),
		w.say(l.tool+".run", map[string]any{"SignIn": signIn(r.Tenant, cloud), "Shell": cloud.shell}),
	}
	if cloud.unconfirmed && l.script != graphScript {
		lines = append(lines, w.say("script.about.unconfirmed", map[string]any{"Graph": cloud.graph}))
	}
	if tenant != "" {
		lines = append(lines, w.say("script.about.tenant", map[string]any{"Tenant": tenant}))
	}
	for i, line := range lines {
		lines[i] = "# " + strings.Join(strings.Fields(line), " ")
	}
	return strings.Join(lines, "\n")
}

// next is what is left to do when the registration is made.
func (w Writer) next(r connector.Registration) string {
	if r.ClientKind == auth.CertificateClient && r.Certificate != nil {
		return w.say("script.next.certificate-given", nil)
	}
	return w.say("script.next."+string(r.ClientKind), nil)
}

// nextThere is what is left to do where the registration was there: whatever was given, it did not get it.
func (w Writer) nextThere(r connector.Registration) string {
	if r.ClientKind == auth.CertificateClient {
		return w.say("script.next.certificate-there", nil)
	}
	return w.next(r)
}

// pageIn is the page of the portal where that is done, in a script's language; "" where its address is not known.
func pageIn(r connector.Registration, l language) string {
	page := view.AppOverview
	if r.ClientKind != auth.PublicClient {
		page = view.AppCredentials
	}
	address := view.AppPageURL(&r.Tenant, page, "")
	if address == "" {
		return ""
	}
	return strings.ReplaceAll(l.page, "«address»", l.quote(address))
}

// cloud is what Microsoft's tools call a cloud.
type cloud struct {
	// graph is where Microsoft Graph is; environment its name in Microsoft Graph PowerShell, and az in the Azure CLI: empty for the one
	// that it begins with.
	graph, environment, az string
	// shell reports whether Cloud Shell is known to be there.
	shell bool
	// unconfirmed reports whether it is not confirmed that the Azure CLI reaches Microsoft Graph there.
	unconfirmed bool
}

// cloudOf are the names of a tenant's cloud, the global one's where no tenant is named. That the Azure CLI, which has no cloud
// for DoD tenants, reaches their Microsoft Graph is among what is not confirmed (package connector).
// https://learn.microsoft.com/graph/deployments, https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/connect-mggraph,
// https://learn.microsoft.com/cli/azure/manage-clouds-azure-cli
func cloudOf(t auth.Tenant) cloud {
	of, known := auth.FindCloud(auth.BuiltinClouds(), t.Cloud)
	if !known || t.CloudFromFile {
		of, _ = auth.FindCloud(auth.BuiltinClouds(), "global")
	}
	c := cloud{graph: of.Graph, environment: "Global", shell: !t.CloudFromFile}
	switch of.Name {
	case "usgov":
		c = cloud{graph: of.Graph, environment: "USGov", az: "AzureUSGovernment"}
		if t.Government() == "DoD" {
			c.environment, c.unconfirmed = "USGovDoD", true
		}
	case "china":
		c = cloud{graph: of.Graph, environment: "China", az: "AzureChinaCloud"}
	}
	return c
}
