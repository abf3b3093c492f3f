package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// connectOptions are what the command line says beforehand.
type connectOptions struct {
	tenant, cloud, user, clientID, kind, redirect, name string
	role, certificate, secretExpires                    string
	secretFromInput                                     bool
	groups, resume, yes, noInput                        bool
	groupsGiven                                         bool // --with-groups was given, be it with true or false
	// scopes are the further permissions of --scope; nil where it was not given.
	scopes                    []string
	draft, adminAnswer        string
	adminWay, userWay         string
	adminBrowser, userBrowser string
	// wait is how long Microsoft is given for a new client secret; waitGiven that --wait was given.
	wait      time.Duration
	waitGiven bool
	// renew is the name of the saved connector whose user consent is given again; empty for a new connector. newUser is the account
	// that becomes its integration user then; empty where it stays.
	renew, newUser string
	links          linkOptions
}

var (
	clientKinds = []string{string(auth.CertificateClient), string(auth.SecretClient), string(auth.PublicClient)}
	adminWays   = []string{"default", "isolated", "link", adminOther, adminSkip}
	userWays    = []string{"private", "guest", "plain", "link", userDefault}
)

// Ways that are not those of the wizard: adminOther and adminSkip open nothing here, and userDefault is for the link of another product alone.
const (
	adminOther  = "other-person"
	adminSkip   = "skip"
	userDefault = "default"
)

// roleNames are the values of --role.
func roleNames() []string {
	names := []string{}
	for _, r := range connector.Roles {
		names = append(names, string(r))
	}
	return names
}

const connectExample = `  pcc connect
  pcc connect --tenant contoso.onmicrosoft.com --user pc-integration@contoso.onmicrosoft.com \
    --client-id 8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58 --certificate connector.pem --yes
  pcc connect --resume --admin-answer "http://localhost:49731/consent?admin_consent=True&…"
  pcc connect --from-link links.txt`

func (p *program) connectCommand() *cobra.Command {
	o := connectOptions{}
	cmd := &cobra.Command{
		Use: "connect", Short: p.t("cli.connect.short"), Long: p.t("cli.connect.long"), Example: connectExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.groupsGiven, o.waitGiven = cmd.Flags().Changed("with-groups"), cmd.Flags().Changed("wait")
			return p.converse(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	for _, f := range []struct {
		name  string
		value *string
	}{
		{"tenant", &o.tenant},
		{"cloud", &o.cloud},
		{"user", &o.user},
		{"role", &o.role},
		{"client-id", &o.clientID},
		{"client-kind", &o.kind},
		{"redirect-path", &o.redirect},
		{"name", &o.name},
		{"draft", &o.draft},
		{"admin-consent", &o.adminWay},
		{"admin-browser", &o.adminBrowser},
		{"admin-answer", &o.adminAnswer},
		{"product", &o.links.product},
	} {
		flags.StringVar(f.value, f.name, "", p.t("cli.flag."+f.name))
	}
	flags.BoolVar(&o.groups, "with-groups", false, p.t("cli.flag.with-groups"))
	flags.StringSliceVar(&o.scopes, "scope", nil, p.t("cli.flag.scope"))
	flags.BoolVar(&o.resume, "resume", false, p.t("cli.flag.resume"))
	p.sharedFlags(cmd, &o)
	p.completeWith(cmd, "client-kind", fixed(clientKinds...))
	p.completeWith(cmd, "scope", auth.MoreScopes)
	p.completeWith(cmd, "role", fixed(roleNames()...))
	p.completeWith(cmd, "admin-consent", fixed(adminWays...))
	p.completeWith(cmd, "draft", p.completeDrafts)
	p.completeWith(cmd, "product", p.completeProducts)
	return cmd
}

// sharedFlags are those of connect and renew.
func (p *program) sharedFlags(cmd *cobra.Command, o *connectOptions) {
	flags := cmd.Flags()
	flags.StringVar(&o.certificate, "certificate", "", p.t("cli.flag.certificate"))
	flags.BoolVar(&o.secretFromInput, "secret-stdin", false, p.t("cli.flag.secret-stdin"))
	flags.StringVar(&o.secretExpires, "secret-expires", "", p.t("cli.flag.secret-expires"))
	flags.StringVar(&o.userWay, "user-consent", "", p.t("cli.flag.user-consent"))
	flags.StringVar(&o.userBrowser, "user-browser", "", p.t("cli.flag.user-browser"))
	flags.DurationVar(&o.wait, "wait", runner.ScriptWait, p.t("cli.flag.wait"))
	flags.BoolVar(&o.yes, "yes", false, p.t("cli.flag.connect-yes"))
	flags.BoolVar(&o.noInput, "no-input", false, p.t("cli.flag.no-input"))
	p.completeWith(cmd, "user-consent", fixed(userWays...))
	p.linkFlags(cmd, &o.links)
}

const renewExample = `  pcc renew "Contoso"
  pcc renew "Contoso" --secret-stdin < new-secret.txt
  pcc renew "Contoso" --user pc-integration-2@contoso.onmicrosoft.com`

func (p *program) renewCommand() *cobra.Command {
	o := connectOptions{}
	cmd := &cobra.Command{
		Use: "renew NAME", Short: p.t("cli.renew.short"), Long: p.t("cli.renew.long"), Example: renewExample,
		Args: p.oneName, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.renew, o.waitGiven = args[0], cmd.Flags().Changed("wait")
			return p.converse(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.newUser, "user", "", p.t("cli.flag.new-user"))
	cmd.Flags().StringVar(&o.role, "role", "", p.t("cli.flag.role"))
	p.completeWith(cmd, "role", fixed(roleNames()...))
	p.sharedFlags(cmd, &o)
	return cmd
}

// checkConnect refuses what can't be right before anything is opened or written.
func (p *program) checkConnect(o connectOptions) error {
	oneOf := func(flag, value string, known []string) error {
		if value == "" || slices.Contains(known, value) {
			return nil
		}
		return p.notOneOf(flag, value, known)
	}
	wrong := func(flag, key string) error {
		return p.usageText("cli.error.for-flag", map[string]any{"Flag": flag, "Reason": p.t(key)})
	}
	checks := []error{
		oneOf("--client-kind", o.kind, clientKinds),
		oneOf("--role", o.role, roleNames()),
		oneOf("--admin-consent", o.adminWay, adminWays),
		oneOf("--user-consent", o.userWay, userWays),
	}
	for _, s := range o.scopes {
		checks = append(checks, oneOf("--scope", s, auth.MoreScopes()))
	}
	for _, s := range o.links.reported {
		checks = append(checks, oneOf("--reported", s, reports))
	}
	for _, user := range []string{o.user, o.newUser} {
		if said := view.UPNReasonText(user); user != "" && !said.Empty() {
			checks = append(checks, p.usageText("cli.error.for-flag", map[string]any{"Flag": "--user", "Reason": said.Render(p.tr)}))
		}
	}
	nameReason, redirectReason := connector.NameReason(o.name), connector.RedirectReason(connector.RedirectPathOf(o.redirect))
	_, dayErr := connector.ParseDay(o.secretExpires)
	for _, c := range []struct {
		bad       bool
		flag, key string
	}{
		{o.clientID != "" && !connector.ValidClientID(o.clientID), "--client-id", "reason.client-id-invalid"},
		{redirectReason != "", "--redirect-path", "reason." + string(redirectReason)},
		{o.name != "" && nameReason != "", "--name", "reason." + string(nameReason)},
		{o.secretExpires != "" && dayErr != nil, "--secret-expires", "field.secret-expires.error"},
		{o.wait < 0 || o.wait > longestWait, "--wait", "cli.error.wait"},
		{len(o.tenant) > maxTenant && !strings.Contains(o.tenant, "://"), "--tenant", "field.tenant.error"},
		{len(o.adminAnswer) >= maxLine, "--admin-answer", "cli.error.line-long"},
	} {
		if c.bad {
			checks = append(checks, wrong(c.flag, c.key))
		}
	}
	if err := firstError(checks...); err != nil {
		return err
	}
	return p.checkTogether(o)
}

// longestWait is more than Microsoft needs for a new client secret.
const longestWait = time.Hour

// maxTenant is the longest domain in DNS, in bytes.
const maxTenant = 253

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkTogether refuses what does not go together.
func (p *program) checkTogether(o connectOptions) error {
	switch {
	case o.certificate != "" && o.secretFromInput:
		return p.usageText("cli.error.two-secrets", nil)
	case o.certificate != "" && o.kind != "" && o.kind != string(auth.CertificateClient),
		o.secretFromInput && o.kind != "" && o.kind != string(auth.SecretClient):
		return p.usageText("cli.error.secret-kind", map[string]any{"Kind": o.kind})
	case o.adminAnswer != "" && !o.resumes():
		return p.usageText("cli.error.answer-resume", nil)
	case o.resumes() || o.renew != "":
		return nil // the draft or connector says what it is for
	}
	return p.checkFit(o, o.links.asked())
}

func (o connectOptions) resumes() bool { return o.resume || o.draft != "" }

// secretFlags are the flags that give the credential of a kind of client.
func secretFlags(kind string) string {
	switch kind {
	case string(auth.CertificateClient):
		return "--certificate"
	case string(auth.SecretClient):
		return "--secret-stdin"
	}
	return "--certificate | --secret-stdin | --client-kind public"
}

// givenSecret reads the client secret or certificate that the command line points to, before anything starts.
func (p *program) givenSecret(ctx context.Context, o connectOptions) (wizard.SecretEntered, error) {
	if o.certificate != "" {
		pem, err := p.readFile(o.certificate)
		if err != nil {
			return wizard.SecretEntered{}, err
		}
		return wizard.SecretEntered{Field: connector.FieldCertificate, Secret: auth.NewSecret(string(pem))}, nil
	}
	if !o.secretFromInput {
		return wizard.SecretEntered{}, nil
	}
	secret, err := p.in.secret(ctx, p.t("cli.ask.secret"))
	if err == nil && secret.Empty() {
		err = p.usageText("cli.error.empty-secret", nil)
	}
	return wizard.SecretEntered{Field: connector.FieldSecret, Secret: secret}, err
}
