package main

import (
	"os"
	"os/exec"
	"time"
)

// keychainLimit is how long the end of a rehearsal waits for the keychain.
const keychainLimit = 30 * time.Second

// startOther starts a rehearsal in a process of its own, which outlives this one.
func startOther(language string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"--rehearse"}
	if language != "" {
		args = append(args, "--lang", language)
	}
	cmd := exec.Command(self, args...) //nolint:noctx // it outlives this program
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
