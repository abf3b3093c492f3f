//go:build e2e && linux

package measure

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Screen is the picture that a virtual display shows, in the file to which Xvfb maps it (-fbdir): looking at it costs the display nothing.
type Screen struct {
	mapped []byte
	// pixels is the part of mapped with the picture, stride the length of one of its lines.
	pixels []byte
	stride int
	// before are the lines that were looked at, as they were last.
	before []byte
}

var errNoScreen = errors.New("not a picture of a display")

// OpenScreen maps the file. It is in the form of xwd: a head of big-endian numbers, the colors and the lines.
// https://gitlab.freedesktop.org/xorg/proto/xorgproto/-/blob/master/include/X11/XWDFile.h
func OpenScreen(path string) (*Screen, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	mapped, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	const height, lineLength, colors, colorSize = 5, 12, 19, 12
	word := func(n int) int { return int(binary.BigEndian.Uint32(mapped[4*n:])) }
	if len(mapped) < 100 || word(1) != 7 {
		return nil, fmt.Errorf("%s: %w", path, errNoScreen)
	}
	begin := word(0) + word(colors)*colorSize
	end := begin + word(height)*word(lineLength)
	if end > len(mapped) {
		return nil, fmt.Errorf("%s: %w", path, errNoScreen)
	}
	s := &Screen{mapped: mapped, pixels: mapped[begin:end], stride: word(lineLength)}
	s.changed()
	return s, nil
}

// Close unmaps the picture.
func (s *Screen) Close() error { return unix.Munmap(s.mapped) }

// Every fourth line is looked at, every 2 ms. What differs in fewer than 30 of their pixels is a cursor that blinks.
const (
	eachLine  = 4
	pixelSize = 4
	lookEvery = 2 * time.Millisecond
	blink     = 30
)

// changed reports whether the picture differs from that of the last change.
func (s *Screen) changed() bool {
	if s.before == nil {
		s.remember()
		return true
	}
	different := 0
	for i, at := 0, 0; at < len(s.pixels); i, at = i+1, at+eachLine*s.stride {
		now, before := s.pixels[at:at+s.stride], s.before[i*s.stride:(i+1)*s.stride]
		if bytes.Equal(now, before) {
			continue
		}
		for x := 0; x < s.stride; x += pixelSize {
			if !bytes.Equal(now[x:x+pixelSize], before[x:x+pixelSize]) {
				different++
			}
		}
	}
	if different < blink {
		return false
	}
	s.remember()
	return true
}

func (s *Screen) remember() {
	s.before = s.before[:0]
	for at := 0; at < len(s.pixels); at += eachLine * s.stride {
		s.before = append(s.before, s.pixels[at:at+s.stride]...)
	}
}

// ErrRestless means that the picture did not come to rest.
var ErrRestless = errors.New("the screen does not come to rest")

// Rest waits until the picture has not changed for quiet and idle, if there is one, reports true; it returns when the picture changed
// first and last, zero where it never did. With first it waits, before that, until the picture changes at all. It gives up after limit.
func (s *Screen) Rest(first bool, quiet, limit time.Duration, idle func() bool) (begin, end time.Time, err error) {
	started := time.Now()
	since := started
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		now := time.Now()
		if s.changed() {
			if begin.IsZero() {
				begin = now
			}
			end, since = now, now
		}
		if (!first || !begin.IsZero()) && now.Sub(since) >= quiet {
			if idle == nil || idle() {
				return begin, end, nil
			}
			since = now
		}
		if now.Sub(started) > limit {
			return begin, end, fmt.Errorf("within %v: %w", limit, ErrRestless)
		}
		<-tick.C
	}
}
