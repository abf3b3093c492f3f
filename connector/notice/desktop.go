package notice

import (
	"time"

	"partner-center-connector/connector"
)

// Patience is how long a notification waits for a click.
const Patience = 60 * time.Second

// callLimit is how long the system may take to show a notification; it may have to start the program for it first.
const callLimit = 15 * time.Second

// Desktop shows notifications by what the system has, and opens the window where one is clicked. A notification without a click stays as long as
// the system likes; no program waits for it longer than Patience.
type Desktop struct {
	// Text translates a key.
	Text func(key string, args map[string]any) string
	// Args are the arguments by which the window program finds the same connectors.
	Args []string
}

var _ connector.Notices = Desktop{}

// app is the name of the program.
func (d Desktop) app() string { return d.Text("app.name", nil) }
