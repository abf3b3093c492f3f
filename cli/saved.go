package cli

import (
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// jsonConnector is a saved connector for scripts. Its keys never change.
type jsonConnector struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	TenantID        string `json:"tenantId"`
	TenantDomain    string `json:"tenantDomain,omitempty"`
	Cloud           string `json:"cloud"`
	CloudFromFile   bool   `json:"cloudFromFile,omitempty"`
	ClientID        string `json:"clientId"`
	ClientKind      string `json:"clientKind"`
	User            string `json:"user"`
	UserObjectID    string `json:"userObjectId"`
	AdminConsent    string `json:"adminConsent"`
	Health          string `json:"health"`
	Saved           string `json:"saved"`
	Consented       string `json:"consented"`
	Refreshed       string `json:"refreshed"`
	RefreshTokenEnd string `json:"refreshTokenEnd"`
	Checked         string `json:"checked,omitempty"`
	SecretExpires   string `json:"secretExpires,omitempty"`
}

func jsonOfConnector(c connector.Connector) jsonConnector {
	return jsonConnector{
		ID: c.ID, Name: c.Name, TenantID: c.Tenant.ID, TenantDomain: c.Tenant.Domain, Cloud: c.Tenant.Cloud,
		CloudFromFile: c.Tenant.CloudFromFile, ClientID: c.ClientID, ClientKind: string(c.Kind), User: c.User.UPN,
		UserObjectID: c.User.ObjectID, AdminConsent: string(c.Admin.Status), Health: string(c.Health), Saved: stamp(c.Saved),
		Consented: stamp(c.Consented), Refreshed: stamp(c.Refreshed), Checked: stamp(c.Checked), SecretExpires: stamp(c.SecretExpires),
		RefreshTokenEnd: stamp(c.Refreshed.Add(connector.RefreshTokenLife)),
	}
}

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: p.t("cli.list.short"), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e, err := p.engine()
			if err != nil {
				return err
			}
			all, err := e.Keeper().List()
			if err != nil {
				return failure(err)
			}
			p.showList(all)
			return nil
		},
	}
}

func (p *program) showList(all []connector.Connector) {
	if p.json {
		rows := []jsonConnector{}
		for _, c := range all {
			rows = append(rows, jsonOfConnector(c))
		}
		p.print(map[string]any{"connectors": rows})
		return
	}
	if len(all) == 0 {
		p.out(say("cli.list.empty"))
		return
	}
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, p.t("cli.list.header"))
	for _, c := range all {
		tenant := c.Tenant.Domain
		if tenant == "" {
			tenant = c.Tenant.ID
		}
		checked := p.t("cli.list.never")
		if !c.Checked.IsZero() {
			checked = c.Checked.Local().Format("2006-01-02 15:04")
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", c.Name, tenant, c.User.UPN, p.t("health."+string(c.Health)), checked)
	}
	_ = w.Flush()
}

func (p *program) tokenCommand() *cobra.Command {
	var resource string
	var reveal bool
	cmd := &cobra.Command{
		Use: "token NAME", Short: p.t("cli.token.short"), Long: p.t("cli.token.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r := auth.Resource(resource)
			if r != auth.PartnerCenter && r != auth.Graph {
				return p.usageText("cli.error.resource", map[string]any{"Value": resource})
			}
			if p.OutTerminal && !reveal {
				return p.usageText("cli.error.reveal", nil)
			}
			return p.token(cmd, args[0], r)
		},
	}
	cmd.Flags().StringVar(&resource, "resource", string(auth.PartnerCenter), p.t("cli.flag.resource"))
	cmd.Flags().BoolVar(&reveal, "reveal", false, p.t("cli.flag.reveal"))
	return cmd
}

func (p *program) token(cmd *cobra.Command, name string, r auth.Resource) error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	c, err := p.find(e.Keeper(), name)
	if err != nil {
		return err
	}
	token, err := e.Keeper().Token(cmd.Context(), c.ID, r)
	if err != nil && token.Value.Empty() {
		return failure(err)
	}
	if err != nil {
		// The token is good; what could not be kept is told beside it.
		_, _ = fmt.Fprint(p.Err, p.problemText(connector.ProblemOf(err, time.Now())))
	}
	if p.json {
		p.print(map[string]any{
			"accessToken": token.Value.Reveal(), "expiresOn": stamp(time.Unix(token.Expires, 0)), "tokenType": "Bearer",
			"resource": string(r), "tenantId": c.Tenant.ID,
		})
		return nil
	}
	_, err = fmt.Fprintln(p.Out, token.Value.Reveal())
	return err
}

// find returns the connector of that name or ID; which there are is said if there is none.
func (p *program) find(k connector.Keeper, name string) (connector.Connector, error) {
	c, err := k.Find(name)
	if errors.Is(err, connector.ErrAbsent) {
		return c, p.usageText("cli.error.no-connector", map[string]any{"Name": name})
	}
	return c, failure(err)
}

func (p *program) removeCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "remove NAME", Short: p.t("cli.remove.short"), Long: p.t("cli.remove.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := p.engine()
			if err != nil {
				return err
			}
			c, err := p.find(e.Keeper(), args[0])
			if err != nil {
				return err
			}
			if !yes {
				if !p.InTerminal {
					return p.usageText("cli.error.yes", nil)
				}
				if !p.confirm(cmd.Context(), say("cli.remove.ask", "Name", c.Name)) {
					p.say(say("cli.remove.kept", "Name", c.Name))
					return &exitError{code: ExitFailed, shown: true}
				}
			}
			if err := e.Keeper().Remove(cmd.Context(), c.ID); err != nil {
				return failure(err)
			}
			if p.json {
				p.print(map[string]any{"removed": jsonOfConnector(c)})
				return nil
			}
			p.out(say("cli.remove.done", "Name", c.Name))
			return nil
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, p.t("cli.flag.yes"))
	return cmd
}
