package program

import (
	"context"
	"errors"
	"fmt"

	"partner-center-connector/connector/store"
)

// runsAlready reports whether another instance has the folder already; then its window has come to the foreground, at the connector that was
// named. Every rehearsal is an instance of its own.
func (p *program) runsAlready() bool {
	if p.rehearse {
		return false
	}
	allowForeground()
	release, taken, err := p.engine.Store.TakeInstance(context.Background(), p.connectorID)
	switch {
	case errors.Is(err, store.ErrNoAnswer):
		// It hangs, or it runs on another computer that shares the folder. Two windows can live with each other.
		_, _ = fmt.Fprintln(p.stderr, p.tr.Text("start.no-answer", nil))
	case err != nil:
		// Whatever is wrong with the folder, the window says it better.
	case !taken:
		_, _ = fmt.Fprintln(p.stdout, p.tr.Text("start.runs-already", nil))
		return true
	default:
		p.releaseInstance = release
	}
	return false
}
