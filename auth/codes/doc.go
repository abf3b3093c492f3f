// Package codes is the one table of Microsoft's error codes: which kind of problem each of them means. The dictionary, the probe and whatever
// reads a refusal ask it; a test checks that it has every code that the sources of this program and of its practice cloud name.
//
// A kind is the name of a kind of problem ("app-unknown"), whose words are in the translations. Microsoft may change a number at any time, so
// that numbers choose words and early hints, and nothing else.
package codes
