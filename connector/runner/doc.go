// Package runner performs what the state machine asks for.
//
// A [Runner] keeps the one [wizard.State] of a program. It hands in events one after the other, tells every new state, and performs each
// effect in a goroutine, or in the queue of what it changes where order counts; the outcome becomes the next event. What a user consent yielded
// stays in its memory until it is saved or forgotten.
package runner
