package widgettest

import (
	"image/color"
	"math"
	"testing"
)

func TestContrastFormula(t *testing.T) {
	if c := Contrast(color.White, color.Black); math.Abs(c-21) > 0.001 {
		t.Errorf("black on white is %f:1", c)
	}
}
