package registration

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
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
	// joined is how a quoted text is followed by an address that the client ID ends.
	joined string
	// tool is the key of the tool's name.
	tool string
	// ending is that of a file's name.
	ending string
}

var languages = map[connector.RegistrationWay]language{
	connector.RegisterByBash:       {bashScript, quoteBash, `«text» «address»"$id"`, "script.tool.az-bash", ".sh"},
	connector.RegisterByPowerShell: {azScript, quotePowerShell, "«text» + ' ' + «address» + $id", "script.tool.az-powershell", ".ps1"},
	connector.RegisterByGraph:      {graphScript, quotePowerShell, "«text» + ' ' + «address» + $id", "script.tool.graph", ".ps1"},
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
	values := []string{
		"«about»", w.about(r, l), "«json»", bodyOf(r),
		"«tenant»", l.quote(r.Tenant.ID), "«name»", l.quote(r.Name), "«graph»", l.quote(cloud.graph),
		"«environment»", l.quote(cloud.environment), "«partner-center»", l.quote(auth.PartnerCenterAppID),
		"«next»", w.nextIn(r, l),
	}
	for _, name := range []string{
		"no-az", "no-graph", "failed", "in-tenant", "wrong-tenant", "sign-in", "several", "made", "there",
		"principal-made", "principal-there", "principal-failed", "partner-center", "incomplete", "client-id",
	} {
		values = append(values, "«say:"+name+"»", l.quote(w.say("script."+name, nil)))
	}
	return strings.NewReplacer(values...).Replace(l.script)
}

func (w Writer) say(key string, args map[string]any) string { return w.Translator.Text(key, args) }

// about is the head of a script, as comments.
func (w Writer) about(r connector.Registration, l language) string {
	tenant := r.Tenant.Domain
	if tenant == "" {
		tenant = r.Tenant.ID
	}
	lines := []string{
		w.say("script.about", map[string]any{"Program": w.say("app.name", nil), "Version": w.Version, "Tool": w.say(l.tool, nil)}),
		w.say("script.about.safe", nil), w.say("script.about.output", nil), w.say(l.tool+".run", map[string]any{"Tenant": r.Tenant.ID}),
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
	switch {
	case r.ClientKind == auth.SecretClient:
		return w.say("script.next.secret", nil)
	case r.ClientKind == auth.CertificateClient && r.Certificate == nil:
		return w.say("script.next.certificate", nil)
	case r.ClientKind == auth.CertificateClient:
		return w.say("script.next.certificate-given", nil)
	}
	return w.say("script.next.public", nil)
}

// nextIn is that in a script's language, with the address where it is done, if that is known.
func (w Writer) nextIn(r connector.Registration, l language) string {
	page := view.AppOverview
	if r.ClientKind != auth.PublicClient {
		page = view.AppCredentials
	}
	said, address := l.quote(w.next(r)), view.AppPageURL(&r.Tenant, page, "")
	if address == "" {
		return said
	}
	return strings.NewReplacer("«text»", said, "«address»", l.quote(address)).Replace(l.joined)
}

// cloud is what Microsoft's tools call a cloud.
type cloud struct {
	// graph is where Microsoft Graph is; environment its name in Microsoft Graph PowerShell.
	graph, environment string
}

// cloudOf are the names of a tenant's cloud, the global one's where no tenant is named.
// https://learn.microsoft.com/graph/deployments, https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/connect-mggraph
func cloudOf(t auth.Tenant) cloud {
	of, known := auth.FindCloud(auth.BuiltinClouds(), t.Cloud)
	if !known || t.CloudFromFile {
		of, _ = auth.FindCloud(auth.BuiltinClouds(), "global")
	}
	switch {
	case of.Name == "usgov" && t.Government() == "DoD":
		return cloud{of.Graph, "USGovDoD"}
	case of.Name == "usgov":
		return cloud{of.Graph, "USGov"}
	case of.Name == "china":
		return cloud{of.Graph, "China"}
	}
	return cloud{of.Graph, "Global"}
}
