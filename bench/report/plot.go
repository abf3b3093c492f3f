package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// The plot: four panels, each with the number of connectors to the right and milliseconds upward, both by powers of ten.
const (
	panelWidth, panelHeight = 380.0, 260.0
	plotWidth               = 2*panelWidth + 20
	plotHeight              = 2*panelHeight + 40
	leftEdge, rightEdge     = 60.0, 28.0
	topEdge, bottomEdge     = 30.0, 30.0
	axis, grid, ink         = "#57606a", "#d0d7de", "#24292f"
)

// The builds, with the color and the dashes of their lines.
var builds = []struct{ name, colour, dashes string }{{"now", "#0969da", ""}, {"before", "#bc4c00", "6 4"}}

// The elements of SVG that the plot is made of. https://www.w3.org/TR/SVG11/
type (
	svgPicture struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Width   float64  `xml:"width,attr"`
		Height  float64  `xml:"height,attr"`
		ViewBox string   `xml:"viewBox,attr"`
		Font    string   `xml:"font-family,attr"`
		Size    int      `xml:"font-size,attr"`
		Title   string   `xml:"title"`
		Parts   []any
	}
	svgRect struct {
		XMLName xml.Name `xml:"rect"`
		Width   string   `xml:"width,attr"`
		Height  string   `xml:"height,attr"`
		Fill    string   `xml:"fill,attr"`
	}
	svgLine struct {
		XMLName xml.Name `xml:"polyline"`
		Points  string   `xml:"points,attr"`
		Fill    string   `xml:"fill,attr"`
		Stroke  string   `xml:"stroke,attr"`
		Width   float64  `xml:"stroke-width,attr"`
		Dashes  string   `xml:"stroke-dasharray,attr,omitempty"`
	}
	svgDot struct {
		XMLName xml.Name `xml:"circle"`
		X       float64  `xml:"cx,attr"`
		Y       float64  `xml:"cy,attr"`
		Radius  float64  `xml:"r,attr"`
		Fill    string   `xml:"fill,attr"`
	}
	svgText struct {
		XMLName xml.Name `xml:"text"`
		X       float64  `xml:"x,attr"`
		Y       float64  `xml:"y,attr"`
		Anchor  string   `xml:"text-anchor,attr,omitempty"`
		Weight  string   `xml:"font-weight,attr,omitempty"`
		Fill    string   `xml:"fill,attr"`
		Text    string   `xml:",chardata"`
	}
)

// Plot returns the curves as a picture in SVG.
func (r Results) Plot() ([]byte, error) {
	p := svgPicture{
		Width: plotWidth, Height: plotHeight, ViewBox: fmt.Sprintf("0 0 %g %g", plotWidth, plotHeight), Font: "sans-serif", Size: 12,
		Title: "How time grows with the number of connectors",
	}
	p.Parts = append(p.Parts, svgRect{Width: "100%", Height: "100%", Fill: "#ffffff"})
	for i, id := range []string{"list", "token", "check", "start"} {
		panel := panel{x: float64(i%2) * (panelWidth + 20), y: float64(i/2) * panelHeight}
		p.Parts = append(p.Parts, panel.draw(r, id)...)
	}
	p.Parts = append(p.Parts, legend()...)
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(p); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// panel is one of the four parts, by its upper left corner.
type panel struct {
	x, y float64
	// low and high are the powers of ten at the lower and the upper edge.
	low, high int
}

func (p panel) draw(r Results, id string) []any {
	what, lowest, highest := "", math.Inf(1), math.Inf(-1)
	for _, b := range builds {
		c, _ := r.curve(id, b.name)
		for _, point := range c.Points {
			what, lowest, highest = c.What, min(lowest, point.WallMS.Median), max(highest, point.WallMS.Median)
		}
	}
	if what == "" || lowest <= 0 {
		return nil
	}
	p.low, p.high = int(math.Floor(math.Log10(lowest))), int(math.Ceil(math.Log10(highest)))
	p.high = max(p.high, p.low+1)
	parts := p.scales(what)
	for _, b := range builds {
		if c, ok := r.curve(id, b.name); ok {
			parts = append(parts, p.curve(c, b.colour, b.dashes)...)
		}
	}
	return parts
}

// scales draws the title, the grid and the numbers at its edges.
func (p panel) scales(what string) []any {
	parts := []any{svgText{X: p.x + leftEdge, Y: p.y + topEdge - 12, Weight: "bold", Fill: ink, Text: strings.ReplaceAll(what, "`", "")}}
	for power := p.low; power <= p.high; power++ {
		value := math.Pow10(power)
		y := p.up(value)
		parts = append(parts,
			svgLine{Points: fmt.Sprintf("%.1f,%.1f %.1f,%.1f", p.x+leftEdge, y, p.x+panelWidth-rightEdge, y), Fill: "none", Stroke: grid, Width: 1},
			svgText{X: p.x + leftEdge - 6, Y: y + 4, Anchor: "end", Fill: axis, Text: duration(value)})
	}
	for _, n := range Sizes {
		x := p.right(n)
		parts = append(parts,
			svgLine{Points: fmt.Sprintf("%.1f,%.1f %.1f,%.1f", x, p.y+topEdge, x, p.y+panelHeight-bottomEdge), Fill: "none", Stroke: grid, Width: 1},
			svgText{X: x, Y: p.y + panelHeight - bottomEdge + 16, Anchor: "middle", Fill: axis, Text: number(n)})
	}
	return parts
}

func (p panel) curve(c Curve, colour, dashes string) []any {
	points, parts := []string{}, []any{}
	for _, n := range Sizes {
		point, ok := c.At(n)
		if !ok {
			continue
		}
		x, y := round(p.right(n)), round(p.up(point.WallMS.Median))
		points = append(points, fmt.Sprintf("%.1f,%.1f", x, y))
		parts = append(parts, svgDot{X: x, Y: y, Radius: 3, Fill: colour})
	}
	return append(parts, svgLine{Points: strings.Join(points, " "), Fill: "none", Stroke: colour, Width: 2, Dashes: dashes})
}

// right and up are where a number of connectors and a number of milliseconds stand.
func (p panel) right(connectors int) float64 {
	first, last := math.Log10(float64(Sizes[0])), math.Log10(float64(Sizes[len(Sizes)-1]))
	share := (math.Log10(float64(connectors)) - first) / (last - first)
	return p.x + leftEdge + share*(panelWidth-leftEdge-rightEdge)
}

func (p panel) up(ms float64) float64 {
	share := (math.Log10(ms) - float64(p.low)) / float64(p.high-p.low)
	return p.y + panelHeight - bottomEdge - share*(panelHeight-topEdge-bottomEdge)
}

func round(v float64) float64 { return math.Round(v*10) / 10 }

// duration writes a power of ten of milliseconds.
func duration(ms float64) string {
	if ms >= 1000 {
		return fmt.Sprintf("%g s", ms/1000)
	}
	return fmt.Sprintf("%g ms", ms)
}

func legend() []any {
	parts := []any{svgText{X: leftEdge, Y: plotHeight - 20, Fill: axis, Text: "wall time by the number of connectors, medians"}}
	for i, b := range builds {
		x := leftEdge + 340 + 140*float64(i)
		y := plotHeight - 24
		parts = append(parts,
			svgLine{Points: fmt.Sprintf("%.1f,%.1f %.1f,%.1f", x, y, x+30, y), Fill: "none", Stroke: b.colour, Width: 2, Dashes: b.dashes},
			svgText{X: x + 36, Y: y + 4, Fill: ink, Text: b.name})
	}
	return parts
}
