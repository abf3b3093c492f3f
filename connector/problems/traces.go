package problems

import (
	"cmp"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

var (
	guid = lazyregexp.New(`\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b`)
	// moment is a time as the service writes it.
	moment = lazyregexp.New(`\b(\d{4}-\d\d-\d\d)[T ](\d\d)[:-](\d\d)[:-](\d\d)(?:\.\d+)? ?Z`)
)

// The names of the two IDs and of the time in English, German, French, Spanish, Portuguese, Dutch and Japanese, as Microsoft's pages and articles
// have them, up to what they name; an accent may be a character of its own. A request ID is that of the trace; client-request-id is the correlation
// ID.
var (
	correlationName = lazyregexp.New(`(?i)(?:[ck]orr[eé]\pM?la[a-zçãó\pM]*|client-request|相関関係|相関|関連付け|関連)[\s_-]{0,2}(?:id\.?)?["']?\s{0,3}[:=]?\s{0,3}["']?$`)
	traceName       = lazyregexp.New(`(?i)(?:trace|tracking|request|anforderungs?|anfrage|ablaufverfolgungs?|demande|requ[eê]\pM?te|requisi[a-zçã\pM]*|suivi|` +
		`solicitud|seguimiento|solicita[a-zçã\pM]*|pedido|rastre[a-z]*|aanvraag|traceer|要求|リクエスト|トレース|追跡)(?:kennung)?[\s_-]{0,2}(?:id\.?)?["']?\s{0,3}[:=]?\s{0,3}["']?$`)
	timeName = lazyregexp.New(`(?i)(?:time[ _-]?stamp|zeitstempel|horodatage|marca de (?:tiempo|hora)|marca temporal|carimbo(?: de)? data(?:/hora| e hora)?|tijdstempel|` +
		`タイムスタンプ)["']?\s{0,3}[:=]?\s{0,3}["']?$`)
)

// traces are the IDs and the time that an answer names.
type traces struct {
	trace, correlation string
	at                 time.Time
}

func tracesOf(text string) traces {
	found := traces{}
	for _, at := range guid.FindAllStringIndex(text, -1) {
		before, id := text[max(0, at[0]-maxBefore):at[0]], text[at[0]:at[1]]
		switch {
		case correlationName.MatchString(before):
			found.correlation = cmp.Or(found.correlation, id)
		case traceName.MatchString(before):
			found.trace = cmp.Or(found.trace, id)
		}
		if found.correlation != "" && found.trace != "" {
			break
		}
	}
	for _, at := range moment.FindAllStringSubmatchIndex(text, -1) {
		if timeName.MatchString(text[max(0, at[0]-maxBefore):at[0]]) {
			part := func(n int) string { return text[at[2*n]:at[2*n+1]] }
			found.at = serviceTime(part(1) + " " + part(2) + ":" + part(3) + ":" + part(4) + "Z")
			break
		}
	}
	return found
}

// decorate adds the IDs and the time to what of them a problem has not.
func (t traces) decorate(p *connector.Problem) {
	p.TraceID, p.CorrelationID = cmp.Or(p.TraceID, t.trace), cmp.Or(p.CorrelationID, t.correlation)
	if p.At.IsZero() {
		p.At = t.at
	}
}
