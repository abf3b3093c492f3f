package program

import (
	"os"
	"os/exec"
	"time"

	"partner-center-connector/connector"
)

// keychainLimit is how long the end of a rehearsal waits for the keychain.
const keychainLimit = 30 * time.Second

// startRehearsalProcess starts a rehearsal in a process of its own, which outlives this one and looks like it.
func startRehearsalProcess(like connector.Settings) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"--rehearse"}
	if like.Language != "" {
		args = append(args, "--lang", like.Language)
	}
	if like.Theme != "" {
		args = append(args, "--theme", string(like.Theme))
	}
	cmd := exec.Command(self, args...) //nolint:noctx // it outlives this program
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

// openPath shows a folder in the system's file manager, and opens a file with the program that the system has for it.
func openPath(path string) error {
	cmd := exec.Command(opener, path) //nolint:noctx // it outlives this program
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}
