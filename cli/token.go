package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// tokenLimit is that of a command that nobody watches, as removeLimit.
const tokenLimit = 3 * time.Minute

// The examples leave the token out of files and of other programs' command lines.
const tokenExample = `  token=$(pcc token "Contoso")
  pcc token "Contoso" --format header | curl --header @- https://api.partnercenter.microsoft.com/v1/customers
  eval "$(pcc token "Contoso" --format env)"
  pcc token "Contoso" --resource graph --json
  pcc token --vault https://contoso-services.vault.azure.net --prefix pcc contoso

  # PowerShell
  $token = pcc token "Contoso" --json | ConvertFrom-Json

  # once, for git credential fill
  git config --global credential.https://api.partnercenter.microsoft.com.helper '!f() { test "$1" != get || pcc token "Contoso" --format git-credential; }; f'`

func (p *program) tokenCommand() *cobra.Command {
	var resource string
	var reveal bool
	f, form := vaultFlags{}, &formFlag{form: formToken, json: &p.json}
	cmd := &cobra.Command{
		Use: "token NAME [--vault URL]", Short: p.t("cli.token.short"), Long: p.t("cli.token.long"), Example: tokenExample,
		Args: p.oneName, ValidArgsFunction: p.completeNames, Annotations: brief,
		RunE: func(cmd *cobra.Command, args []string) error {
			r := auth.Resource(resource)
			if r != auth.PartnerCenter && r != auth.Graph {
				return p.usageText("cli.error.resource", map[string]any{"Value": resource})
			}
			if err := p.checkForm(cmd, form.form); err != nil {
				return err
			}
			if p.OutTerminal && !reveal {
				return p.usageText("cli.error.reveal", nil)
			}
			if p.OutClosed {
				p.output.lose(errClosed)
				return nil
			}
			if err := p.checkVault(cmd, f); err != nil {
				return err
			}
			if f.address != "" {
				return p.vaultToken(cmd.Context(), args[0], r, f, form.form)
			}
			return p.token(cmd.Context(), args[0], r, form.form)
		},
	}
	cmd.Flags().StringVar(&resource, "resource", string(auth.PartnerCenter), p.t("cli.flag.resource"))
	cmd.Flags().Var(form, "format", p.t("cli.flag.format"))
	cmd.Flags().BoolVar(&reveal, "reveal", false, p.t("cli.flag.reveal"))
	cmd.Flags().Lookup("resource").DefValue, cmd.Flags().Lookup("format").DefValue = "", ""
	p.addVaultFlags(cmd, &f)
	p.addVaultCloud(cmd, &f)
	p.completeWith(cmd, "resource", fixed(string(auth.PartnerCenter), string(auth.Graph)))
	p.completeWith(cmd, "format", fixed(tokenForms...))
	return cmd
}

// checkForm refuses a form that there is not, and one beside --json that is another one.
func (p *program) checkForm(cmd *cobra.Command, form string) error {
	switch {
	case !slices.Contains(tokenForms, form):
		return p.notOneOf("--format", form, tokenForms)
	case p.json && cmd.Flags().Changed("format") && form != formJSON:
		return p.usageText("cli.error.format-json", map[string]any{"Flag": p.jsonFlag(cmd), "Value": form})
	}
	return nil
}

// jsonToken is an access token for scripts. Its keys never change.
type jsonToken struct {
	AccessToken string `json:"accessToken"`
	ExpiresOn   string `json:"expiresOn"`
	TokenType   string `json:"tokenType"`
	Resource    string `json:"resource"`
	// TenantID is empty for a token from a key vault, where only the list would tell it.
	TenantID string `json:"tenantId"`
	// Scopes are its permissions as far as Microsoft told them.
	Scopes []string `json:"scopes"`
}

func (p *program) token(ctx context.Context, name string, r auth.Resource, form string) error {
	ctx, cancel := context.WithTimeout(ctx, tokenLimit)
	defer cancel()
	// What a request brings has to be stored; a token that is there already changes nothing.
	ctx = auth.BeforeRequests(ctx, p.Obey)
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	token, err := e.Keeper().Token(ctx, c.ID, r)
	if err != nil && token.Value.Empty() {
		return p.failureAbout(c, err)
	}
	if problem := problems.Of(err, time.Now()); problem != nil {
		// The token is good; what could not be kept is told beside it.
		p.showCard(p.Err, p.errWidth(), "", view.ConnectorCard(c, problem, p.preset))
	}
	if missing := lacking(c, r, token); len(missing) > 0 {
		problem := problems.New(connector.KindMissingScopes, auth.StageRefresh).With("Scopes", strings.Join(missing, ", ")).Dated(p.now())
		p.showCard(p.Err, p.errWidth(), "", view.ConnectorCard(c, problem, p.preset))
	}
	cloud, _ := e.Ports.Clouds.Cloud(c.Tenant.Cloud) // without it there is no token
	return p.printToken(issued{token, r, cloud, c.Tenant.ID, c.User.UPN}, form)
}

// lacking are the further permissions of Microsoft Graph that a token was asked for and does not have: where one of them is refused, there is
// a token without any. Where Microsoft does not tell what it has there are none.
func lacking(c connector.Connector, r auth.Resource, token auth.Token) []string {
	missing := []string{}
	if r != auth.Graph || !token.ScopesGiven || len(token.Scopes) == 0 {
		return missing
	}
	for _, want := range c.Scopes {
		has := func(granted string) bool { return strings.EqualFold(granted[strings.LastIndex(granted, "/")+1:], want) }
		if !slices.ContainsFunc(token.Scopes, has) {
			missing = append(missing, want)
		}
	}
	return missing
}
