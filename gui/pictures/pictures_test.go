package main

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

// TestPicturesAreReproducible draws one of each kind twice.
func TestPicturesAreReproducible(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	defer func() { time.Local = local }()
	few := []shot{}
	for _, s := range shots() {
		switch s.file {
		case "page-1-before", "dark-home", "small-home", "german-page-6-user":
			few = append(few, s)
		}
	}
	first, second := drawn(t, few), drawn(t, few)
	if len(first) != 4 {
		t.Fatalf("%d pictures", len(first))
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s is another picture the second time", name)
		}
	}
}

func drawn(t *testing.T, all []shot) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "gone.png"), []byte("a picture of a page that is gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := drawAll(dir, all); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	pictures := map[string][]byte{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		pictures[filepath.Base(path)] = data
	}
	return pictures
}

// TestEveryPictureIsThere holds that docs/pictures has the pictures that `make pictures` draws, and no others.
func TestEveryPictureIsThere(t *testing.T) {
	dir := filepath.Join("..", "..", "docs", "pictures")
	wanted := map[string]bool{}
	total := int64(0)
	for _, s := range shots() {
		if wanted[s.file+".png"] {
			t.Errorf("%s is drawn twice", s.file)
		}
		wanted[s.file+".png"] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !wanted[e.Name()] {
			t.Errorf("%s is no picture of ours", e.Name())
		}
		delete(wanted, e.Name())
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
	}
	for name := range wanted {
		t.Errorf("%s is missing: run make pictures", name)
	}
	if most := int64(7 << 18); total > most {
		t.Errorf("the pictures have %d bytes, more than %d", total, most)
	}
}

func TestSizes(t *testing.T) {
	for _, s := range shots() {
		if s.file != "scale-2-page-6-user" && s.file != "small-home" {
			continue
		}
		want := image.Pt(int(s.size.Width*s.scale), int(s.size.Height*s.scale))
		if got := draw(test.NewApp(), s).Bounds().Size(); got != want {
			t.Errorf("%s is %v, want %v", s.file, got, want)
		}
	}
}

func TestFewerColors(t *testing.T) {
	picture := image.NewRGBA(image.Rect(0, 0, 600, 2))
	for x := range 600 {
		picture.Set(x, 0, color.RGBA{uint8(x), uint8(x / 3), 7, 255})
		picture.Set(x, 1, color.RGBA{9, 9, 9, 255})
	}
	out := fewer(picture)
	if len(out.Palette) != maxColors || out.At(5, 1) != (color.RGBA{9, 9, 9, 255}) {
		t.Errorf("%d colours, %v", len(out.Palette), out.At(5, 1))
	}
	few := image.NewRGBA(image.Rect(0, 0, 200, 1))
	for x := range 200 {
		few.Set(x, 0, color.RGBA{uint8(x), 1, 2, 255})
	}
	for x, out := 0, fewer(few); x < 200; x++ {
		if out.At(x, 0) != few.At(x, 0) {
			t.Fatalf("%v became %v though there is room for all colours", few.At(x, 0), out.At(x, 0))
		}
	}
}
