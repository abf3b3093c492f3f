package checks

import "partner-center-connector/connector"

// FactLastsNew is the evidence of a sign-in that is too young for it to be told whether it lasts.
const FactLastsNew = "lasts-new"

// TooEarly reports whether a check could not be made for no other reason than that it was too early.
func TooEarly(c connector.Check) bool {
	early := len(c.Evidence) == 0 || c.Evidence[0].Key == FactLastsNew
	return c.ID == connector.CheckLasts && c.State == connector.CheckUnknown && c.Problem == nil && c.Weight == connector.WeightNone && early
}
