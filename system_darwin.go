package main

// noSandbox is false: macOS gives every browser its sandbox.
func noSandbox() bool { return false }

// openTerminalProgram has nothing to do: the message names the command.
func openTerminalProgram() error { return nil }
