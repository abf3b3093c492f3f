package notice

import (
	"slices"
	"strings"

	"partner-center-connector/connector"
)

// Compose says in one notification what somebody has to do; text translates a key. It names neither a connector nor a customer: a notification can
// be read by whoever looks at the screen, and an administrator may well name a connector after a customer. ok is false where there is nothing to
// say.
func Compose(due []Call, text func(key string, args map[string]any) string) (n connector.Notice, ok bool) {
	if len(due) == 0 {
		return n, false
	}
	count := func(of int) map[string]any { return map[string]any{"Count": of} }
	n.Title = text("notice.title", count(len(due)))
	if due[0].Work == WorkRun {
		n.Title = text("notice.run.title", nil)
	}
	lines := []string{}
	if len(due) == 1 {
		n.ConnectorID = due[0].ConnectorID
		lines = append(lines, text("notice.one."+string(due[0].Work), nil))
	}
	for _, work := range byUrgency {
		if of := times(due, work); of > 0 && len(due) > 1 {
			lines = append(lines, text("notice.several."+string(work), count(of)))
		}
	}
	n.Text = strings.Join(append(lines, text("notice.open", nil)), "\n")
	return n, true
}

func times(due []Call, work Work) int {
	return len(slices.DeleteFunc(slices.Clone(due), func(c Call) bool { return c.Work != work }))
}
