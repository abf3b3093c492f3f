#!/bin/sh
# Compares the window programs of dist/ with a bare Fyne window, built with the same flags, and holds the other programs and the installer to their limits.
# Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
need $DIST_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

at_most() { [ "$2" -le "$3" ] || fail "$1 has $2 bytes, more than $3"; }

compare() {
	size=$(stat -c %s "$2")
	bare=$(stat -c %s "$3")
	say "  $1: $size, a bare window $bare, that is $((size * 100 / bare)) %"
	at_most "$1" "$size" $((bare * 135 / 100))
}

linux_window "$T/hello" build/packaging/testdata/hello.go amd64
windows_window "$T/hello.exe" build/packaging/testdata/hello.go
compare "Linux window program" "dist/programs/linux-amd64/$NAME" "$T/hello"
compare "Windows window program" "dist/programs/windows-amd64/$NAME.exe" "$T/hello.exe"
for program in dist/programs/*/pcc dist/programs/*/pcc.exe; do
	size=$(stat -c %s "$program")
	say "  $program: $size"
	at_most "$program" "$size" 15000000
done
size=$(stat -c %s dist/*-setup*.exe)
say "  installer: $size"
at_most "The installer" "$size" 16000000
