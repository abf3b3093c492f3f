package record

import (
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// page is a text in the making.
type page struct{ strings.Builder }

func (p *page) line(indent int, text string) {
	_, _ = p.WriteString(strings.Repeat("  ", indent) + text + "\n")
}

func (p *page) title(text, under string) {
	p.line(0, text)
	p.line(0, strings.Repeat(under, len([]rune(text))))
}

func (p *page) section(text string) {
	p.line(0, "")
	p.title(text, "-")
}

// Text is the record for people.
func (w Writer) Text(c connector.Connector) string {
	p := &page{}
	p.title(w.say("record.title", "Name", c.Name), "=")
	p.line(0, "")
	p.line(0, w.say("record.made", "At", w.Now(), "Program", w.say("app.name"), "Version", w.Version))
	p.line(0, w.say("record.about"))
	p.section(w.say("detail.identity"))
	for _, f := range view.ConnectorFacts(c) {
		value := f.Value
		if !f.Text.Empty() {
			value = w.render(f.Text)
		}
		p.line(1, f.Label.Render(w.Translator)+": "+value)
	}
	if c.Origin != connector.OriginLink {
		p.line(1, w.say("record.object-id")+": "+c.User.ObjectID)
	}
	if c.Origin == connector.OriginTaken {
		p.line(1, w.say("origin.taken")+": "+w.say("origin.taken.text"))
	}
	for _, f := range view.KeyVaultFacts(c) {
		p.line(1, f.Label.Render(w.Translator)+": "+w.render(f.Text))
	}
	p.line(1, w.say("record.health")+": "+w.render(view.ConnectorWord(c, w.Now())))
	p.section(w.say("detail.admin"))
	p.line(1, w.render(view.AdminStatement(c.Admin)))
	if c.Origin == connector.OriginLink {
		w.links(p, c)
	} else {
		p.section(w.say("record.scopes"))
		w.scopes(p, c)
	}
	p.section(w.say("record.checks"))
	w.checks(p, c)
	w.past(p, c)
	return p.String()
}

func (w Writer) scopes(p *page, c connector.Connector) {
	all := granted(c)
	if len(all) == 0 {
		p.line(1, w.say("record.scopes.none"))
		return
	}
	p.line(1, w.say("record.scopes.text"))
	for _, s := range all {
		p.line(1, s.API+": "+strings.Join(s.Granted, " "))
	}
}

func (w Writer) checks(p *page, c connector.Connector) {
	if len(c.Checks) == 0 {
		p.line(1, w.say("home.line.never-checked"))
	}
	for _, check := range c.Checks {
		head := "[" + w.say("check-state."+string(check.State)) + "] " + w.say("check."+string(check.ID)+".title")
		if at := madeAt(c, check); !at.IsZero() {
			head += " (" + w.say("common.at", "At", at) + ")"
		}
		p.line(1, head)
		for _, e := range w.evidence(check) {
			p.line(3, e)
		}
		if check.Problem != nil && check.State != connector.CheckPassed {
			card := view.ConnectorCard(c, check.Problem, w.Preset)
			p.line(3, card.Title.Render(w.Translator))
			p.line(3, w.say("cli.who", "Actor", card.Actor))
			p.line(3, card.Do.Render(w.Translator))
			for _, link := range card.Links() {
				p.line(3, link.Label.Render(w.Translator)+": "+link.URL)
			}
		}
	}
}
