package view

import (
	"strconv"
	"time"
)

// Translator turns a key and its args into a sentence of one language, as *assets.Translator does.
type Translator interface {
	Text(key string, args map[string]any) string
}

// Day is an arg that is shown as a date without the time of day.
type Day struct{ time.Time }

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

// Render returns the sentence in tr's language; "" for an empty Text. Of its args, a Text is rendered first, a time.Time
// becomes the local date and time and a Day the local date, as the language writes them; "Count" chooses the plural.
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
		return tr.Text("common.date-time", map[string]any{"Date": renderDay(tr, v), "Time": v.Local().Format("15:04")})
	case Day:
		return renderDay(tr, v.Time)
	}
	return value
}

func renderDay(tr Translator, at time.Time) string {
	at = at.Local()
	month := tr.Text("common.month."+strconv.Itoa(int(at.Month())), nil)
	return tr.Text("common.date", map[string]any{"Day": at.Day(), "Month": month, "Year": at.Year()})
}
