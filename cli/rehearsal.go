package cli

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// Rehearsal is the practice cloud, which only a composition root may import.
type Rehearsal struct {
	// Serve serves it until ctx ends; ready is called with what a person needs to use it.
	Serve func(ctx context.Context, o ServeOptions, ready func(RehearsalFacts)) error
	// Scenarios lists what can be practised.
	Scenarios func() []RehearsalScenario
}

// ServeOptions say what is served. Auto lets the pages press their own buttons.
type ServeOptions struct {
	Scenario, CloudsFile string
	Auto                 bool
	Text                 func(key string, args map[string]any) string
}

// RehearsalScenario is one that can be practised.
type RehearsalScenario struct {
	Name string
	// Key is the translation key of its sentence.
	Key string
	// Place is where it is met ("find", "probe", "admin", "user", "check", "later"; "none" where nothing shows), Kind the kind of
	// problem and Code the code that it shows; both may be empty.
	Place, Kind, Code string
}

// RehearsalFacts are the practice values.
type RehearsalFacts struct {
	CloudsFile  string `json:"cloudsFile"`
	Domain      string `json:"domain"`
	TenantID    string `json:"tenantId"`
	ClientID    string `json:"clientId"`
	ClientKind  string `json:"clientKind"`
	RedirectURI string `json:"redirectUri"`
	Scenario    string `json:"scenario"`
	User        string `json:"integrationUser"`
	// AdminSigns and UserSigns are the accounts that sign in: for the admin consent, and for the user consent.
	AdminSigns string `json:"adminSignIn"`
	UserSigns  string `json:"userSignIn"`
	// WithGroups reports whether --with-groups goes with the scenario.
	WithGroups   bool              `json:"withGroups"`
	People       []RehearsalPerson `json:"people"`
	ClientIDs    []NamedValue      `json:"clientIds"`
	ClientSecret string            `json:"practiceClientSecret"`
	// CertificateFile is the practice certificate with its key, as a PEM file.
	CertificateFile string `json:"practiceCertificateFile"`
}

// RehearsalPerson is a practice account.
type RehearsalPerson struct {
	Role string `json:"role"`
	UPN  string `json:"upn"`
}

// NamedValue is a value with its name, so that JSON needs no keys that change.
type NamedValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// jsonScenario is a scenario for scripts. Its keys never change.
type jsonScenario struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	Place string `json:"place"`
	Kind  string `json:"kind"`
	Code  string `json:"code"`
}

const rehearseExample = `  pcc rehearse --serve --auto --clouds-file rehearsal.toml
  pcc rehearse --list-scenarios`

func (p *program) rehearseCommand() *cobra.Command {
	var serve, listScenarios bool
	o := ServeOptions{Text: p.tr.Text}
	cmd := &cobra.Command{
		Use: "rehearse", Short: p.t("cli.rehearse.short"), Long: p.t("cli.rehearse.long"), Example: rehearseExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case listScenarios:
				return p.listScenarios()
			case !serve || o.CloudsFile == "":
				return p.usageText("cli.error.serve", nil)
			case !slices.Contains(p.scenarioNames(), o.Scenario):
				return p.usageText("cli.error.scenario", map[string]any{"Name": o.Scenario})
			}
			return p.serve(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&serve, "serve", false, p.t("cli.flag.serve"))
	flags.BoolVar(&listScenarios, "list-scenarios", false, p.t("cli.flag.list-scenarios"))
	flags.BoolVar(&o.Auto, "auto", false, p.t("cli.flag.auto"))
	flags.StringVar(&o.CloudsFile, "clouds-file", "", p.t("cli.flag.clouds-file"))
	flags.StringVar(&o.Scenario, "scenario", "good", p.t("cli.flag.scenario"))
	flags.Lookup("scenario").DefValue = ""
	p.completeWith(cmd, "scenario", p.scenarioNames)
	return cmd
}

func (p *program) serve(ctx context.Context, o ServeOptions) error {
	err := p.Rehearsal.Serve(ctx, o, p.rehearsalReady)
	if err != nil && ctx.Err() == nil {
		return failure(err)
	}
	// Ctrl+C is how serving ends.
	return nil
}

func (p *program) scenarioNames() []string {
	names := []string{}
	for _, s := range p.Rehearsal.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

func (p *program) listScenarios() error {
	all := p.Rehearsal.Scenarios()
	if p.json {
		rows := []jsonScenario{}
		for _, s := range all {
			rows = append(rows, jsonScenario{s.Name, p.t(s.Key), s.Place, s.Kind, s.Code})
		}
		p.print(map[string]any{"scenarios": rows})
		return nil
	}
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		_, _ = fmt.Fprintf(w, "%s\t%s\n", s.Name, p.t(s.Key))
	}
	return w.Flush()
}

func (p *program) rehearsalReady(f RehearsalFacts) {
	if p.json {
		p.print(f)
		return
	}
	p.out(say("cli.rehearse.ready", "Scenario", say("rehearsal.scenario."+f.Scenario)))
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	rows := []NamedValue{
		{"clouds-file", f.CloudsFile},
		{"tenant", f.Domain},
		{"user", f.User},
		{"client-id", f.ClientID},
		{"kind", p.t("common.kind." + f.ClientKind)},
		{"redirect-uri", f.RedirectURI},
		{"admin-signs", f.AdminSigns},
		{"user-signs", f.UserSigns},
	}
	switch f.ClientKind {
	case "secret":
		rows = append(rows, NamedValue{"secret", f.ClientSecret})
	case "certificate":
		rows = append(rows, NamedValue{"certificate", f.CertificateFile})
	}
	for _, row := range rows {
		_, _ = fmt.Fprintf(w, "  %s\t%s\n", p.t("cli.rehearse."+row.Name), row.Value)
	}
	_ = w.Flush()
	p.out(say("cli.rehearse.people"))
	for _, person := range f.People {
		_, _ = fmt.Fprintf(w, "  %s\t%s\n", person.UPN, p.t("rehearsal.role."+person.Role))
	}
	_ = w.Flush()
	p.out(say("cli.rehearse.try"))
	_, _ = fmt.Fprintln(p.Out, f.command())
	p.out(say("cli.rehearse.stop"))
}

// command is what practises the scenario in another terminal.
func (f RehearsalFacts) command() string {
	line := fmt.Sprintf("pcc connect --clouds %q --tenant %s --user %s --client-id %s --client-kind %s",
		f.CloudsFile, f.Domain, f.User, f.ClientID, f.ClientKind)
	if f.WithGroups {
		line += " --with-groups"
	}
	if f.ClientKind == "certificate" {
		line += fmt.Sprintf(" --certificate %q", f.CertificateFile)
	}
	return line
}
