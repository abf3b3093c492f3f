package store

import (
	"errors"

	"partner-center-connector/connector"
)

// ChangeNotified changes what somebody was notified of while no other process does. A file that can't be read is kept aside, and begun again: at
// worst something is told a second time.
func (s *Store) ChangeNotified(change func([]connector.Notified) []connector.Notified) error {
	edit := func(before []connector.Notified) ([]connector.Notified, bool, error) {
		after := change(before)
		if after == nil {
			after = []connector.Notified{} // null would be taken for damage
		}
		return after, len(before) > 0 || len(after) > 0, nil
	}
	err := s.notified().change(edit)
	if damaged := (*DamagedError)(nil); errors.As(err, &damaged) {
		return s.notified().change(edit)
	}
	return err
}

func (s *Store) notified() document[[]connector.Notified] {
	return document[[]connector.Notified]{
		store: s, file: notifiedFile, key: "notified", format: notifiedFormat, limit: sizeLimit,
		check: func([]connector.Notified) error { return nil },
	}
}
