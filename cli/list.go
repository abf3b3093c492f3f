package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

const listExample = `  pcc list
  pcc list --json`

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: p.t("cli.list.short"), Long: p.t("cli.list.long"), Example: listExample, Args: p.noArgs, Annotations: brief,
		RunE: func(*cobra.Command, []string) error {
			e, err := p.engine()
			if err != nil {
				return err
			}
			all, bad, err := saved(e.Keeper())
			if err != nil {
				return err
			}
			drafts, err := e.Ports.Store.Drafts()
			return p.showList(all, bad, drafts, problems.Of(err, time.Now()))
		},
	}
}

// showList shows what there is, and tells what can't be read beside it: some connectors, or the drafts.
func (p *program) showList(all []connector.Connector, bad connector.UnreadableErrors, drafts []connector.Draft, unread *connector.Problem) error {
	p.showRows(all, bad, drafts, unread)
	err := p.tellUnreadable(bad)
	if unread == nil {
		return err
	}
	if !p.json {
		p.showProblem(p.Err, p.errWidth(), unread)
	}
	return &exitError{code: codeOf(unread), shown: true}
}

func (p *program) showRows(all []connector.Connector, bad connector.UnreadableErrors, drafts []connector.Draft, unread *connector.Problem) {
	if p.json {
		rows, unfinished := []jsonConnector{}, []jsonDraft{}
		for _, c := range all {
			rows = append(rows, p.jsonOfConnector(c))
		}
		for _, d := range drafts {
			unfinished = append(unfinished, p.jsonOfDraft(d))
		}
		out := map[string]any{"connectors": rows, "unreadable": p.jsonOfUnreadable(bad), "drafts": unfinished}
		if unread != nil {
			out["error"] = p.jsonError(&exitError{code: codeOf(unread), problem: unread})
		}
		p.print(out)
		return
	}
	switch {
	case len(all) == 0 && len(bad) > 0: // said by whoever tells of those
	case len(all) == 0:
		p.out(say("cli.list.empty", "Command", p.command("connect")))
	default:
		p.showConnectors(all)
	}
	if len(drafts) > 0 {
		_, _ = fmt.Fprintln(p.Out)
		p.showDrafts(drafts)
	}
}

func (p *program) showConnectors(all []connector.Connector) {
	rows := append(make([][]string, 0, len(all)+1), strings.Split(p.t("cli.list.header"), "\t"))
	words := map[string]string{} // there are few, and most are the same in every row
	said := func(word view.Text) string {
		if len(word.Args) > 0 {
			return word.Render(p.tr)
		}
		if words[word.Key] == "" {
			words[word.Key] = word.Render(p.tr)
		}
		return words[word.Key]
	}
	now := p.now()
	for i := range all {
		rows = append(rows, p.listRow(&all[i], now, said))
	}
	p.table(rows, func(column int) bool { return column == checkedColumn || column == nextColumn })
}

// listRow is a connector in the columns of cli.list.header.
func (p *program) listRow(c *connector.Connector, now time.Time, said func(view.Text) string) []string {
	tenant := c.Tenant.Label()
	if c.Tenant.CloudFromFile {
		tenant += " (" + p.tr.Text("common.cloud.file", map[string]any{"Name": c.Tenant.Cloud}) + ")"
	}
	if !c.Can().Check {
		return []string{shownName(c), tenant, c.User.UPN, said(view.ConnectorWord(*c, now)), "", ""}
	}
	checked, next := said(view.Text{Key: "cli.list.never"}), said(view.Text{Key: "cli.list.now"})
	if !c.Checked.IsZero() {
		checked = c.Checked.Local().Format("2006-01-02 15:04")
	}
	health := checks.HealthAt(*c, now)
	switch day := due(c, health, now); {
	case !day.IsZero():
		next = day.String()
	case c.Origin == connector.OriginLink && !c.Reminds(now), c.Origin == connector.OriginVault && health != connector.HealthSignIn && c.ReplaceBy().IsZero():
		next = ""
	}
	word := said(view.ConnectorWord(*c, now))
	if c.Origin == connector.OriginVault && c.Vault != nil {
		word = p.tr.Text("cli.list.in-vault", map[string]any{"Word": word, "Vault": c.Vault.Host()})
	}
	return []string{shownName(c), tenant, c.User.UPN, word, checked, next}
}

// shownName is a name in a line of its own, by which the connector can be found; its ID where the name, of an older version, shows nothing.
func shownName(c *connector.Connector) string {
	if connector.ShowsNothing(c.Name) {
		return c.ID
	}
	return connector.CleanName(c.Name)
}

// Columns of a list that are never shortened: those of times.
const (
	checkedColumn = 4
	nextColumn    = 5
)

// table prints rows, the first of which names the columns; whole reports which of these are never shortened. In a terminal that is too narrow for
// them even so, each row becomes a list.
func (p *program) table(rows [][]string, whole func(column int) bool) {
	width := p.outColumns()
	if width > 0 {
		fitted, ok := fit(rows, width, whole)
		if !ok {
			p.lists(rows, width)
			return
		}
		rows = fitted
	}
	text, _ := aligned(rows)
	head, rest, _ := strings.Cut(text, "\n")
	write(p.Out, 0, line{text: head, style: bold, raw: true})
	if rest != "" {
		_, _ = fmt.Fprintln(p.Out, rest)
	}
}

// lists prints the rows of a table as a list each.
func (p *program) lists(rows [][]string, width int) {
	for i, row := range rows[1:] {
		if i > 0 {
			_, _ = fmt.Fprintln(p.Out)
		}
		for n, cell := range row {
			indented(p.Out, width, "", "  ", rows[0][n]+": "+cell)
		}
	}
}

// due is the day by which something has to happen: the refresh token must be used, or the client secret replaced; of a connector that another
// product keeps, the day of the reminder. It is never late in any time zone, and zero where it is now.
func due(c *connector.Connector, h connector.Health, now time.Time) connector.Day {
	if c.Origin == connector.OriginLink {
		if c.Reminds(now) {
			return connector.Day{}
		}
		return c.Reminder()
	}
	day, replace := c.UseBy(), c.ReplaceBy()
	if h == connector.HealthSignIn || h == connector.HealthExpired {
		return connector.Day{}
	}
	if !replace.IsZero() && (c.Origin == connector.OriginVault || replace.Before(day)) {
		day = replace
	}
	if day.Before(connector.DayOf(now)) {
		return connector.Day{}
	}
	return day
}

func (p *program) showDrafts(drafts []connector.Draft) {
	rows := [][]string{strings.Split(p.t("cli.list.drafts"), "\t")}
	for _, d := range drafts {
		rows = append(rows, []string{shortID(d.ID), p.draftName(d), p.t("rail." + d.Step.Name()), p.draftWord(d)})
	}
	p.table(rows, func(column int) bool { return column == 0 })
}

func (p *program) draftName(d connector.Draft) string {
	return cmp.Or(ownName(d), p.t("draft.unnamed"))
}

// ownName is what a draft is called until somebody has given it a name, too; empty where nothing is known of it.
func ownName(d connector.Draft) string { return cmp.Or(connector.CleanName(d.Name), tenantOfDraft(d)) }

func tenantOfDraft(d connector.Draft) string {
	if d.Tenant != nil {
		return d.Tenant.Label()
	}
	return strings.TrimSpace(d.TenantInput)
}

// waits reports whether an administrator was asked and has not answered.
func waits(d connector.Draft) bool {
	return d.Admin.Handover != nil && d.Admin.Status != connector.AdminReported
}

func (p *program) draftWord(d connector.Draft) string {
	switch {
	case waits(d):
		return p.t("draft.word.waiting")
	case d.Renews != "":
		return p.t("draft.word.renewal")
	}
	return p.t("draft.word.open")
}
