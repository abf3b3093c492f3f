package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector/record"
	"partner-center-connector/rehearsal"
)

// jsonRehearsal is what a script needs to use the practice cloud. Its keys never change.
type jsonRehearsal struct {
	CloudsFile   string       `json:"cloudsFile"`
	Domain       string       `json:"domain"`
	TenantDomain string       `json:"tenantDomain"`
	TenantID     string       `json:"tenantId"`
	ClientID     string       `json:"clientId"`
	ClientKind   string       `json:"clientKind"`
	RedirectURI  string       `json:"redirectUri"`
	Scenario     string       `json:"scenario"`
	User         string       `json:"integrationUser"`
	UPN          string       `json:"upn"`
	AdminSigns   string       `json:"adminSignIn"`
	UserSigns    string       `json:"userSignIn"`
	WithGroups   bool         `json:"withGroups"`
	People       []jsonPerson `json:"people"`
	ClientIDs    []namedValue `json:"clientIds"`
	ClientSecret string       `json:"practiceClientSecret"`
	// CertificateFile is the practice certificate with its key, as a PEM file.
	CertificateFile string `json:"practiceCertificateFile"`
	// ProductPage is the page of the product that makes two links of its own.
	ProductPage string `json:"practiceProductPage"`
	// KeyVaultSuffix is what the hosts of the practice key vaults end with.
	KeyVaultSuffix string `json:"keyVaultSuffix"`
	// WorkloadClientID and WorkloadTokenFile are for AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE, beside AZURE_TENANT_ID.
	WorkloadClientID  string `json:"workloadClientId"`
	WorkloadTokenFile string `json:"workloadTokenFile"`
}

// jsonPerson is a practice account.
type jsonPerson struct {
	Role string `json:"role"`
	UPN  string `json:"upn"`
}

// namedValue is a value with its name, so that JSON needs no keys that change.
type namedValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// jsonScenario is a scenario for scripts. Its keys never change.
type jsonScenario struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	Place string `json:"place"`
	Kind  string `json:"kind"`
	// ProblemKind is what Kind is, and null for none.
	ProblemKind *string `json:"problemKind"`
	Code        string  `json:"code"`
}

func jsonOfRehearsal(f rehearsal.Facts, files practiceFiles) jsonRehearsal {
	j := jsonRehearsal{
		CloudsFile: files.clouds, Domain: f.Domain, TenantDomain: f.Domain, TenantID: f.TenantID, ClientID: f.ClientID, ClientKind: f.ClientKind,
		RedirectURI: f.RedirectURIs[0], Scenario: f.Scenario, User: f.IntegrationUPN, UPN: f.IntegrationUPN, AdminSigns: f.AdminSigns, UserSigns: f.UserSigns,
		WithGroups: f.WithGroups, ClientSecret: f.ClientSecret, CertificateFile: files.certificate, ProductPage: f.Product.Page,
		KeyVaultSuffix: f.Azure.KeyVaultSuffix, WorkloadClientID: f.Azure.WorkloadClientID, WorkloadTokenFile: files.workload,
		ClientIDs: []namedValue{{"public", f.Clients.Public}, {"secret", f.Clients.Secret}, {"certificate", f.Clients.Certificate}},
	}
	for _, p := range f.People {
		j.People = append(j.People, jsonPerson{Role: p.Role, UPN: p.UPN})
	}
	return j
}

const rehearseExample = `  pcc rehearse --serve --auto --clouds-file rehearsal.toml
  pcc rehearse --list-scenarios`

func (p *program) rehearseCommand() *cobra.Command {
	var serve, listScenarios bool
	var cloudsFile string
	o := rehearsal.Options{Text: p.tr.Text}
	cmd := &cobra.Command{
		Use: "rehearse", Short: p.t("cli.rehearse.short"), Example: rehearseExample, Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case listScenarios:
				return p.listScenarios()
			case !serve || cloudsFile == "":
				return p.usageText("cli.error.serve", nil)
			case !slices.Contains(scenarioNames(), o.Scenario):
				return usageWords(p.withNear(p.tr.Text("cli.error.scenario", map[string]any{"Name": o.Scenario}), o.Scenario, scenarioNames()))
			}
			return p.serve(cmd.Context(), o, cloudsFile)
		},
	}
	cmd.Long = p.tr.Text("cli.rehearse.long", map[string]any{"Names": strings.Join(rehearsal.KeyVaultFaults(), ", ")})
	flags := cmd.Flags()
	flags.BoolVar(&serve, "serve", false, p.t("cli.flag.serve"))
	flags.BoolVar(&listScenarios, "list-scenarios", false, p.t("cli.flag.list-scenarios"))
	flags.BoolVar(&o.Auto, "auto", false, p.t("cli.flag.auto"))
	flags.StringVar(&cloudsFile, "clouds-file", "", p.t("cli.flag.clouds-file"))
	flags.StringVar(&o.Scenario, "scenario", "good", p.t("cli.flag.scenario"))
	flags.Lookup("scenario").DefValue = ""
	p.completeWith(cmd, "scenario", scenarioNames)
	return cmd
}

func (p *program) serve(ctx context.Context, o rehearsal.Options, cloudsFile string) error {
	err := servePractice(ctx, o, cloudsFile, p.rehearsalReady)
	if err != nil && ctx.Err() == nil {
		return failure(err)
	}
	// Ctrl+C is how serving ends.
	return nil
}

func scenarioNames() []string {
	names := []string{}
	for _, s := range rehearsal.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

func (p *program) listScenarios() error {
	all := rehearsal.Scenarios()
	if p.json {
		rows := []jsonScenario{}
		for _, s := range all {
			rows = append(rows, jsonScenario{s.Name, p.t(s.Text), string(s.Shows), s.ProblemKind, record.OrNull(s.ProblemKind), s.Code})
		}
		p.print(map[string]any{"scenarios": rows})
		return nil
	}
	rows := [][]string{}
	for _, s := range all {
		rows = append(rows, []string{s.Name, p.t(s.Text)})
	}
	text, _ := aligned(rows)
	_, err := fmt.Fprintln(p.Out, text)
	return err
}

func (p *program) rehearsalReady(f rehearsal.Facts, files practiceFiles) {
	if p.json {
		p.print(jsonOfRehearsal(f, files))
		return
	}
	p.out(say("cli.rehearse.ready", "Scenario", say("rehearsal.scenario."+f.Scenario)))
	values := []namedValue{
		{"clouds-file", files.clouds},
		{"tenant", f.Domain},
		{"user", f.IntegrationUPN},
		{"client-id", f.ClientID},
		{"kind", p.t("common.kind." + f.ClientKind)},
		{"redirect-uri", f.RedirectURIs[0]},
		{"admin-signs", f.AdminSigns},
		{"user-signs", f.UserSigns},
	}
	switch f.ClientKind {
	case "secret":
		values = append(values, namedValue{"secret", f.ClientSecret})
	case "certificate":
		values = append(values, namedValue{"certificate", files.certificate})
	}
	values = append(values, namedValue{"product", f.Product.Page}, namedValue{"key-vaults", "https://NAME." + f.Azure.KeyVaultSuffix}, namedValue{"workload", workloadLine(f, files)})
	rows := [][]string{}
	for _, v := range values {
		rows = append(rows, []string{"  " + p.t("cli.rehearse."+v.Name), v.Value})
	}
	text, _ := aligned(rows)
	_, _ = fmt.Fprintln(p.Out, text)
	p.out(say("cli.rehearse.people"))
	people := [][]string{}
	for _, person := range f.People {
		people = append(people, []string{"  " + person.UPN, p.t("rehearsal.role." + person.Role)})
	}
	text, _ = aligned(people)
	_, _ = fmt.Fprintln(p.Out, text)
	p.out(say("cli.rehearse.try"))
	_, _ = fmt.Fprintln(p.Out, connectLine(f, files))
	p.out(say("cli.rehearse.stop"))
}

// workloadLine is what the environment of a program says that signs in to the practice key vaults as a workload does.
func workloadLine(f rehearsal.Facts, files practiceFiles) string {
	return fmt.Sprintf("AZURE_TENANT_ID=%s AZURE_CLIENT_ID=%s AZURE_FEDERATED_TOKEN_FILE=%q", f.TenantID, f.Azure.WorkloadClientID, files.workload)
}

// connectLine is the command line that practises the scenario in another terminal.
func connectLine(f rehearsal.Facts, files practiceFiles) string {
	if aboutLinks(f.Scenario) {
		return fmt.Sprintf("pcc connect --clouds %q --tenant %s --user %s --product %s --from-link -", files.clouds, f.Domain, f.IntegrationUPN, otherProduct)
	}
	line := fmt.Sprintf("pcc connect --clouds %q --tenant %s --user %s --client-id %s --client-kind %s",
		files.clouds, f.Domain, f.IntegrationUPN, f.ClientID, f.ClientKind)
	if f.WithGroups {
		line += " --with-groups"
	}
	if f.ClientKind == "certificate" {
		line += fmt.Sprintf(" --certificate %q", files.certificate)
	}
	return line
}

// aboutLinks reports whether a scenario is about the two links of the practice product.
func aboutLinks(scenario string) bool {
	return slices.ContainsFunc(rehearsal.Scenarios(), func(s rehearsal.Scenario) bool { return s.Name == scenario && s.Shows == rehearsal.PlaceLinks })
}
