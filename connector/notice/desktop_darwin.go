package notice

import (
	"context"
	"os/exec"

	"partner-center-connector/connector"
)

// script shows the texts that it is given as arguments, so that nothing in them is read as a part of it.
const script = `on run argv
display notification (item 3 of argv) with title (item 1 of argv) subtitle (item 2 of argv)
end run`

// Show implements connector.Notices by AppleScript. A click opens what macOS takes for the sender, which is not this program: it is not told.
func (d Desktop) Show(ctx context.Context, n connector.Notice) (clicked bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	return false, exec.CommandContext(ctx, "/usr/bin/osascript", "-e", script, d.app(), n.Title, n.Text).Run()
}
