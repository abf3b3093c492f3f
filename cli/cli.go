// Package cli has the commands of pcc, the terminal program.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

// Exit codes, as `pcc help` tells them.
const (
	ExitFine   = 0
	ExitFailed = 1
	ExitUsage  = 2
	ExitSignIn = 3
	ExitLater  = 4
)

// Host is the world around a program: its streams, and what only a composition root may know.
type Host struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// InTerminal and OutTerminal say whether a person sits at the stream.
	InTerminal  bool
	OutTerminal bool
	// ReadSecret reads a line without showing it; only called when InTerminal.
	ReadSecret func() ([]byte, error)
	// Language is what the system asks for.
	Language string
	Version  string
	Log      *slog.Logger
	// Rehearsal serves the practice cloud.
	Rehearsal Rehearsal
}

// Rehearsal is the practice cloud, which only a composition root may import.
type Rehearsal struct {
	// Serve serves it until ctx ends; ready is called with what a person needs to use it.
	Serve func(ctx context.Context, o ServeOptions, ready func(RehearsalFacts)) error
	// Scenarios lists what can be practised.
	Scenarios func() []RehearsalScenario
}

// ServeOptions say what is served. Auto lets the pages press their own buttons.
type ServeOptions struct {
	Scenario, CloudsFile string
	Auto                 bool
	Text                 func(key string, args map[string]any) string
}

// RehearsalScenario is one that can be practised.
type RehearsalScenario struct {
	Name string `json:"name"`
	// Key is the translation key of its sentence.
	Key string `json:"-"`
}

// RehearsalFacts are the practice values.
type RehearsalFacts struct {
	CloudsFile   string            `json:"cloudsFile"`
	Domain       string            `json:"domain"`
	TenantID     string            `json:"tenantId"`
	ClientID     string            `json:"clientId"`
	RedirectURI  string            `json:"redirectUri"`
	Scenario     string            `json:"scenario"`
	User         string            `json:"integrationUser"`
	People       []RehearsalPerson `json:"people"`
	ClientIDs    []NamedValue      `json:"clientIds"`
	ClientSecret string            `json:"practiceClientSecret"`
}

// RehearsalPerson is a practice account.
type RehearsalPerson struct {
	Role string `json:"role"`
	UPN  string `json:"upn"`
}

// NamedValue is a value with its name, so that JSON needs no keys that change.
type NamedValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// program is what every command works with.
type program struct {
	Host
	configDir  string
	cloudsFile string
	language   string
	json       bool
	service    string
	tr         *assets.Translator
}

// exitError ends a command with a code; its problem or text has been, or will be, shown.
type exitError struct {
	code    int
	problem *connector.Problem
	err     error
	shown   bool
}

func (e *exitError) Error() string {
	switch {
	case e.err != nil:
		return e.err.Error()
	case e.problem != nil:
		return string(e.problem.Kind)
	}
	return fmt.Sprintf("exit code %d", e.code)
}

func (e *exitError) Unwrap() error { return e.err }

// Main runs a command line and returns the exit code.
func Main(ctx context.Context, host Host, args []string) int {
	p := &program{Host: host, service: engine.KeychainService}
	tr, err := assets.NewTranslator(languageOf(args, host.Language))
	if err != nil {
		_, _ = fmt.Fprintln(host.Err, err)
		return ExitFailed
	}
	p.tr = tr
	root := p.root()
	root.SetArgs(args)
	root.SetIn(host.In)
	root.SetOut(host.Out)
	root.SetErr(host.Err)
	return p.exit(root.ExecuteContext(ctx))
}

// languageOf finds --lang before the command line is read, since the help texts depend on it.
func languageOf(args []string, system string) string {
	for i, a := range args {
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
		if len(a) > 7 && a[:7] == "--lang=" {
			return a[7:]
		}
	}
	return system
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use: "pcc", Short: p.t("cli.root.short"), Long: p.t("cli.root.long"),
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.configDir, "config-dir", "", p.t("cli.flag.config-dir"))
	flags.StringVar(&p.cloudsFile, "clouds", "", p.t("cli.flag.clouds"))
	flags.StringVar(&p.language, "lang", "", p.t("cli.flag.lang"))
	flags.BoolVar(&p.json, "json", false, p.t("cli.flag.json"))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.SetHelpCommand(&cobra.Command{Hidden: true, Use: "no-help"})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		p.connectCommand(), p.listCommand(), p.checkCommand(), p.tokenCommand(), p.renewCommand(), p.removeCommand(),
		p.doctorCommand(), p.explainCommand(), p.rehearseCommand(), p.versionCommand(),
	)
	p.translateCobra(root)
	return root
}

// usage marks an error of the command line.
func usage(err error) error { return &exitError{code: ExitUsage, err: err} }

func (p *program) usageText(key string, args map[string]any) error {
	return usage(errors.New(p.tr.Text(key, args)))
}

func (p *program) t(key string) string { return p.tr.Text(key, nil) }

// engine opens the outside world. Errors of the command line's files are usage errors.
func (p *program) engine() (*engine.Engine, error) {
	e, err := engine.New(engine.Options{
		ConfigDir: p.configDir, CloudsFile: p.cloudsFile, Service: p.service, Translator: p.tr, Log: p.Log,
	})
	if err != nil {
		return nil, p.startError(err)
	}
	return e, nil
}
