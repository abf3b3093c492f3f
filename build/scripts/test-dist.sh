#!/bin/sh
# Tests the packages of dist/, which it makes where they are missing. "test-dist.sh PART…" runs some parts, one after the other. Each is a script of its own,
# test-dist-PART.sh; a new one is found by its name. All of them run in three lanes at once, which take about as long: the release, what wine runs
# with most of what looks at files, and the rest. It ends with the table of the packages, and with how long each part took. Needs root, for a
# clean Debian in a folder.
. "$(dirname "$0")/dist-common.sh"
PARTS="$(find build/scripts -name 'test-dist-*.sh' | sed 's|.*/test-dist-\(.*\)\.sh|\1|' | LC_ALL=C sort | tr '\n' ' ')"
WINE=
REST=
RELEASE=
for part in $PARTS; do
	case "$part" in
	release) RELEASE="$RELEASE $part" ;;
	windows | installer | policies | audit | licenses | sbom | sizes) WINE="$WINE $part" ;;
	*) REST="$REST $part" ;;
	esac
done
case "${1:-}" in lane) shift ;; '') ;; *)
	for part in "$@"; do
		case " $PARTS" in *" $part "*) ;; *) fail "test-dist.sh [PART…], of: $PARTS" ;; esac
	done
	;;
esac
LOGS=${TEST_DIST_LOGS:-}

# lane PART…: one after the other, each with its log and its time. One that fails does not keep the next ones from running.
lane() {
	for part in "$@"; do
		start=$(date +%s)
		status=0
		sh "build/scripts/test-dist-$part.sh" >"$LOGS/$part.log" 2>&1 || status=$?
		printf '%s\t%s\t%s\n' "$part" $(($(date +%s) - start)) $status >>"$LOGS/times"
		if [ $status = 0 ]; then say "passed: $part"; else say "FAILED: $part (exit code $status); its last lines:"; tail -n 30 "$LOGS/$part.log" >&2; fi
	done
}
[ -z "$LOGS" ] || { lane "$@"; exit 0; }

begun=$(date +%s)
[ -f dist/SHA256SUMS ] || sh build/scripts/dist.sh
(cd dist && sha256sum --quiet -c SHA256SUMS) || fail "dist/SHA256SUMS does not fit the files; make dist again."
mkdir -p dist/tested
if [ $# -gt 0 ]; then
	for part in "$@"; do
		say "$part:"
		sh "build/scripts/test-dist-$part.sh"
	done
	say "passed: $*"
	exit 0
fi

[ "$(id -u)" = 0 ] || fail "The clean Debian in a folder needs root: sudo make test-dist"
export TEST_DIST_LOGS="$ROOT/dist/tested/logs"
rm -rf "$TEST_DIST_LOGS"
mkdir -p "$TEST_DIST_LOGS"
printf 'packages\t%s\t0\n' $(($(date +%s) - begun)) >"$TEST_DIST_LOGS/times"
at_once "sh build/scripts/test-dist.sh lane $WINE" "sh build/scripts/test-dist.sh lane $REST" "nice -n 10 sh build/scripts/test-dist.sh lane $RELEASE"
cat dist/PACKAGES.md >&2
say ""
awk -F '\t' '{ printf "%-10s %4d s  %s\n", $1, $2, $3 == 0 ? "passed" : "FAILED" }' "$TEST_DIST_LOGS/times" >&2
say "As a whole: $(($(date +%s) - begun)) s. The logs: dist/tested/logs"
missed=
for part in $PARTS; do
	grep -q "^$part	[0-9]*	0$" "$TEST_DIST_LOGS/times" || missed="$missed $part"
done
[ -z "$missed" ] || fail "Not passed:$missed"
say "The packages are fine."
