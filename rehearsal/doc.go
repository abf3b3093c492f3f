// Package rehearsal is a practice cloud on loopback: it stands in for Entra, Microsoft Graph and Partner Center, with people
// and faults, so that the whole wizard can be practised and tested without Microsoft.
//
// What it answers is modelled on documented behaviour. Where the documents are silent, a comment says so. It imports only
// the standard library and nothing of this program: it is the tests' oracle, and must not share the mistakes of what it tests.
package rehearsal
