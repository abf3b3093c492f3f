package timeline

import (
	"bytes"
	"encoding/xml"
	"strconv"
)

// The measures of the picture, in its own units.
const (
	pictureWidth = 960
	margin       = 16
	wordsWidth   = 320
	laneHeight   = 40
	headHeight   = 40
	footHeight   = 36
	laneLeft     = margin + wordsWidth
	laneWidth    = pictureWidth - laneLeft - margin
	barHeight    = 12
	// barLeast is how wide a bar is at least, so that one check is seen.
	barLeast  = 6
	tickWidth = 64
)

// The colors are those of the window's light look: every one is told from white by at least 4.5 to 1.
var colors = map[Tone]string{Neutral: "#3049b4", Good: "#1a7440", Warning: "#885600", Bad: "#b3261e"}

const (
	inkColor   = "#1c2026"
	mutedColor = "#59616c"
	lineColor  = "#d9dde3"
)

// The elements of the picture. They refer to nothing outside of it, and run nothing.
type (
	svgPicture struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		ViewBox string   `xml:"viewBox,attr"`
		Width   int      `xml:"width,attr"`
		Height  int      `xml:"height,attr"`
		Role    string   `xml:"role,attr"`
		Font    string   `xml:"font-family,attr"`
		Title   string   `xml:"title"`
		Desc    string   `xml:"desc"`
		Shapes  []any
	}
	svgRect struct {
		XMLName xml.Name `xml:"rect"`
		X       float64  `xml:"x,attr"`
		Y       float64  `xml:"y,attr"`
		Width   float64  `xml:"width,attr"`
		Height  float64  `xml:"height,attr"`
		Radius  float64  `xml:"rx,attr,omitempty"`
		Fill    string   `xml:"fill,attr"`
		Stroke  string   `xml:"stroke,attr,omitempty"`
		Dashes  string   `xml:"stroke-dasharray,attr,omitempty"`
	}
	svgCircle struct {
		XMLName xml.Name `xml:"circle"`
		X       float64  `xml:"cx,attr"`
		Y       float64  `xml:"cy,attr"`
		Radius  float64  `xml:"r,attr"`
		Fill    string   `xml:"fill,attr"`
	}
	svgPath struct {
		XMLName xml.Name `xml:"path"`
		D       string   `xml:"d,attr"`
		Fill    string   `xml:"fill,attr"`
		Stroke  string   `xml:"stroke,attr,omitempty"`
		Width   float64  `xml:"stroke-width,attr,omitempty"`
		Dashes  string   `xml:"stroke-dasharray,attr,omitempty"`
	}
	svgText struct {
		XMLName xml.Name `xml:"text"`
		X       float64  `xml:"x,attr"`
		Y       float64  `xml:"y,attr"`
		Size    int      `xml:"font-size,attr"`
		Weight  string   `xml:"font-weight,attr,omitempty"`
		Anchor  string   `xml:"text-anchor,attr,omitempty"`
		Fill    string   `xml:"fill,attr"`
		Text    string   `xml:",chardata"`
	}
)

// SVG is the picture as a file of its own, light, without scripts and without anything from elsewhere.
func SVG(a Axis, w Words) []byte {
	height := headHeight + len(a.Lanes)*laneHeight + footHeight
	p := svgPicture{
		ViewBox: "0 0 " + strconv.Itoa(pictureWidth) + " " + strconv.Itoa(height), Width: pictureWidth, Height: height, Role: "img",
		Font: "system-ui, 'Segoe UI', 'Noto Sans', sans-serif", Title: w.Title, Desc: w.Description,
	}
	p.add(svgRect{Width: pictureWidth, Height: float64(height), Fill: "#ffffff"},
		svgText{X: margin, Y: 25, Size: 16, Weight: "600", Fill: inkColor, Text: w.Title})
	if !a.Empty() {
		p.axis(a, w.Now, float64(height-footHeight))
	}
	for i, l := range a.Lanes {
		top := float64(headHeight + i*laneHeight)
		p.add(svgText{X: margin, Y: top + 17, Size: 13, Weight: "600", Fill: inkColor, Text: w.Lanes[i].Label},
			svgText{X: margin, Y: top + 33, Size: 11, Fill: mutedColor, Text: w.Lanes[i].Note})
		for _, s := range l.Spans {
			p.add(shapes(l, x(a.Share(s.From)), x(a.Share(s.To)), top+laneHeight/2, s)...)
		}
	}
	var out bytes.Buffer
	e := xml.NewEncoder(&out)
	e.Indent("", "  ")
	_ = e.Encode(p) // plain strings and numbers always encode
	out.WriteByte('\n')
	return out.Bytes()
}

func (p *svgPicture) add(shapes ...any) { p.Shapes = append(p.Shapes, shapes...) }

// x is where a share of the axis is in the picture, to a tenth.
func x(share float64) float64 { return tenth(laneLeft + share*laneWidth) }

func tenth(n float64) float64 { return float64(int(n*10+0.5)) / 10 }

// axis draws the marks with their labels, as far as there is room, and today.
func (p *svgPicture) axis(a Axis, now string, bottom float64) {
	today := x(a.Share(a.Now))
	free := today - tickWidth
	for after := false; ; after = true {
		last := -1.0
		for _, t := range a.Ticks {
			at := x(a.Share(t.At))
			fits := at <= free
			if after {
				fits = at >= today+tickWidth && at <= pictureWidth-margin-tickWidth/2
			}
			if !fits || last >= 0 && at-last < tickWidth {
				continue
			}
			last = at
			p.add(vertical(at, bottom, lineColor, 1, ""), svgText{X: at, Y: bottom + 18, Size: 11, Anchor: "middle", Fill: mutedColor, Text: t.Label})
		}
		if after {
			break
		}
	}
	p.add(vertical(today, bottom, inkColor, 1.5, "4 3"), svgText{X: today, Y: bottom + 18, Size: 11, Weight: "600", Anchor: "middle", Fill: inkColor, Text: now})
}

func vertical(at, bottom float64, color string, width float64, dashes string) svgPath {
	return svgPath{D: "M" + number(at) + " " + number(headHeight) + "V" + number(bottom+4), Fill: "none", Stroke: color, Width: width, Dashes: dashes}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// shapes draw a span around the middle of its lane.
func shapes(l Lane, from, to, y float64, s Span) []any {
	color := colors[l.Tone]
	switch l.Form {
	case Point:
		return []any{svgCircle{X: from, Y: y, Radius: 6, Fill: color}}
	case Gap:
		return []any{svgRect{X: from, Y: y - barHeight/2, Width: tenth(max(barLeast, to-from)), Height: barHeight, Fill: "none", Stroke: mutedColor, Dashes: "3 3"}}
	case Life:
		line := svgPath{D: "M" + number(from) + " " + number(y) + "H" + number(to), Fill: "none", Stroke: color, Width: 2}
		return []any{line, ending(to, y, color, s.Beyond)}
	case Bar:
	}
	return []any{svgRect{X: from, Y: y - barHeight/2, Width: tenth(max(barLeast, to-from)), Height: barHeight, Radius: 3, Fill: color}}
}

// ending is a stop where a life ends, and an arrow where it goes on beyond the picture.
func ending(at, y float64, color string, beyond bool) svgPath {
	if beyond {
		return svgPath{D: "M" + number(at) + " " + number(y) + "l-9 -6v12z", Fill: color}
	}
	return svgPath{D: "M" + number(at) + " " + number(y-8) + "V" + number(y+8), Fill: "none", Stroke: color, Width: 4}
}
