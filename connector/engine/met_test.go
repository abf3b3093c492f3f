package engine_test

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

// met is a problem that is shown.
type met struct {
	place   rehearsal.Place
	card    string // the ID of its card
	problem *connector.Problem
	// checks are those that show it: one cause keeps several from being made, and has one card.
	checks []connector.Check
	// again tells a problem from the same one of an earlier try.
	again string
}

// meets returns the problems that the screen is about, those left out whose card was followed already. Each has its card.
func (p *person) meets(s wizard.State) []met {
	p.t.Helper()
	shown := []met{}
	for _, m := range problemsOf(s) {
		if _, ok := cardOf(s, m.card); !ok {
			p.t.Errorf("%s: there is no card %s on page %v", m.problem.Kind, m.card, s.Wizard.Draft.Step)
		}
		if !p.followed[m.again] {
			shown = append(shown, m)
		}
	}
	return shown
}

// ids are those of the checks that show the problem.
func (m met) ids() []string {
	ids := []string{}
	for _, c := range m.checks {
		ids = append(ids, string(c.ID))
	}
	return ids
}

// problemsOf are the problems of the wizard's current page, or of the connector that is shown.
func problemsOf(s wizard.State) []met {
	w, list := s.Wizard, []met{}
	add := func(place rehearsal.Place, card string, attempt int, problem *connector.Problem) {
		if problem != nil {
			list = append(list, met{place: place, card: card, problem: problem, again: fmt.Sprint(place, card, attempt)})
		}
	}
	checks := func(place rehearsal.Place, attempt int, all []connector.Check) {
		unmade := map[connector.ProblemKind]int{} // where in the list a cause is
		for _, c := range all {
			if c.Problem == nil {
				continue
			}
			if at, ok := unmade[c.Problem.Kind]; ok && c.State == connector.CheckUnknown {
				list[at].checks = append(list[at].checks, c)
				continue
			}
			add(place, "checks-"+string(c.ID)+"-problem", attempt, c.Problem)
			list[len(list)-1].checks = []connector.Check{c}
			if c.State == connector.CheckUnknown {
				unmade[c.Problem.Kind] = len(list) - 1
			}
		}
	}
	if c := s.Shown(); s.Screen == wizard.ScreenConnector && c != nil {
		add(rehearsal.PlaceLater, "detail-problem", 0, cmp.Or(s.Detail.Problem, s.Detail.Unread))
		checks(rehearsal.PlaceLater, s.Detail.Checking.Attempt, s.Detail.Kept)
		return list
	}
	switch w.Draft.Step {
	case connector.StepBefore:
		add(rehearsal.PlaceFind, "lookup-problem", w.Lookup.Attempt, w.Lookup.Problem)
		add(rehearsal.PlaceFind, "clock-problem", w.Lookup.Attempt, w.Lookup.Clock)
	case connector.StepConnector:
		add(rehearsal.PlaceProbe, "secret-problem", w.StoringSecret.Attempt, w.SecretProblem)
		if w.Probe.Result == connector.ProbeWrong {
			add(rehearsal.PlaceProbe, "probe-problem", w.Probe.Attempt, w.Probe.Problem)
		}
	case connector.StepAdmin:
		add(rehearsal.PlaceAdmin, "admin-problem", w.Admin.Attempt, w.Admin.Problem)
		add(rehearsal.PlaceAdmin, "told-problem", w.Admin.Attempt, w.Told.Problem)
	case connector.StepUser:
		add(rehearsal.PlaceUser, "user-problem", w.User.Attempt, w.User.Problem)
		add(rehearsal.PlaceUser, "told-problem", w.User.Attempt, w.Told.Problem)
	case connector.StepCheck:
		checks(rehearsal.PlaceCheck, w.Checking.Attempt, w.Checks)
	default:
	}
	return list
}

// cardOf finds a problem's card on the screen. That of another account than the expected one has a field besides, and is a notice.
func cardOf(s wizard.State, id string) (view.Problem, bool) {
	blocks := view.Project(s).Blocks
	if id == "checks-"+string(connector.CheckUser)+"-problem" {
		for _, b := range blocks {
			if n, ok := b.(view.Notice); ok && n.ID == "mismatch" && len(n.Buttons) == 1 {
				return view.Problem{ID: id, Title: n.Title, Actor: view.Text{Key: "actor.you"}, Do: n.Text, Button: &n.Buttons[0]}, true
			}
		}
	}
	return findCard(reflect.ValueOf(blocks), id)
}

func findCard(v reflect.Value, id string) (view.Problem, bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			return findCard(v.Elem(), id)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if found, ok := findCard(v.Index(i), id); ok {
				return found, true
			}
		}
	case reflect.Struct:
		if card, ok := v.Interface().(view.Problem); ok {
			return card, card.ID == id
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				if found, ok := findCard(v.Field(i), id); ok {
					return found, true
				}
			}
		}
	default:
	}
	return view.Problem{}, false
}

// goOn does what page after page asks for and goes forward, until something is met or the connector is saved.
func (p *person) goOn() []met {
	p.t.Helper()
	for range 3 * connector.StepCount {
		s := p.rest()
		if s.Wizard.Saved != nil {
			return nil
		}
		if found := p.meets(s); len(found) > 0 {
			return found
		}
		p.ask(s)
		p.tellOfError()
		after := p.rest()
		if found := p.meets(after); len(found) > 0 {
			return found
		}
		if after.Wizard.Draft.Step == s.Wizard.Draft.Step {
			p.press("main")
		}
	}
	p.t.Fatal("the wizard has no end")
	return nil
}

// What a sentence asks for beyond what its button does.
var (
	saysUserAgain  = regexp.MustCompile(`(?i)(user consent again|sign in again|signs in again|before the user consent)`)
	saysAdminAgain = regexp.MustCompile(`(?i)admin consent (given )?again`)
)

// follow presses the button of a problem's card, after it was found fit, and remembers what the sentence asks for besides. It returns the
// page that the button leads to, or in which it tries again; NoStep outside the wizard.
func (p *person) follow(m met) connector.Step {
	p.t.Helper()
	s := p.rest()
	card, ok := cardOf(s, m.card)
	if !ok || card.Button == nil || card.Button.Disabled || card.Button.Event == nil {
		p.t.Fatalf("the card of %s has no button that does something: %+v", m.problem.Kind, card)
	}
	p.followed[m.again] = true
	do := english(p, card.Do)
	english(p, card.Title)
	english(p, card.Actor)
	p.redo[connector.StepUser] = saysUserAgain.MatchString(do)
	p.redo[connector.StepAdmin] = saysAdminAgain.MatchString(do)
	p.runner.Send(card.Button.Event)
	switch e := card.Button.Event.(type) {
	case wizard.GoTo:
		p.redo[e.Step] = true
		if arrived := p.rest().Wizard.Draft.Step; arrived != e.Step {
			p.t.Fatalf("the button of %s leads to page %v, and page %v is shown", m.problem.Kind, e.Step, arrived)
		}
		return e.Step
	case wizard.SwitchCloud:
		return p.until("the new lookup", func(s wizard.State) bool {
			return s.Wizard.Draft.Step == connector.StepBefore && !s.Wizard.Lookup.Running
		}).Wizard.Draft.Step
	case wizard.Renew:
		p.until("the renewal", func(s wizard.State) bool { return s.Wizard.Open })
		return connector.StepUser
	}
	return s.Wizard.Draft.Step
}

// english is a sentence as a person reads it. It must be whole.
func english(p *person, t view.Text) string {
	p.t.Helper()
	sentence := translator(p.t).Text(t.Key, t.Args)
	if sentence == "" || strings.Contains(sentence, "<no value>") || strings.HasPrefix(sentence, "[") {
		p.t.Errorf("%s is not whole: %q", t.Key, sentence)
	}
	return sentence
}
