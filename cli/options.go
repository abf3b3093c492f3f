package cli

import (
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/precedence"
	"partner-center-connector/connector/store"
)

// The values of --output.
const (
	outputTable = "table"
	outputJSON  = "json"
)

var outputs = []string{outputTable, outputJSON}

// takesFile marks the commands whose --output named a file before it was a flag of every command, which it still may.
const takesFile = "output-file"

// globalFlags are the flags of every command.
func (p *program) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&p.configDir, "config-dir", "", p.t("cli.flag.config-dir"))
	flags.StringVar(&p.cloudsFile, "clouds", "", p.t("cli.flag.clouds"))
	flags.StringVar(&p.language, "lang", "", p.tr.Text("cli.flag.lang", map[string]any{"Known": strings.Join(p.tr.Tags(), ", ")}))
	flags.StringVar(&p.form, "output", "", p.t("cli.flag.output-form"))
	flags.BoolVar(&p.json, "json", false, p.t("cli.flag.json"))
	flags.BoolVar(&p.quiet, "quiet", false, p.t("cli.flag.quiet"))
	flags.BoolVar(&p.verbose, "verbose", false, p.t("cli.flag.verbose"))
	p.completeWith(root, "lang", p.tr.Tags)
	p.completeWith(root, "output", fixed(outputs...))
}

// checkGlobals refuses what the flags of every command, and the environment, can't mean.
func (p *program) checkGlobals(cmd *cobra.Command) error {
	if err := p.checkPolicy(); err != nil {
		return err
	}
	if err := p.checkLanguage(); err != nil {
		return err
	}
	_, file := cmd.Annotations[takesFile]
	switch {
	case p.form == "" && cmd.Flags().Changed("output"):
		return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--output"})
	case p.form == "", file && !slices.Contains(outputs, p.form):
		return nil
	case !slices.Contains(outputs, p.form):
		return p.notOneOf("--output", p.form, outputs)
	case p.form == outputTable && p.json, p.form == outputJSON && cmd.Flags().Changed("json") && !p.json:
		return p.usageText("cli.error.output-contradicts", map[string]any{"Flag": p.jsonFlag(cmd), "Form": p.form})
	}
	p.json = p.form == outputJSON
	return nil
}

// jsonFlag is what the command line says about JSON, as it was written, beside --output for a table or --format.
func (p *program) jsonFlag(cmd *cobra.Command) string {
	switch {
	case cmd.Flags().Changed("json") && !p.json:
		return "--json=false"
	case cmd.Flags().Changed("json"):
		return "--json"
	case p.form == outputJSON:
		return "--output json"
	}
	return "--format json"
}

// checkLanguage refuses an unknown language instead of falling back silently.
func (p *program) checkLanguage() error {
	said := p.choose(precedence.Language, precedence.Said{Flag: p.language})
	switch {
	case said.Value == "" || said.From == precedence.Locked || said.From == precedence.Default || p.tr.Speaks(said.Value):
		return nil
	case said.From == precedence.Environment:
		return p.usageText("cli.error.language-variable", map[string]any{
			"Variable": precedence.Language.Variable, "Value": said.Value, "Known": strings.Join(p.tr.Tags(), ", "),
		})
	}
	return p.usageText("cli.error.language", map[string]any{"Value": said.Value, "Known": strings.Join(p.tr.Tags(), ", ")})
}

// fileOf is the file that --output names where it takes one: file, or, as before --output was a flag of every command, what is no form.
func (p *program) fileOf(file string) string {
	if file == "" && !slices.Contains(outputs, p.form) {
		return p.form
	}
	return file
}

func (p *program) choose(o precedence.Option, said precedence.Said) precedence.Choice {
	return precedence.Places{Policy: policy.Precedence(p.Policy), Getenv: p.Getenv}.Choose(o, said)
}

// dir is the config folder that was chosen; empty for the system's own place.
func (p *program) dir() string {
	return p.choose(precedence.ConfigDir, precedence.Said{Flag: p.configDir}).Value
}

// clouds is the clouds file that was chosen; empty for none.
func (p *program) clouds() string {
	return p.choose(precedence.Clouds, precedence.Said{Flag: p.cloudsFile}).Value
}

// peekedDir is dir for a command line that was not read yet.
func (p *program) peekedDir() string {
	return p.choose(precedence.ConfigDir, precedence.Said{Flag: flagOf(p.args, precedence.ConfigDir.Flag)}).Value
}

// peekedLanguage finds the language before the command line is read, since the help texts depend on it. Where nobody chose one, it is the system's.
func (p *program) peekedLanguage(settings func() connector.Settings) string {
	said := precedence.Said{Flag: flagOf(p.args, precedence.Language.Flag), Settings: func() string { return settings().Language }}
	if chosen := p.choose(precedence.Language, said).Value; chosen != "" && chosen != connector.UsualSystem {
		return chosen
	}
	return p.Language
}

// peeked are the settings of the folder of a command line that was not read yet, read when they are first asked for.
func (p *program) peeked() func() connector.Settings {
	if onServer(p.args) {
		return func() connector.Settings { return connector.Settings{Log: connector.LogOff} }
	}
	return sync.OnceValue(func() connector.Settings { return p.Policy.Settle(store.PeekSettings(p.peekedDir())) })
}

// flagOf is the value of a flag on a command line that was not read yet; empty for none.
func flagOf(args []string, flag string) string {
	for i, a := range args {
		if value, ok := strings.CutPrefix(a, flag+"="); ok {
			return value
		}
		if a == flag && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// wantsJSON reports whether JSON was asked for, for errors that are found while the command line is read.
func (p *program) wantsJSON() bool {
	args := p.args
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return p.json || wants(args, "--json") || flagOf(args, "--output") == outputJSON
}
