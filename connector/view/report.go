package view

import (
	"partner-center-connector/connector/wizard"
)

const openReportID = "open-report"

// openReport leads to the support report.
func openReport() Button {
	return Button{ID: openReportID, Label: text("report.page.open"), Event: wizard.OpenReport{Open: true}}
}

// report is the support report, shown whole before anybody copies or saves it.
func report(s wizard.State) (View, []string) {
	closeIt := wizard.OpenReport{}
	v := View{
		Page: "report", Title: text("report.page"), Escape: closeIt, Return: closeIt,
		Footer: Footer{Back: &Button{ID: "back", Label: text("common.back"), Event: closeIt}},
	}
	v.Blocks = blocksOf(body(text("report.page.text")), reportBlocks(s.Report))
	return v, []string{"report-copy"}
}

func reportBlocks(r wizard.SupportReport) []Block {
	if r.Text == "" {
		return []Block{Busy{ID: "report-making", Text: text("report.page.making")}}
	}
	return blocksOf(reportSaved(r), Listing{
		ID: "report-text", Label: text("report.page.label"), Text: r.Text, Buttons: []Button{
			{ID: "report-copy", Label: text("report.page.copy"), Copy: r.Text},
			{ID: "report-save", Label: text("report.page.save"), Event: wizard.SaveReport{}},
		},
	})
}

// reportSaved says what came of saving it.
func reportSaved(r wizard.SupportReport) []Block {
	switch {
	case r.Saving.Running:
		return []Block{Busy{ID: "report-saving", Text: text("reason.record-saving")}}
	case r.Raw != "":
		return []Block{Notice{
			ID: "report-unsaved", Severity: Bad, Title: text("report.page.unsaved"), Text: text("reason.record-failed", "Raw", r.Raw),
		}}
	}
	return nil
}
