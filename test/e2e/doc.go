// Package e2e drives the two real programs from end to end: real window, real browsers, real keychain, practice cloud.
// Its tests have the build tag e2e and run by `make e2e`, which gives them a session of their own.
package e2e
