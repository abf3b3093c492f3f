#!/bin/sh
# Tests verify-dist.sh with packages of dist/, which it builds once more: one that is the same, one that was changed, and what can't be compared. Called
# by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/rebuild.sh
need $DIST_PACKAGES $REBUILD_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM

# verified CODE FILE: what verify-dist.sh says of a file.
verified() {
	code=0
	sh build/scripts/verify-dist.sh "$2" >"$T/said" 2>&1 || code=$?
	[ "$code" = "$1" ] || fail "verify-dist.sh ended with $code instead of $1 for $2: $(cat "$T/said")"
}

archive="pcc-$VERSION-macos-arm64.tar.gz"
verified 0 "dist/$archive"
verified 0 "dist/$NAME-$VERSION-policies.zip"
mkdir -p "$T/changed"
tar -xf "dist/$archive" -C "$T/changed"
printf x >>"$T/changed/pcc-$VERSION-macos-arm64/LICENSE"
tar -C "$T/changed" -czf "$T/$archive" "pcc-$VERSION-macos-arm64"
verified 1 "$T/$archive"
grep -q 'not the same: .*LICENSE$' "$T/said" || fail "It does not name the changed file: $(cat "$T/said")"
head -c 100000 "dist/$archive" >"$T/$archive"
verified 1 "$T/$archive"
cp "dist/$archive" "$T/renamed.tar.gz"
verified 2 "$T/renamed.tar.gz"
COMMIT=0000000000000000000000000000000000000000 verified 2 "dist/$archive"
verified 2 dist/SHA256SUMS
say "  passed: the same; one changed file, which it names; half a file; another name; a commit that is not there; a list of sums, which is no package"
