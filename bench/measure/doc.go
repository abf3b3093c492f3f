//go:build e2e && linux

// Package measure measures what programs cost: one that is run to its end, one that goes on, and what the screen shows of it.
package measure
