package notice

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
)

type memory struct {
	settings connector.Settings
	told     []connector.Notified
	err      error
}

func (m *memory) Settings() (connector.Settings, error) { return m.settings, nil }

func (m *memory) ChangeNotified(change func([]connector.Notified) []connector.Notified) error {
	if m.err == nil {
		m.told = change(m.told)
	}
	return m.err
}

// screen shows notifications, or fails.
type screen struct {
	shown   []connector.Notice
	clicked bool
	err     error
}

func (s *screen) Show(_ context.Context, n connector.Notice) (bool, error) {
	s.shown = append(s.shown, n)
	return s.clicked, s.err
}

// TestTell checks that one notification is shown a run, none where they are off, and that what nobody could see is told again.
func TestTell(t *testing.T) {
	t.Parallel()
	text := assets.NewTranslator("en").Text
	found := []Finding{
		checked("a", 0, func(c *connector.Connector) { c.Health = connector.HealthSignIn }),
		checked("b", 0, func(c *connector.Connector) { c.Health = connector.HealthExpired }),
		{Connector: good("c", 0)},
	}
	broken := errors.New("broken")
	m, s := &memory{settings: connector.Settings{Notify: connector.NotifyOff}}, &screen{err: broken}
	tell := func() error { return Tell(context.Background(), m, s, found, morning(0), text) }
	for _, step := range []struct {
		name   string
		change func()
		shown  int
		told   int
		err    error
	}{
		{"off", func() {}, 0, 0, nil},
		{"nothing shows it", func() { m.settings.Notify = "" }, 1, 0, broken},
		{"shown", func() { s.err = nil }, 1, 2, nil},
		{"the same day", func() {}, 0, 2, nil},
		{"clicked, but only pcc is installed", func() { m.told, s.clicked, s.err = nil, true, broken }, 1, 2, broken},
		{"the list can't be kept", func() { m.told, m.err = nil, broken }, 0, 0, broken},
	} {
		step.change()
		s.shown = nil
		if err := tell(); !errors.Is(err, step.err) || len(s.shown) != step.shown || len(m.told) != step.told {
			t.Errorf("%s: %v, shown %v, told %v", step.name, err, s.shown, m.told)
		}
		if step.shown > 0 && (s.shown[0].Title != "2 connectors need attention" || s.shown[0].ConnectorID != "") {
			t.Errorf("%s: %+v", step.name, s.shown[0])
		}
	}
	if err := Tell(context.Background(), m, nil, found, morning(0), text); err != nil {
		t.Errorf("nowhere: %v", err)
	}
}
