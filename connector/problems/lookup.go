package problems

import (
	"slices"
	"strconv"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// Sample is a problem of a kind without the facts of a case, for help: who acts, and which page fixes it. Where that depends
// on what was being done, the actor is that of the user consent and the page is NoStep.
func Sample(k connector.ProblemKind) connector.Problem {
	p := *New(k, auth.StageUserConsent)
	if byKind()[k].step == stepOfStage {
		p.Step = connector.NoStep
	}
	return p
}

// ActorAt is who acts on a kind of problem that comes at a stage.
func ActorAt(k connector.ProblemKind, stage auth.Stage) connector.Actor { return New(k, stage).Actor }

// Codes returns the codes and OAuth errors that mean a kind, as they are shown, sorted; none for a kind that has none.
func Codes(k connector.ProblemKind) []string {
	codes := []string{}
	for number, kind := range entraCodes() {
		if kind == k {
			codes = append(codes, "AADSTS"+strconv.Itoa(number))
		}
	}
	for _, table := range []map[string]connector.ProblemKind{partnerCodes(), graphCodes(), oauthKinds(), suberrorKinds()} {
		for code, kind := range table {
			if kind == k {
				codes = append(codes, code)
			}
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return strings.Compare(a, b) })
	return slices.Compact(codes)
}

// CauseTold reports whether a refusal of a refresh came with an AADSTS number that says itself what the cause is. It is for choosing words.
func CauseTold(p *connector.Problem) bool {
	number, err := strconv.Atoi(strings.TrimPrefix(p.Code, "AADSTS"))
	_, known := entraKind(number, auth.StageRefresh)
	return err == nil && known
}

// maxLookUp is how much of a pasted text is searched, in bytes; maxFound is how many different codes are answered.
const (
	maxLookUp = 64 << 10
	maxFound  = 20
)

// shortestFact is the shortest that traceID, correlation and timestamp find, in bytes: a time with its name.
const shortestFact = 29

var (
	entraNumber = lazyregexp.New(`(?i)AADSTS\s*(\d{4,8})`)
	plainNumber = lazyregexp.New(`\b\d{4,8}\b`)
	oauthWord   = lazyregexp.New(`\b[a-z]+(?:_[a-z]+)+\b`)
	traceID     = lazyregexp.New(`(?i)trace id:?\s*([0-9a-f-]{36})`)
	correlation = lazyregexp.New(`(?i)correlation ?id:?\s*([0-9a-f-]{36})`)
	timestamp   = lazyregexp.New(`(?i)timestamp:?\s*([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]{8}Z)`)
)

// LookUpCode explains a code, or every code and known sentence in the text of an error page, in the order: AADSTS numbers,
// Partner Center's numbers, OAuth errors, sentences. A number of the sign-in service that is not known comes as KindUnknown. It is empty
// when nothing in the text looks like a code.
func LookUpCode(codeOrText string) []connector.Problem {
	return LookUpAt(codeOrText, auth.StageUserConsent)
}

// LookUpAt explains it as what happened at a stage, which decides the page that fixes it and who acts.
func LookUpAt(codeOrText string, stage auth.Stage) []connector.Problem {
	text := codeOrText
	if len(text) > maxLookUp {
		text = strings.ToValidUTF8(text[:maxLookUp], "")
	}
	f := finder{raw: CleanLine(text), stage: stage}
	f.entra(text)
	f.numbers(text)
	if len(f.found) == 0 {
		f.words(strings.ToLower(text))
	}
	for i := range f.found {
		f.decorate(&f.found[i], text)
	}
	return f.found
}

type finder struct {
	raw   string
	stage auth.Stage
	found []connector.Problem
}

func (f *finder) add(kind connector.ProblemKind, code string) {
	same := func(p connector.Problem) bool { return p.Code == code || (code == "" && p.Kind == kind) }
	if len(f.found) >= maxFound || slices.ContainsFunc(f.found, same) {
		return
	}
	p := New(kind, f.stage)
	p.Code = code
	f.found = append(f.found, *p)
}

func (f *finder) entra(text string) {
	for _, m := range entraNumber.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		kind, ok := entraCodes()[n]
		if !ok {
			kind = connector.KindUnknown
		}
		f.add(kind, "AADSTS"+m[1])
	}
}

// numbers finds plain numbers. In a longer text only Partner Center's, and those of five digits and more, count: a page is full
// of other numbers.
func (f *finder) numbers(text string) {
	alone := plainNumber.FindString(text) == strings.TrimSpace(text)
	for _, n := range plainNumber.FindAllString(entraNumber.ReplaceAllString(text, " "), -1) {
		if kind, ok := partnerCodes()[n]; ok && (alone || len(n) >= 5) {
			f.add(kind, n)
			continue
		}
		value, _ := strconv.Atoi(n)
		if kind, ok := entraCodes()[value]; ok {
			f.add(kind, "AADSTS"+n)
		} else if alone && len(n) >= 5 {
			f.add(connector.KindUnknown, n)
		}
	}
}

func (f *finder) words(text string) {
	for _, w := range oauthWord.FindAllString(text, -1) {
		if kind, ok := suberrorKinds()[w]; ok {
			f.add(kind, w)
		} else if kind, ok := oauthKinds()[w]; ok {
			f.add(kind, w)
		} else if w == "invalid_grant" {
			f.add(connector.KindSignInAgain, w)
		}
	}
	if len(f.found) > 0 {
		return
	}
	if kind, ok := phraseKind(text); ok {
		f.add(kind, "")
	}
}

// decorate adds the IDs and the time that the text names.
func (f *finder) decorate(p *connector.Problem, text string) {
	p.Raw = f.raw
	if len(text) < shortestFact {
		return
	}
	if m := traceID.FindStringSubmatch(text); m != nil {
		p.TraceID = m[1]
	}
	if m := correlation.FindStringSubmatch(text); m != nil {
		p.CorrelationID = m[1]
	}
	if m := timestamp.FindStringSubmatch(text); m != nil {
		p.At = serviceTime(m[1])
	}
}
