//go:build e2e && linux

package e2e

import (
	"cmp"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// picturesFolder is where the pictures of failures go: PCC_PICTURES, or else a folder "pictures" in the module.
func picturesFolder() string {
	return cmp.Or(os.Getenv("PCC_PICTURES"), filepath.Join("..", "..", "pictures"))
}

// photographed are the tests whose failure was photographed, before anything was ended.
var photographed = map[string]bool{}

// photographFailure keeps what the screen shows when a test failed.
func photographFailure(tb testing.TB) {
	tb.Helper()
	if !tb.Failed() || photographed[tb.Name()] {
		return
	}
	photographed[tb.Name()] = true
	folder := picturesFolder()
	path := filepath.Join(folder, "e2e-"+strings.NewReplacer("/", "-", " ", "-").Replace(tb.Name())+".png")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		tb.Log(err)
		return
	}
	if out, err := exec.CommandContext(ctx, "import", "-window", "root", path).CombinedOutput(); err != nil {
		tb.Logf("no picture of the screen: %v: %s", err, out)
		return
	}
	tb.Logf("the screen: %s", path)
}

// expectPicture checks that a file is a picture with something on it.
func expectPicture(tb testing.TB, path string) {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Error(err)
		return
	}
	defer func() { _ = f.Close() }()
	picture, err := png.Decode(f)
	if err != nil {
		tb.Errorf("%s: %v", path, err)
		return
	}
	if n := colors(picture); n < 3 {
		tb.Errorf("%s shows nothing: it has %d colors", filepath.Base(path), n)
	}
}

// colors counts the colors of a picture, at most ten.
func colors(picture image.Image) int {
	type colour struct{ r, g, b uint32 }
	seen := map[colour]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			if seen[colour{r, g, b}] = true; len(seen) == 10 {
				return 10
			}
		}
	}
	return len(seen)
}
