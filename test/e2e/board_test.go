//go:build e2e && linux

package e2e

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// board is the window program and somebody at the keyboard. There is no mouse.
type board struct {
	t  testing.TB
	a  *account
	c  *cloud
	p  *program
	id string
	// last is when a key was pressed last.
	last time.Time
}

// keyPause is the time between two keys: what comes sooner counts as one key that is held down.
const keyPause = 200 * time.Millisecond

// lookPause is how long somebody looks at a window that has come to the front by itself: a key that comes sooner was meant for what was there before.
const lookPause = 1200 * time.Millisecond

// openWindow starts the window program and waits until its window has the focus and has come to rest.
func openWindow(tb testing.TB, a *account, c *cloud) *board {
	tb.Helper()
	b := &board{t: tb, a: a, c: c}
	b.open()
	return b
}

func (b *board) open() {
	b.t.Helper()
	b.p = b.a.start(b.a.env, "", window, "--clouds", b.c.file, "--lang", "en")
	b.id = windowOf(b.t, b.p.cmd.Process.Pid)
	focus(b.t, b.id)
	b.rests()
}

// press presses keys one after the other. They must go to our window.
func (b *board) press(keys ...string) {
	b.t.Helper()
	b.hasFocus()
	for _, key := range keys {
		until(b.t, "the next key", func() bool { return time.Since(b.last) > keyPause })
		b.last = time.Now()
		if _, err := xdotool(b.t, "key", "--clearmodifiers", key); err != nil {
			b.t.Fatalf("%s: %v", key, err)
		}
	}
}

// types enters a text. It goes to xdotool by its standard input: a command line can be read by everybody.
func (b *board) types(text string) {
	b.t.Helper()
	b.hasFocus()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "xdotool", "type", "--clearmodifiers", "--delay", "15", "--file", "-")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		b.t.Fatal(err)
	}
}

// hasFocus waits until keys go to our window, and does nothing for it: the window must come to the front by itself.
func (b *board) hasFocus() {
	b.t.Helper()
	until(b.t, "our window has the focus", func() bool {
		if b.p.hasEnded() {
			b.t.Fatalf("the window has ended:\n%s", b.p.said())
		}
		now, err := xdotool(b.t, "getwindowfocus")
		return err == nil && now == b.id
	})
}

// comesForward waits until our window has come to the front by itself and was looked at.
func (b *board) comesForward() {
	b.t.Helper()
	b.hasFocus()
	since := time.Now()
	b.rests()
	until(b.t, "the window was looked at", func() bool { return time.Since(since) > lookPause })
}

// The differences of pictures in pixels: a cursor that blinks is less than blink, another page is more than turn.
const (
	blink = 120
	turn  = 2000
)

// rests waits until the window shows the same for a while, but for its cursor.
func (b *board) rests() {
	b.t.Helper()
	before, since := b.picture(), time.Now()
	until(b.t, "the window has come to rest", func() bool {
		now := b.picture()
		if difference(before, now) > blink || plainPicture(now) {
			before, since = now, time.Now()
		}
		return time.Since(since) > 400*time.Millisecond
	})
}

// turns does something and waits until another page is there, at rest.
func (b *board) turns(what string, do func()) {
	b.t.Helper()
	before := b.picture()
	do()
	until(b.t, what, func() bool { return difference(before, b.picture()) > turn })
	b.rests()
}

func (b *board) picture() image.Image {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	data, err := exec.CommandContext(ctx, "import", "-window", b.id, "png:-").Output()
	if err != nil {
		b.t.Fatalf("no picture of the window: %v; it said:\n%s", err, b.p.said())
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.t.Fatal(err)
	}
	return picture
}

func plainPicture(picture image.Image) bool { return colors(picture) < 3 }

// difference is the number of pixels in which two pictures differ.
func difference(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

// forward presses Enter until the draft has come to a page. It may be pressed while the page still checks something by itself,
// which does nothing.
func (b *board) forward(step string) {
	b.t.Helper()
	b.turns("the next page", func() {
		until(b.t, "the draft comes to the next page", func() bool {
			b.press("Return")
			return comes(3*time.Second, func() bool {
				all := b.a.drafts()
				return len(all) == 1 && all[0].Step == step
			})
		})
	})
}

// ticks presses Space on the box that has the focus.
func (b *board) ticks(name string) {
	b.t.Helper()
	b.press("space")
	b.a.untilDraft("a tick at "+name, func(d draftOnDisk) bool { return d.Ticks[name] })
}

// crash ends the program as a power cut would, starts it again, and goes on with the draft, whose button stands before the last one of its row.
func (b *board) crash() {
	b.t.Helper()
	before := b.a.drafts()
	b.p.kill()
	b.open()
	if after := b.a.drafts(); len(before) != 1 || len(after) != 1 || after[0].ID != before[0].ID || after[0].Step != before[0].Step {
		b.t.Fatalf("the draft before the kill: %+v; after it: %+v", before, after)
	}
	b.turns("the draft's page", func() { b.press("shift+Tab", "shift+Tab", "Return") })
}
