package record

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/timeline"
	"partner-center-connector/connector/view"
)

// JSONPast is an entry of the history: something that happened once, or the same outcome of checks several times in a row.
type JSONPast struct {
	What    string `json:"what"`
	Health  string `json:"health"`
	Problem string `json:"problem"`
	// ProblemKind is what Problem is, and null for none.
	ProblemKind *string `json:"problemKind"`
	Scheduled   bool    `json:"scheduled"`
	From        string  `json:"from"`
	To          string  `json:"to"`
	Count       int     `json:"count"`
}

// JSONHistory is the history of a connector, the oldest entry first.
func JSONHistory(c connector.Connector) []JSONPast {
	all := []JSONPast{}
	for _, p := range c.History {
		all = append(all, JSONPast{
			What: string(p.What), Health: string(p.Health), Problem: string(p.Problem), ProblemKind: OrNull(string(p.Problem)), Scheduled: p.Scheduled,
			From: stamp(p.From), To: stamp(p.To), Count: p.Count,
		})
	}
	return all
}

// Picture is what happened to a connector on an axis of time, as SVG.
func (w Writer) Picture(c connector.Connector) []byte {
	t := view.TimelineOf(c, w.Now())
	return timeline.SVG(t.Axis, t.Words(w.Translator))
}

// past tells what happened, a line for each lane of the picture.
func (w Writer) past(p *page, c connector.Connector) {
	t := view.TimelineOf(c, w.Now())
	if t.Axis.Empty() {
		return
	}
	p.section(w.say("timeline.heading"))
	for _, l := range t.Lanes {
		p.line(1, w.render(l.Label)+": "+w.render(l.Note))
	}
}
