//go:build e2e && linux

package e2e

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/bench/measure"
)

// bareWindow is the program that ours is measured beside.
const bareWindow = "barewindow"

// BenchmarkIdle measures the processor time of every page and wait while nobody does anything, and that of a window with nothing in it over
// the same seconds. `make bench` runs it.
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

// idles measures what a window costs in each of some seconds in which nothing happens, and what the bare one costs in the same seconds.
func idles(b *testing.B, w *board, bare int) {
	b.Helper()
	w.rests()
	var all pairs
	for b.Loop() {
		for range countOfPairs(b) {
			ours, theirs := processorTime(b, w.p.cmd.Process.Pid), processorTime(b, bare)
			<-time.After(time.Second)
			all.add(processorTime(b, w.p.cmd.Process.Pid)-ours, processorTime(b, bare)-theirs)
		}
	}
	_, page, _ := strings.Cut(strings.TrimPrefix(b.Name(), "BenchmarkIdle/"), "/")
	all.keep(b, strings.ReplaceAll(page, "_", " "))
}

func processorTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	took, err := measure.CPU(pid)
	if err != nil {
		b.Fatal(err)
	}
	return took
}
