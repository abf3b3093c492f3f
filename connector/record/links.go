package record

import (
	"strings"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// The two links of another product, in the JSON form, of a record and of a terminal's lists alike; null for a connector that was set up here. What
// a link alone has, its address, its state and its nonce, is not in it. The keys never change.
type (
	// JSONLinks has the product's ID and its name, both empty for one that this program does not know, when the person told that the rest was done
	// there, and the day on which they want to be reminded. A link that there is not has an empty read.
	JSONLinks struct {
		Product     string   `json:"product"`
		ProductName string   `json:"productName"`
		Admin       JSONLink `json:"admin"`
		User        JSONLink `json:"user"`
		Finished    string   `json:"finished"`
		Reminder    string   `json:"reminder"`
	}
	// JSONLink has the times of what was read, seen and told of a link: reported is what the person told, and no evidence; windowEnded is empty
	// where the end of its window is not known.
	JSONLink struct {
		Read        string   `json:"read"`
		Cloud       string   `json:"cloud"`
		SignInHost  string   `json:"signInHost"`
		Tenant      string   `json:"tenant"`
		ClientID    string   `json:"clientId"`
		RedirectURI string   `json:"redirectUri"`
		Scopes      []string `json:"scopes"`
		Opened      string   `json:"opened"`
		Private     bool     `json:"private"`
		Browser     string   `json:"browser"`
		WindowEnded string   `json:"windowEnded"`
		Reported    string   `json:"reported"`
	}
)

// JSONOfLinks is nil for a connector or draft of our own.
func JSONOfLinks(l *connector.Links) *JSONLinks {
	if l == nil {
		return nil
	}
	return &JSONLinks{l.Product, l.Name, jsonOfLink(l.Admin), jsonOfLink(l.User), stamp(l.Finished), stamp(l.Remind.Time())}
}

func jsonOfLink(p *connector.ProductLink) JSONLink {
	if p == nil {
		return JSONLink{Scopes: []string{}}
	}
	return JSONLink{
		stamp(p.Read), p.Cloud, p.Host, p.Tenant, p.ClientID, p.Redirect, append([]string{}, p.Scopes...),
		stamp(p.Started), p.Private, p.Browser, stamp(p.Ended), stamp(p.Reported),
	}
}

// links writes what is known of the two links, and from whom.
func (w Writer) links(p *page, c connector.Connector) {
	p.section(w.say("record.links"))
	p.line(1, w.say("record.links.about"))
	known := connector.Links{}
	if c.Links != nil {
		known = *c.Links
	}
	for _, kind := range link.Kinds() {
		p.line(1, w.say("record.links."+string(kind)))
		for _, line := range w.linkLines(known.Of(kind)) {
			p.line(3, line)
		}
	}
	if !known.Finished.IsZero() {
		p.line(1, w.say("record.links.finished", "At", known.Finished))
	}
}

func (w Writer) linkLines(l *connector.ProductLink) []string {
	if l == nil {
		return []string{w.say("record.links.none")}
	}
	lines := []string{
		w.say("record.links.read", "At", l.Read), w.say("record.links.host", "Host", l.Host), w.say("record.links.tenant", "Tenant", l.Tenant),
		w.say("record.links.client", "ClientID", l.ClientID),
	}
	if l.Redirect != "" {
		lines = append(lines, w.say("record.links.redirect", "Redirect", l.Redirect))
	}
	if len(l.Scopes) > 0 {
		lines = append(lines, w.say("record.links.scopes", "Scopes", strings.Join(l.Scopes, " ")))
	} else {
		lines = append(lines, w.say("record.links.no-scopes"))
	}
	lines = append(lines, w.openedLines(l)...)
	if l.Reported.IsZero() {
		return append(lines, w.say("record.links.not-told"))
	}
	return append(lines, w.say("record.links.told", "At", l.Reported))
}

// openedLines say in which window a link was opened, and when that ended.
func (w Writer) openedLines(l *connector.ProductLink) []string {
	if l.Started.IsZero() {
		return []string{w.say("record.links.not-opened")}
	}
	opened := w.say("record.links.opened", "At", l.Started, "Private", l.Private, "Browser", l.Browser)
	if l.Ended.IsZero() {
		return []string{opened, w.say("record.links.end-unknown")}
	}
	return []string{opened, w.say("record.links.ended", "At", l.Ended)}
}
