package store

import (
	"errors"

	"partner-center-connector/connector"
)

// ScheduledRun returns what came of the last run of the schedule; the zero one where there was none.
func (s *Store) ScheduledRun() (connector.ScheduledRun, error) { return s.scheduled().get() }

// PutScheduledRun keeps what came of a run, in place of the one before. One that can't be read is kept aside first, and told by whoever reads it:
// that it is damaged is no reason to lose the next one.
func (s *Store) PutScheduledRun(run connector.ScheduledRun) error {
	put := func(connector.ScheduledRun) (connector.ScheduledRun, bool, error) { return run, true, nil }
	err := s.scheduled().change(put)
	if damaged := (*DamagedError)(nil); errors.As(err, &damaged) {
		return s.scheduled().change(put)
	}
	return err
}

func (s *Store) scheduled() document[connector.ScheduledRun] {
	return document[connector.ScheduledRun]{
		store: s, file: scheduledFile, key: "run", format: scheduledFormat, limit: sizeLimit,
		check: func(connector.ScheduledRun) error { return nil },
	}
}
