// Package cli has the commands of pcc, the terminal program.
//
// [Main] runs one of them with the streams of a [Host], and returns its exit code. `pcc connect` shows the same views as the window, as text,
// and asks for what they ask for; without a terminal it takes everything from its flags and says what is missing.
package cli

import (
	"context"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/assets"
	"partner-center-connector/assets/notices"
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

// Host is the world around a program: its streams, and what the system says of them.
type Host struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// InTerminal reports whether a person sits at In and sees what is written to Err; OutTerminal whether they see what is written to Out.
	InTerminal  bool
	OutTerminal bool
	// OutClosed reports whether nobody can have what is written to Out, although writing to it does not fail.
	OutClosed bool
	// ErrRedraws reports whether what was last written to Err can be written over: it is a terminal, and not a dumb one.
	ErrRedraws bool
	// OutColors and ErrColors report whether what is written to Out and Err shows colors.
	OutColors, ErrColors bool
	// Width is the terminal's width in columns, 0 for none; nil counts as none.
	Width func() int
	// ReadSecret reads a line without showing it; only called when InTerminal.
	ReadSecret func() ([]byte, error)
	// ReadPaste reads a text of several lines without showing it; only called when InTerminal.
	ReadPaste func() ([]byte, error)
	// Obey makes a signal end Main's ctx, and no longer the program. It is called before anything is begun that has to be brought to an end:
	// a change, a wait, a question. For the commands that begin none, it would take a quarter of their time. nil where ctx ends without it.
	Obey func()
	// Getenv reads a variable of the environment; nil where there are none.
	Getenv func(string) string
	// Policy is what the administrator of this computer says.
	Policy connector.Policy
	// Language is what the system asks for.
	Language string
	Version  string
	// Build is what the program was built from; nil for engine.Build.
	Build func() connector.Build
	// Notices are the licenses of what is in the program.
	Notices notices.Set
	// Log is the log; nil for that of the config folder.
	Log *slog.Logger
	// Open makes the engine; nil for engine.New.
	Open func(engine.Options) (*engine.Engine, error)
}

// program is what every command works with.
type program struct {
	Host
	args       []string
	configDir  string
	cloudsFile string
	language   string
	// form is the value of --output; json says that it is JSON, by either flag.
	form string
	// called is the command that the command line names, with those above it; empty while it was not read.
	called string
	json   bool
	// quiet leaves out what is neither a result nor an error, verbose tells more.
	quiet, verbose bool
	// mayAsk reports whether a conversation may ask: a person is there and did not forbid it.
	mayAsk bool
	// noInput says that --no-input was given.
	noInput bool
	// now is the clock of the engine, once that is open.
	now func() time.Time
	// preset is that of the engine, once that is open.
	preset connector.Preset
	// products are those whose two links there are words for, once the engine is open.
	products []connector.Product
	tr       *assets.Translator
	in       *prompt
	// screen is Err, and output Out.
	screen *screen
	output *output
}

// Main runs a command line and returns the exit code.
func Main(ctx context.Context, host Host, args []string) int {
	p := &program{Host: host, args: args, now: time.Now, screen: &screen{Writer: sanitizer{host.Err}}, output: &output{Writer: sanitizer{host.Out}}}
	if host.ErrColors {
		p.screen.colors = host.Err
	}
	if host.OutColors {
		p.output.colors = host.Out
	}
	p.Err, p.Out = p.screen, p.output
	if p.Obey == nil {
		p.Obey = func() {}
	}
	if p.Open == nil {
		p.Open = engine.New
	}
	if p.Build == nil {
		p.Build = engine.Build
	}
	settings := p.peeked()
	if p.Log == nil {
		p.Log = p.openLog(settings)
	}
	p.tr, p.in = assets.NewTranslator(p.peekedLanguage(settings)), newPrompt(p)
	if err := p.refuseLinks(); err != nil && p.completing() {
		return p.completeNothing()
	} else if err != nil {
		return p.exit(ctx, err)
	}
	p.tr.Prefer("cli.instead.")
	root := p.root()
	root.SetArgs(args)
	root.SetIn(host.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	began := time.Now()
	cmd, err := root.ExecuteContextC(ctx)
	p.called = cmd.CommandPath()
	code := p.exit(ctx, err)
	p.logEnd(ctx, cmd, code, err, time.Since(began))
	return code
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use: "pcc", Short: p.t("cli.root.short"), Long: p.t("cli.root.long"), Example: rootExample,
		SilenceUsage: true, SilenceErrors: true, Args: p.noCommand, PersistentPreRunE: p.begin, Annotations: brief,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	p.globalFlags(root)
	commands := p.commands()
	root.AddCommand(commands...)
	if len(commands) > 1 { // else only one is called, and it is no help page
		root.AddCommand(p.topics()...)
	}
	p.translateCobra(root)
	p.guard(root)
	return root
}

// commands makes all of them; that one alone where the command line begins with its name, since making the others takes longer than it does.
func (p *program) commands() []*cobra.Command {
	all := []struct {
		name string
		make func() *cobra.Command
	}{
		{"connect", p.connectCommand},
		{"list", p.listCommand},
		{"status", p.statusCommand},
		{"check", p.checkCommand},
		{"token", p.tokenCommand},
		{"renew", p.renewCommand},
		{"rename", p.renameCommand},
		{"record", p.recordCommand},
		{"remove", p.removeCommand},
		{"handover", p.handoverCommand},
		{"takeback", p.takebackCommand},
		{"schedule", p.scheduleCommand},
		{"registration", p.registrationCommand},
		{"doctor", p.doctorCommand},
		{"report", p.reportCommand},
		{"explain", p.explainCommand},
		{"schema", p.schemaCommand},
		{"rehearse", p.rehearseCommand},
		{"version", p.versionCommand},
		{"completion", p.completionCommand},
	}
	for _, c := range all {
		if len(p.args) > 0 && p.args[0] == c.name {
			return []*cobra.Command{c.make()}
		}
	}
	made := []*cobra.Command{}
	for _, c := range all {
		made = append(made, c.make())
	}
	return made
}

const rootExample = `  pcc doctor
  pcc connect
  pcc check --all
  pcc token "Contoso"`

// brief marks the commands that obey no signal from their start.
var brief = map[string]string{"brief": ""}

// begin is what every command begins with.
func (p *program) begin(cmd *cobra.Command, _ []string) error {
	if _, marked := cmd.Annotations["brief"]; !marked {
		p.Obey()
	}
	return p.checkGlobals(cmd)
}

func (p *program) t(key string) string { return p.tr.Text(key, nil) }

// noDisplay reports whether this session has no display, so that a prompt of the keychain could not be seen. It is asked where a keychain
// shows one of its own accord: on Linux and its like.
func noDisplay() bool { return os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" }

// engine opens the engine. Errors of the command line's files are usage errors.
func (p *program) engine() (*engine.Engine, error) {
	e, err := p.open(p.clouds())
	if err != nil {
		return nil, p.startError(err)
	}
	return e, nil
}

// open opens the engine with a clouds file; empty for none.
func (p *program) open(cloudsFile string) (*engine.Engine, error) {
	e, err := p.Open(engine.Options{
		ConfigDir: p.dir(), CloudsFile: cloudsFile, Policy: p.Policy, Translator: p.tr, Log: p.Log, Build: p.Build, Alone: !p.InTerminal || p.noInput || noDisplay(),
		KeychainWaits: sync.OnceFunc(func() {
			p.Obey()
			p.say(say("cli.keychain-waits"))
		}),
	})
	if err != nil {
		return nil, err
	}
	p.logPolicy(context.Background())
	p.now, p.preset, p.products, p.Policy = e.Ports.Now, e.Ports.Preset, e.Ports.Products, e.Ports.Policy
	return e, nil
}
