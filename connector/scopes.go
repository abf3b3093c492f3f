package connector

import (
	"slices"

	"partner-center-connector/auth"
)

// The inputs of the further permissions of Microsoft Graph; FieldMoreScopes shows them.
const (
	FieldScopeBilling      Field = "scope-billing"
	FieldScopeSecurity     Field = "scope-security"
	FieldScopeDelegated    Field = "scope-delegated"
	FieldScopeApplications Field = "scope-applications"
	FieldScopeGrants       Field = "scope-grants"
)

// ScopeFields are these inputs, in the order of auth.MoreScopes.
var ScopeFields = []Field{FieldScopeBilling, FieldScopeSecurity, FieldScopeDelegated, FieldScopeApplications, FieldScopeGrants}

// ScopeOf returns the permission that an input is about; empty for another input.
func ScopeOf(f Field) string {
	if i := slices.Index(ScopeFields, f); i >= 0 {
		return auth.MoreScopes()[i]
	}
	return ""
}

// IsScopes reports whether an input is about optional permissions. Whoever locks or unlocks one of them means all.
func IsScopes(f Field) bool {
	return f == FieldWithGroups || f == FieldMoreScopes || slices.Contains(ScopeFields, f)
}

// WithScope returns the further permissions with a permission, or without it, in the order of auth.MoreScopes; nil for none.
func WithScope(scopes []string, scope string, on bool) []string {
	var list []string
	for _, s := range auth.MoreScopes() {
		if s == scope && on || s != scope && slices.Contains(scopes, s) {
			list = append(list, s)
		}
	}
	return list
}
