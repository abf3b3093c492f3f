package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

const appBlade = "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/"

func TestLinksToTheAppRegistration(t *testing.T) {
	for name, hosts := range map[string]string{
		"connector-secret-done": "https://entra.microsoft.com/", "connector-dod": "https://portal.azure.us/", "connector-china": "https://portal.azure.cn/",
		"connector-renewal": "https://entra.microsoft.com/", "connector-empty": "", "connector-invalid": "", "connector-from-file": "",
		"connector-preset": "", "connector-preset-publisher": "",
	} {
		v := view.Project(viewtest.State(name))
		for id, page := range map[string]string{
			"app-overview": "Overview", "app-authentication": "Authentication", "app-credentials": "Credentials", "app-permissions": "CallAnAPI",
		} {
			want := ""
			if hosts != "" {
				want = hosts + appBlade + page + "/appId/" + viewtest.ClientID
			}
			if got := urlOf(v.Blocks, id); got != want {
				t.Errorf("%s: %s leads to %q, want %q", name, id, got, want)
			}
		}
	}
}

// urlOf is what a link leads to, in a block or on a problem card; "" for none.
func urlOf(blocks []view.Block, id string) string {
	for _, block := range view.Flat(blocks) {
		buttons := []view.Button{}
		switch b := block.(type) {
		case view.Actions:
			buttons = b.Buttons
		case view.Listing:
			buttons = b.Buttons
		case view.Problem:
			buttons = b.Others
		}
		for _, b := range buttons {
			if b.ID == id {
				return b.URL
			}
		}
	}
	return ""
}

// atProblem is the page of a problem that the probe, or a consent, has met.
func atProblem(kind connector.ProblemKind, change func(*wizard.State)) view.View {
	s := viewtest.State("connector-secret-done")
	p := problems.Sample(kind)
	p.At = viewtest.Now
	s.Wizard.Probe = wizard.Probe{Problem: &p, Result: connector.ProbeWrong}
	if change != nil {
		change(&s)
	}
	return view.Project(s)
}

func TestCardsLeadToTheAppRegistration(t *testing.T) {
	for kind, want := range map[connector.ProblemKind]string{
		connector.KindAppConfig: "overview authentication credentials permissions", connector.KindAppDisabled: "overview",
		connector.KindSingleTenant: "manifest", connector.KindIDToken: "manifest",
		connector.KindRedirectURI: "authentication", connector.KindSPA: "authentication", connector.KindSecretMissing: "authentication",
		connector.KindPublicClient: "authentication",
		connector.KindSecretWrong:  "credentials", connector.KindSecretExpired: "credentials", connector.KindCertificate: "credentials",
		connector.KindCertExpired: "credentials", connector.KindSecretGone: "credentials", connector.KindCredentialEnds: "credentials",
		connector.KindAppPermissions: "permissions", connector.KindMissingScopes: "permissions", connector.KindNoRefreshToken: "permissions",
		connector.KindCertType: "credentials", connector.KindAppUnknown: "registrations", connector.KindNoNetwork: "", connector.KindResourceMissing: "",
	} {
		links := []string{}
		for _, block := range atProblem(kind, nil).Blocks {
			card, ok := block.(view.Problem)
			if !ok {
				continue
			}
			for _, b := range card.Others {
				if b.URL != "" {
					links = append(links, strings.TrimPrefix(b.ID, "probe-problem-app-"))
				}
			}
			told := card.CopyForActor.Args["Link"]
			if !card.CopyForActor.Empty() && (told != nil) != (want != "") {
				t.Errorf("%s: the text for another person has the link %v", kind, told)
			}
		}
		if got := strings.Join(links, " "); got != want {
			t.Errorf("%s leads to %q, want %q", kind, got, want)
		}
	}
}

// TestNoLinkToAnotherTenantsRegistration holds that nobody is sent to look for the publisher's app registration in their own tenant.
func TestNoLinkToAnotherTenantsRegistration(t *testing.T) {
	v := atProblem(connector.KindRedirectURI, func(s *wizard.State) {
		s.Preset = connector.Preset{Path: "/etc/preset.toml", ClientID: viewtest.ClientID, Given: []connector.Field{connector.FieldClientID}}
	})
	for _, block := range v.Blocks {
		if card, ok := block.(view.Problem); ok && (len(card.Others) > 0 || card.CopyForActor.Args["Link"] != nil) {
			t.Errorf("%+v", card)
		}
	}
	if got := urlOf(atProblem(connector.KindRedirectURI, nil).Blocks, "probe-problem-app-authentication"); got == "" {
		t.Error("without a preset there is no link either")
	}
}

// TestCardsOnTheirOwnLeadThere is about the cards of a terminal, which no page is around.
func TestCardsOnTheirOwnLeadThere(t *testing.T) {
	c, d := viewtest.Saved(), viewtest.Draft(connector.StepUser)
	publishers := connector.Preset{Path: "/etc/preset.toml", ClientID: strings.ToUpper(viewtest.ClientID), Given: []connector.Field{connector.FieldClientID}}
	other := publishers
	other.ClientID = "00000000-1111-2222-3333-444444444444"
	for kind, want := range map[connector.ProblemKind]string{
		connector.KindRedirectURI:  "https://entra.microsoft.com/" + appBlade + "Authentication/appId/" + viewtest.ClientID,
		connector.KindSingleTenant: "https://entra.microsoft.com/" + appBlade + "Manifest/appId/" + viewtest.ClientID,
		connector.KindAppUnknown:   "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
	} {
		p := problems.Sample(kind)
		for name, card := range map[string]view.Problem{
			"connector": view.ConnectorCard(c, &p, connector.Preset{}), "draft": view.DraftCard(d, &p, connector.Preset{}),
			"another preset": view.DraftCard(d, &p, other),
		} {
			if links := card.Links(); len(links) != 1 || links[0].URL != want {
				t.Errorf("%s, %s: %v, want %s", name, kind, links, want)
			}
		}
		for name, card := range map[string]view.Problem{
			"connector": view.ConnectorCard(c, &p, publishers), "draft": view.DraftCard(d, &p, publishers), "no connector": view.ProblemCard(&p),
		} {
			if links := card.Links(); len(links) > 0 {
				t.Errorf("%s, %s: %v", name, kind, links)
			}
		}
	}
}

func TestAppPageURL(t *testing.T) {
	tenant := viewtest.Tenant()
	if got, want := view.AppPageURL(&tenant, view.AppCredentials, "id"), "https://entra.microsoft.com/"+appBlade+"Credentials/appId/id"; got != want {
		t.Errorf("%q", got)
	}
	tenant.CloudFromFile = true
	for _, none := range []*auth.Tenant{nil, &tenant, {Cloud: "elsewhere"}} {
		if got := view.AppPageURL(none, view.AppCredentials, "id"); got != "" {
			t.Errorf("%q", got)
		}
	}
}

func TestCloudShell(t *testing.T) {
	for name, want := range map[string]string{
		"connector-script": "https://shell.azure.com/bash", "connector-script-powershell": "https://shell.azure.com/powershell",
		"connector-script-saved": "", "connector-manifest": "", "connector-script-usgov": "",
	} {
		if got := urlOf(view.Project(viewtest.State(name)).Blocks, "cloud-shell"); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTheManifestLeadsToItsPage(t *testing.T) {
	s := viewtest.State("connector-manifest")
	if got := urlOf(view.Project(s).Blocks, "registration-manifest"); got != "" {
		t.Errorf("without a client ID: %q", got)
	}
	s.Wizard.Draft.ClientID = viewtest.ClientID
	want := "https://entra.microsoft.com/" + appBlade + "Manifest/appId/" + viewtest.ClientID
	if got := urlOf(view.Project(s).Blocks, "registration-manifest"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestThePermissionsAskedForAreNamed(t *testing.T) {
	p := problems.Sample(connector.KindAppPermissions)
	d := viewtest.Draft(connector.StepUser)
	d.WithGroups, d.Scopes = false, nil
	for want, scopes := range map[string][]string{
		"Add from Microsoft Graph: User.Read, openid, profile and offline_access. Then": nil,
		"offline_access, and also GroupMember.Read.All, PartnerBilling.Read.All. Then":  {"PartnerBilling.Read.All"},
	} {
		d.Scopes, d.WithGroups = scopes, scopes != nil
		if said := view.DraftCard(d, &p, connector.Preset{}).Do.Render(assets.NewTranslator("en")); !strings.Contains(said, want) {
			t.Errorf("%s, want %s", said, want)
		}
	}
}

func TestAPermissionThatTheCloudHasNot(t *testing.T) {
	for cloud, want := range map[string]bool{"global": false, "usgov": true, "china": true} {
		for _, scope := range []string{"PartnerBilling.Read.All", "Application.Read.All"} {
			s := viewtest.State("connector-scopes")
			tenant := *s.Wizard.Draft.Tenant
			tenant.Cloud = cloud
			s.Wizard.Draft.Tenant, s.Wizard.Draft.Scopes = &tenant, []string{scope}
			warned := slices.ContainsFunc(view.Project(s).Blocks, func(b view.Block) bool {
				n, is := b.(view.Notice)
				return is && n.ID == "billing-cloud" && n.Severity == view.Warning
			})
			if warned != (want && scope == "PartnerBilling.Read.All") {
				t.Errorf("%s in %s: %v", scope, cloud, warned)
			}
		}
	}
}
