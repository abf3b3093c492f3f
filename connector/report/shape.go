package report

import (
	"slices"
	"time"

	"partner-center-connector/auth/codes"
	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// other stands for a word that is none of those known: what it is may be anything.
const other = "other"

var (
	guid = lazyregexp.New(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	// number is a code that is a number, with what services put before it.
	number  = lazyregexp.New(`^(AADSTS|AKV|HTTP )?[0-9]{3,8}$`)
	commit  = lazyregexp.New(`^([0-9a-f]{40}|[0-9a-f]{64})$`)
	version = lazyregexp.New(`^[0-9]+(\.[0-9]+){0,3}$`)
	// kernel is a release such as "6.1.0-18-amd64", without what a self-made one may be called.
	kernel = lazyregexp.New(`^[0-9]+(\.[0-9]+){1,3}`)
)

// word is v where it is one of the known words, empty where it is empty, else other.
func word[T ~string](v T, known ...T) string {
	if v == "" || slices.Contains(known, v) {
		return string(v)
	}
	return other
}

// id is a GUID; empty where it is none.
func id(text string) string { return guid.FindString(text) }

// stamp is an instant; empty where there is none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// vaultCodes are the words of Azure Key Vault's answers.
// https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
var vaultCodes = []string{
	"Forbidden", "ForbiddenByRbac", "ForbiddenByPolicy", "ForbiddenByFirewall", "ForbiddenByConnection", "AccessDenied", "Unauthorized",
	"SecretNotFound", "ObjectIsBeingDeleted", "ObjectIsDeletedButRecoverable", "Conflict", "Throttled", "BadParameter",
}

// code is the code of a service: a number, or one of the words that this program knows.
func code(text string) string {
	if text == "" || number.MatchString(text) || slices.Contains(vaultCodes, text) {
		return text
	}
	for known := range codes.All() {
		if text == known {
			return text
		}
	}
	return other
}

// problem is what may be said of a problem; nil for none.
func problem(p *connector.Problem) *Problem {
	if p == nil {
		return nil
	}
	return &Problem{
		Kind: kind(p.Kind), Code: code(p.Code), OAuth: code(p.OAuth), Suberror: code(p.Suberror),
		Actor: word(p.Actor, connector.ActorYou, connector.ActorAdmin, connector.ActorUser, connector.ActorPublisher, connector.ActorComputer, connector.ActorNetworkTeam,
			connector.ActorMicrosoft),
		CorrelationID: id(p.CorrelationID), TraceID: id(p.TraceID), At: stamp(p.At),
	}
}
