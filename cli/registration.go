package cli

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/registration"
)

// registrationOptions are what the command line says of the app registration that is to be made.
type registrationOptions struct {
	way, draft, tenant, cloud, name, kind, redirect, certificate string
	groups, groupsGiven                                          bool
	scopes                                                       []string
	file                                                         string
	replace                                                      bool
}

const registrationExample = `  pcc registration --tenant contoso.onmicrosoft.com --client-kind certificate --certificate connector.crt
  pcc registration --draft 3f2a9c51 --for powershell -o make-app.ps1
  pcc registration --for manifest`

func (p *program) registrationCommand() *cobra.Command {
	o := registrationOptions{}
	cmd := &cobra.Command{
		Use: "registration", Short: p.t("cli.registration.short"), Long: p.t("cli.registration.long"), Example: registrationExample, Args: p.noArgs,
		Annotations: map[string]string{takesFile: ""},
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.groupsGiven = cmd.Flags().Changed("with-groups")
			if cmd.Flags().Changed("file") && o.file == "" {
				return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--file"})
			}
			o.file = p.fileOf(o.file)
			return p.registration(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.way, "for", string(connector.RegisterByBash), p.t("cli.flag.for"))
	flags.StringVar(&o.draft, "draft", "", p.t("cli.flag.registration-draft"))
	flags.StringVar(&o.tenant, "tenant", "", p.t("cli.flag.tenant"))
	flags.StringVar(&o.cloud, "cloud", "", p.t("cli.flag.cloud"))
	flags.StringVar(&o.name, "name", "", p.t("cli.flag.registration-name"))
	flags.StringVar(&o.kind, "client-kind", "", p.t("cli.flag.client-kind"))
	flags.StringVar(&o.redirect, "redirect-path", "", p.t("cli.flag.redirect-path"))
	flags.BoolVar(&o.groups, "with-groups", false, p.t("cli.flag.with-groups"))
	flags.StringSliceVar(&o.scopes, "scope", nil, p.t("cli.flag.scope"))
	flags.StringVar(&o.certificate, "certificate", "", p.t("cli.flag.registration-certificate"))
	flags.StringVarP(&o.file, "file", "o", "", p.t("cli.flag.file"))
	flags.BoolVar(&o.replace, "replace", false, p.t("cli.flag.replace"))
	p.completeWith(cmd, "for", fixed(registrationWays()...))
	p.completeWith(cmd, "scope", auth.MoreScopes)
	p.completeWith(cmd, "client-kind", fixed(clientKinds...))
	p.completeWith(cmd, "draft", p.completeDrafts)
	return cmd
}

func registrationWays() []string {
	names := []string{}
	for _, way := range connector.RegistrationTexts {
		names = append(names, string(way))
	}
	return names
}

// jsonRegistration is an app registration that is to be made, with the text that makes it.
type jsonRegistration struct {
	For         string `json:"for"`
	Name        string `json:"name"`
	TenantID    string `json:"tenantId"`
	Kind        string `json:"kind"`
	ClientKind  string `json:"clientKind"`
	RedirectURI string `json:"redirectUri"`
	// Path is the file that the text was written to; empty where it was not.
	Path string `json:"path"`
	Text string `json:"text"`
}

// registration prints the text that makes an app registration, or writes it to a file. Neither signs anybody in.
func (p *program) registration(ctx context.Context, o registrationOptions) error {
	o = p.cleanedRegistration(o)
	if err := p.checkRegistration(o); err != nil {
		return err
	}
	e, err := p.engine()
	if err != nil {
		return err
	}
	r, err := p.registrationOf(ctx, e, o)
	if err != nil {
		return err
	}
	way := connector.RegistrationWay(o.way)
	if way == connector.RegisterByManifest && o.certificate != "" {
		p.say(say("cli.registration.no-certificate"))
	}
	if p.preset.Gives(connector.FieldClientID) && (r.ClientID == "" || strings.EqualFold(r.ClientID, p.preset.ClientID)) {
		p.remark(say("cli.registration.given", "Path", p.preset.Path, "ClientID", p.preset.ClientID))
		r.ClientID = ""
	}
	made := jsonRegistration{
		For: o.way, Name: r.Name, TenantID: r.Tenant.ID, Kind: string(r.ClientKind), ClientKind: string(r.ClientKind), RedirectURI: r.RedirectURI(), Text: e.Ports.Registrations.Text(r, way),
	}
	if o.file != "" {
		if made.Path, err = filepath.Abs(o.file); err != nil {
			return err
		}
		if err := registration.Write(made.Path, made.Text, way, o.replace); err != nil {
			return p.recordError(made.Path, err)
		}
	}
	switch {
	case p.json:
		p.print(made)
	case made.Path != "":
		p.remark(say("cli.record.done", "Path", made.Path))
	default:
		_, err = p.Out.Write([]byte(made.Text))
	}
	return err
}

// checkRegistration refuses what can't be right before anything is opened.
func (p *program) checkRegistration(o registrationOptions) error {
	kind := o.kind
	if kind == "" {
		kind = clientKinds[0]
	}
	connect := connectOptions{tenant: o.tenant, kind: kind, redirect: o.redirect, name: o.name, scopes: o.scopes}
	if err := p.checkConnect(connect); err != nil {
		return err
	}
	if connector.RegistrationWay(o.way).IsText() {
		return nil
	}
	return p.notOneOf("--for", o.way, registrationWays())
}

// registrationOf is the app registration of a draft, or one like that of a new draft, with what the flags say instead.
func (p *program) registrationOf(ctx context.Context, e *engine.Engine, o registrationOptions) (connector.Registration, error) {
	d := e.Ports.Preset.Fill(connector.NewDraft())
	if o.draft != "" {
		var err error
		if d, err = p.findDraft(e, o.draft); err != nil {
			return connector.Registration{}, err
		}
	}
	if o.tenant != "" {
		t, err := p.tenantOf(ctx, e, o)
		if err != nil {
			return connector.Registration{}, err
		}
		d.Tenant = &t
	}
	if o.name != "" {
		d.Name = o.name
	}
	if o.kind != "" {
		d.ClientKind = auth.ClientKind(o.kind)
	}
	if o.redirect != "" {
		d.RedirectPath = connector.RedirectPathOf(o.redirect)
	}
	if o.groupsGiven {
		d.WithGroups = o.groups
	}
	if o.scopes != nil {
		d.Scopes = nil
		for _, s := range o.scopes {
			d.Scopes = connector.WithScope(d.Scopes, s, true)
		}
	}
	if o.certificate == "" {
		r := connector.RegistrationOf(d)
		r.Certificate = keptCertificate(ctx, e, d)
		return r, nil
	}
	d.ClientKind = auth.CertificateClient
	r := connector.RegistrationOf(d)
	var err error
	r.Certificate, err = p.publicCertificate(o)
	return r, err
}

// keptCertificate is the certificate that waits in the keychain for a draft, without its key; nil for none. Without it the script says
// that it has to be uploaded.
func keptCertificate(ctx context.Context, e *engine.Engine, d connector.Draft) *auth.Certificate {
	if d.ClientKind != auth.CertificateClient || !d.HasSecret {
		return nil
	}
	kept, err := e.Ports.Vault.Get(ctx, keeper.DraftSecretID(d.ID))
	if err != nil {
		return nil
	}
	facts, err := auth.ParsePublicCertificate([]byte(kept.Reveal()))
	if err != nil {
		return nil
	}
	return &facts
}

// tenantOf looks a tenant up, so that the script refuses any other one.
func (p *program) tenantOf(ctx context.Context, e *engine.Engine, o registrationOptions) (auth.Tenant, error) {
	found, err := e.Ports.Tenants.FindTenant(ctx, o.tenant)
	if err != nil {
		return auth.Tenant{}, failure(err)
	}
	clouds := []string{}
	for _, t := range found {
		if t.Cloud == o.cloud || len(found) == 1 && o.cloud == "" {
			return t, nil
		}
		clouds = append(clouds, t.Cloud)
	}
	return auth.Tenant{}, p.notOneOf("--cloud", o.cloud, clouds)
}

// publicCertificate reads the certificate that a file holds, with its key or without.
func (p *program) publicCertificate(o registrationOptions) (*auth.Certificate, error) {
	if o.kind != "" && o.kind != string(auth.CertificateClient) {
		return nil, p.usageText("cli.error.secret-kind", map[string]any{"Kind": o.kind})
	}
	data, err := p.readFile(o.certificate)
	if err != nil {
		return nil, err
	}
	facts, err := auth.ParsePublicCertificate(data)
	if err != nil {
		return nil, p.usageText("cli.error.for-flag", map[string]any{"Flag": "--certificate", "Reason": err.Error()})
	}
	return &facts, nil
}
