package main

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const drawing = "../../../../assets/icons/app.svg"

// TestEveryPartIsAPictureOfItsSize reads the file as macOS does: heads with lengths, one after the other, up to the end.
func TestEveryPartIsAPictureOfItsSize(t *testing.T) {
	target := filepath.Join(t.TempDir(), "app.icns")
	if err := convert(drawing, target); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	name, parts, rest := split(t, file)
	if name != "icns" || len(rest) != 0 {
		t.Fatalf("the file is %q with %d bytes after it", name, len(rest))
	}
	for _, want := range pictures {
		name, content, others := split(t, parts)
		parts = others
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil || name != want.name || picture.Bounds().Dx() != want.size || picture.Bounds().Dy() != want.size {
			t.Fatalf("%s: %v, want %s with %d pixels a side", name, err, want.name, want.size)
		}
		if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
			t.Errorf("%s: the corner is not transparent", name)
		}
		if _, _, _, alpha := picture.At(want.size/2, want.size/2).RGBA(); alpha != 0xffff {
			t.Errorf("%s: the middle is transparent", name)
		}
	}
	if len(parts) != 0 {
		t.Errorf("%d bytes too many", len(parts))
	}
}

// split takes the first part off.
func split(t *testing.T, data []byte) (name string, content, rest []byte) {
	t.Helper()
	if len(data) < 8 {
		t.Fatalf("%d bytes are no head", len(data))
	}
	length := int(binary.BigEndian.Uint32(data[4:8]))
	if length < 8 || length > len(data) {
		t.Fatalf("%q says %d bytes, there are %d", data[:4], length, len(data))
	}
	return string(data[:4]), data[8:length], data[length:]
}

func TestWhatIsNoDrawingIsRefused(t *testing.T) {
	target := filepath.Join(t.TempDir(), "app.icns")
	for _, source := range []string{"main.go", filepath.Join(t.TempDir(), "nosuch.svg")} {
		if err := convert(source, target); err == nil || !strings.Contains(err.Error(), filepath.Base(source)) {
			t.Errorf("%s: %v", source, err)
		}
	}
	if _, err := os.Stat(target); err == nil {
		t.Error("a file was written all the same")
	}
}
