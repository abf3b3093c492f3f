package assets

import (
	"embed"
	"fmt"
	"path"
)

//go:embed icons/*.svg
var icons embed.FS

//go:embed pictures/*.svg
var pictures embed.FS

// Icon returns a drawing of one colour, 24 by 24 units, as SVG; the drawer colours it. Only "app", the program's own
// icon, has colours of its own. Its error means that there is no icon of that name.
func Icon(name string) ([]byte, error) {
	return drawing(icons, "icons", name)
}

// Picture returns a picture as an SVG template: in the place of each colour there is the name of one of the window's
// colours between two @, so that one drawing serves every theme. Its error means that there is no picture of that name.
func Picture(name string) ([]byte, error) {
	return drawing(pictures, "pictures", name)
}

func drawing(from embed.FS, folder, name string) ([]byte, error) {
	svg, err := from.ReadFile(path.Join(folder, name+".svg"))
	if err != nil {
		return nil, fmt.Errorf("assets: no drawing %q in %s: %w", name, folder, err)
	}
	return svg, nil
}
