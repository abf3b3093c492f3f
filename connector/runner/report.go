package runner

import (
	"context"

	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

func (r *Runner) makeReport(ctx context.Context, e wizard.MakeReport) {
	text := r.ports.Reports.Text(ctx, e.Shown)
	if ctx.Err() == nil {
		r.Send(wizard.ReportMade{Attempt: e.Attempt, Text: text})
	}
}

func (r *Runner) keepReport(e wizard.KeepReport) wizard.Event {
	path, err := r.ports.Reports.Save(e.Text)
	if err != nil {
		return wizard.ReportSaved{Attempt: e.Attempt, Raw: problems.CleanLine(err.Error())}
	}
	return wizard.ReportSaved{Attempt: e.Attempt, Path: path}
}
