// Package program makes the window a program: its command line, the one window of a folder, settings, rehearsals, what differs between
// operating systems, and the unattended run.
package program

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"

	"fyne.io/fyne/v2"

	"partner-center-connector/assets"
	"partner-center-connector/assets/notices/window"
	"partner-center-connector/auth"
	"partner-center-connector/auth/nodump"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui"
)

// Run runs the window program with its arguments and returns the exit code: 0 fine, 1 failed, 2 wrong use. makeApp makes Fyne's app of an
// ID; it is app.NewWithID, which only package main may import.
func Run(args []string, stdout, stderr io.Writer, makeApp func(id string) fyne.App) int {
	_ = nodump.Apply() // a system that refuses it is no reason not to start
	o, err := parse(args, policy.Read(), stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case o.version:
		_, _ = fmt.Fprintln(stdout, "partner-center-connector", assets.Version)
		return 0
	}
	p := &program{options: o, stdout: stdout, stderr: stderr, makeApp: makeApp, stage: newStage(), releaseInstance: func() {}}
	p.first = wizard.State{Settings: o.peekSettings(), Given: o.given(), Policy: o.policy}
	p.tr = assets.NewTranslator(o.languageOf(p.first.Chosen()))
	p.follow(p.first.Chosen())
	if err := p.start(); err != nil {
		return p.sayNotStarted(err)
	}
	defer p.close()
	if p.runsAlready() {
		return 0
	}
	return p.run()
}

// program is the running window program.
type program struct {
	options
	tr             *assets.Translator
	stdout, stderr io.Writer
	first          wizard.State // the settings that the program begins with
	chosen         atomic.Pointer[connector.Settings]
	logged         slog.LevelVar // what goes into the log
	log            *slog.Logger
	engine         *engine.Engine
	rehearsal      *rehearsing
	unattended     *unattended
	runner         *runner.Runner
	window         *gui.Window
	stage          *stage
	quit           sync.Once
	makeApp        func(id string) fyne.App
	// releaseInstance releases the single-instance lock of the configuration folder.
	releaseInstance func()
}

// start opens the engine; nothing slow happens here, since the window is not up yet.
func (p *program) start() error {
	o := engine.Options{ConfigDir: p.configDir, CloudsFile: p.cloudsFile, Translator: p.tr}
	if err := p.makePictures(); err != nil {
		return err
	}
	if p.rehearse {
		r, err := startRehearsal(p.options, p.tr)
		if err != nil {
			return err
		}
		p.rehearsal = r
		o = r.engineOptions(p.tr)
	}
	o.Policy = p.policy
	p.log = p.openLog(o.ConfigDir)
	o.Log, o.Notices = p.log, window.Set()
	o.KeychainWaits = func() { p.runner.Send(wizard.KeychainWaits{}) }
	e, err := engine.New(o)
	if err != nil {
		p.close()
		return err
	}
	p.engine = e
	p.engine.Ports.Clipboard = putOnClipboard
	if p.rehearsal != nil {
		p.engine.Ports.Browsers = p.rehearsal.browsers(e.Ports.Browsers)
		p.engine.Ports.Rehearsing = p.rehearsal
	}
	return nil
}

// putOnClipboard puts a text where the person pastes from. Fyne wants that on its own goroutine.
func putOnClipboard(_ context.Context, text auth.Secret) error {
	gui.Do(func() { fyne.CurrentApp().Clipboard().SetContent(text.Reveal()) })
	return nil
}

func (p *program) close() {
	p.releaseInstance()
	if p.rehearsal != nil {
		p.rehearsal.end(p.engine)
	}
}

// run shows the window until it is closed. It returns the exit code.
func (p *program) run() int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p.log.Info("window started", "version", assets.Version, "rehearsal", p.rehearsal != nil)
	for _, problem := range p.engine.Ports.Policy.Problems {
		p.log.Warn("policy can't be used", "problem", &problem)
	}
	p.runner = p.newRunner(p.show)
	if p.connectorID != "" {
		p.runner.Send(asked(p.connectorID))
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // not under nohup
		signal.Notify(signals, syscall.SIGHUP)
	}
	defer signal.Stop(signals)
	p.prepareUnattended()
	ended := make(chan struct{})
	err := gui.Run(func() fyne.App {
		// The lists are read while Fyne and the display get ready.
		p.stage.begin()
		go func() { defer close(ended); p.runner.Run(ctx) }()
		return fyneApp(p.makeApp)
	}, func(a fyne.App) *gui.Window {
		p.window = p.newWindow(a)
		p.stage.enter(p.window)
		a.Lifecycle().SetOnStarted(func() {
			go p.endOnSignal(ctx, signals)
			p.begin(ctx)
			go debug.FreeOSMemory() // what the start needed; the first picture is on the screen
			go p.engine.Store.WatchInstance(ctx, func(connectorID string) { p.runner.Send(asked(connectorID)) })
		})
		return p.window
	})
	cancel()
	p.logEnd(err)
	if errors.Is(err, gui.ErrNoDisplay) {
		return p.sayNoWindow(err) // nothing was begun
	}
	<-ended
	if err != nil {
		return p.sayNoWindow(err)
	}
	return p.unattended.exitCode()
}

// newRunner is the runner of a window: it stays, so that it checks by itself what can only be checked later.
func (p *program) newRunner(show func(wizard.State)) *runner.Runner {
	r := runner.New(p.engine.Ports, p.rehearsal.state(), show)
	r.StartWith(p.first.Settings, p.first.Given, p.known())
	r.CheckByItself()
	return r
}

// endOnSignal ends the program as closing its window does, so that nothing is left behind: no private window and, of a
// rehearsal, no trace. Nobody is there to be asked whether a sign-in may be lost.
func (p *program) endOnSignal(ctx context.Context, signals <-chan os.Signal) {
	select {
	case <-signals:
		p.runner.Send(wizard.Quit{})
		p.runner.Send(wizard.LeaveWizard{})
	case <-ctx.Done():
	}
}

// asked is what a start of the program asks of the window that there is then: to come to the front, at a connector where one is named.
func asked(connectorID string) wizard.Event {
	if connectorID == "" {
		return wizard.ComeForward{}
	}
	return wizard.ShowConnector{ID: connectorID}
}

func (p *program) newWindow(a fyne.App) *gui.Window {
	return gui.New(a, gui.Options{
		Translator: p.tr, Rehearsal: p.rehearsal != nil, Theme: p.first.Chosen().Theme, Send: p.runner.Send, OpenURL: p.openURL, Command: p.command,
		Help: func(topic, search string) view.View {
			return view.Help(p.engine.Ports.Preset, p.engine.Ports.Products, topic, search, p.tr.Text)
		},
		Close: func() { p.runner.Send(wizard.Quit{}) },
	})
}

// show draws a new state. It is called on the runner's goroutine; the window hops to its own.
func (p *program) show(s wizard.State) {
	if s.Quit {
		p.quit.Do(p.stage.close)
		return
	}
	p.follow(s.Chosen())
	s.CommandFlags = p.commandFlags()
	v := view.Project(p.rehearsal.localized(s))
	p.stage.show(v, s.Home.Loaded)
	p.rehearsal.fillCredential(s, p.runner.Send)
	p.unattended.follow(s, v)
}

// openURL opens a page of help or of a portal. The browser may take its time.
func (p *program) openURL(url string) {
	go func() { _ = p.engine.Ports.Browsers.OpenDefault(context.Background(), url) }()
}

// command does what only the program can: a rehearsal runs in a process of its own.
func (p *program) command(name, topic string) {
	switch name {
	case "rehearse":
		go func() { _ = startRehearsalProcess(*p.chosen.Load()) }()
	case view.CommandOpenFolder, view.CommandOpenFile:
		go func() { _ = openPath(topic) }()
	}
}

// sayNoWindow says, without a window, that the terminal program does the same.
func (p *program) sayNoWindow(err error) int {
	key := "start.no-opengl"
	if errors.Is(err, gui.ErrNoDisplay) {
		key = "start.no-display"
	}
	gui.SayNatively(p.tr.Text("app.name", nil), p.tr.Text(key, nil))
	if err := openTerminalProgram(); err != nil {
		_, _ = fmt.Fprintln(p.stderr, err)
	}
	return 1
}
