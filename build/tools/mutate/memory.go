package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// memory keeps outcomes, so that a run that was broken off goes on where it was, and that a mutant is tried first by the test that caught it
// last time. A line is added for each; the last one counts.
type memory struct {
	mu       sync.Mutex
	outcomes map[string]remembered // by what decides them: the mutant's text, the packages' and the tests'
	catchers map[string]string     // by mutant
	file     *os.File
}

type remembered struct {
	Key     string  `json:"key"`
	Mutant  string  `json:"mutant"`
	Outcome outcome `json:"outcome"`
	Catcher string  `json:"catcher,omitempty"`
}

func openMemory(folder string) (*memory, error) {
	m := &memory{outcomes: map[string]remembered{}, catchers: map[string]string{}}
	if folder == "" {
		return m, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	name := filepath.Join(folder, "outcomes.jsonl")
	if err := m.read(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var err error
	m.file, err = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return m, err
}

func (m *memory) read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r remembered
		// A line that was broken off is as if it were not there.
		if json.Unmarshal(lines.Bytes(), &r) == nil {
			m.learn(r)
		}
	}
	return nil
}

func (m *memory) learn(r remembered) {
	m.outcomes[r.Key] = r
	if r.Catcher != "" {
		m.catchers[r.Mutant] = r.Catcher
	}
}

func (m *memory) outcome(key string) (remembered, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, found := m.outcomes[key]
	return r, found
}

func (m *memory) catcher(mutant string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.catchers[mutant]
}

func (m *memory) keep(r remembered) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.learn(r)
	if m.file == nil {
		return nil
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = m.file.Write(append(text, '\n'))
	return err
}

func (m *memory) close() error {
	if m.file == nil {
		return nil
	}
	return m.file.Close()
}
