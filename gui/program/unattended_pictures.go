package program

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// screenLimit is how long a photograph of the screen may take.
const screenLimit = 15 * time.Second

func (u *unattended) name(what string) string {
	u.shots++
	return filepath.Join(u.pictures, fmt.Sprintf("%02d-%s.png", u.shots, what))
}

// picture keeps what the window shows. Some renderers without a GPU don't tell what they have drawn; then the screen is asked.
func (u *unattended) picture(what string) {
	if u.pictures == "" {
		return
	}
	path, picture := u.name(what), u.window.Picture()
	if id := u.window.X11ID(); id != "" && plain(picture) && screenPicture(context.Background(), id, path) == nil {
		return
	}
	if err := writePicture(path, picture); err != nil {
		u.fail(err)
	}
}

// plain reports whether a picture has one colour only.
func plain(picture image.Image) bool {
	b := picture.Bounds()
	first := picture.At(b.Min.X, b.Min.Y)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if picture.At(x, y) != first {
				return false
			}
		}
	}
	return true
}

func writePicture(path string, picture image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, picture); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// screen keeps what the whole screen shows, with the browser on it. Where that can't be had there is none.
func (u *unattended) screen(ctx context.Context, what string) {
	if u.pictures == "" {
		return
	}
	err := screenPicture(ctx, "root", u.name(what))
	switch {
	case errors.Is(err, exec.ErrNotFound):
		_, _ = fmt.Fprintln(u.out, u.tr.Text("start.no-screen-picture", nil))
	case err != nil:
		u.fail(err)
	}
}

// screenPicture photographs a window of the screen by its number, or "root" for all of it, with ImageMagick's import. By a name that it
// does not find it would wait for a click.
func screenPicture(ctx context.Context, window, path string) error {
	ctx, cancel := context.WithTimeout(ctx, screenLimit)
	defer cancel()
	return exec.CommandContext(ctx, "import", "-window", window, path).Run()
}
