package timeline_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/timeline"
	"partner-center-connector/test/timezone"
)

// now is when the pictures are drawn.
var now = time.Date(2027, time.June, 1, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return now.Add(-time.Duration(days) * 24 * time.Hour) }

func checked(from, to int, h connector.Health) connector.Past {
	return connector.Past{What: connector.HappenedCheck, Health: h, From: ago(from), To: ago(to), Count: from - to + 1}
}

// told tells the lanes, a line each, in days from now.
func told(a timeline.Axis) []string {
	lines := []string{}
	for _, l := range a.Lanes {
		line := fmt.Sprintf("%s (%s, %s) ×%d:", l.ID, l.Form, l.Tone, l.Count)
		for _, s := range l.Spans {
			line += fmt.Sprintf(" %d…%d", days(s.From), days(s.To))
			if s.Before {
				line += "<"
			}
			if s.Beyond {
				line += ">"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func days(at time.Time) int { return int(at.Sub(now) / (24 * time.Hour)) }

// TestLanes holds what becomes of a connector's past and future.
func TestLanes(t *testing.T) {
	for name, tt := range map[string]struct {
		c    connector.Connector
		from int
		to   int
		want []string
	}{
		"nothing is known": {connector.Connector{}, 0, 0, []string{}},
		"an older version": {
			connector.Connector{Consented: ago(30), Saved: ago(30), Refreshed: ago(2), Checked: ago(2), Health: connector.HealthGood, ClientKind: auth.PublicClient},
			-32, 90,
			[]string{"consent (point, neutral) ×1: -30…-30", "check-good (bar, good) ×1: -2…-2", "token (life, neutral) ×0: -2…88"},
		},
		"days without a check": {
			connector.Connector{History: []connector.Past{checked(20, 10, connector.HealthGood), checked(6, 4, connector.HealthGood)}},
			-20, 14,
			[]string{"check-good (bar, good) ×14: -20…-10 -6…-4", "gap (gap, neutral) ×2: -10…-6 -4…0"},
		},
		"72 hours are no gap": {
			connector.Connector{History: []connector.Past{checked(20, 10, connector.HealthGood), checked(7, 3, connector.HealthGood)}},
			-20, 14,
			[]string{"check-good (bar, good) ×16: -20…-10 -7…-3"},
		},
		"everything": {
			connector.Connector{
				Refreshed: ago(0), Saved: ago(100), ClientKind: auth.SecretClient, SecretExpires: connector.DayOf(now.AddDate(0, 0, 100)),
				History: []connector.Past{
					{What: connector.HappenedConsent, From: ago(100), To: ago(100), Count: 1},
					checked(100, 99, connector.HealthNew),
					checked(98, 96, connector.HealthAttention), checked(95, 95, connector.HealthExpired),
					{What: connector.HappenedCredential, From: ago(94), To: ago(94), Count: 1},
					{What: connector.HappenedUnchecked, Problem: connector.KindKeychainLocked, From: ago(93), To: ago(92), Count: 2},
					{What: connector.HappenedRefused, Problem: connector.KindCredentialGone, From: ago(91), To: ago(91), Count: 1},
					checked(90, 3, connector.HealthSignIn),
					{What: connector.HappenedCopy, From: ago(2), To: ago(2), Count: 1},
					{What: connector.HappenedMove, From: ago(1), To: ago(1), Count: 1},
					{What: connector.HappenedTakeBack, From: ago(1), To: ago(1), Count: 1},
					{What: "of a newer version", From: ago(1), To: ago(1), Count: 1},
				},
			},
			-104, 104,
			[]string{
				"consent (point, neutral) ×1: -100…-100", "credential (point, neutral) ×1: -94…-94", "copy (point, neutral) ×1: -2…-2",
				"move (point, neutral) ×1: -1…-1", "take-back (point, neutral) ×1: -1…-1", "check-new (bar, neutral) ×2: -100…-99",
				"check-attention (bar, warning) ×3: -98…-96", "check-sign-in (bar, bad) ×88: -90…-3", "check-expired (bar, bad) ×1: -95…-95",
				"refused (point, bad) ×1: -91…-91", "unchecked (bar, warning) ×2: -93…-92", "token (life, neutral) ×0: 0…90",
				"secret (life, neutral) ×0: -94…99",
			},
		},
		"longer than a picture": {
			connector.Connector{
				Refreshed: ago(0), Saved: ago(500), Consented: ago(500), ClientKind: auth.CertificateClient, SecretExpires: connector.DayOf(now.AddDate(2, 0, 0)),
				History: []connector.Past{checked(500, 480, connector.HealthAttention), checked(470, 0, connector.HealthGood)},
			},
			-377, 101,
			[]string{"check-good (bar, good) ×471: -470…0<", "gap (gap, neutral) ×1: -480…-470", "token (life, neutral) ×0: 0…90", "secret (life, neutral) ×0: -500…730<>"},
		},
		"a sign-in that is refused has no life": {
			connector.Connector{Refreshed: ago(5), ClientKind: auth.PublicClient, Health: connector.HealthSignIn, Checked: ago(1)},
			-1, 14,
			[]string{"check-sign-in (bar, bad) ×1: -1…-1"},
		},
		"the clock was wrong": {
			connector.Connector{History: []connector.Past{checked(-400, -400, connector.HealthGood), checked(1, 1, connector.HealthGood)}},
			-1, 14,
			[]string{"check-good (bar, good) ×1: -1…-1"},
		},
		"the history goes back": {
			connector.Connector{History: []connector.Past{checked(2, 2, connector.HealthGood), checked(5, 5, connector.HealthGood)}},
			-5, 14,
			[]string{"check-good (bar, good) ×2: -5…-5 -2…-2"},
		},
	} {
		a := timeline.Of(tt.c, now)
		got := told(a)
		if name == "longer than a picture" { // the gap is older than the picture
			tt.want = slices.DeleteFunc(tt.want, func(line string) bool { return strings.HasPrefix(line, "gap") })
		}
		if !reflect.DeepEqual(got, tt.want) || a.Empty() != (len(tt.want) == 0) {
			t.Errorf("%s:\n%s", name, strings.Join(got, "\n"))
		}
		if len(tt.want) > 0 && (days(a.From) != tt.from || days(a.To) != tt.to) {
			t.Errorf("%s: from %d to %d", name, days(a.From), days(a.To))
		}
	}
	if a := timeline.Of(connector.Connector{Consented: ago(1)}, time.Time{}); !a.Empty() {
		t.Error("a picture without a time")
	}
}

// picture is a connector with one lane of each form.
func picture(t *testing.T) (a timeline.Axis, w timeline.Words) {
	t.Helper()
	c := connector.Connector{
		Refreshed: ago(0), Saved: ago(90), ClientKind: auth.SecretClient, SecretExpires: connector.DayOf(now.AddDate(2, 0, 0)),
		History: []connector.Past{
			{What: connector.HappenedConsent, From: ago(90), To: ago(90), Count: 1}, checked(90, 30, connector.HealthGood), checked(15, 0, connector.HealthGood),
		},
	}
	timezone.In(t, "UTC", func() { a = timeline.Of(c, now) })
	w = timeline.Words{Title: `A & B <script>"x"</script>`, Description: "d", Now: "today"}
	for _, l := range a.Lanes {
		w.Lanes = append(w.Lanes, timeline.LaneWords{Label: "lane " + l.ID, Note: "note"})
	}
	return a, w
}

// TestText is the picture in signs.
func TestText(t *testing.T) {
	a, w := picture(t)
	got := strings.Join(timeline.Text(a, w, 60), "\n")
	want := strings.Join([]string{
		" o                           |                              ",
		" ====================   ======                              ",
		"                    .....    |                              ",
		"                             ----------------------------x  ",
		" ---------------------------------------------------------->",
		"2027-03            2027-05   today    2027-07",
	}, "\n")
	if got != want {
		t.Errorf("\n%s", got)
	}
	for _, width := range []int{1, 3, 20} {
		for _, row := range timeline.Text(a, w, width) {
			if n := len([]rune(row)); n > width {
				t.Errorf("%d signs in a row of %d", n, width)
			}
		}
	}
	if timeline.Text(a, w, 0) != nil || timeline.Text(timeline.Axis{}, timeline.Words{}, 60) != nil {
		t.Error("a picture of nothing")
	}
}

// TestSVG checks that the picture is whole, says its words, and has nothing in it that runs or is fetched.
func TestSVG(t *testing.T) {
	a, w := picture(t)
	svg := string(timeline.SVG(a, w))
	texts, elements := []string{}, map[string]int{}
	d := xml.NewDecoder(strings.NewReader(svg))
	d.Strict = true
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			for _, attr := range token.Attr {
				if strings.Contains(attr.Value, "url(") || strings.HasPrefix(attr.Name.Local, "on") || strings.Contains(attr.Name.Local, "href") {
					t.Errorf("%s %s=%q", token.Name.Local, attr.Name.Local, attr.Value)
				}
				if attr.Value == "" {
					t.Errorf("%s has an empty %s", token.Name.Local, attr.Name.Local)
				}
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" {
				texts = append(texts, text)
			}
		}
	}
	for element := range elements {
		if !slices.Contains([]string{"svg", "title", "desc", "rect", "circle", "path", "text"}, element) {
			t.Errorf("an element %s", element)
		}
	}
	if elements["circle"] != 1 || elements["text"] != 15 { // the title, two for each lane, today, and three marks for which there is room
		t.Errorf("%v, %d marks", elements, len(a.Ticks))
	}
	for _, want := range []string{`A & B <script>"x"</script>`, "today", "lane consent", "lane check-good", "lane gap", "lane token", "lane secret", "2027-07"} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is missing: %q", want, texts)
		}
	}
	if strings.Contains(svg, "<script") || strings.Count(svg, "http") != 1 {
		t.Error(svg)
	}
}

// TestFormsDifferWithoutColor: what is beside each other in the picture is told apart where nobody sees colors.
func TestFormsDifferWithoutColor(t *testing.T) {
	a, w := picture(t)
	shapes := map[string]string{}
	for i, l := range a.Lanes {
		one, words := a, w
		one.Lanes, words.Lanes = a.Lanes[i:i+1], []timeline.LaneWords{{Label: "x", Note: "x"}}
		one.Lanes[0].Spans = []timeline.Span{{From: ago(20), To: ago(0)}}
		one.Ticks = nil
		svg := string(timeline.SVG(one, words))
		for _, color := range []string{"#3049b4", "#1a7440", "#885600", "#b3261e"} {
			svg = strings.ReplaceAll(svg, color, "#000000")
		}
		if other := shapes[svg]; other != "" && other != string(l.Form) {
			t.Errorf("%s looks like %s", l.Form, other)
		}
		shapes[svg] = string(l.Form)
	}
	if len(shapes) != 4 {
		t.Errorf("%d shapes for four forms", len(shapes))
	}
}
