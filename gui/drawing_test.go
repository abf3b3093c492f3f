package gui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/gui/widget"
	"partner-center-connector/test/golden"
)

// pictureColors are the names that a picture's template may use in the place of colours.
var pictureColors = map[string]fyne.ThemeColorName{
	"background": widget.ColorBackground,
	"card":       widget.ColorCard,
	"border":     widget.ColorBorder,
	"muted":      widget.ColorMuted,
	"text":       widget.ColorText,
	"accent":     widget.ColorAccent,
	"onAccent":   widget.ColorOnAccent,
	"tint":       widget.ColorTint,
	"good":       widget.ColorGood,
	"warning":    widget.ColorWarning,
}

// TestBitmapsAreTheDrawings draws each SVG as its bitmap was made; with -update it makes them anew.
func TestBitmapsAreTheDrawings(t *testing.T) {
	testApp()
	sameBitmap(t, "app", rasterized(t, "../assets/icons/app.svg", "", 128, 128))
	for _, theme := range []connector.Theme{connector.ThemeLight, connector.ThemeDark} {
		for pixels := 1; pixels <= 2; pixels++ {
			got := rasterized(t, "../assets/pictures/two-identities.svg", theme, int(pictureWidth)*pixels, int(pictureHeight)*pixels)
			sameBitmap(t, fmt.Sprintf("two-identities-%s-%d", theme, pixels), got)
		}
	}
}

// rasterized draws an SVG file, in the colours of a theme, at a size in pixels.
func rasterized(t *testing.T, file string, theme connector.Theme, width, height int) image.Image {
	t.Helper()
	svg := string(read(t, file))
	for name, c := range pictureColors {
		svg = strings.ReplaceAll(svg, "@"+name+"@", hexOf(widget.NewTheme(theme).Color(c, 0)))
	}
	checkSVG(t, svg)
	i := canvas.NewImageFromResource(fyne.NewStaticResource(fmt.Sprintf("%s-%s-%d.svg", file, theme, width), []byte(svg)))
	i.Resize(fyne.NewSize(float32(width), float32(height)))
	return i.Image
}

// sameBitmap compares a bitmap of assets with what was drawn now. Processors round differently: a pixel may differ by what
// nobody sees.
func sameBitmap(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := "../assets/bitmaps/" + name + ".png"
	if golden.Updating() {
		var data bytes.Buffer
		best := png.Encoder{CompressionLevel: png.BestCompression}
		if err := best.Encode(&data, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := png.Decode(bytes.NewReader(read(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%s is %v, its drawing %v", name, want.Bounds(), got.Bounds())
	}
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			if differ(got.At(x, y), want.At(x, y)) {
				t.Fatalf("%s is not its drawing at %d,%d: run with -update", name, x, y)
			}
		}
	}
}

// differ reports whether two colours differ by more than a hundredth.
func differ(a, b color.Color) bool {
	r1, g1, b1, a1 := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}, {a1, a2}} {
		if max(pair[0], pair[1])-min(pair[0], pair[1]) > 0xffff/100 {
			return true
		}
	}
	return false
}

// TestPixels wants a picture at every size, and the bitmap itself where that fits.
func TestPixels(t *testing.T) {
	newBench(t, "en")
	d := newDrawing()
	d.set("two-identities", "two people")
	if got, want := d.pixels(660, 180), bitmapOf("two-identities", themeName(), 1); got.Bounds() != want.Bounds() || got.At(110, 80) != want.At(110, 80) {
		t.Error("at the size of its bitmap a picture is another")
	}
	for _, size := range []image.Point{{448, 122}, {1320, 360}, {2000, 545}} {
		got := d.pixels(size.X, size.Y)
		if got.Bounds().Size() != size {
			t.Errorf("at %v a picture is %v", size, got.Bounds())
		}
		if differ(got.At(size.X/6, size.Y*4/9), widget.Color(widget.ColorMuted)) {
			t.Errorf("at %v the administrator's head is %v", size, got.At(size.X/6, size.Y*4/9))
		}
	}
	if d.set("none", ""); d.pixels(660, 180) != image.Transparent {
		t.Error("a picture that there is not shows something")
	}
}

func TestIcons(t *testing.T) {
	for _, name := range []string{
		"box", "box-on", "chevron-down", "chevron-right", "failed", "info", "passed", "pending", "radio",
		"radio-on", "running", "unknown", "warning",
	} {
		icon, err := assets.Icon(name)
		if err != nil {
			t.Fatal(err)
		}
		checkSVG(t, string(icon))
	}
}

// checkSVG refuses what Fyne's SVG drawing ignores, and colours that were not filled in.
func checkSVG(t *testing.T, svg string) {
	t.Helper()
	for _, bad := range []string{"<text", "clipPath", "<mask", "stroke", "<use", "@"} {
		if strings.Contains(svg, bad) {
			t.Errorf("an SVG has %q in it", bad)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// hexOf is a colour as SVG writes it.
func hexOf(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}
