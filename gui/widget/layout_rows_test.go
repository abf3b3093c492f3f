package widget

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// block is an object of a natural width, 10 high.
type block struct {
	*canvas.Rectangle
	width float32
}

func (b block) NaturalWidth() float32 { return b.width }

func (b block) HeightFor(float32) float32 { return 10 }

func TestARowLeavesNoneAlone(t *testing.T) {
	for _, c := range []struct {
		name   string
		widths []float32
		lines  []int // how many stand on each line, in a width of 100 with gaps of 10
	}{
		{"all fit", []float32{30, 30, 20}, []int{3}},
		{"two lines", []float32{40, 40, 40, 40}, []int{2, 2}},
		{"the last one gets company", []float32{30, 30, 20, 40}, []int{2, 2}},
		{"of two before it", []float32{40, 40, 40}, []int{1, 2}},
		{"no room for company", []float32{20, 60, 60}, []int{1, 1, 1}},
		{"in the middle", []float32{40, 40, 95, 40, 40}, []int{1, 1, 1, 1, 1}},
		{"too wide for any line", []float32{150, 150}, []int{1, 1}},
		{"none", nil, nil},
	} {
		objects := []fyne.CanvasObject{}
		for _, w := range c.widths {
			objects = append(objects, block{canvas.NewRectangle(nil), w})
		}
		row := &Row{Gap: 10}
		got := []int{}
		for _, line := range row.lines(objects, 100) {
			got = append(got, len(line))
		}
		if !slices.Equal(got, c.lines) {
			t.Errorf("%s: %v, want %v", c.name, got, c.lines)
		}
		if want := max(0, float32(20*len(c.lines)-10)); row.HeightFor(objects, 100) != want {
			t.Errorf("%s: %.0f high, want %.0f", c.name, row.HeightFor(objects, 100), want)
		}
	}
}
