package runner

import (
	"context"
	"slices"

	"partner-center-connector/connector"
)

type fakeStore struct{ *world }

func (s fakeStore) Connectors() ([]connector.Connector, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []connector.Connector{}
	for _, c := range s.connectors {
		c.Checks = nil
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b connector.Connector) int { return len(a.ID) - len(b.ID) })
	return all, s.fail["read connectors"]
}

func (s fakeStore) Connector(id string) (connector.Connector, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fail["read connectors"]; err != nil {
		return connector.Connector{}, err
	}
	c, there := s.connectors[id]
	if !there {
		return c, connector.ErrAbsent
	}
	return c, nil
}

func (s fakeStore) Named(name string) ([]string, error) {
	all, err := s.Connectors()
	ids := []string{}
	for _, c := range all {
		if connector.SameName(c.Name, name) {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}

func (s fakeStore) PutConnector(c connector.Connector) error {
	if err := s.did("list %s", c.ID); err != nil {
		return err
	}
	all, _ := s.Connectors()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connectors[c.ID].Name != c.Name && connector.NameTaken(all, c.Name, c.ID) {
		return connector.ErrNameTaken
	}
	s.connectors[c.ID] = c
	return nil
}

func (s fakeStore) DeleteConnector(id string) error {
	if err := s.did("unlist %s", id); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.connectors, id)
	return nil
}

func (s fakeStore) ScheduledRun() (connector.ScheduledRun, error) { return s.scheduledRun, nil }

func (s fakeStore) PutScheduledRun(run connector.ScheduledRun) error {
	s.scheduledRun = run
	return nil
}

func (s fakeStore) Drafts() ([]connector.Draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []connector.Draft{}
	for _, d := range s.drafts {
		all = append(all, d)
	}
	return all, nil
}

func (s fakeStore) PutDraft(d connector.Draft) error {
	if err := s.did("draft %s", d.ID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drafts[d.ID] = d
	return nil
}

func (s fakeStore) DeleteDraft(id string) error {
	if err := s.did("undraft %s", id); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.drafts, id)
	return nil
}

func (s fakeStore) Settings() (connector.Settings, error) {
	if err := s.did("read settings"); err != nil {
		return connector.Settings{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings, nil
}

func (s fakeStore) ChangeSettings(change func(connector.Settings) connector.Settings) error {
	if err := s.did("settings"); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings = change(s.settings)
	return nil
}

func (s fakeStore) Lock(_ context.Context, id string) (func(), error) {
	if err := s.did("lock %s", id); err != nil {
		return nil, err
	}
	return func() { _ = s.did("unlock %s", id) }, nil
}

func (s fakeStore) Watch(ctx context.Context, _ func()) { <-ctx.Done() }
