package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector/precedence"
)

// topics are pages of help that are about no command.
func (p *program) topics() []*cobra.Command {
	return []*cobra.Command{{Use: "environment", Short: p.t("cli.environment.short"), Long: p.environmentHelp()}}
}

// environmentHelp says which variables count, and what counts before them.
func (p *program) environmentHelp() string {
	rows := [][2]string{}
	for _, o := range precedence.Options() {
		rows = append(rows, [2]string{"  " + o.Variable, p.tr.Text("cli.environment."+o.Name, map[string]any{"Flag": o.Flag})})
	}
	rows = append(rows, [2]string{"  NO_COLOR", p.t("cli.environment.no-color")})
	order := []string{}
	for _, source := range precedence.Order() {
		order = append(order, p.t("cli.environment.source."+string(source)))
	}
	return strings.Join([]string{
		p.t("cli.environment.head"),
		strings.Join(columns(rows, p.outWidth()), "\n"),
		p.tr.Text("cli.environment.order", map[string]any{"Order": strings.Join(order, ", ")}),
		p.t("cli.environment.policy"),
		p.t("cli.environment.colors"),
	}, "\n\n")
}
