package store

import (
	"partner-center-connector/connector"
)

// Settings returns the settings; empty ones where none were kept.
func (s *Store) Settings() (connector.Settings, error) { return s.settings().get() }

// ChangeSettings changes the settings while no other process does.
func (s *Store) ChangeSettings(change func(connector.Settings) connector.Settings) error {
	return s.settings().change(func(before connector.Settings) (connector.Settings, bool, error) {
		after := change(before)
		return after, after != before, nil
	})
}

// PeekSettings returns the settings of a folder (empty for DefaultDir) without opening it as a store does, for a program that has
// yet to choose its language. Where they can't be read they are empty; whoever opens the store will hear why.
func PeekSettings(dir string) connector.Settings {
	dir, err := DirOf(dir)
	if err != nil {
		return connector.Settings{}
	}
	_, settings, _ := (&Store{dir: dir}).settings().read()
	return settings
}

func (s *Store) settings() document[connector.Settings] {
	return document[connector.Settings]{
		store: s, file: settingsFile, key: "settings", format: settingsFormat, limit: sizeLimit,
		check: func(connector.Settings) error { return nil },
	}
}
