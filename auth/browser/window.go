package browser

import (
	"log/slog"
	"sync"
	"time"
)

// How long each of the two ways of ending a browser may take, and how often it is looked whether a stranger has ended.
const (
	endLimit = 3 * time.Second
	endPause = 20 * time.Millisecond
)

// relaunchLimit is how long a process that only passes its address on lives at most.
const relaunchLimit = 10 * time.Second

// Window is a private window in a throw-away profile.
type Window struct {
	folder folder
	proc   *process
	goos   string
	log    *slog.Logger
	// traces are those that its family leaves of a page, which marks tell from others.
	traces traces
	marks  []string

	exit  chan Exit
	ended chan struct{}
	// clean ends what is left of the browser and removes the profile, once. The browser must have ended.
	clean func() error
	close func() error
}

func newWindow(f folder, p *process, l launch, log *slog.Logger) *Window {
	w := &Window{folder: f, proc: p, goos: l.goos, log: log, traces: l.family.definition().traces, marks: marksOf(l.url), exit: make(chan Exit, 1), ended: make(chan struct{})}
	w.clean = sync.OnceValue(func() error {
		p.release()
		return f.remove()
	})
	w.close = sync.OnceValue(w.end)
	go w.watch(time.Now())
	return w
}

// Exit gets one value when the window's process has ended. On macOS that is not when its last window was closed.
func (w *Window) Exit() <-chan Exit { return w.exit }

// Dir is the throw-away folder. It is gone soon after the browser has ended, unless the address was handed over: then Close
// removes it.
func (w *Window) Dir() string { return w.folder.path }

// Pid is the number of the process.
func (w *Window) Pid() int { return w.proc.pid() }

// Close ends the browser and all its processes and removes the profile. It takes 11 s at most; what it could not remove the next
// Sweep removes. A second call returns what the first did.
func (w *Window) Close() error { return w.close() }

func (w *Window) watch(start time.Time) {
	code := w.proc.wait()
	exit := Exit{Code: code, HandedOver: handedOver(w.goos, code, time.Since(start))}
	w.log.Info("browser ended", "pid", w.Pid(), "exit", exit.Code, "handed over", exit.HandedOver)
	w.exit <- exit
	close(w.ended)
	if exit.HandedOver {
		return
	}
	if err := w.clean(); err != nil {
		w.log.Warn("browser profile not removed")
		w.log.Debug("browser profile not removed", "dir", w.Dir(), "error", err) // both name the account's folder
	}
}

// end asks the browser to end, forces it where it does not, and cleans up.
func (w *Window) end() error {
	for _, try := range []func() error{w.proc.ask, w.proc.force} {
		if w.over(0) {
			break
		}
		if err := try(); err != nil && !w.over(endLimit) {
			return err
		}
		if w.over(endLimit) {
			break
		}
	}
	if !w.over(0) {
		return errStillRuns
	}
	return w.clean()
}

// over waits for the end of the process, at most for the limit.
func (w *Window) over(limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-w.ended:
		return true
	default:
	}
	select {
	case <-w.ended:
		return true
	case <-timer.C:
		return false
	}
}

// deElevated is Chromium's exit status after it restarted itself with fewer rights.
// https://source.chromium.org/chromium/chromium/src/+/main:chrome/common/chrome_result_codes.h
const deElevated = 38

// handedOver reports whether a process that ended only passed its address on. On Windows a browser may restart itself, and a short
// life with a good end can't be told from that.
func handedOver(goos string, code int, lived time.Duration) bool {
	if goos != "windows" {
		return false
	}
	return code == deElevated || code == 0 && lived < relaunchLimit
}
