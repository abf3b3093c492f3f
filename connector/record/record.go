package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/view"
)

// Format names the shape of the JSON form; another shape gets another number.
const Format = "partner-center-connector/consent-record/1"

// Writer makes records in one language.
type Writer struct {
	Translator view.Translator
	// Version is that of the program.
	Version string
	Now     func() time.Time
	// Preset is the one in use: nobody is sent to look for its app registration in their own tenant.
	Preset connector.Preset
	// Home is the folder of the person; empty for the system's answer.
	Home string
}

// The JSON form. A key is always there, and its name and meaning never change; times are RFC 3339 in UTC, and empty where there is
// none. Only what is under "title", "do", "evidence" and "statement" is in the language in use. What has another name elsewhere stands here under both.
type (
	jsonRecord struct {
		Format       string         `json:"format"`
		Made         string         `json:"made"`
		Program      jsonProgram    `json:"program"`
		Connector    jsonNamed      `json:"connector"`
		Tenant       jsonTenant     `json:"tenant"`
		App          jsonApp        `json:"app"`
		AdminConsent jsonAdmin      `json:"adminConsent"`
		UserConsent  jsonUser       `json:"userConsent"`
		Links        *JSONLinks     `json:"links"`
		KeyVaults    []jsonKeyVault `json:"keyVaults"`
		Scopes       []jsonScope    `json:"scopes"`
		Checked      string         `json:"checked"`
		Checks       []jsonCheck    `json:"checks"`
		History      []JSONPast     `json:"history"`
	}
	jsonProgram struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	jsonNamed struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Origin string `json:"origin"`
		Health string `json:"health"`
		Saved  string `json:"saved"`
	}
	jsonTenant struct {
		ID            string `json:"id"`
		Domain        string `json:"domain"`
		Cloud         string `json:"cloud"`
		CloudFromFile bool   `json:"cloudFromFile"`
	}
	jsonApp struct {
		ClientID      string `json:"clientId"`
		Kind          string `json:"kind"`
		ClientKind    string `json:"clientKind"`
		RedirectURI   string `json:"redirectUri"`
		SecretExpires string `json:"secretExpires"`
	}
	jsonKeyVault struct {
		Vault   string `json:"vault"`
		Prefix  string `json:"prefix"`
		Name    string `json:"name"`
		At      string `json:"at"`
		Written string `json:"written"`
	}
	jsonAdmin struct {
		Status    string `json:"status"`
		At        string `json:"at"`
		TenantID  string `json:"tenantId"`
		Pasted    bool   `json:"pasted"`
		Statement string `json:"statement"`
	}
	jsonUser struct {
		UPN      string `json:"upn"`
		Name     string `json:"name"`
		Role     string `json:"role"`
		ObjectID string `json:"objectId"`
		TenantID string `json:"tenantId"`
		At       string `json:"at"`
	}
	jsonScope struct {
		API     string   `json:"api"`
		Granted []string `json:"granted"`
	}
	jsonCheck struct {
		ID       string       `json:"id"`
		Title    string       `json:"title"`
		State    string       `json:"state"`
		Weight   string       `json:"weight"`
		At       string       `json:"at"`
		Evidence []string     `json:"evidence"`
		Facts    []JSONFact   `json:"facts"`
		Problem  *jsonProblem `json:"problem"`
	}
	jsonProblem struct {
		Kind          string `json:"kind"`
		Title         string `json:"title"`
		Do            string `json:"do"`
		Actor         string `json:"actor"`
		Code          string `json:"code"`
		CorrelationID string `json:"correlationId"`
	}
)

// JSON is the record for other programs.
func (w Writer) JSON(c connector.Connector) []byte {
	r := jsonRecord{
		Format: Format, Made: stamp(w.Now()), Program: jsonProgram{w.say("app.name"), w.Version},
		Connector: jsonNamed{c.ID, c.Name, string(c.Origin), string(checks.HealthAt(c, w.Now())), stamp(c.Saved)},
		Tenant:    jsonTenant{c.Tenant.ID, c.Tenant.Domain, c.Tenant.Cloud, c.Tenant.CloudFromFile},
		App:       jsonApp{c.ClientID, string(c.ClientKind), string(c.ClientKind), redirectURI(c), stamp(c.SecretExpires.Time())}, Links: JSONOfLinks(c.Links),
		AdminConsent: jsonAdmin{
			string(c.Admin.Status), stamp(c.Admin.At), c.Admin.Tenant, c.Admin.Pasted, w.render(view.AdminStatement(c.Admin)),
		},
		UserConsent: jsonUser{c.User.UPN, c.User.Name, string(c.Role), c.User.ObjectID, c.User.TenantID, stamp(c.Consented)},
		Scopes:      []jsonScope{}, Checked: stamp(c.Checked), Checks: []jsonCheck{}, KeyVaults: []jsonKeyVault{}, History: JSONHistory(c),
	}
	for _, place := range c.InVaults() {
		r.KeyVaults = append(r.KeyVaults, jsonKeyVault{place.URL, place.Prefix, place.Name, stamp(place.At), stamp(place.At)})
	}
	for _, s := range granted(c) {
		r.Scopes = append(r.Scopes, jsonScope(s))
	}
	for _, check := range c.Checks {
		r.Checks = append(r.Checks, w.jsonCheck(c, check))
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(r) // plain strings always encode
	return out.Bytes()
}

// redirectURI is that of the app registration; empty where another product has it, whose links name theirs.
func redirectURI(c connector.Connector) string {
	if c.Origin == connector.OriginLink {
		return ""
	}
	return auth.App{RedirectPath: c.RedirectPath}.RegisteredRedirectURI()
}

func (w Writer) jsonCheck(c connector.Connector, check connector.Check) jsonCheck {
	j := jsonCheck{
		ID: string(check.ID), Title: w.say("check." + string(check.ID) + ".title"), State: string(check.State), Weight: string(check.Weight),
		At: stamp(madeAt(c, check)), Evidence: w.evidence(check), Facts: JSONFacts(check),
	}
	if p := check.Problem; p != nil {
		card := view.ConnectorCard(c, p, w.Preset)
		j.Problem = &jsonProblem{
			Kind: string(p.Kind), Title: card.Title.Render(w.Translator), Do: card.Do.Render(w.Translator), Actor: string(p.Actor),
			Code: p.Code, CorrelationID: p.CorrelationID,
		}
	}
	return j
}

func (w Writer) evidence(check connector.Check) []string {
	lines := []string{}
	for _, f := range check.Evidence {
		lines = append(lines, w.render(view.Evidence(f)))
	}
	return lines
}

// scopes are the permissions that a token of one API was found to hold.
type scopes struct {
	API     string
	Granted []string
}

// granted reads them from the evidence of the last check of the permissions; it is empty where no token told them.
func granted(c connector.Connector) []scopes {
	all := []scopes{}
	for _, check := range c.Checks {
		for _, f := range check.Evidence {
			if check.ID == connector.CheckPermissions && f.Key == checks.FactScopes {
				all = append(all, scopes{f.Args["API"], strings.Fields(f.Args["Scopes"])})
			}
		}
	}
	return all
}

// madeAt is when a check had its outcome; lists of older versions know only when all of them were made.
func madeAt(c connector.Connector, check connector.Check) time.Time {
	if check.At.IsZero() {
		return c.Checked
	}
	return check.At
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (w Writer) say(key string, pairs ...any) string {
	t := view.Text{Key: key, Args: map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return w.render(t)
}

// render gives every time its distance from UTC: a record is read elsewhere, and in another season.
func (w Writer) render(t view.Text) string { return t.Zoned().Render(w.Translator) }
