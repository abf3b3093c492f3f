package connector

import (
	"time"
)

// CheckID names a check; its words are in the translations under "check.<id>".
type CheckID string

// The checks. Each has its row in the table of package checks, which gives their order.
const (
	CheckOurs        CheckID = "ours"
	CheckTenant      CheckID = "tenant"
	CheckUser        CheckID = "user"
	CheckMember      CheckID = "member"
	CheckNotAdmin    CheckID = "not-admin"
	CheckPermissions CheckID = "permissions"
	CheckRefresh     CheckID = "refresh"
	CheckMFA         CheckID = "mfa"
	CheckPartner     CheckID = "partner"
	CheckRole        CheckID = "role"
	CheckLasts       CheckID = "lasts"
	CheckCredential  CheckID = "credential-end"
	CheckKeychain    CheckID = "keychain"
)

// The checks of a connector that another product keeps.
const (
	CheckLinkApp   CheckID = "link-app"
	CheckLinkAdmin CheckID = "link-admin"
	CheckLinkUser  CheckID = "link-user"
	CheckLinkMFA   CheckID = "link-mfa"
)

// CheckState is the outcome of a check. Unknown means that it could not be checked, which is never shown as passed.
type CheckState string

// The states.
const (
	CheckPending CheckState = "pending"
	CheckRunning CheckState = "running"
	CheckPassed  CheckState = "passed"
	CheckWarning CheckState = "warning"
	CheckFailed  CheckState = "failed"
	CheckUnknown CheckState = "unknown"
)

// Weight is what a check's outcome means for Save.
type Weight string

// The weights, from light to heavy. Never means that the connector is not saved.
const (
	WeightNone      Weight = ""
	WeightWarning   Weight = "warning"
	WeightAttention Weight = "attention"
	WeightNever     Weight = "never"
)

// Fact is a piece of evidence: its words are under "evidence.<Key>", filled from Args. An arg "Day" is written as [Day.String] does.
type Fact struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
	// At is the sign-in that a fact is from; zero where it was found out when the check was made.
	At time.Time `json:"at,omitzero"`
}

// Check is one check with its outcome.
type Check struct {
	ID       CheckID    `json:"id"`
	State    CheckState `json:"state"`
	Weight   Weight     `json:"weight,omitempty"`
	Evidence []Fact     `json:"evidence,omitempty"`
	Problem  *Problem   `json:"problem,omitempty"`
	// At is when it had its outcome; zero in lists of older versions.
	At time.Time `json:"at,omitzero"`
}

// Heaviest returns the heaviest weight among checks.
func Heaviest(checks []Check) Weight {
	rank := map[Weight]int{WeightNone: 0, WeightWarning: 1, WeightAttention: 2, WeightNever: 3}
	heaviest := WeightNone
	for _, c := range checks {
		if rank[c.Weight] > rank[heaviest] {
			heaviest = c.Weight
		}
	}
	return heaviest
}
