package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Label is text that wraps to the width it is given and says how high it is then. Without text it is hidden.
type Label struct {
	fynewidget.BaseWidget
	style Style
	text  string

	wrapped      []string
	wrappedWidth float32
}

// NewLabel makes a label without text.
func NewLabel(s Style) *Label {
	l := &Label{style: s}
	l.Hidden = true
	l.ExtendBaseWidget(l)
	return l
}

// Text is what it says.
func (l *Label) Text() string { return l.text }

// Style is how it looks.
func (l *Label) Style() Style { return l.style }

// SetText shows another text; an empty one hides the label.
func (l *Label) SetText(text string) { l.SetStyled(l.style, text) }

// SetStyled shows a text in a style; an empty one hides the label.
func (l *Label) SetStyled(s Style, text string) {
	l.Hidden = text == ""
	if l.text == text && l.style == s {
		return
	}
	l.text, l.style, l.wrapped = text, s, nil
	l.Refresh()
}

// NaturalWidth is the width of its longest line where nothing wraps.
func (l *Label) NaturalWidth() float32 {
	width := float32(0)
	for _, line := range wrap(l.text, unlimited, l.style.Measure) {
		width = max(width, l.style.Measure(line))
	}
	return width
}

// HeightFor is the height of its lines at a width.
func (l *Label) HeightFor(width float32) float32 {
	return float32(len(l.Lines(width))) * l.style.LineHeight()
}

// Lines are the lines that its text breaks into at a width.
func (l *Label) Lines(width float32) []string {
	if width <= 0 {
		width = unlimited
	}
	if l.wrapped == nil || l.wrappedWidth != width {
		l.wrapped, l.wrappedWidth = wrap(l.text, width, l.style.Measure), width
	}
	return l.wrapped
}

// MinSize is the height at the width that the label has.
func (l *Label) MinSize() fyne.Size {
	width := l.Size().Width
	if width == 0 {
		return fyne.NewSize(0, l.style.LineHeight())
	}
	return fyne.NewSize(0, l.HeightFor(width))
}

// AccessibilityLabel is the text.
func (l *Label) AccessibilityLabel() string { return l.text }

// AccessibilityRole says that this is text.
func (l *Label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer makes the label's renderer.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &labelRenderer{label: l}
	r.Refresh()
	return r
}

type labelRenderer struct {
	label   *Label
	objects []fyne.CanvasObject
}

func (r *labelRenderer) Destroy() {}

func (r *labelRenderer) MinSize() fyne.Size { return r.label.MinSize() }

func (r *labelRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *labelRenderer) Layout(size fyne.Size) {
	l := r.label
	lines := l.Lines(size.Width)
	for len(r.objects) < len(lines) {
		r.objects = append(r.objects, canvas.NewText("", nil))
	}
	r.objects = r.objects[:len(lines)]
	height := l.style.LineHeight()
	for i, line := range lines {
		t := r.objects[i].(*canvas.Text)
		t.Text, t.Color = line, Color(l.style.Color)
		t.TextSize, t.TextStyle, t.Alignment = sizeOf(l.style.Size), l.style.text, l.style.align
		t.FontSource = fontFor(line, l.style.text)
		t.Move(fyne.NewPos(0, float32(i)*height))
		t.Resize(fyne.NewSize(size.Width, height))
	}
}

func (r *labelRenderer) Refresh() {
	r.label.wrapped = nil
	r.Layout(r.label.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
