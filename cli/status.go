package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/record"
	"partner-center-connector/connector/timeline"
	"partner-center-connector/connector/view"
)

const statusExample = `  pcc status
  pcc status "Contoso"
  pcc status "Contoso" --svg contoso.svg`

// pictureColumns is how wide the picture of pcc status is where nobody says otherwise, and at most.
const pictureColumns = 78

func (p *program) statusCommand() *cobra.Command {
	var file string
	var replace bool
	cmd := &cobra.Command{
		Use: "status [NAME] [--svg FILE]", Short: p.t("cli.status.short"), Long: p.t("cli.status.long"), Example: statusExample,
		Args: p.atMostOne, ValidArgsFunction: p.completeNames, Annotations: brief,
		RunE: func(cmd *cobra.Command, args []string) error {
			given := cmd.Flags().Changed("svg")
			switch {
			case given && file == "":
				return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--svg"})
			case replace && !given:
				return p.usageText("cli.error.replace", nil)
			case len(args) == 0 && given:
				return p.usageText("cli.error.name", map[string]any{"Command": cmd.CommandPath() + " --svg FILE"})
			case len(args) == 0:
				return p.statusOfAll()
			}
			return p.status(args[0], file, replace)
		},
	}
	cmd.Flags().StringVar(&file, "svg", "", p.t("cli.flag.svg"))
	cmd.Flags().BoolVar(&replace, "replace", false, p.t("cli.flag.replace"))
	return cmd
}

// status shows how a connector is, with its picture, or writes the picture to a file.
func (p *program) status(name, file string, replace bool) error {
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	if file != "" {
		if !c.Can().Check {
			return failure(connector.ErrOrigin)
		}
		return p.writePicture(e, c, file, replace)
	}
	if p.json {
		p.print(map[string]any{"connectors": []jsonStatus{p.jsonOfStatus(c)}, "unreadable": []any{}})
		return nil
	}
	p.showStatus(c)
	p.showPicture(view.TimelineOf(c, p.now()))
	return nil
}

// statusOfAll shows how all connectors are, the most urgent one first. What can't be read is told beside them.
func (p *program) statusOfAll() error {
	e, err := p.engine()
	if err != nil {
		return err
	}
	all, bad, err := saved(e.Keeper())
	if err != nil {
		return err
	}
	statuses := []jsonStatus{}
	for i, at := range view.ByUrgency(all, p.now()) {
		c, err := e.Ports.Store.Connector(all[at].ID)
		if err != nil {
			c = all[at] // another process has just removed it, or it can't be read whole
		}
		if p.json {
			statuses = append(statuses, p.jsonOfStatus(c))
			continue
		}
		if i > 0 {
			_, _ = fmt.Fprintln(p.Out)
		}
		p.showStatus(c)
	}
	switch {
	case p.json:
		p.print(map[string]any{"connectors": statuses, "unreadable": p.jsonOfUnreadable(bad)})
	case len(all) == 0 && len(bad) == 0:
		p.out(say("cli.list.empty", "Command", p.command("connect")))
	}
	return p.tellUnreadable(bad)
}

// showStatus shows how a connector is, in words.
func (p *program) showStatus(c connector.Connector) {
	write(p.Out, p.outWidth(), line{text: shownName(&c), style: bold})
	lines := p.noticeLines(view.HealthNotice(c, p.now()))
	for i := range lines {
		lines[i].first, lines[i].rest = "  "+lines[i].first, "  "+lines[i].rest
	}
	p.write(p.Out, p.outWidth(), lines)
	if earlier := c.EarlierIn(); len(earlier) > 0 {
		indented(p.Out, p.outWidth(), "  ", "  ", p.tr.Text("cli.copies.earlier", map[string]any{"Vault": strings.Join(earlier, ", ")}))
	}
	for _, piece := range p.factLines(view.Facts{Items: view.StatusFacts(c, p.now())}) {
		p.write(p.Out, p.outWidth(), piece)
	}
}

// showPicture draws what happened to a connector: the signs of each lane, and under them what it is.
func (p *program) showPicture(t view.Timeline) {
	if t.Axis.Empty() {
		return
	}
	words := t.Words(p.tr)
	width := pictureColumns
	if columns := p.outColumns(); columns > 0 {
		width = min(width, columns-1)
	}
	rows := timeline.Text(t.Axis, words, width)
	_, _ = fmt.Fprintln(p.Out)
	write(p.Out, p.outWidth(), line{text: p.t("timeline.heading"), style: bold})
	for i, lane := range words.Lanes {
		indented(p.Out, p.outWidth(), "", "  ", lane.Label+": "+lane.Note)
		_, _ = fmt.Fprintln(p.Out, strings.TrimRight(rows[i], " "))
	}
	_, _ = fmt.Fprintln(p.Out, rows[len(rows)-1])
}

func (p *program) writePicture(e *engine.Engine, c connector.Connector, file string, replace bool) error {
	full, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	w := record.Writer{Translator: p.tr, Version: p.Version, Now: e.Ports.Now, Preset: e.Ports.Preset}
	if view.TimelineOf(c, p.now()).Axis.Empty() {
		return &exitError{code: ExitFailed, err: errors.New(p.t("cli.status.nothing"))}
	}
	full, err = w.WritePicture(c, full, replace)
	if err != nil {
		return p.recordError(full, err)
	}
	p.remark(say("cli.record.done", "Path", full))
	return nil
}

// jsonStatus is how a connector is. The outcomes of MFA, role and permissions are those of the last checks; empty where there is none.
type jsonStatus struct {
	Connector   jsonConnector     `json:"connector"`
	Health      string            `json:"health"`
	Scheduled   bool              `json:"checkedBySchedule"`
	MFA         string            `json:"mfa"`
	RoleHeld    string            `json:"roleHeld"`
	Permissions string            `json:"permissions"`
	History     []record.JSONPast `json:"history"`
}

func (p *program) jsonOfStatus(c connector.Connector) jsonStatus {
	s := jsonStatus{
		Connector: p.jsonOfConnector(c), Health: string(p.healthOf(c)), Scheduled: c.CheckedBySchedule(), History: record.JSONHistory(c),
	}
	for _, check := range c.Checks {
		switch check.ID {
		case connector.CheckMFA, connector.CheckLinkMFA:
			s.MFA = string(check.State)
		case connector.CheckRole:
			s.RoleHeld = string(check.State)
		case connector.CheckPermissions:
			s.Permissions = string(check.State)
		default:
		}
	}
	return s
}
