package program

// noSandbox is false: macOS gives every browser its sandbox.
func noSandbox() bool { return false }

// allowForeground does nothing: any window may come to the foreground where this one may.
func allowForeground() {}

// opener opens the folder or the file that it is given.
const opener = "/usr/bin/open"

// openTerminalProgram has nothing to do: the message names the command.
func openTerminalProgram() error { return nil }
