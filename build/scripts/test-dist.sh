#!/bin/sh
# Tests the packages of dist/, which it makes where they are missing. "test-dist.sh linux", "windows", "same", "sizes", "macos"
# or "keychains" runs one part. The Linux part needs root, for a clean Debian in a folder.
. "$(dirname "$0")/dist-common.sh"
what=${1:-all}
case "$what" in all | linux | windows | same | sizes | macos | keychains) ;; *) fail "test-dist.sh [all|linux|windows|same|sizes|macos|keychains]" ;; esac
[ -f dist/SHA256SUMS ] || sh build/scripts/dist.sh
(cd dist && sha256sum --quiet -c SHA256SUMS) || fail "dist/SHA256SUMS does not fit the files; make dist again."
mkdir -p dist/tested

at_most() { [ "$2" -le "$3" ] || fail "$1 has $2 bytes, more than $3"; }

# sizes compares with a bare Fyne window, built with the same flags.
sizes() {
	say "Sizes:"
	need $DIST_PACKAGES
	T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
	linux_window "$T/hello" build/packaging/testdata/hello.go
	windows_window "$T/hello.exe" build/packaging/testdata/hello.go
	compare "Linux window program" "dist/programs/linux-amd64/$NAME" "$T/hello"
	compare "Windows window program" "dist/programs/windows-amd64/$NAME.exe" "$T/hello.exe"
	rm -rf "$T"
	for program in dist/programs/*/pcc dist/programs/*/pcc.exe; do
		size=$(stat -c %s "$program")
		say "  $program: $size"
		at_most "$program" "$size" 15000000
	done
	size=$(stat -c %s dist/*-setup*.exe)
	say "  installer: $size"
	at_most "The installer" "$size" 16000000
}

compare() {
	size=$(stat -c %s "$2")
	bare=$(stat -c %s "$3")
	say "  $1: $size, a bare window $bare, that is $((size * 100 / bare)) %"
	at_most "$1" "$size" $((bare * 135 / 100))
}

# the_same builds the programs in two other folders and compares them with each other and with those of dist/.
the_same() {
	say "The same programs from two folders:"
	T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
	for copy in one two-with-a-longer-name; do
		mkdir -p "$T/$copy"
		copy_tree "$T/$copy"
		SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH sh "$T/$copy/build/scripts/dist.sh" programs
		(cd "$T/$copy/dist/programs" && sha256sum linux-amd64/* windows-amd64/*) >"$T/$copy.sums"
	done
	status=0
	cmp "$T/one.sums" "$T/two-with-a-longer-name.sums" >&2 || status=1
	(cd dist/programs && sha256sum --quiet -c "$T/one.sums" >&2) || status=1
	rm -rf "$T"
	[ $status = 0 ] || fail "The programs differ."
	say "  passed: identical"
}

. build/scripts/session.sh
case "$what" in all | sizes) sizes ;; esac
case "$what" in all | linux) sh build/scripts/test-dist-linux.sh ;; esac
case "$what" in all | windows) sh build/scripts/test-windows.sh; sh build/scripts/test-dist-windows.sh ;; esac
case "$what" in all | macos) sh build/scripts/test-dist-macos.sh ;; esac
case "$what" in all | keychains) sh build/scripts/test-keychains.sh ;; esac
case "$what" in all | same) the_same ;; esac
say "The packages are fine."
