package cli

import (
	"cmp"
	"encoding/json"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/record"
	"partner-center-connector/connector/view"
)

// The shapes below are for scripts, and described in the folder schemas. A key is always there, and its name and meaning never change; times are
// RFC 3339 in UTC. A day, as in secretExpires, is its first instant in UTC. What is missing is empty under the keys of the first version, and null
// under newer ones. A thing has one name: where an old key has another, it stands beside the new one, and is marked as deprecated in the schema.
// Only what is under "title", "do", "evidence" and "detail" is in the language in use.

// jsonProblem is a problem. Its Link is the page of Microsoft's portal where the app registration is mended that it is about; empty where it
// is not about one, or no address is known.
type jsonProblem struct {
	Kind          string `json:"kind"`
	Title         string `json:"title"`
	Do            string `json:"do"`
	Actor         string `json:"actor"`
	Link          string `json:"link"`
	Code          string `json:"code"`
	Raw           string `json:"raw"`
	CorrelationID string `json:"correlationId"`
	TraceID       string `json:"traceId"`
	At            string `json:"at"`
}

// jsonError is what "error" holds. Its kind is a problem's kind, "usage", "stopped", "unknown-connector", "not-reported" or "failed".
type jsonError struct {
	jsonProblem
	ExitCode int    `json:"exitCode"`
	DraftID  string `json:"draftId"`
}

type jsonConnector struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	TenantID      string `json:"tenantId"`
	TenantDomain  string `json:"tenantDomain"`
	Cloud         string `json:"cloud"`
	CloudFromFile bool   `json:"cloudFromFile"`
	ClientID      string `json:"clientId"`
	ClientKind    string `json:"clientKind"`
	User          string `json:"user"`
	// UPN is User, by the name that it has everywhere.
	UPN          *string `json:"upn"`
	UserObjectID string  `json:"userObjectId"`
	// Role is the role in Partner Center that the user needs; empty where an older version saved the connector.
	Role            string `json:"role"`
	AdminConsent    string `json:"adminConsent"`
	Health          string `json:"health"`
	Saved           string `json:"saved"`
	Consented       string `json:"consented"`
	Refreshed       string `json:"refreshed"`
	RefreshTokenEnd string `json:"refreshTokenEnd"`
	Checked         string `json:"checked"`
	// CheckFrom is from when a check can tell whether the sign-in lasts; null once one has, and where none will.
	CheckFrom     *string `json:"checkFrom"`
	SecretExpires string  `json:"secretExpires"`
	// Origin is empty for a connector of our own, "link" for one that another product keeps, "vault" for one whose credential was moved to a key
	// vault, and "taken" for one that was taken back from there. Links is null but for "link", and Vault but for "vault".
	Origin string            `json:"origin"`
	Links  *record.JSONLinks `json:"links"`
	Vault  *jsonPlace        `json:"vault"`
	// Copies are the places in key vaults that have a copy of its credential.
	Copies []jsonPlace `json:"copies"`
}

type jsonDraft struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Tenant is the domain, or else the ID, or else what was typed.
	Tenant string `json:"tenant"`
	// TenantID and TenantDomain are null until the tenant was found.
	TenantID     *string `json:"tenantId"`
	TenantDomain *string `json:"tenantDomain"`
	ClientID     string  `json:"clientId"`
	User         string  `json:"user"`
	UPN          *string `json:"upn"`
	Role         string  `json:"role"`
	// Step is the number of the page among the first seven, for scripts that know those; Page its name.
	Step    int    `json:"step"`
	Page    string `json:"page"`
	Created string `json:"created"`
	// WaitsSince is when an administrator was asked who has not answered.
	WaitsSince string `json:"waitsSince"`
	Renews     string `json:"renews"`
	// Links is null but for a draft for the two links of another product.
	Links *record.JSONLinks `json:"links"`
}

type jsonCheck struct {
	ID       string   `json:"id"`
	State    string   `json:"state"`
	Weight   string   `json:"weight"`
	Evidence []string `json:"evidence"`
	// Facts are the evidence as fields.
	Facts   []record.JSONFact `json:"facts"`
	Problem *jsonProblem      `json:"problem"`
}

// jsonChecked is a connector with the checks that were just made; Problem says why they could not be.
type jsonChecked struct {
	Connector jsonConnector `json:"connector"`
	Health    string        `json:"health"`
	Checks    []jsonCheck   `json:"checks"`
	Problem   *jsonProblem  `json:"problem"`
	ExitCode  int           `json:"exitCode"`
	// Skipped says that nothing was checked now: this version can't, or --if-older asked for it.
	Skipped bool `json:"skipped"`
}

// jsonRemoved is what was removed.
type jsonRemoved struct {
	Connectors []jsonConnector `json:"connectors"`
	Drafts     []jsonDraft     `json:"drafts"`
}

func (p *program) jsonError(e *exitError) jsonError {
	out := jsonError{ExitCode: e.code, DraftID: e.draft}
	switch {
	case e.stopped:
		out.jsonProblem = jsonProblem{Kind: "stopped", Title: p.t("cli.stopped")}
	case e.problem != nil:
		out.jsonProblem = p.jsonOfCard(e.problem, e.shownCard())
	case e.code == ExitUsage:
		out.jsonProblem = jsonProblem{Kind: "usage", Title: e.Error()}
	default:
		out.jsonProblem = jsonProblem{Kind: cmp.Or(e.kind, "failed"), Title: e.Error()}
	}
	return out
}

func (p *program) jsonOf(problem *connector.Problem) jsonProblem {
	return p.jsonOfCard(problem, view.ProblemCard(problem))
}

func (p *program) jsonOfCard(problem *connector.Problem, card view.Problem) jsonProblem {
	link := ""
	if links := card.Links(); len(links) > 0 {
		link = links[0].URL
	}
	return jsonProblem{
		Link: link, Kind: string(problem.Kind), Title: card.Title.Render(p.tr), Do: card.Do.Render(p.tr), Actor: string(problem.Actor),
		Code: problem.Code, Raw: problem.Raw, CorrelationID: problem.CorrelationID, TraceID: problem.TraceID, At: stamp(problem.At),
	}
}

func (p *program) jsonOrNull(problem *connector.Problem) *jsonProblem {
	if problem == nil {
		return nil
	}
	j := p.jsonOf(problem)
	return &j
}

// jsonOfConnectors is the problem of a saved connector.
func (p *program) jsonOfConnectors(c connector.Connector, problem *connector.Problem) *jsonProblem {
	j := p.jsonOfCard(problem, view.ConnectorCard(c, problem, p.preset))
	return &j
}

func (p *program) jsonOfConnector(c connector.Connector) jsonConnector {
	return jsonConnector{
		ID: c.ID, Name: c.Name, TenantID: c.Tenant.ID, TenantDomain: c.Tenant.Domain, Cloud: c.Tenant.Cloud,
		CloudFromFile: c.Tenant.CloudFromFile, ClientID: c.ClientID, ClientKind: string(c.ClientKind), User: c.User.UPN, UPN: record.OrNull(c.User.UPN),
		UserObjectID: c.User.ObjectID, Role: string(c.Role), AdminConsent: string(c.Admin.Status), Health: string(p.healthOf(c)), Saved: stamp(c.Saved),
		Consented: stamp(c.Consented), Refreshed: stamp(c.Refreshed), Checked: stamp(c.Checked), SecretExpires: stamp(c.SecretExpires.Time()),
		RefreshTokenEnd: stamp(c.RefreshTokenEnd()), CheckFrom: record.OrNull(stamp(c.CheckFrom())), Origin: string(c.Origin), Links: p.jsonOfLinks(c.Links),
		Vault: jsonOfVault(c), Copies: jsonOfCopies(c),
	}
}

func (p *program) jsonOfDraft(d connector.Draft) jsonDraft {
	j := jsonDraft{
		ID: d.ID, Name: d.Name, Tenant: tenantOfDraft(d), ClientID: d.ClientID, User: d.UPN, UPN: record.OrNull(d.UPN), Role: string(d.Role), Step: d.Step.Number(), Page: d.Step.Page(),
		Created: stamp(d.Created), Renews: d.Renews, Links: p.jsonOfLinks(d.Links),
	}
	if d.Tenant != nil {
		j.TenantID, j.TenantDomain = record.OrNull(d.Tenant.ID), record.OrNull(d.Tenant.Domain)
	}
	if d.Links != nil {
		j.ClientID = cmp.Or(d.ClientID, d.Links.ClientID())
	}
	if waits(d) {
		j.WaitsSince = stamp(d.Admin.Handover.Since)
	}
	return j
}

func (p *program) jsonChecks(of connector.Connector) []jsonCheck {
	rows := []jsonCheck{}
	for _, c := range of.Checks {
		row := jsonCheck{ID: string(c.ID), State: string(c.State), Weight: string(c.Weight), Evidence: p.evidence(c), Facts: record.JSONFacts(c)}
		if c.Problem != nil {
			problem := p.jsonOfCard(c.Problem, view.ConnectorCard(of, c.Problem, p.preset))
			row.Problem = &problem
		}
		rows = append(rows, row)
	}
	return rows
}

func (p *program) jsonOfChecked(c connector.Connector) jsonChecked {
	return jsonChecked{
		Connector: p.jsonOfConnector(c), Health: string(p.healthOf(c)), Checks: p.jsonChecks(c), ExitCode: p.codeOfHealth(c),
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (p *program) print(v any) {
	e := json.NewEncoder(escaper{p.Out})
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v)
}
