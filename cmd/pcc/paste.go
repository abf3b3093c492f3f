package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"sync/atomic"
)

// maxPaste is more than a mail has, in bytes.
const maxPaste = 1 << 20

// errInterrupted is Ctrl+C where the terminal does not make a signal of it.
var errInterrupted = errors.New("interrupted")

// A terminal marks the begin and the end of what is pasted where it was asked to. One that can't just passes it on.
const (
	marksOn    = "\x1b[?2004h"
	marksOff   = "\x1b[?2004l"
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// marking is whether the terminal marks what is pasted. It has to be switched off however a question ends.
type marking struct {
	out *os.File
	on  atomic.Bool
}

func (m *marking) set(on bool) {
	text := marksOff
	if on {
		text = marksOn
	}
	if m.on.Swap(on) != on {
		_, _ = m.out.WriteString(text)
	}
}

// readPaste reads what a person pastes at a terminal, without showing it. The terminal's own lines would not do: macOS cuts them off at 1024
// bytes, and Linux at 4095. Its error is io.EOF where nothing comes any more, or where the person has pressed Ctrl+C.
func readPaste(in *os.File, marks *marking) ([]byte, error) {
	marks.set(true)
	defer marks.set(false)
	return readRaw(in, &paste{in: bufio.NewReaderSize(in, 1)})
}

// paste takes the keys of a terminal apart.
type paste struct {
	in   io.ByteReader
	text []byte
	// marked says that what was pasted came between marks, so that Enter ends it.
	marked bool
	// oneLine has Enter end it in any case.
	oneLine bool
}

// read returns the text up to Enter behind a marked paste, else up to two empty lines, or an empty one where nothing comes before it.
func (p *paste) read() ([]byte, error) {
	for {
		b, err := p.in.ReadByte()
		switch {
		case err != nil || b == 0x04 || b == 0x1a: // Ctrl+D and Ctrl+Z
			if len(p.text) > 0 {
				return p.text, nil
			}
			return nil, io.EOF
		case b == 0x03: // Ctrl+C
			return nil, errInterrupted
		case b == 0x15: // Ctrl+U
			p.text = nil
		case b == 0x1b:
			p.escape()
		case b == 0x7f || b == 0x08:
			p.text = p.text[:max(0, len(p.text)-1)]
		case b == '\r' || b == '\n':
			if p.oneLine {
				return p.text, nil
			}
			if p.ends() {
				return bytes.TrimSpace(p.text), nil
			}
			p.add('\n')
		default:
			p.add(b)
		}
	}
}

func (p *paste) ends() bool {
	return p.marked || len(bytes.TrimSpace(p.text)) == 0 || bytes.HasSuffix(p.text, []byte("\n\n"))
}

func (p *paste) add(b byte) {
	if len(p.text) < maxPaste {
		p.text = append(p.text, b)
	}
}

// escape reads a control sequence, and what is pasted behind the one that begins a paste. The other ones are keys that mean nothing here.
func (p *paste) escape() {
	sequence := []byte{0x1b}
	for len(sequence) < len(pasteBegin) {
		b, err := p.in.ReadByte()
		if err != nil {
			return
		}
		sequence = append(sequence, b)
		if len(sequence) > 2 && b >= 0x40 && b <= 0x7e || len(sequence) == 2 && b != '[' && b != 'O' {
			break
		}
	}
	if string(sequence) != pasteBegin {
		return
	}
	p.marked = true
	for at := len(p.text); !bytes.HasSuffix(p.text[at:], []byte(pasteEnd)); {
		b, err := p.in.ReadByte()
		if err != nil {
			return
		}
		if b == '\r' {
			b = '\n'
		}
		p.text = append(p.text, b)
		if len(p.text) > maxPaste {
			p.text = append(p.text[:maxPaste-len(pasteEnd)], p.text[len(p.text)-len(pasteEnd):]...)
		}
	}
	p.text = bytes.TrimSuffix(p.text, []byte(pasteEnd))
}
