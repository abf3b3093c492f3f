package timeline

import (
	"cmp"
	"slices"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// The lanes. That of an outcome of checks is CheckLane.
const (
	LaneConsent    = string(connector.HappenedConsent)
	LaneCredential = string(connector.HappenedCredential)
	LaneCopy       = string(connector.HappenedCopy)
	LaneMove       = string(connector.HappenedMove)
	LaneTakeBack   = string(connector.HappenedTakeBack)
	LaneUnchecked  = string(connector.HappenedUnchecked)
	LaneRefused    = string(connector.HappenedRefused)
	LaneGap        = "gap"
	LaneToken      = "token"
	LaneSecret     = "secret"
)

// CheckLane is the lane of checks that came to a health.
func CheckLane(h connector.Health) string { return "check-" + string(h) }

// looks are the lanes from top to bottom, as they look.
var looks = []Lane{
	{ID: LaneConsent, Form: Point, Tone: Neutral},
	{ID: LaneCredential, Form: Point, Tone: Neutral},
	{ID: LaneCopy, Form: Point, Tone: Neutral},
	{ID: LaneMove, Form: Point, Tone: Neutral},
	{ID: LaneTakeBack, Form: Point, Tone: Neutral},
	{ID: CheckLane(connector.HealthGood), Form: Bar, Tone: Good},
	{ID: CheckLane(connector.HealthNew), Form: Bar, Tone: Neutral},
	{ID: CheckLane(connector.HealthKept), Form: Bar, Tone: Neutral},
	{ID: CheckLane(connector.HealthUnknown), Form: Bar, Tone: Neutral},
	{ID: CheckLane(connector.HealthAttention), Form: Bar, Tone: Warning},
	{ID: CheckLane(connector.HealthSignIn), Form: Bar, Tone: Bad},
	{ID: CheckLane(connector.HealthExpired), Form: Bar, Tone: Bad},
	{ID: LaneRefused, Form: Point, Tone: Bad},
	{ID: LaneUnchecked, Form: Bar, Tone: Warning},
	{ID: LaneGap, Form: Gap, Tone: Neutral},
	{ID: LaneToken, Form: Life, Tone: Neutral},
	{ID: LaneSecret, Form: Life, Tone: Neutral},
}

// The longest past and the longest future that an axis shows. What ends later is shown as going on, and a past that is older as having begun before.
const (
	longestPast   = 366 * day
	longestFuture = 120 * day
	// leastFuture leaves room behind today.
	leastFuture = 14 * day
)

// Of lays out a connector at a time; the zero Axis where the time is not known, or where nothing is known of it.
func Of(c connector.Connector, now time.Time) Axis {
	if now.IsZero() {
		return Axis{}
	}
	past := pastOf(c, now)
	lives := livesOf(c)
	a := Axis{Now: now, From: now, To: now.Add(leastFuture)}
	for _, p := range past {
		a.From = earlier(a.From, p.From)
	}
	for _, l := range lives {
		a.From = earlier(a.From, l.Spans[0].From)
		if !l.Last.After(now.Add(longestFuture)) && l.Last.After(a.To) {
			a.To = l.Last
		}
	}
	if oldest := now.Add(-longestPast); a.From.Before(oldest) {
		a.From = oldest
	}
	const edge = 40 // so that nothing stands on the edges
	room := a.To.Sub(a.From) / edge
	a.From, a.To = a.From.Add(-room), a.To.Add(room)
	a.Lanes = a.clipped(inOrder(append(happened(past), append(gapsOf(past, now), lives...)...)))
	if !a.Empty() {
		a.Ticks = ticksOf(a.From, a.To)
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// pastOf is the history in the order of time, without what a wrong clock has put into the future. A connector of an older version has no more of
// it than its sign-in and its last check.
func pastOf(c connector.Connector, now time.Time) []connector.Past {
	past := slices.DeleteFunc(slices.Clone(c.History), func(p connector.Past) bool { return p.From.After(now.Add(day)) || p.From.IsZero() })
	has := func(what connector.Happening) bool {
		return slices.ContainsFunc(c.History, func(p connector.Past) bool { return p.What == what })
	}
	if !c.Consented.IsZero() && !has(connector.HappenedConsent) {
		past = append(past, connector.Past{What: connector.HappenedConsent, From: c.Consented, To: c.Consented, Count: 1})
	}
	if !c.Checked.IsZero() && !has(connector.HappenedCheck) && !c.Checked.After(now.Add(day)) {
		past = append(past, connector.Past{What: connector.HappenedCheck, Health: c.Health, From: c.Checked, To: c.Checked, Count: 1})
	}
	slices.SortStableFunc(past, func(a, b connector.Past) int { return a.From.Compare(b.From) })
	return past
}

// happened are the lanes of what happened.
func happened(past []connector.Past) []Lane {
	lanes := map[string]*Lane{}
	all := []Lane{}
	for _, p := range past {
		id := string(p.What)
		if p.What == connector.HappenedCheck {
			id = CheckLane(p.Health)
		}
		if lanes[id] == nil {
			lanes[id] = &Lane{ID: id}
		}
		l := lanes[id]
		l.Spans = append(l.Spans, Span{From: p.From, To: p.To})
		l.Count += p.Count
		if p.To.After(l.Last) {
			l.Last = p.To
		}
	}
	for _, l := range lanes {
		all = append(all, *l)
	}
	return all
}

// gapsOf is the lane of the times in which nothing was checked, from the first entry to now; none where nothing ever was.
func gapsOf(past []connector.Past, now time.Time) []Lane {
	l := Lane{ID: LaneGap}
	var since time.Time
	add := func(until time.Time) {
		if !since.IsZero() && until.Sub(since) > connector.HistoryGap {
			l.Spans = append(l.Spans, Span{From: since, To: until})
			l.Count, l.Last = l.Count+1, until
		}
	}
	for _, p := range past {
		if p.What != connector.HappenedCheck && p.What != connector.HappenedUnchecked {
			continue
		}
		add(p.From)
		if p.To.After(since) {
			since = p.To
		}
	}
	add(now)
	if len(l.Spans) == 0 {
		return nil
	}
	return []Lane{l}
}

// livesOf are the lanes of what ends: the refresh token, which dies unused, and the client secret or certificate.
func livesOf(c connector.Connector) []Lane {
	lanes := []Lane{}
	if ends := c.RefreshTokenEnd(); !ends.IsZero() && c.Can().Token && c.Health != connector.HealthSignIn {
		lanes = append(lanes, Lane{ID: LaneToken, Spans: []Span{{From: c.Refreshed, To: ends}}, Last: ends})
	}
	if last := c.LastDay(); !last.IsZero() && c.ClientKind != auth.PublicClient {
		ends := last.Time()
		lanes = append(lanes, Lane{ID: LaneSecret, Spans: []Span{{From: enteredAt(c, ends), To: ends}}, Last: ends})
	}
	return lanes
}

// enteredAt is when the client secret or certificate was entered, as far as the history tells: it is never after its end.
func enteredAt(c connector.Connector, ends time.Time) time.Time {
	entered := cmp.Or(c.Saved, c.Consented)
	for _, p := range c.History {
		if p.What == connector.HappenedCredential {
			entered = p.From
		}
	}
	return earlier(ends, entered)
}

// inOrder gives the lanes their looks, from top to bottom. One that this version does not know is left out.
func inOrder(lanes []Lane) []Lane {
	all := []Lane{}
	for _, look := range looks {
		if i := slices.IndexFunc(lanes, func(l Lane) bool { return l.ID == look.ID }); i >= 0 {
			l := lanes[i]
			l.Form, l.Tone = look.Form, look.Tone
			all = append(all, l)
		}
	}
	return all
}

// clipped returns the lanes with what the axis shows of their spans, and without those of which it shows nothing.
func (a Axis) clipped(lanes []Lane) []Lane {
	all := []Lane{}
	for _, l := range lanes {
		spans := []Span{}
		for _, s := range l.Spans {
			if s.To.Before(a.From) || s.From.After(a.To) {
				continue
			}
			s.Before, s.Beyond = s.From.Before(a.From), s.To.After(a.To)
			spans = append(spans, s)
		}
		if l.Spans = spans; len(spans) > 0 {
			all = append(all, l)
		}
	}
	return all
}
