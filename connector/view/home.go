package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// searchFrom is how many connectors there must be for a search to be worth its place.
const searchFrom = 8

func home(s wizard.State) (View, []string) {
	h := s.Home
	v := View{
		Page: "home", Title: text("home.title"),
		Footer: Footer{Main: &Button{ID: "main", Label: text("home.new"), Event: wizard.NewConnector{}, Primary: true}},
	}
	v.Blocks = blocksOf(homeProblem(h), presetProblem(s, connector.NoStep), checkingAll(h.Checking), homeLists(s))
	if h.Discard != "" {
		v.Escape = wizard.AskDiscard{}
	}
	if h.Paste != "" {
		v.Escape = wizard.AskPaste{}
	}
	return v, []string{"discard-keep", string(connector.FieldPaste), rowID(h.Left)}
}

// isLong reports whether the list is one to search in.
func isLong(h wizard.Home) bool { return len(h.Connectors) >= searchFrom }

// homeActions are what can be done besides a new connector. Who has connectors has seldom anything to rehearse.
func homeActions(s wizard.State) Actions {
	a := Actions{Buttons: append(checkAllButton(s.Home), Button{ID: "new-links", Label: text("home.links"), Event: wizard.NewLinks{}})}
	rehearse := Button{ID: "rehearse", Label: text("home.rehearse"), Command: "rehearse"}
	switch {
	case s.Rehearsal != nil:
	case len(s.Home.Connectors) > 0:
		a.More = append(a.More, rehearse)
	default:
		a.Buttons = append(a.Buttons, rehearse)
	}
	return a
}

func homeProblem(h wizard.Home) []Block {
	blocks := []Block{}
	if h.Problem != nil {
		blocks = append(blocks, card{id: "home-problem", problem: h.Problem}.show())
	}
	for _, f := range h.Failures {
		if len(f.About) > 0 {
			blocks = append(blocks, body(text("home.problem.about", "Name", strings.Join(f.About, ", "))))
		}
		if h.Problem == nil || h.Problem.Kind != f.Problem.Kind {
			blocks = append(blocks, card{id: "home-failed-" + string(f.Problem.Kind), problem: f.Problem}.show())
		}
	}
	return blocks
}

// checkAllButton is offered where there is a connector that can be checked.
func checkAllButton(h wizard.Home) []Button {
	if !slices.ContainsFunc(h.Connectors, func(c connector.Connector) bool { return c.Can().Check }) {
		return nil
	}
	return []Button{{ID: "check-all", Label: text("home.check-all"), Event: wizard.CheckAll{}}}
}

// checkingAll says how far the check of all connectors is.
func checkingAll(c wizard.CheckingAll) []Block {
	if !c.Running {
		return nil
	}
	return []Block{
		Busy{ID: "checking-all", Text: text("home.checking-all"), Progress: text("common.done-of", "Done", c.Done, "All", c.Total)},
		Actions{Buttons: []Button{{ID: "check-all-stop", Label: text("home.check-all.stop"), Event: wizard.StopCheckAll{}}}},
	}
}

func homeLists(s wizard.State) []Block {
	h := s.Home
	switch {
	case !h.Loaded:
		return blocksOf(Busy{ID: "loading", Text: text("home.loading")}, homeActions(s))
	case len(h.Connectors) == 0 && len(h.Drafts) == 0 && h.Problem == nil:
		return blocksOf(homeEmpty(s), homeActions(s))
	}
	return blocksOf(homeActions(s), connectorRows(h), draftRows(s))
}

func homeEmpty(s wizard.State) []Block {
	about := text("home.empty.text")
	if s.Rehearsal != nil {
		about = text("home.empty.rehearsal")
	}
	return blocksOf(
		twoIdentities(),
		Paragraph{Role: Lead, Text: text("home.empty")},
		body(about),
	)
}

func connectorRows(h wizard.Home) []Block {
	if len(h.Connectors) == 0 {
		return nil
	}
	search := ""
	if isLong(h) {
		search = h.Search
	}
	words := strings.Fields(connector.FoldName(search))
	found := mostUrgent(h.Checking.AsBegun(h.Connectors), words, h.Now)
	heading := text("home.connectors", "Count", len(h.Connectors))
	if len(words) > 0 {
		heading = text("home.connectors.found", "Found", len(found), "Count", len(h.Connectors))
	}
	blocks := blocksOf(Paragraph{Role: Heading, Text: heading})
	if isLong(h) {
		blocks = append(blocks, input(connector.FieldSearch, h.Search))
	}
	for _, i := range found {
		blocks = append(blocks, withUnchecked(connectorRow(h.Connectors[i], h.Now), h.Checking, h.Connectors[i].ID))
	}
	if len(found) == 0 {
		blocks = append(blocks, body(text("home.nothing-found", "Search", search)))
	}
	return blocks
}

// withUnchecked says in the row of a connector why it could not be checked with all others.
func withUnchecked(r Row, checking wizard.CheckingAll, id string) Row {
	if p, told := checking.Unchecked[id]; told {
		r.Lines = append(r.Lines[:min(len(r.Lines), 1):1], text("home.line.unchecked", "Why", card{problem: &p}.show().Title))
	}
	return r
}

// matches reports whether the name, the tenant or the account has every word of a search, as connector.FoldName has them.
func matches(c *connector.Connector, words []string) bool {
	if len(words) == 0 {
		return true
	}
	where := connector.FoldName(strings.Join([]string{c.Name, c.Tenant.Domain, c.Tenant.ID, c.User.UPN, c.ClientID}, " "))
	for _, word := range words {
		if !strings.Contains(where, word) {
			return false
		}
	}
	return true
}

// rowID is the ID of the row of a connector.
func rowID(id string) string { return "connector-" + id }

func connectorRow(c connector.Connector, now time.Time) Row {
	if !c.Can().Check {
		return otherRow(c, now)
	}
	return Row{
		ID: rowID(c.ID), Severity: connectorSeverity(c, now), Title: c.Name, Word: ConnectorWord(c, now),
		Lines: append(accountLine(c), onOneLine(append([]Text{checkedText(c, now)}, nextTexts(c, now)...))), Open: wizard.OpenConnector{ID: c.ID},
	}
}

// accountLine says which account the connector signs in as, in which tenant where the account's name does not tell that, and that the cloud is none
// of Microsoft's; nil where nothing of it is known.
func accountLine(c connector.Connector) []Text {
	facts := account(c)
	if c.Tenant.CloudFromFile {
		facts = append(facts, text("common.cloud.file", "Name", c.Tenant.Cloud))
	}
	if len(facts) == 0 {
		return nil
	}
	return []Text{onOneLine(facts)}
}

func account(c connector.Connector) []Text {
	tenant, upn := tenantName(&c.Tenant), c.User.UPN
	switch _, domain, _ := strings.Cut(upn, "@"); {
	case upn == "" && tenant == "":
		return nil
	case upn == "", tenant == "":
		return []Text{text("common.name", "Name", cmp.Or(upn, tenant))}
	case strings.EqualFold(domain, tenant):
		return []Text{text("common.name", "Name", upn)}
	}
	return []Text{text("home.line.account", "UPN", upn, "Tenant", tenant)}
}

// nextTexts say what is next to be done with a connector.
func nextTexts(c connector.Connector, now time.Time) []Text {
	if l := linksOf(c); c.Origin == connector.OriginLink && (!l.Told(link.Admin) || !l.Told(link.User)) {
		return []Text{text("home.line.unreported")}
	}
	return dueTexts(c, now)
}

// onOneLine puts two facts that belong together on one line.
func onOneLine(facts []Text) Text {
	if len(facts) < 2 {
		return facts[0]
	}
	return text("home.line.two", "First", facts[0], "Second", facts[1])
}

// otherRow is the row of a connector that this version can't check: what would be said of its health, or would have to be done, is not known.
func otherRow(c connector.Connector, now time.Time) Row {
	return Row{
		ID: rowID(c.ID), Severity: Info, Title: c.Name, Word: ConnectorWord(c, now), Lines: accountLine(c), Open: wizard.OpenConnector{ID: c.ID},
	}
}
