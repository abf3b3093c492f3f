package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// connectOptions are what the command line says beforehand.
type connectOptions struct {
	tenant, user, clientID, kind, redirect, name, secretExpires string
	certificate                                                 string
	secretFromInput                                             bool
	groups, resume, yes, noInput                                bool
	adminWay, userWay                                           string
	adminBrowser, userBrowser                                   string
}

var (
	adminWays = []string{"default", "isolated", "link", "other-person", "skip"}
	userWays  = []string{"private", "guest", "plain", "link"}
)

func (p *program) connectCommand() *cobra.Command {
	o := connectOptions{}
	cmd := &cobra.Command{
		Use: "connect", Short: p.t("cli.connect.short"), Long: p.t("cli.connect.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.checkConnect(o); err != nil {
				return err
			}
			return p.converse(cmd.Context(), o, "")
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.tenant, "tenant", "", p.t("cli.flag.tenant"))
	flags.StringVar(&o.user, "user", "", p.t("cli.flag.user"))
	flags.StringVar(&o.clientID, "client-id", "", p.t("cli.flag.client-id"))
	flags.StringVar(&o.kind, "client-kind", "", p.t("cli.flag.client-kind"))
	flags.StringVar(&o.redirect, "redirect-path", "", p.t("cli.flag.redirect-path"))
	flags.StringVar(&o.name, "name", "", p.t("cli.flag.name"))
	flags.StringVar(&o.secretExpires, "secret-expires", "", p.t("cli.flag.secret-expires"))
	flags.StringVar(&o.certificate, "certificate", "", p.t("cli.flag.certificate"))
	flags.BoolVar(&o.secretFromInput, "secret-stdin", false, p.t("cli.flag.secret-stdin"))
	flags.BoolVar(&o.groups, "with-groups", false, p.t("cli.flag.with-groups"))
	flags.BoolVar(&o.resume, "resume", false, p.t("cli.flag.resume"))
	p.consentFlags(cmd, &o)
	flags.StringVar(&o.adminWay, "admin-consent", "", p.t("cli.flag.admin-consent"))
	flags.StringVar(&o.adminBrowser, "admin-browser", "", p.t("cli.flag.admin-browser"))
	return cmd
}

func (p *program) consentFlags(cmd *cobra.Command, o *connectOptions) {
	flags := cmd.Flags()
	flags.StringVar(&o.userWay, "user-consent", "", p.t("cli.flag.user-consent"))
	flags.StringVar(&o.userBrowser, "user-browser", "", p.t("cli.flag.user-browser"))
	flags.BoolVar(&o.yes, "yes", false, p.t("cli.flag.connect-yes"))
	flags.BoolVar(&o.noInput, "no-input", false, p.t("cli.flag.no-input"))
}

func (p *program) checkConnect(o connectOptions) error {
	kinds := []string{"", string(auth.PublicClient), string(auth.SecretClient), string(auth.CertificateClient)}
	switch {
	case !slices.Contains(kinds, o.kind):
		return p.usageText("cli.error.kind", map[string]any{"Value": o.kind})
	case o.adminWay != "" && !slices.Contains(adminWays, o.adminWay):
		return p.usageText("cli.error.way", map[string]any{"Value": o.adminWay, "Ways": strings.Join(adminWays, ", ")})
	case o.userWay != "" && !slices.Contains(userWays, o.userWay):
		return p.usageText("cli.error.way", map[string]any{"Value": o.userWay, "Ways": strings.Join(userWays, ", ")})
	case o.certificate != "" && o.secretFromInput:
		return p.usageText("cli.error.two-secrets", nil)
	}
	return nil
}

func (p *program) renewCommand() *cobra.Command {
	o := connectOptions{}
	cmd := &cobra.Command{
		Use: "renew NAME", Short: p.t("cli.renew.short"), Long: p.t("cli.renew.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.checkConnect(o); err != nil {
				return err
			}
			return p.converse(cmd.Context(), o, args[0])
		},
	}
	p.consentFlags(cmd, &o)
	return cmd
}

// converse drives the same state machine as the window does. renew names a saved connector, or is empty for a new one.
func (p *program) converse(ctx context.Context, o connectOptions, renew string) error {
	prefill, err := p.prefill(ctx, o)
	if err != nil {
		return err
	}
	e, err := p.engine()
	if err != nil {
		return err
	}
	start := []connector.Event{connector.NewConnector{}}
	if renew != "" {
		c, err := p.find(e.Keeper(), renew)
		if err != nil {
			return err
		}
		start = []connector.Event{connector.OpenConnector{ID: c.ID}, connector.Renew{}}
	}
	run, cancel := context.WithCancel(ctx)
	states := newStates()
	runner := connector.NewRunner(e.Ports, nil, states.put)
	ended := make(chan struct{})
	go func() { defer close(ended); runner.Run(run) }()
	defer func() { cancel(); <-ended }()
	c := &conversation{program: p, prompt: p.prompt(), options: o, send: runner.Send, states: states, asked: map[string]bool{}, given: prefill}
	err = c.run(ctx, start)
	if errors.Is(err, errNoAnswer) {
		return p.usageText("cli.error.no-answer", nil)
	}
	return err
}

// prefill turns flags into the events that the window's fields would send. Secrets are read here, before anything starts.
func (p *program) prefill(ctx context.Context, o connectOptions) ([]connector.Event, error) {
	events := []connector.Event{}
	if o.kind == "" && o.certificate != "" {
		o.kind = string(auth.CertificateClient)
	}
	if o.kind != "" {
		events = append(events, connector.Chosen{Field: connector.FieldKind, Value: o.kind})
	}
	for _, text := range []struct {
		field connector.Field
		value string
	}{
		{connector.FieldTenant, o.tenant}, {connector.FieldUPN, o.user}, {connector.FieldName, o.name},
		{connector.FieldClientID, o.clientID}, {connector.FieldRedirectPath, o.redirect}, {connector.FieldSecretExpires, o.secretExpires},
	} {
		if text.value != "" {
			events = append(events, connector.Edited{Field: text.field, Value: text.value})
		}
	}
	if o.groups {
		events = append(events, connector.Ticked{Field: connector.FieldWithGroups, On: true})
	}
	for field, id := range map[connector.Field]string{connector.FieldAdminBrowser: o.adminBrowser, connector.FieldUserBrowser: o.userBrowser} {
		if id != "" {
			events = append(events, connector.Chosen{Field: field, Value: id})
		}
	}
	if o.yes {
		for _, f := range append(slices.Clone(connector.Ticks1), connector.TickMFA) {
			events = append(events, connector.Ticked{Field: f, On: true})
		}
	}
	secret, err := p.givenSecret(ctx, o)
	if err != nil || secret.Secret.Empty() {
		return events, err
	}
	return append(events, secret), nil
}

func (p *program) givenSecret(ctx context.Context, o connectOptions) (connector.SecretEntered, error) {
	if o.certificate != "" {
		pem, err := readFile(o.certificate)
		if err != nil {
			return connector.SecretEntered{}, usage(err)
		}
		return connector.SecretEntered{Field: connector.FieldCertificate, Secret: auth.NewSecret(string(pem))}, nil
	}
	if !o.secretFromInput {
		return connector.SecretEntered{}, nil
	}
	secret, err := p.prompt().secret(ctx, p.t("cli.ask.secret"))
	if err == nil && secret.Empty() {
		err = p.usageText("cli.error.empty-secret", nil)
	}
	return connector.SecretEntered{Field: connector.FieldSecret, Secret: secret}, err
}
