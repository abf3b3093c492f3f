package cli

import (
	"context"
	"sync"

	"partner-center-connector/connector/wizard"
)

// states holds the newest state that the runner told.
type states struct {
	mu    sync.Mutex
	state wizard.State
	// wake is signalled when there is a newer one; one signal may stand for several.
	wake chan struct{}
}

func newStates() *states { return &states{wake: make(chan struct{}, 1)} }

func (s *states) put(state wizard.State) {
	s.mu.Lock()
	s.state = state
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *states) newest() wizard.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// until waits for a state that fits. Its error is ctx's.
func (s *states) until(ctx context.Context, fits func(wizard.State) bool) (wizard.State, error) {
	for {
		if state := s.newest(); fits(state) {
			return state, nil
		}
		select {
		case <-s.wake:
		case <-ctx.Done():
			return wizard.State{}, ctx.Err()
		}
	}
}
