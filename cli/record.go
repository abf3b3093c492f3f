package cli

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/record"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/wizard"
)

const recordExample = `  pcc record "Contoso"
  pcc record "Contoso" --file contoso.txt
  pcc record "Contoso" --json -o contoso.json`

func (p *program) recordCommand() *cobra.Command {
	var file string
	var replace bool
	cmd := &cobra.Command{
		Use: "record NAME", Short: p.t("cli.record.short"), Long: p.t("cli.record.long"), Example: recordExample,
		Args: p.oneName, ValidArgsFunction: p.completeNames, Annotations: map[string]string{takesFile: ""},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("file") && file == "" {
				return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--file"})
			}
			return p.record(args[0], p.fileOf(file), replace)
		},
	}
	cmd.Flags().StringVarP(&file, "file", "o", "", p.t("cli.flag.file"))
	cmd.Flags().BoolVar(&replace, "replace", false, p.t("cli.flag.replace"))
	return cmd
}

// record prints the consent record of a connector, or writes it to a file.
func (p *program) record(name, file string, replace bool) error {
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	if !c.Can().Record {
		return failure(connector.ErrOrigin)
	}
	w := record.Writer{Translator: p.tr, Version: p.Version, Now: e.Ports.Now, Preset: e.Ports.Preset}
	if file != "" {
		return p.writeRecord(w, c, file, replace)
	}
	data := []byte(w.Text(c))
	if p.json {
		data = w.JSON(c)
	}
	_, err = p.Out.Write(data)
	return err
}

func (p *program) writeRecord(w record.Writer, c connector.Connector, file string, replace bool) error {
	full, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	write := w.Write
	if p.json {
		write = w.WriteJSON
	}
	full, err = write(c, full, replace)
	if err != nil {
		return p.recordError(full, err)
	}
	p.remark(say("cli.record.done", "Path", full))
	return nil
}

// recordError returns why the file was not written, in the words of the window.
func (p *program) recordError(path string, err error) error {
	reason := runner.RecordReasonOf(err)
	if reason == wizard.ReasonRecordExists {
		return p.usageText("cli.error.record-exists", map[string]any{"Path": path})
	}
	text := p.tr.Text("reason."+string(reason), map[string]any{"Raw": err.Error()})
	return &exitError{code: ExitFailed, err: errors.New(path + ": " + text)}
}
