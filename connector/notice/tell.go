package notice

import (
	"context"
	"slices"
	"time"

	"partner-center-connector/connector"
)

// Memory keeps what was told, and whether anything is to be. It is the store.
type Memory interface {
	Settings() (connector.Settings, error)
	ChangeNotified(change func([]connector.Notified) []connector.Notified) error
}

// Tell shows one notification of all that is due after a run of checks, and returns when it was clicked or gone, within Patience. Where it could not be
// shown, it is due again at the next run. text translates a key.
func Tell(
	ctx context.Context, memory Memory, by connector.Notices, found []Finding, now time.Time, text func(key string, args map[string]any) string,
) error {
	if s, err := memory.Settings(); by == nil || err == nil && s.Notify == connector.NotifyOff {
		return nil
	}
	var due []Call
	err := memory.ChangeNotified(func(told []connector.Notified) (after []connector.Notified) {
		due, after = Due(found, told, now)
		return after
	})
	n, ok := Compose(due, text)
	if err != nil || !ok {
		return err
	}
	clicked, err := by.Show(ctx, n)
	if err == nil || clicked {
		return err // it was seen, even if the window could not be opened
	}
	_ = memory.ChangeNotified(func(told []connector.Notified) []connector.Notified { return untold(told, due) })
	return err
}

// untold is what was told without calls that nobody could see.
func untold(told []connector.Notified, due []Call) []connector.Notified {
	return slices.DeleteFunc(slices.Clone(told), func(t connector.Notified) bool {
		return slices.ContainsFunc(due, func(c Call) bool { return c.ConnectorID == t.ConnectorID && c.Problem == t.Problem })
	})
}
