package connector

import (
	"slices"
	"strconv"
	"strings"

	"partner-center-connector/auth"
)

// Sample is a problem of a kind without the facts of a case, for help: who acts, and which page mends it. Where that depends
// on what was being done, the actor is that of the user consent and the page is NoStep.
func Sample(k Kind) Problem {
	p := *problem(k, auth.StageUserConsent)
	if remedies[k].step == stepOfStage {
		p.Step = NoStep
	}
	return p
}

// ActorAt is who acts on a kind of problem that comes at a stage.
func ActorAt(k Kind, stage auth.Stage) Actor { return problem(k, stage).Actor }

// Codes returns the codes and OAuth errors that mean a kind, as they are shown, sorted; none for a kind that has none.
func Codes(k Kind) []string {
	codes := []string{}
	for number, kind := range entraCodes {
		if kind == k {
			codes = append(codes, "AADSTS"+strconv.Itoa(number))
		}
	}
	for _, table := range []map[string]Kind{partnerCodes, graphCodes, oauthKinds, suberrorKinds} {
		for code, kind := range table {
			if kind == k {
				codes = append(codes, code)
			}
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return strings.Compare(a, b) })
	return slices.Compact(codes)
}
