package main

import (
	"bufio"
	"errors"
	"io"
	"os"

	"golang.org/x/term"
)

// readHidden reads a line that a person types at a terminal, without showing it. term.ReadPassword does not end at Ctrl+D on an empty line: it reads
// on for ever. Its error is io.EOF where nothing comes any more, or where the person has pressed Ctrl+D or Ctrl+C.
func readHidden(in *os.File) ([]byte, error) {
	return readRaw(in, &paste{in: bufio.NewReaderSize(in, 1), oneLine: true})
}

// readRaw reads keys as they come, and leaves the terminal as it was. Its error is io.EOF for Ctrl+C too.
func readRaw(in *os.File, p *paste) ([]byte, error) {
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, err
	}
	defer func() { _ = term.Restore(int(in.Fd()), before) }()
	text, err := p.read()
	if errors.Is(err, errInterrupted) {
		err = io.EOF
	}
	return text, err
}
