package report

// Sizes are the numbers of connectors that growth is measured with.
var Sizes = []int{10, 100, 1_000, 10_000}

// Curve is how the cost of one thing grows with the number of connectors.
type Curve struct {
	// ID is "list", "token", "check" or "start"; What says what was measured.
	ID   string `json:"id"`
	What string `json:"what"`
	// Build is "now" or "before".
	Build  string  `json:"build"`
	Points []Point `json:"points"`
}

// Point is the cost with so many connectors.
type Point struct {
	Connectors int    `json:"connectors"`
	Runs       int    `json:"runs"`
	WallMS     Spread `json:"wallMs"`
	CPUMS      Spread `json:"cpuMs"`
}

// At returns the point of a number of connectors.
func (c Curve) At(connectors int) (Point, bool) {
	for _, p := range c.Points {
		if p.Connectors == connectors {
			return p, true
		}
	}
	return Point{}, false
}

// curve returns the curve of a thing in one of the builds.
func (r Results) curve(id, build string) (Curve, bool) {
	for _, c := range r.Growth {
		if c.ID == id && c.Build == build {
			return c, true
		}
	}
	return Curve{}, false
}

// PutCurve replaces the curve of the same thing and build, or adds it.
func (r *Results) PutCurve(c Curve) {
	for i, old := range r.Growth {
		if old.ID == c.ID && old.Build == c.Build {
			r.Growth[i] = c
			return
		}
	}
	r.Growth = append(r.Growth, c)
}
