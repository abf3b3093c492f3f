package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
)

const completionExample = `  source <(pcc completion bash)
  pcc completion zsh > "${fpath[1]}/_pcc"
  pcc completion fish > ~/.config/fish/completions/pcc.fish
  pcc completion powershell | Out-String | Invoke-Expression`

var shells = []string{"bash", "zsh", "fish", "powershell"}

func (p *program) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: p.t("cli.completion.short"), Long: p.t("cli.completion.long"),
		Example: completionExample, ValidArgs: shells, Args: p.oneShell, Annotations: brief,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(p.Out, true)
			case "zsh":
				return root.GenZshCompletion(p.Out)
			case "fish":
				return root.GenFishCompletion(p.Out, true)
			}
			return root.GenPowerShellCompletionWithDesc(p.Out)
		},
	}
}

func (p *program) oneShell(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || !slices.Contains(shells, args[0]) {
		return p.usageText("cli.error.shell", map[string]any{"Known": strings.Join(shells, ", ")})
	}
	return p.atMostOne(cmd, args)
}

// completeWith completes a flag with one of several values.
func (p *program) completeWith(cmd *cobra.Command, flag string, values func() []string) {
	// Its error says that the flag is completed already or not there, which the tests see.
	_ = cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
}

func fixed(values ...string) func() []string { return func() []string { return values } }

// completeNames completes the name of a saved connector. It reads the list, and nothing else.
func (p *program) completeNames(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	e, err := p.engine()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	all, _, err := saved(e.Keeper())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	called := map[string]int{}
	for i := range all {
		called[connector.FoldName(all[i].Name)]++
	}
	names := []string{}
	for i := range all {
		if folded := connector.FoldName(all[i].Name); folded != "" && called[folded] > 1 {
			names = append(names, all[i].ID)
			continue
		}
		names = append(names, all[i].Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeProducts completes the product that made two links.
func (p *program) completeProducts() []string {
	e, err := p.engine()
	if err != nil {
		return nil
	}
	return productNames(e.Ports.Products)
}

// completeDrafts completes a draft by its short ID.
func (p *program) completeDrafts() []string {
	e, err := p.engine()
	if err != nil {
		return nil
	}
	drafts, err := e.Ports.Store.Drafts()
	if err != nil {
		return nil
	}
	ids := []string{}
	for _, d := range drafts {
		ids = append(ids, shortID(d.ID))
	}
	return ids
}
