#!/bin/sh
# Holds what is ours in the programs of dist/, and the installer, to their limits. Ours is what a program has beyond one that makes the same calls of modules
# and nothing else, built with the same flags in the same run: so a module that grows, or a new Go, is not taken for ours, nor hides it. What a program has
# as a whole is told, beside a bare Fyne window; `make bench` has aims for that. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
need $DIST_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
FLOORS=./build/packaging/testdata
exceeded=

# at_most WHAT SIZE LIMIT: what exceeds its limit is told at the end, after everything was measured.
at_most() { [ "$2" -le "$3" ] || exceeded="$exceeded$1 has $2 bytes, more than $3. "; }

# ours PROGRAM FLOOR LIMIT
ours() {
	size=$(stat -c %s "$1")
	floor=$(stat -c %s "$2")
	say "  $1: $size, its modules $floor, ours $((size - floor)) of $3"
	at_most "What is ours in $1" $((size - floor)) "$3"
}

# beside WINDOW FILE BARE
beside() { say "  $1: $(($(stat -c %s "$2") * 100 / $(stat -c %s "$3"))) % of a bare window"; }

windows() {
	linux_window "$T/window" $FLOORS/window amd64
	windows_window "$T/window.exe" $FLOORS/window
	ours "dist/programs/linux-amd64/$NAME" "$T/window" 8500000
	ours "dist/programs/windows-amd64/$NAME.exe" "$T/window.exe" 8000000
	linux_window "$T/hello" $FLOORS/hello.go amd64
	windows_window "$T/hello.exe" $FLOORS/hello.go
	beside "Linux window program" "dist/programs/linux-amd64/$NAME" "$T/hello"
	beside "Windows window program" "dist/programs/windows-amd64/$NAME.exe" "$T/hello.exe"
}

terminals() {
	for arch in amd64 arm64; do
		linux_pcc "$T/linux" $FLOORS/terminal $arch
		windows_pcc "$T/windows" $FLOORS/terminal $arch
		darwin_pcc "$T/darwin" $FLOORS/terminal $arch
		ours dist/programs/linux-$arch/pcc "$T/linux" 8500000
		ours dist/programs/windows-$arch/pcc.exe "$T/windows" 8000000
		ours dist/programs/darwin-$arch/pcc "$T/darwin" 8000000
	done
}

terminals
windows
size=$(stat -c %s dist/*-setup*.exe)
say "  installer: $size"
at_most "The installer" "$size" 16000000
[ -z "$exceeded" ] || fail "$exceeded"
