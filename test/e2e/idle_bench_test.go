//go:build e2e && linux

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// bareWindow is the program that ours is measured beside.
const bareWindow = "barewindow"

// idleTime is how long each page is watched.
const idleTime = 10 * time.Second

// BenchmarkIdle measures the processor time of every page and wait while nobody does anything, in the kernel's ticks (100 in a
// second), and that of a window with nothing in it over the same seconds. Run it by `make bench`.
func BenchmarkIdle(b *testing.B) {
	bare := openBareWindow(b)
	b.Run("one page after the other", func(b *testing.B) {
		w := openWindow(b, newAccount(b, chromium), newCloud(b, "good", false))
		watch := func(page string) { b.Run(page, func(b *testing.B) { idles(b, w, bare) }) }
		watch("home")
		pages := []string{"1 before you begin", "2 integration account", "3 multi-factor sign-in", "4 connector"}
		w.firstPages(func() { watch(pages[0]); pages = pages[1:] })
		watch("5 admin consent")
		w.press("Return")
		until(b, "the administrator's page was asked for", func() bool { return w.c.Journal().Count("adminconsent") > 0 })
		watch("5 admin consent, waiting")
	})
	b.Run("with a private window", func(b *testing.B) {
		w := openWindow(b, newAccount(b, chromium), newCloud(b, "closed-window", true))
		watch := func(page string) { b.Run(page, func(b *testing.B) { idles(b, w, bare) }) }
		w.firstPages(func() {})
		w.adminConsent()
		w.forward(stepUser)
		watch("6 user consent")
		w.press("Return")
		until(b, "the private window has asked for its page", func() bool { return slices.ContainsFunc(w.c.Journal().Requests, isUsersPage) })
		watch("6 user consent, waiting")
		focus(b, w.id)
		w.turns("the page without the wait", func() { w.press("Escape") })
		w.c.play("good")
		w.userConsent()
		watch("7 check and save")
		w.saves()
		watch("saved")
	})
}

// openBareWindow starts the window with nothing in it and returns its process.
func openBareWindow(b *testing.B) (pid int) {
	b.Helper()
	cmd := exec.Command(programPath(bareWindow))
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	helpers.add(cmd.Process.Pid)
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	windowOf(b, cmd.Process.Pid)
	return cmd.Process.Pid
}

// idles measures what a window costs while nothing happens, and how many times that is what the bare one costs.
func idles(b *testing.B, w *board, bare int) {
	b.Helper()
	w.rests()
	ours, theirs := ticks(b, w.p.cmd.Process.Pid), ticks(b, bare)
	b.ResetTimer()
	for b.Loop() {
		<-time.After(idleTime)
	}
	ours, theirs = ticks(b, w.p.cmd.Process.Pid)-ours, ticks(b, bare)-theirs
	b.ReportMetric(float64(ours)/float64(b.N), "ticks/10s")
	b.ReportMetric(float64(theirs)/float64(b.N), "bare-ticks/10s")
	b.ReportMetric(float64(ours)/float64(max(theirs, 1)), "x-bare")
	b.ReportMetric(0, "ns/op")
}

// ticks is the processor time of a process in user and kernel mode: fields 14 and 15.
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
func ticks(b *testing.B, pid int) int {
	b.Helper()
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		b.Fatal(err)
	}
	// The name before the third field may have spaces.
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	sum := 0
	for _, field := range fields[14-3 : 16-3] {
		n, err := strconv.Atoi(string(field))
		if err != nil {
			b.Fatal(err)
		}
		sum += n
	}
	return sum
}

// BenchmarkFirstFrame measures the time from the start of a program until its window shows something.
func BenchmarkFirstFrame(b *testing.B) {
	for name, args := range map[string][]string{window: {"--lang", "en"}, bareWindow: nil} {
		b.Run(name, func(b *testing.B) {
			a := newAccount(b, chromium)
			for b.Loop() {
				p := a.start(a.env, "", name, args...)
				w := &board{t: b, a: a, p: p, id: windowOf(b, p.cmd.Process.Pid)}
				until(b, "a picture", func() bool { return !plainPicture(w.picture()) })
				b.StopTimer()
				p.kill()
				b.StartTimer()
			}
		})
	}
}
