package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestEndings holds that a closed terminal ends a command as Ctrl+C does, unless nohup asked for the opposite.
func TestEndings(t *testing.T) {
	if slices.Contains(endings(), os.Signal(syscall.SIGHUP)) == signal.Ignored(syscall.SIGHUP) {
		t.Error("a terminal that is closed does not end a command")
	}
	signal.Ignore(syscall.SIGHUP)
	defer signal.Reset(syscall.SIGHUP)
	if slices.Contains(endings(), os.Signal(syscall.SIGHUP)) {
		t.Error("a terminal that is closed ends a command under nohup")
	}
}

// TestEndAfter holds that a command which does not obey a signal is ended.
func TestEndAfter(t *testing.T) {
	ended := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	endAfter(ctx, time.Millisecond, func() { close(ended) })
	cancel()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("a command went on after a signal")
	}
}
