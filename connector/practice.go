package connector

// Scenario is one of the things that can be practiced in a rehearsal.
type Scenario struct {
	// Name is what it is called on the command line; its sentence is under "rehearsal.scenario.<name>".
	Name string
	// Place is where the person meets what goes wrong: "find", "probe", "admin", "user", "check", "later", "links" for the two links of another product, or "none" where nothing
	// is to be seen, since the program gets by.
	Place string
	// ProblemKind is the kind of problem that it shows, and Code the code; both may be empty.
	ProblemKind ProblemKind
	Code        string
	// UPN is the integration user to type in for it.
	UPN string
	// Words are the sentence that says what happens, in the language in use: the search goes by them.
	Words string
}

// Rehearsing switches a running rehearsal to another scenario.
type Rehearsing interface {
	// Play plays the scenario from now on, and says what the banner is to show then.
	Play(name string) (*Rehearsal, error)
}

// Rehearsal is what the banner of a rehearsal says.
type Rehearsal struct {
	// Scenario is the name of the scenario that is practiced.
	Scenario string
	// Prefill is what a new draft starts with, so that nobody has to look up practice values.
	Prefill Draft
	// People are the practice accounts, to be shown beside the sign-ins.
	People []Person
	// AdminUPN and UserUPN are the accounts that sign in, in this scenario, for the admin consent and for the user consent.
	AdminUPN, UserUPN string
	// Product is the ID of the product whose two links can be practiced, and ProductPage the address of its page; empty for none.
	Product, ProductPage string
	// Scenarios are all that can be practiced, in the order in which they are offered.
	Scenarios []Scenario
}

// Person is a practice account.
type Person struct {
	// Role is the part of the translation key that says who it is ("admin", "integration", "no-mfa" …).
	Role string
	UPN  string
}
