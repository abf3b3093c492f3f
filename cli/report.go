package cli

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"partner-center-connector/connector/report"
)

const reportExample = `  pcc report
  pcc report support.md
  pcc report --json support.json --yes`

func (p *program) reportCommand() *cobra.Command {
	var yes, replace bool
	cmd := &cobra.Command{
		Use: "report [FILE]", Short: p.t("cli.report.short"), Long: p.t("cli.report.long"), Example: reportExample, Args: p.atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.report(cmd.Context())
			}
			return p.reportTo(cmd.Context(), args[0], yes, replace)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, p.t("cli.flag.yes"))
	cmd.Flags().BoolVar(&replace, "replace", false, p.t("cli.flag.replace"))
	return cmd
}

// report prints a support report.
func (p *program) report(ctx context.Context) error {
	data, err := p.makeReport(ctx)
	if err != nil {
		return err
	}
	_, err = p.Out.Write(data)
	return err
}

// reportTo shows a support report, and writes what was shown to a file once somebody has agreed.
func (p *program) reportTo(ctx context.Context, file string, yes, replace bool) error {
	if file == "" {
		return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "FILE"})
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	data, err := p.makeReport(ctx)
	if err != nil {
		return err
	}
	if _, err := p.Err.Write(data); err != nil {
		return err
	}
	if err := p.agreeTo(ctx, yes, say("cli.report.ask", "Name", full), say("cli.report.kept")); err != nil {
		return err
	}
	if err := report.Write(full, data, replace); err != nil {
		return p.recordError(full, err)
	}
	p.remark(say("cli.record.done", "Path", full))
	return nil
}

func (p *program) makeReport(ctx context.Context) ([]byte, error) {
	e, err := p.engine()
	if err != nil {
		return nil, err
	}
	if p.json {
		return e.Ports.Reports.JSON(ctx, nil), ctx.Err()
	}
	return []byte(e.Ports.Reports.Text(ctx, nil)), ctx.Err()
}
