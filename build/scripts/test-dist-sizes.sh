#!/bin/sh
# Holds what is ours in the programs of dist/ to its limits. That is what they have beyond programs which make the same calls of modules and nothing else,
# built with the same flags in the same run: so a module that grows, or a new Go, is not taken for ours, nor hides it. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
need $DIST_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

at_most() { [ "$2" -le "$3" ] || fail "$1 has $2 bytes, more than $3"; }

# ours PROGRAM FLOOR LIMIT
ours() {
	size=$(stat -c %s "dist/programs/$1")
	floor=$(stat -c %s "$2")
	say "  $1: $size, its modules $floor, ours $((size - floor)) of $3"
	at_most "What is ours in $1" $((size - floor)) "$3"
}

floors=build/packaging/testdata
linux_pcc "$T/terminal" ./$floors/terminal amd64
windows_pcc "$T/terminal.exe" ./$floors/terminal amd64
linux_window "$T/window" ./$floors/window amd64
windows_window "$T/window.exe" ./$floors/window
ours linux-amd64/pcc "$T/terminal" 8500000
ours windows-amd64/pcc.exe "$T/terminal.exe" 8000000
ours "linux-amd64/$NAME" "$T/window" 8500000
ours "windows-amd64/$NAME.exe" "$T/window.exe" 8000000
size=$(stat -c %s dist/*-setup*.exe)
say "  installer: $size"
at_most "The installer" "$size" 16000000
