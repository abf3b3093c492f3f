// Package record writes the consent record of a saved connector: who agreed to what, when and where, with every check, as a text for
// people and as JSON for other programs. There is no secret in it.
package record
