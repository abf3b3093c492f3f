package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// style is how words look.
type style struct {
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	text  fyne.TextStyle
	align fyne.TextAlign
}

var (
	styleTitle    = style{size: sizeTitle, color: colorText, text: fyne.TextStyle{Bold: true}}
	styleLead     = style{size: sizeLead, color: colorText}
	styleHeading  = style{size: sizeHeading, color: colorText, text: fyne.TextStyle{Bold: true}}
	styleBody     = style{size: sizeBody, color: colorText}
	styleStrong   = style{size: sizeBody, color: colorText, text: fyne.TextStyle{Bold: true}}
	styleCaption  = style{size: sizeCaption, color: colorMuted}
	styleCaptionB = style{size: sizeCaption, color: colorMuted, text: fyne.TextStyle{Bold: true}}
)

func (s style) in(c fyne.ThemeColorName) style {
	s.color = c
	return s
}

func (s style) centered() style {
	s.align = fyne.TextAlignCenter
	return s
}

func (s style) measure(text string) float32 {
	return fyne.MeasureText(text, sizeOf(s.size), s.text).Width
}

func (s style) lineHeight() float32 {
	return fyne.MeasureText("Ag", sizeOf(s.size), s.text).Height
}

// words is text that wraps to the width it is given and says how high it is then. Without text it is hidden.
type words struct {
	widget.BaseWidget
	style style
	text  string

	lines      []string
	linesWidth float32
}

func newWords(s style) *words {
	w := &words{style: s}
	w.Hidden = true
	w.ExtendBaseWidget(w)
	return w
}

// set shows another text; an empty one hides the words.
func (w *words) set(text string) { w.restyle(w.style, text) }

func (w *words) restyle(s style, text string) {
	w.Hidden = text == ""
	if w.text == text && w.style == s {
		return
	}
	w.text, w.style, w.lines = text, s, nil
	w.Refresh()
}

// natural is the width on one line.
func (w *words) natural() float32 {
	width := float32(0)
	for _, line := range wrap(w.text, unlimited, w.style.measure) {
		width = max(width, w.style.measure(line))
	}
	return width
}

func (w *words) heightFor(width float32) float32 {
	return float32(len(w.wrapped(width))) * w.style.lineHeight()
}

func (w *words) wrapped(width float32) []string {
	if width <= 0 {
		width = unlimited
	}
	if w.lines == nil || w.linesWidth != width {
		w.lines, w.linesWidth = wrap(w.text, width, w.style.measure), width
	}
	return w.lines
}

func (w *words) MinSize() fyne.Size {
	width := w.Size().Width
	if width == 0 {
		return fyne.NewSize(0, w.style.lineHeight())
	}
	return fyne.NewSize(0, w.heightFor(width))
}

// AccessibilityLabel is the text.
func (w *words) AccessibilityLabel() string { return w.text }

// AccessibilityRole says that this is text.
func (w *words) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (w *words) CreateRenderer() fyne.WidgetRenderer {
	r := &wordsRenderer{words: w}
	r.Refresh()
	return r
}

type wordsRenderer struct {
	words   *words
	objects []fyne.CanvasObject
}

func (r *wordsRenderer) Destroy() {}

func (r *wordsRenderer) MinSize() fyne.Size { return r.words.MinSize() }

func (r *wordsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *wordsRenderer) Layout(size fyne.Size) {
	w := r.words
	lines := w.wrapped(size.Width)
	for len(r.objects) < len(lines) {
		r.objects = append(r.objects, canvas.NewText("", nil))
	}
	r.objects = r.objects[:len(lines)]
	height := w.style.lineHeight()
	for i, line := range lines {
		t := r.objects[i].(*canvas.Text)
		t.Text, t.Color = line, paint(w.style.color)
		t.TextSize, t.TextStyle, t.Alignment = sizeOf(w.style.size), w.style.text, w.style.align
		t.Move(fyne.NewPos(0, float32(i)*height))
		t.Resize(fyne.NewSize(size.Width, height))
	}
}

func (r *wordsRenderer) Refresh() {
	r.words.lines = nil
	r.Layout(r.words.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
