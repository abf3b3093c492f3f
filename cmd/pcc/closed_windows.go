package main

import "os"

// isClosed reports false: here writing to a stream that was closed when the program started fails by itself.
func isClosed(*os.File) bool { return false }
