package connector

// Step is a page of the wizard.
type Step int

// The seven steps, in order. NoStep is used where no page of the wizard mends a problem.
const (
	NoStep Step = iota
	StepBefore
	StepAccount
	StepMFA
	StepConnector
	StepAdmin
	StepUser
	StepCheck
)

// StepCount is the number of steps.
const StepCount = int(StepCheck)

// Name is the step's part in translation keys, golden names and files.
func (s Step) Name() string {
	names := [...]string{"none", "before", "account", "mfa", "connector", "admin", "user", "check"}
	if s < 0 || int(s) >= len(names) {
		return "none"
	}
	return names[s]
}
