package cli

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.t("cli.version.short"), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if p.json {
				p.print(map[string]string{"version": p.Version, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
				return nil
			}
			_, err := fmt.Fprintf(p.Out, "pcc %s %s/%s\n", p.Version, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain CODE|TEXT", Short: p.t("cli.explain.short"), Long: p.t("cli.explain.long"), Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			found := connector.LookUpCode(strings.Join(args, " "))
			if p.json {
				rows := []jsonProblem{}
				for _, problem := range found {
					rows = append(rows, p.jsonOf(&problem))
				}
				p.print(map[string]any{"problems": rows})
			}
			if len(found) == 0 {
				if !p.json {
					p.say(say("cli.explain.nothing"))
				}
				return &exitError{code: ExitFailed, shown: true}
			}
			if !p.json {
				for _, problem := range found {
					p.explain(problem)
				}
			}
			return nil
		},
	}
}

func (p *program) explain(problem connector.Problem) {
	card := view.ProblemCard(&problem)
	if problem.Code != "" {
		_, _ = fmt.Fprintln(p.Out, problem.Code)
	}
	_, _ = fmt.Fprintf(p.Out, "  %s\n  %s\n  %s\n", card.Title.Render(p.tr),
		p.tr.Text("cli.who", map[string]any{"Actor": card.Actor.Render(p.tr)}), card.Do.Render(p.tr))
}

func (p *program) rehearseCommand() *cobra.Command {
	var serve, listScenarios, auto bool
	var file, scenario string
	cmd := &cobra.Command{
		Use: "rehearse", Short: p.t("cli.rehearse.short"), Long: p.t("cli.rehearse.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if listScenarios {
				return p.listScenarios()
			}
			if !serve || file == "" {
				return p.usageText("cli.error.serve", nil)
			}
			if !p.knownScenario(scenario) {
				return p.usageText("cli.error.scenario", map[string]any{"Name": scenario})
			}
			err := p.Rehearsal.Serve(cmd.Context(), ServeOptions{Scenario: scenario, CloudsFile: file, Auto: auto, Text: p.tr.Text}, p.rehearsalReady)
			if err != nil && cmd.Context().Err() == nil {
				return &exitError{code: ExitFailed, err: err}
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&serve, "serve", false, p.t("cli.flag.serve"))
	flags.BoolVar(&listScenarios, "list-scenarios", false, p.t("cli.flag.list-scenarios"))
	flags.BoolVar(&auto, "auto", false, p.t("cli.flag.auto"))
	flags.StringVar(&file, "clouds-file", "", p.t("cli.flag.clouds-file"))
	flags.StringVar(&scenario, "scenario", "good", p.t("cli.flag.scenario"))
	return cmd
}

func (p *program) knownScenario(name string) bool {
	for _, s := range p.Rehearsal.Scenarios() {
		if s.Name == name {
			return true
		}
	}
	return false
}

func (p *program) listScenarios() error {
	all := p.Rehearsal.Scenarios()
	if p.json {
		p.print(map[string]any{"scenarios": all})
		return nil
	}
	for _, s := range all {
		_, _ = fmt.Fprintf(p.Out, "%-26s %s\n", s.Name, p.t(s.Key))
	}
	return nil
}

func (p *program) rehearsalReady(f RehearsalFacts) {
	if p.json {
		p.print(f)
		return
	}
	p.out(say("cli.rehearse.ready", "Path", f.CloudsFile, "Domain", f.Domain, "ClientID", f.ClientID, "RedirectURI", f.RedirectURI, "Scenario", f.Scenario))
	for _, person := range f.People {
		_, _ = fmt.Fprintf(p.Out, "  %-40s %s\n", person.UPN, p.t("rehearsal.role."+person.Role))
	}
	p.out(say("cli.rehearse.stop"))
}

// readFile reads a file that the command line names, with a limit that a certificate never reaches.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > 1<<20 {
		return nil, fmt.Errorf("%s is larger than 1 MiB", path)
	}
	return os.ReadFile(path)
}
