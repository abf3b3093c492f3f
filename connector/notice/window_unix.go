//go:build unix && !darwin

package notice

import (
	"os"
	"os/exec"
	"path/filepath"
)

// windowProgram is the name of the window program.
const windowProgram = "partner-center-connector"

// openWindow opens the window program at a connector, or as it is for an empty ID, and does not wait for it. Where only pcc is installed, its error
// says so.
func (d Desktop) openWindow(id, token string) error {
	program, err := findWindow()
	if err != nil {
		return err
	}
	args := append([]string{program}, d.Args...)
	if id != "" {
		args = append(args, "--connector", id)
	}
	return launch(args, token)
}

// findWindow returns the full path of the window program: the one beside this program, or else the one on the PATH.
func findWindow() (string, error) {
	if own, err := os.Executable(); err == nil {
		for _, own := range []string{own, resolved(own)} {
			if beside := filepath.Join(filepath.Dir(own), windowProgram); isFile(beside) {
				return beside, nil
			}
		}
	}
	return exec.LookPath(windowProgram) // its error is exec.ErrDot for one of the current folder
}

func resolved(path string) string {
	if full, err := filepath.EvalSymlinks(path); err == nil {
		return full
	}
	return path
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
