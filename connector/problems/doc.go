// Package problems turns errors into problems that people can act on.
//
// [Of] reads an error of Microsoft's services, of the system or of our own and makes a [connector.Problem] of it: its kind, who acts,
// the page that fixes it, and the raw facts, without secrets. The program goes by OAuth's own words and the HTTP status; AADSTS numbers
// only choose the kind, whose sentences are in the translations. [LookUpCode] goes the other way: what a code or a text that
// somebody read somewhere means.
package problems
