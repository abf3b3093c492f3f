// Package connector is the wizard without its window: the pure state machine Setup and its runner, the checks, the
// problems, and what happens to a saved connector afterwards.
package connector
