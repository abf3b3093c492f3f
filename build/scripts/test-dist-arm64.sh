#!/bin/sh
# Tests the packages for arm64 of dist/ on this computer's own processor, with qemu: both Linux programs start, and the window comes up.
# The program for Windows on arm64 can't be started here. Its picture: dist/tested/linux-arm64.png. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
need $DIST_PACKAGES $SESSION_PACKAGES qemu-user-static file rpm unzip jq
own_session "$0" "${1:-}"
TREE="$T/$NAME-$VERSION-linux-arm64"
mkdir -p "$ROOT/dist/tested"

passed() { say "  passed: $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }
emulated() { limited 120 env HOME="$T/home" XDG_CONFIG_HOME="$T/home" qemu-aarch64-static "$@"; }
# names FOLDER: its files, without what only a tarball has.
names() { (cd "$1" && find . -type f | sed 's|^\./||' | LC_ALL=C sort); }

packages() {
	say "The Linux packages for arm64:"
	mkdir -p "$T/home" "$T/deb" "$T/amd64"
	tar -xf "dist/$(basename "$TREE").tar.xz" -C "$T"
	dpkg-deb -x dist/*_arm64.deb "$T/deb"
	dpkg-deb -x dist/*_amd64.deb "$T/amd64"
	same "the files of both .deb" "$(names "$T/deb")" "$(names "$T/amd64")"
	same "architecture of the .deb" "$(dpkg-deb -f dist/*_arm64.deb Architecture)" arm64
	same "architecture of the .rpm" "$(rpm -qp --qf '%{ARCH}' dist/*.aarch64.rpm)" aarch64
	rpm -K dist/*.aarch64.rpm >&2
	same "what both .rpm require" "$(rpm -qpR dist/*.aarch64.rpm)" "$(rpm -qpR dist/*.x86_64.rpm)"
	for program in $NAME pcc; do
		readelf -h "$TREE/bin/$program" | grep -q 'Machine: *AArch64' || fail "$program is for another processor"
		readelf -h "$TREE/bin/$program" | grep -q 'DYN (Position-Independent' || fail "Not position-independent: $program"
		cmp "$TREE/bin/$program" "$T/deb/usr/bin/$program"
	done
	for library in $(readelf -d "$TREE/bin/$NAME" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -v -e '^libm\.' -e '^libc\.'); do
		rpm -qpR dist/*.aarch64.rpm | grep -q -F "$library()(64bit)" || fail "The .rpm does not require $library"
	done
	newest=$(readelf -V "$TREE/bin/$NAME" | grep -o 'GLIBC_[0-9.]*' | sort -u -V | tail -n 1)
	same "the newest of both" "$(printf '%s\nGLIBC_2.34\n' "$newest" | sort -V | tail -n 1)" GLIBC_2.34
	passed "the same files as for amd64, the right processor, what they require"
}

programs() {
	say "The Linux programs for arm64, with qemu:"
	same "pcc version" "$(emulated "$TREE/bin/pcc" version | head -n 1)" "pcc $VERSION linux/arm64"
	tar -xf "dist/pcc-$VERSION-linux-static-arm64.tar.gz" -C "$T"
	same "pcc version, without a loader" "$(emulated "$T/pcc-$VERSION-linux-static-arm64/pcc" version | head -n 1)" "pcc $VERSION linux/arm64"
	same "the window program's version" "$(emulated "$TREE/bin/$NAME" --version)" "$NAME $VERSION"
	emulated "$TREE/bin/pcc" doctor --json >"$T/doctor.json" || true
	same "the keychain" "$(jq -r '.examinations[] | select(.id=="keychain") | .state' "$T/doctor.json")" passed
	passed "both start; pcc doctor uses the keychain"
	qemu-aarch64-static "$TREE/bin/$NAME" --lang en --config-dir "$T/home" >"$T/window.log" 2>&1 &
	window=$!
	tries=0
	# It draws by software, on a processor made of software.
	until drawn; do
		tries=$((tries + 1))
		runs -p "$window" || fail "The window program ended: $(cat "$T/window.log")"
		[ "$tries" -lt 180 ] || fail "No window within three minutes: $(cat "$T/window.log")"
		sleep 1
	done
	import -window root "$ROOT/dist/tested/linux-arm64.png"
	kill "$window"
	wait "$window" 2>/dev/null || true
	passed "the window comes up (look at dist/tested/linux-arm64.png)"
}

# drawn: the window is there, with its text.
drawn() {
	id=$(xdotool search --onlyvisible --name "Partner Center Connector" 2>/dev/null | tail -n 1)
	[ -n "$id" ] && [ "$(import -window "$id" png:- 2>/dev/null | convert - -format %k info: 2>/dev/null || echo 0)" -gt 100 ]
}

windows_zip() {
	say "pcc for Windows on arm64:"
	unzip -q dist/pcc-*-windows-arm64*.zip -d "$T"
	program="$T/pcc-$VERSION-windows-arm64/pcc.exe"
	file "$program" | grep -q 'PE32+ executable (console) Aarch64' || fail "$(file "$program")"
	wrestool -l "$program" | grep -q -- '--type=16' || fail "It has no version among its resources"
	[ -f "$T/pcc-$VERSION-windows-arm64/LICENSE.txt" ] || fail "It comes without its license"
	passed "the right processor, resources, license; not started"
}

packages
windows_zip
programs
say "The packages for arm64 are fine."
