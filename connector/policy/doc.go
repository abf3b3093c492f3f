// Package policy reads what the administrator of a computer says for everybody who uses this program there.
package policy
