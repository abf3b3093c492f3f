package view

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// places are where scenarios are met, in the order in which they are shown.
var places = []string{"none", "find", "probe", "admin", "user", "check", "later", "links"}

// placeStages are the stages that places belong to, since who acts depends on that.
var placeStages = map[string]auth.Stage{
	"find": auth.StageDiscovery, "probe": auth.StageProbe, "admin": auth.StageAdminConsent, "user": auth.StageUserConsent,
	"check": auth.StageRefresh, "later": auth.StageRefresh,
}

// practice is the choice among the scenarios of a rehearsal.
func practice(s wizard.State) (View, []string) {
	p := s.Practice
	v := View{
		Page: "practice", Title: text("practice.title"),
		Escape: wizard.OpenPractice{}, Return: wizard.OpenPractice{},
		Footer: Footer{Back: &Button{ID: "back", Label: text("practice.close"), Event: wizard.OpenPractice{}}},
	}
	v.Blocks = blocksOf(body(text("practice.text")), practiceQuestion(s), practiceState(p), practiceSearch(s))
	v.Blocks = append(v.Blocks, scenarioRows(s)...)
	if p.Asked != "" {
		v.Escape = wizard.KeepScenario{}
	}
	return v, []string{"practice-on", string(connector.FieldScenario)}
}

// practiceQuestion asks what becomes of the connector that is being made.
func practiceQuestion(s wizard.State) []Block {
	name := s.Practice.Asked
	i := slices.IndexFunc(s.Rehearsal.Scenarios, func(one connector.Scenario) bool { return one.Name == name })
	if i < 0 {
		return nil
	}
	one, place := s.Rehearsal.Scenarios[i], text("practice.place."+s.Rehearsal.Scenarios[i].Place)
	about := text("practice.asked.text", "Place", place)
	if !strings.EqualFold(one.UPN, s.Wizard.Draft.UPN) {
		about = text("practice.asked.other-account", "Place", place, "Want", one.UPN, "Got", s.Wizard.Draft.UPN)
	}
	play := func(how wizard.PlayHow) wizard.Event { return wizard.PlayScenario{Name: name, How: how} }
	return []Block{Notice{
		ID: "practice-asked", Severity: Warning, Title: text("practice.asked", "Scenario", scenarioText(name)), Text: about,
		Buttons: []Button{
			{ID: "practice-anew", Label: text("practice.anew"), Event: play(wizard.PlayAnew), Primary: true},
			{ID: "practice-on", Label: text("practice.on"), Event: play(wizard.PlayOn)},
			{ID: "practice-keep", Label: text("practice.keep"), Event: wizard.KeepScenario{}},
		},
	}}
}

func practiceState(p wizard.Practice) []Block {
	switch {
	case p.Playing.Running:
		return []Block{Busy{ID: "practice-playing", Text: text("practice.switching")}}
	case p.Problem != nil:
		return []Block{card{id: "practice-problem", problem: p.Problem}.show()}
	}
	return nil
}

func practiceSearch(s wizard.State) []Block {
	in := input(connector.FieldScenario, s.Practice.Search)
	in.Placeholder = text("field.scenario.placeholder")
	counts, all := scenarioCounts(s)
	c := Choice{
		ID: string(connector.FieldPlace), Field: connector.FieldPlace, Label: text("field.place"), Value: s.Practice.Place,
		Options: []Option{{Value: wizard.AllPlaces, Label: text("practice.place.all", "Number", all)}},
	}
	for _, place := range places {
		if counts[place] == 0 && place != s.Practice.Place {
			continue
		}
		label := text("practice.place.counted", "Place", text("practice.place."+place), "Number", counts[place])
		c.Options = append(c.Options, Option{Value: place, Label: label})
	}
	return []Block{in, c}
}

// scenarioCounts are how many scenarios the search finds at each place, and in all.
func scenarioCounts(s wizard.State) (counts map[string]int, all int) {
	words := searchedWords(s.Practice)
	counts = map[string]int{}
	for _, one := range s.Rehearsal.Scenarios {
		if scenarioMatches(one, words) {
			counts[one.Place]++
			all++
		}
	}
	return counts, all
}

func searchedWords(p wizard.Practice) []string { return strings.Fields(strings.ToLower(p.Search)) }

// scenarioRows are the scenarios that are looked for, under the places where they are met.
func scenarioRows(s wizard.State) []Block {
	words := searchedWords(s.Practice)
	blocks := []Block{}
	for _, place := range places {
		if s.Practice.Place != wizard.AllPlaces && s.Practice.Place != place {
			continue
		}
		rows := []Block{}
		for _, one := range s.Rehearsal.Scenarios {
			if one.Place == place && scenarioMatches(one, words) {
				rows = append(rows, scenarioRow(one, s.Rehearsal.Scenario))
			}
		}
		if len(rows) > 0 {
			blocks = append(append(blocks, heading("practice.place."+place)), rows...)
		}
	}
	if len(blocks) == 0 {
		return []Block{body(text("practice.nothing-found", "Search", s.Practice.Search))}
	}
	return blocks
}

func scenarioMatches(one connector.Scenario, words []string) bool {
	where := strings.ToLower(strings.Join([]string{one.Name, one.Code, one.Words}, "\n"))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(where, word) })
}

func scenarioRow(one connector.Scenario, playing string) Row {
	r := Row{
		ID: "scenario-" + one.Name, Severity: Info, TitleText: scenarioText(one.Name), Word: scenarioOwner(one),
		Lines: []Text{text("practice.name", "Name", one.Name)}, Open: wizard.PlayScenario{Name: one.Name},
	}
	if one.Code != "" {
		r.Lines[0] = text("practice.name-code", "Name", one.Name, "Code", one.Code)
	}
	if one.Name == playing {
		r.Severity = Good
		r.Lines = append(r.Lines, text("practice.playing"))
	}
	return r
}

// scenarioOwner is who has to act on what the scenario shows.
func scenarioOwner(one connector.Scenario) Text {
	if one.ProblemKind == "" {
		return text("practice.nobody")
	}
	return text("practice.acts", "Actor", text("actor."+string(problems.ActorAt(one.ProblemKind, placeStages[one.Place]))))
}

func scenarioText(name string) Text { return text("rehearsal.scenario." + name) }
