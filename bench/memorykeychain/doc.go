//go:build e2e && linux

// Package memorykeychain is a Secret Service that keeps its items in memory, on a bus of its own. Where the program's own cost with a thousand
// connectors is measured, gnome-keyring, which writes all it has for every change, would take hours.
package memorykeychain
