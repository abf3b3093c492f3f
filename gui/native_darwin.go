package gui

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// alertLimit is how long the alert stays when nobody answers it.
const alertLimit = 5 * time.Minute

// alertScript shows its two arguments in an alert; as arguments they need no quoting.
const alertScript = `on run argv
display alert (item 1 of argv) message (item 2 of argv) as critical
end run`

// hasDisplay is always true: macOS has a window server wherever this program can be started from.
func hasDisplay() bool { return true }

// SayNatively says something without a window of ours: on stderr and in an alert.
func SayNatively(title, text string) {
	fmt.Fprintf(os.Stderr, "%s\n%s\n", title, text)
	ctx, cancel := context.WithTimeout(context.Background(), alertLimit)
	defer cancel()
	_ = exec.CommandContext(ctx, "/usr/bin/osascript", "-e", alertScript, title, text).Run()
}
