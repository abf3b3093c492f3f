package problems

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/auth/codes"
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
	means := []string{}
	for code, kind := range codes.All() {
		if connector.ProblemKind(kind) == k {
			means = append(means, code)
		}
	}
	slices.Sort(means)
	return slices.Compact(means)
}

// CauseTold reports whether a refusal of a refresh came with an AADSTS number that says itself what the cause is. It is for choosing words.
func CauseTold(p *connector.Problem) bool {
	number, err := strconv.Atoi(strings.TrimPrefix(p.Code, entraName))
	_, known := entraKind(number, "", auth.StageRefresh)
	return err == nil && known && number != codes.BadGrant
}

// maxLookUp is how much of a pasted text is searched, in bytes; maxFound is how many different codes are answered.
const (
	maxLookUp = 64 << 10
	maxFound  = 20
)

var (
	// canceled is the one suberror that is a plain word, with its name.
	cancelled = lazyregexp.New(`(?i)\b(?:error_subcode|suberror)["']?\s{0,2}[:=]\s{0,2}["']?cancel\b`)
	graphWord = lazyregexp.New(`\b[A-Za-z]+(?:_[A-Za-z]+)?\b`)
)

// LookUpCode explains a code, or every code and known sentence in a pasted text, as the checks of a saved connector would: first the numbers that
// are known, then the OAuth errors that no number beside them explains, then numbers after AADSTS that are not known, as KindUnknown, and where
// there is none of these a sentence. It is empty when nothing in the text stands as a code.
func LookUpCode(codeOrText string) []connector.Problem {
	return LookUpAt(codeOrText, auth.StageRefresh)
}

// LookUpAt explains it as what happened at a stage, which decides the page that fixes it and who acts, and what a few codes mean.
func LookUpAt(codeOrText string, stage auth.Stage) []connector.Problem {
	text := codeOrText
	if len(text) > maxLookUp {
		text = strings.ToValidUTF8(text[:maxLookUp], "")
	}
	f := finder{raw: CleanLine(text), stage: stage}
	text = readable(text)
	if all := bare(text); len(all) > 0 {
		for _, s := range all {
			f.bare(s)
		}
		return f.problems("")
	}
	if m := bareNumber.FindStringSubmatch(text); m != nil {
		f.addKnown(spot{code: m[1], entra: true}, text, noTraces)
	}
	for _, answer := range answersOf(text) {
		f.read(answer)
	}
	if len(f.found) == 0 {
		if kind, ok := phraseKind(text); ok {
			f.add(known, kind, "", noTraces)
		}
	}
	return f.problems(text)
}

// rank says how much a finding explains.
type rank int

const (
	known   rank = iota // a number, or a sentence
	word                // an OAuth error that no number explains
	unknown             // a number after AADSTS that is not known
	coarse              // an OAuth error that does not speak for the unknown number beside it
)

type finding struct {
	rank    rank
	problem connector.Problem
}

type finder struct {
	raw   string
	stage auth.Stage
	found []finding
}

// add adds what was found in an answer, once for each code.
func (f *finder) add(r rank, kind connector.ProblemKind, code string, t func() traces) {
	if slices.ContainsFunc(f.found, func(other finding) bool { return other.problem.Code == code }) {
		return
	}
	p := *New(kind, f.stage)
	p.Code, p.Raw = code, f.raw
	t().decorate(&p)
	f.found = append(f.found, finding{r, p})
}

// bare explains a code that came without words. A number of five digits and more can only be meant as a code.
func (f *finder) bare(s spot) {
	switch {
	case s.word:
		f.words(s.code, nil, nil, noTraces)
	case f.addKnown(s, "", noTraces):
	case s.entra:
		f.add(unknown, connector.KindUnknown, entraName+s.code, noTraces)
	case len(s.code) > 4:
		f.add(unknown, connector.KindUnknown, s.code, noTraces)
	}
}

// addKnown adds a number that is known, and reports whether it is.
func (f *finder) addKnown(s spot, answer string, t func() traces) bool {
	if kind, ok := kindOf(codes.Partner(s.code)); ok && !s.entra {
		f.add(known, kind, s.code, t)
		return true
	}
	number, _ := strconv.Atoi(s.code)
	kind, ok := entraKind(number, answer, f.stage)
	if ok {
		f.add(known, kind, entraName+s.code, t)
	}
	return ok
}

// read finds what one answer says: the numbers, Graph's codes, and the OAuth errors and suberrors that none of the numbers explains.
func (f *finder) read(answer string) {
	t := sync.OnceValue(func() traces { return tracesOf(answer) })
	var told, strangers []spot
	for _, s := range spotsIn(answer) {
		switch {
		case f.addKnown(s, answer, t):
			if s.entra {
				told = append(told, s)
			}
		case s.entra:
			strangers = append(strangers, s)
		}
	}
	for _, w := range graphWord.FindAllString(answer, -1) {
		if kind, ok := kindOf(codes.Graph(w)); ok {
			f.add(known, kind, w, t)
		}
	}
	f.words(answer, told, strangers, t)
	for _, s := range strangers {
		f.add(unknown, connector.KindUnknown, entraName+s.code, t)
	}
}

// words finds the suberrors and OAuth errors of an answer that neither one of its numbers explains nor, for an error, a suberror: each kind once. An error
// beside a number that is not known is taken for what it says only where it speaks for itself.
func (f *finder) words(answer string, told, strangers []spot, t func() traces) {
	kinds := map[connector.ProblemKind]bool{}
	add := func(r rank, kind connector.ProblemKind, w string) {
		if !kinds[kind] {
			kinds[kind] = true
			f.add(r, kind, w, t)
		}
	}
	suberrors, errors := sayingsIn(answer)
	for i, done := range explained(answer, told, suberrors) {
		if kind, ok := kindOf(codes.Suberror(suberrors[i].code)); ok && !done {
			add(word, kind, suberrors[i].code)
		}
	}
	numbered := explained(answer, strangers, errors)
	byNumber, bySuberror := explained(answer, told, errors), explained(answer, places(suberrors), errors)
	for i, w := range errors {
		switch kind, _ := oauthKind(w.code, f.stage); {
		case byNumber[i], bySuberror[i]:
		case numbered[i] && !speaks(w.code, f.stage):
			add(coarse, kind, w.code)
		default:
			add(word, kind, w.code)
		}
	}
	if len(told)+len(suberrors)+len(errors) == 0 && cancelled.MatchString(answer) {
		add(word, connector.KindDeclined, "cancel")
	}
}

// noTraces are those of what is no answer of its own.
func noTraces() traces { return traces{} }

// problems are the findings, those first that explain most, with the IDs and the time of the whole text where their own answers have none.
func (f *finder) problems(text string) []connector.Problem {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b finding) int { return cmp.Compare(a.rank, b.rank) })
	whole := tracesOf(text)
	problems := []connector.Problem{}
	for _, found := range f.found[:min(len(f.found), maxFound)] {
		whole.decorate(&found.problem)
		problems = append(problems, found.problem)
	}
	return problems
}
