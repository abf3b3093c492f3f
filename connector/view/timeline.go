package view

import (
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/timeline"
)

// Timelines is the picture of a connector's past and future, under its heading; nil where there is nothing to show. The connector must be whole.
func Timelines(c connector.Connector, now time.Time) []Block {
	if !c.Can().Check {
		return nil
	}
	t := TimelineOf(c, now)
	if t.Axis.Empty() {
		return nil
	}
	return blocksOf(heading("timeline.heading"), t)
}

// TimelineOf is the picture of a connector's past and future. The connector must be whole.
func TimelineOf(c connector.Connector, now time.Time) Timeline {
	t := Timeline{
		ID: "timeline", Title: text("timeline.title", "Name", c.Name), Axis: timeline.Of(c, now), Now: text("timeline.now"),
	}
	severities := map[timeline.Tone]Severity{
		timeline.Neutral: Info, timeline.Good: Good, timeline.Warning: Warning, timeline.Bad: Bad,
	}
	for _, l := range t.Axis.Lanes {
		t.Lanes = append(t.Lanes, TimelineLane{Severity: severities[l.Tone], Label: laneLabel(l, c), Note: laneNote(l, c, now)})
	}
	return t
}

func laneLabel(l timeline.Lane, c connector.Connector) Text {
	if l.ID == timeline.LaneSecret {
		return text("timeline.lane.secret." + string(c.ClientKind))
	}
	return text("timeline.lane." + l.ID)
}

// laneNote says how often something happened and when last, or when something ends.
func laneNote(l timeline.Lane, c connector.Connector, now time.Time) Text {
	switch {
	case l.ID == timeline.LaneSecret:
		return endNote("timeline.ends", c.LastDay(), c.LastDay().Before(connector.DayOf(now)))
	case l.ID == timeline.LaneToken:
		return endNote("timeline.dies", connector.DayOf(l.Last), !now.Before(l.Last))
	case l.Form == timeline.Gap:
		return text("timeline.gaps", "Count", l.Count)
	case l.Form == timeline.Bar && l.ID != timeline.LaneUnchecked:
		return text("timeline.checks", "Count", l.Count, "Day", localDay(l.Last))
	case l.Count == 1:
		return text("timeline.once", "Day", localDay(l.Last))
	}
	return text("timeline.often", "Count", l.Count, "Day", localDay(l.Last))
}

func endNote(key string, day connector.Day, over bool) Text {
	if over {
		key += ".over"
	}
	return text(key, "Day", day)
}

// Words are the words of a picture in a language.
func (t Timeline) Words(tr Translator) timeline.Words {
	w := timeline.Words{Title: t.Title.Render(tr), Now: t.Now.Render(tr)}
	lines := []string{}
	for _, l := range t.Lanes {
		lane := timeline.LaneWords{Label: l.Label.Render(tr), Note: l.Note.Render(tr)}
		w.Lanes = append(w.Lanes, lane)
		lines = append(lines, lane.Label+": "+lane.Note)
	}
	w.Description = strings.Join(lines, "\n")
	return w
}
