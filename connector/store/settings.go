package store

// Settings are the choices of the person that belong to no connector. An empty one stands for the default.
type Settings struct {
	// Language is a BCP 47 tag.
	Language string `json:"language,omitempty"`
	// Theme is "light" or "dark".
	Theme string `json:"theme,omitempty"`
	// AdminBrowser and UserBrowser are the IDs of the browsers last chosen for the consents.
	AdminBrowser string `json:"admin_browser,omitempty"`
	UserBrowser  string `json:"user_browser,omitempty"`
}

// Settings returns the settings; empty ones where none were kept.
func (s *Store) Settings() (Settings, error) { return s.settings().get() }

// PutSettings keeps the settings.
func (s *Store) PutSettings(settings Settings) error {
	return s.settings().change(func(Settings) (Settings, bool) { return settings, true })
}

func (s *Store) settings() document[Settings] {
	return document[Settings]{store: s, file: settingsFile, key: "settings", check: func(Settings) error { return nil }}
}
