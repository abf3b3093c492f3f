//go:build unix

package main

import "os"

// takesEscapes reports true: every terminal here understands escape sequences, but those that say that they are dumb.
func takesEscapes(*os.File) bool { return true }
