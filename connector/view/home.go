package view

import (
	"slices"
	"strings"
	"time"

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
	if s.Rehearsal == nil {
		v.Footer.Back = &Button{ID: "rehearse", Label: text("home.rehearse"), Command: "rehearse"}
	}
	v.Blocks = blocksOf(homeProblem(h), presetProblem(s, connector.NoStep), checkingAll(h.Checking))
	if isLong(h) { // nobody should have to scroll past a thousand rows to check them
		v.Blocks = append(v.Blocks, homeActions(h))
		v.Blocks = append(v.Blocks, homeLists(s)...)
	} else {
		v.Blocks = append(v.Blocks, homeLists(s)...)
		v.Blocks = append(v.Blocks, homeActions(h))
	}
	if h.Discard != "" {
		v.Escape = wizard.AskDiscard{}
	}
	if h.Paste != "" {
		v.Escape = wizard.AskPaste{}
	}
	return v, []string{"discard-keep", string(connector.FieldPaste), rowID(h.Left), "check-all-stop"}
}

// isLong reports whether the list is one to search in.
func isLong(h wizard.Home) bool { return len(h.Connectors) >= searchFrom }

func homeActions(h wizard.Home) Actions {
	return Actions{Buttons: slices.Concat(checkAllButton(h), []Button{
		{ID: "new-links", Label: text("home.links"), Event: wizard.NewLinks{}},
		{ID: "settings", Label: text("settings.title"), Event: wizard.OpenSettings{}},
		{ID: "help", Label: text("common.help"), Command: "help", Topic: "home"},
	})}
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
		return []Block{Busy{ID: "loading", Text: text("home.loading")}}
	case len(h.Connectors) == 0 && len(h.Drafts) == 0 && h.Problem == nil:
		return homeEmpty(s)
	}
	return blocksOf(draftRows(s), connectorRows(h))
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

// withUnchecked adds to the row of a connector why it could not be checked with all others.
func withUnchecked(r Row, checking wizard.CheckingAll, id string) Row {
	if p, told := checking.Unchecked[id]; told {
		r.Lines = append(r.Lines, text("home.line.unchecked"), card{problem: &p}.show().Title)
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
	lines := []Text{text("home.line.tenant", "Tenant", tenantName(&c.Tenant)), text("home.line.user", "UPN", c.User.UPN)}
	if c.Tenant.CloudFromFile {
		lines = append(lines, text("common.from-file", "Cloud", c.Tenant.Cloud))
	}
	if c.Origin == connector.OriginLink {
		lines = append(lines, bothReported(linksOf(c)))
	}
	lines = append(lines, vaultLine(c)...)
	lines = append(lines, checkedText(c, now))
	return Row{
		ID: rowID(c.ID), Severity: connectorSeverity(c, now), Title: c.Name, Word: ConnectorWord(c, now),
		Lines: append(lines, dueTexts(c, now)...), Open: wizard.OpenConnector{ID: c.ID},
	}
}

// otherRow is the row of a connector that this version can't check: what would be said of its health, or would have to be done, is not known.
func otherRow(c connector.Connector, now time.Time) Row {
	r := Row{
		ID: rowID(c.ID), Severity: Info, Title: c.Name, Word: ConnectorWord(c, now), Open: wizard.OpenConnector{ID: c.ID},
	}
	if tenant := tenantName(&c.Tenant); tenant != "" {
		r.Lines = append(r.Lines, text("home.line.tenant", "Tenant", tenant))
	}
	if c.User.UPN != "" {
		r.Lines = append(r.Lines, text("home.line.user", "UPN", c.User.UPN))
	}
	return r
}
