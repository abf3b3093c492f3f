package connector

// Scenario is one of the things that can be practised in a rehearsal.
type Scenario struct {
	// Name is what it is called on the command line; its sentence stands under "rehearsal.scenario.<name>".
	Name string
	// Place is where the person meets what goes wrong: "find", "probe", "admin", "user", "check", "later", or "none" where nothing
	// is to be seen, since the program gets by.
	Place string
	// Kind is the kind of problem that it shows, and Code the code; both may be empty.
	Kind Kind
	Code string
	// UPN is the integration user to type in for it.
	UPN string
	// Words are the sentence that says what happens, in the language in use: the search goes by them.
	Words string
}

// Practice is the choice among the scenarios of a rehearsal; its zero value is "not open".
type Practice struct {
	Open bool
	// Search is what the scenarios are searched for; Place narrows them to where they are met, all of them when it is AllPlaces.
	Search string
	Place  string
	// Asked is the scenario that was chosen while a connector is being made: what becomes of that one is being asked.
	Asked string
	// Playing is the switch that is under way; Anew says that a new connector is begun after it.
	Playing Work
	Anew    bool
	Problem *Problem
}

// AllPlaces is the Place that leaves no scenario out.
const AllPlaces = "all"

// PlayHow says what becomes of the connector that is being made when another scenario is played.
type PlayHow string

// The ways to go on. PlayAsk asks where a connector is being made, and is enough elsewhere.
const (
	PlayAsk  PlayHow = ""
	PlayAnew PlayHow = "anew" // it is given up, and a new one begun with the scenario's values
	PlayOn   PlayHow = "on"   // it stays as it is; the practice cloud answers differently from now on
)

// The inputs of the choice.
const (
	FieldScenario Field = "scenario"
	FieldPlace    Field = "place"
)

// What the person does, and what the switch brings back.
type (
	// OpenPractice opens, or with Open false closes, the choice among the scenarios.
	OpenPractice struct{ Open bool }
	// PlayScenario plays another scenario in the practice cloud.
	PlayScenario struct {
		Name string
		How  PlayHow
	}
	// KeepScenario takes back the question that PlayScenario raised.
	KeepScenario struct{}
	// ScenarioPlays says that the practice cloud plays another scenario now; exactly one of Rehearsal and Problem is set.
	ScenarioPlays struct {
		Attempt   int
		Rehearsal *Rehearsal
		Problem   *Problem
	}
)

// SwitchScenario plays another scenario in the practice cloud: ScenarioPlays.
type SwitchScenario struct {
	Attempt int
	Name    string
}

func (OpenPractice) event()    {}
func (PlayScenario) event()    {}
func (KeepScenario) event()    {}
func (ScenarioPlays) event()   {}
func (SwitchScenario) effect() {}

// Rehearsing switches a running rehearsal to another scenario.
type Rehearsing interface {
	// Play plays the scenario from now on, and says what the banner is to show then.
	Play(name string) (*Rehearsal, error)
}

func (r *Runner) switchScenario(e SwitchScenario) Event {
	out := ScenarioPlays{Attempt: e.Attempt}
	if r.ports.Rehearsing == nil {
		out.Problem = problem(KindUnknown, "").at(r.ports.Now())
		return out
	}
	plays, err := r.ports.Rehearsing.Play(e.Name)
	if err != nil {
		out.Problem = r.problem(err)
		return out
	}
	out.Rehearsal = plays
	return out
}
