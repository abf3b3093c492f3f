package view

import (
	"strconv"
	"time"

	"partner-center-connector/connector"
)

// Translator turns a key and its args into a sentence of one language, as *assets.Translator does.
type Translator interface {
	Text(key string, args map[string]any) string
}

const clockFormat = "15:04"

// Zoned is an arg that is shown with its distance from UTC, for readers who may be elsewhere.
type Zoned struct{ time.Time }

// TimeOfDay is an arg of which the time alone is shown, by the clock of this computer.
type TimeOfDay struct{ time.Time }

// Zoned returns the text with every instant in it as a [Zoned] one.
func (t Text) Zoned() Text {
	args := make(map[string]any, len(t.Args))
	for name, value := range t.Args {
		switch v := value.(type) {
		case Text:
			args[name] = v.Zoned()
		case time.Time:
			args[name] = Zoned{v}
		default:
			args[name] = v
		}
	}
	return Text{Key: t.Key, Args: args}
}

// text makes a Text from a key and pairs of an arg's name and its value.
func text(key string, pairs ...any) Text {
	t := Text{Key: key}
	if len(pairs) > 0 {
		t.Args = make(map[string]any, len(pairs)/2)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}

// Render returns the sentence in tr's language; "" for an empty Text. Of its args, a Text is rendered first; a time.Time becomes the
// local date and time, by the rules that the time zone has at that very time; a connector.Day stays that day in every time zone. "Count"
// chooses the plural.
func (t Text) Render(tr Translator) string {
	if t.Empty() {
		return ""
	}
	var args map[string]any
	if t.Args != nil {
		args = make(map[string]any, len(t.Args))
	}
	for name, value := range t.Args {
		args[name] = renderArg(tr, value)
	}
	return tr.Text(t.Key, args)
}

func renderArg(tr Translator, value any) any {
	switch v := value.(type) {
	case Text:
		return v.Render(tr)
	case time.Time:
		return renderTime(tr, v)
	case TimeOfDay:
		return v.Local().Format(clockFormat)
	case Zoned:
		return tr.Text("common.date-time-zone", map[string]any{"At": renderTime(tr, v.Time), "Offset": v.Local().Format("-07:00")})
	case connector.Day:
		return renderDay(tr, v)
	}
	return value
}

// localDay is the date of an instant for whoever lived through it at this computer.
func localDay(at time.Time) connector.Day {
	year, month, day := at.Local().Date()
	return connector.Day{Year: year, Month: month, Day: day}
}

func renderTime(tr Translator, at time.Time) string {
	return tr.Text("common.date-time", map[string]any{"Date": renderDay(tr, localDay(at)), "Time": at.Local().Format(clockFormat)})
}

func renderDay(tr Translator, d connector.Day) string {
	month := tr.Text("common.month."+strconv.Itoa(int(d.Month)), nil)
	return tr.Text("common.date", map[string]any{"Day": d.Day, "Month": month, "Year": d.Year})
}
