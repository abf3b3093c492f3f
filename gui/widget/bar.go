package widget

import (
	"fyne.io/fyne/v2"
)

// Bar is a layout that puts the filled part of a meter, its second object, over the track, its first one.
type Bar struct {
	// Share is how much of the track is filled, from 0 to 1.
	Share float32
}

// HeightFor is the height of a bar, whatever its width.
func (b *Bar) HeightFor([]fyne.CanvasObject, float32) float32 { return BarHeight }

// Layout places the track and the part that is filled.
func (b *Bar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	Place(objects[0], 0, 0, size.Width, size.Height)
	Place(objects[1], 0, 0, size.Width*b.Share, size.Height)
}

// MinSize is the height of a bar.
func (b *Bar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, BarHeight) }
