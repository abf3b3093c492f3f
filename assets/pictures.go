package assets

import (
	"embed"
	"fmt"
	"path"
)

//go:embed icons/*.svg
var icons embed.FS

//go:embed bitmaps/*.png
var bitmaps embed.FS

// Icon returns a drawing of one color, 24 by 24 units, as SVG; the drawer colors it. Its error means that there is no icon of
// that name.
func Icon(name string) ([]byte, error) {
	return embedded(icons, "icons", name+".svg")
}

// AppIcon returns the program's own icon as PNG, 128 by 128 pixels.
func AppIcon() ([]byte, error) { return embedded(bitmaps, "bitmaps", "app.png") }

// Picture returns a picture of pictures as PNG, in the colors of the window's theme "light" or "dark", at one pixel for a unit of
// the drawing or at two. Its error means that there is no picture of that name.
//
// Drawing the SVG takes a twentieth of a second, which a window that opens does not have; a test of gui makes the bitmaps of the
// drawings, and holds them together.
func Picture(name, theme string, pixels int) ([]byte, error) {
	return embedded(bitmaps, "bitmaps", fmt.Sprintf("%s-%s-%d.png", name, theme, pixels))
}

func embedded(from embed.FS, folder, name string) ([]byte, error) {
	data, err := from.ReadFile(path.Join(folder, name))
	if err != nil {
		return nil, fmt.Errorf("assets: no %q in %s: %w", name, folder, err)
	}
	return data, nil
}
