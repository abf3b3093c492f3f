package cli

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
)

const listExample = `  pcc list
  pcc list --json`

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: p.t("cli.list.short"), Long: p.t("cli.list.long"), Example: listExample, Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			e, err := p.engine()
			if err != nil {
				return err
			}
			all, err := e.Keeper().List()
			if err != nil {
				return failure(err)
			}
			drafts, err := e.Ports.Store.Drafts()
			if err != nil {
				return failure(err)
			}
			return p.showList(all, drafts)
		},
	}
}

func (p *program) showList(all []connector.Connector, drafts []connector.Draft) error {
	if p.json {
		rows, unfinished := []jsonConnector{}, []jsonDraft{}
		for _, c := range all {
			rows = append(rows, jsonOfConnector(c))
		}
		for _, d := range drafts {
			unfinished = append(unfinished, jsonOfDraft(d))
		}
		p.print(map[string]any{"connectors": rows, "drafts": unfinished})
		return nil
	}
	if len(all) == 0 {
		p.out(say("cli.list.empty"))
	} else if err := p.showConnectors(all); err != nil {
		return err
	}
	if len(drafts) == 0 {
		return nil
	}
	_, _ = fmt.Fprintln(p.Out)
	return p.showDrafts(drafts)
}

func (p *program) showConnectors(all []connector.Connector) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, p.t("cli.list.header"))
	for _, c := range all {
		tenant := cmp.Or(c.Tenant.Domain, c.Tenant.ID)
		if c.Tenant.CloudFromFile {
			tenant += " (" + p.tr.Text("common.cloud.file", map[string]any{"Name": c.Tenant.Cloud}) + ")"
		}
		checked := p.t("cli.list.never")
		if !c.Checked.IsZero() {
			checked = c.Checked.Local().Format("2006-01-02 15:04")
		}
		row := []string{c.Name, tenant, c.User.UPN, p.t("health." + string(c.Health)), checked, p.due(c)}
		_, _ = fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}

// due is the day by which something has to happen: the refresh token must be used, or the client secret replaced. It is empty where a
// sign-in is due already.
func (p *program) due(c connector.Connector) string {
	if c.Health == connector.HealthSignIn || c.Refreshed.IsZero() {
		return p.t("cli.list.now")
	}
	day := refreshTokenEnd(c)
	if !c.SecretExpires.IsZero() && c.SecretExpires.Before(day) {
		day = c.SecretExpires
	}
	return day.Local().Format(time.DateOnly)
}

func refreshTokenEnd(c connector.Connector) time.Time {
	if c.Refreshed.IsZero() {
		return time.Time{}
	}
	return c.Refreshed.Add(connector.RefreshTokenLife)
}

func (p *program) showDrafts(drafts []connector.Draft) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, p.t("cli.list.drafts"))
	for _, d := range drafts {
		row := []string{shortID(d.ID), p.draftName(d), p.t("rail." + d.Step.Name()), p.draftWord(d)}
		_, _ = fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}

func (p *program) draftName(d connector.Draft) string {
	return cmp.Or(strings.TrimSpace(d.Name), tenantOfDraft(d), p.t("draft.unnamed"))
}

func tenantOfDraft(d connector.Draft) string {
	if d.Tenant != nil {
		return cmp.Or(d.Tenant.Domain, d.Tenant.ID)
	}
	return strings.TrimSpace(d.TenantInput)
}

// waits says whether an administrator was asked and has not answered.
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
