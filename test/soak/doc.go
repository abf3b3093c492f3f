// Package soak kills, crowds and forges: it shows on a real Secret Service that a credential can't get lost. Its tests have the
// build tag e2e; `make soak` runs their long form.
package soak
