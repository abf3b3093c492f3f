#!/bin/sh
# Holds the programs of dist/ to their limits. What is ours in them is what they have beyond programs that make the same calls of modules and nothing else,
# built with the same flags in the same run: so a module that grows, or a new Go, is not taken for ours, nor hides it. The window programs are compared
# with a bare Fyne window as well; pcc and the installer have a limit as a whole. Called by test-dist.sh.
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

compare() {
	size=$(stat -c %s "$2")
	bare=$(stat -c %s "$3")
	say "  $1: $size, a bare window $bare, that is $((size * 100 / bare)) %"
	at_most "$1" "$size" $((bare * 135 / 100))
}

windows() {
	linux_window "$T/window" $FLOORS/window amd64
	windows_window "$T/window.exe" $FLOORS/window
	ours "dist/programs/linux-amd64/$NAME" "$T/window" 8500000
	ours "dist/programs/windows-amd64/$NAME.exe" "$T/window.exe" 8000000
	linux_window "$T/hello" $FLOORS/hello.go amd64
	windows_window "$T/hello.exe" $FLOORS/hello.go
	compare "Linux window program" "dist/programs/linux-amd64/$NAME" "$T/hello"
	compare "Windows window program" "dist/programs/windows-amd64/$NAME.exe" "$T/hello.exe"
}

terminals() {
	for arch in amd64 arm64; do
		linux_pcc "$T/linux" $FLOORS/terminal $arch
		static_pcc "$T/static" $FLOORS/terminal $arch
		windows_pcc "$T/windows" $FLOORS/terminal $arch
		darwin_pcc "$T/darwin" $FLOORS/terminal $arch
		ours dist/programs/linux-$arch/pcc "$T/linux" 8500000
		ours dist/programs/linux-static-$arch/pcc "$T/static" 8000000
		ours dist/programs/windows-$arch/pcc.exe "$T/windows" 8000000
		ours dist/programs/darwin-$arch/pcc "$T/darwin" 8000000
	done
	for program in dist/programs/*/pcc dist/programs/*/pcc.exe; do at_most "$program" "$(stat -c %s "$program")" 15000000; done
}

terminals
windows
size=$(stat -c %s dist/*-setup*.exe)
say "  installer: $size"
at_most "The installer" "$size" 16000000
[ -z "$exceeded" ] || fail "$exceeded"
