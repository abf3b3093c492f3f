#!/bin/sh
# Builds every package once more: in another folder with a longer name, by another account (as root: a throw-away one) with a build cache that has nothing
# of the account which built dist/, in another time zone, with other file modes and another language. All must have the bytes of those in dist/. Called by
# test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/rebuild.sh
LONG="another-folder/whose-name-is-longer-than-that-of-the-first-one"

# again FOLDER TIME COMMIT: builds, in the copy that is there.
again() {
	cd "$1"
	umask 077
	chmod -R go-rwx .
	limited 1500 env TZ=Pacific/Chatham LC_ALL=C.UTF-8 LANG=de_DE.UTF-8 GOFLAGS= GZIP= XZ_OPT=-0 TAR_OPTIONS=--owner=nobody \
		SOURCE_DATE_EPOCH="$2" DIST_COMMIT="$3" sh build/scripts/dist.sh
}

if [ "${1:-}" = again ]; then
	again "$HOME/$LONG" "$2" "$3"
	exit 0
fi
need $DIST_PACKAGES $REBUILD_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM

# build_again leaves the packages in $T/dist.
build_again() {
	if [ "$(id -u)" != 0 ]; then
		mkdir -p "$T/home/$(dirname "$LONG")"
		copy_checkout "$T/home/$LONG"
		HOME="$T/home" GOCACHE="$T/home/go-cache" GOMODCACHE="$(go env GOMODCACHE)" sh "$0" again "$SOURCE_DATE_EPOCH" "${DIST_COMMIT:-}"
		mv "$T/home/$LONG/dist" "$T/dist"
		return
	fi
	bring_along() {
		mkdir -p "$home/$(dirname "$LONG")"
		copy_checkout "$home/$LONG"
	}
	take_back() { [ ! -d "$home/$LONG/dist" ] || cp -r "$home/$LONG/dist" "$T/dist"; }
	(OWN_CACHE=dist; become_user build/scripts/test-dist-same.sh again "$SOURCE_DATE_EPOCH" "${DIST_COMMIT:-}")
}

say "The same packages, built once more elsewhere by somebody else:"
build_again
[ -f "$T/dist/SHA256SUMS" ] || fail "Nothing was built."
count=0
status=0
for file in $(cd dist && find . -type f ! -path './tested/*' ! -path './repo/*' ! -path './release/*' ! -name '*.minisig' | LC_ALL=C sort); do
	file=${file#./}
	count=$((count + 1))
	mkdir -p "$T/parts/$count"
	if [ ! -f "$T/dist/$file" ]; then
		say "  Not built again: $file"
		status=1
	elif ! same_package "dist/$file" "$T/dist/$file" "$T/parts/$count"; then
		status=1
	fi
	rm -rf "$T/parts"
done
[ "$count" -gt 10 ] || fail "dist/ has only $count files."
[ "$status" = 0 ] || fail "The packages differ."
say "  passed: $count files, identical"

# verified CODE FILE: what verify-dist.sh says of a file.
verified() {
	code=0
	sh build/scripts/verify-dist.sh "$2" >"$T/said" 2>&1 || code=$?
	[ "$code" = "$1" ] || fail "verify-dist.sh ended with $code instead of $1 for $2: $(cat "$T/said")"
}

say "verify-dist.sh:"
archive="pcc-$VERSION-macos-arm64.tar.gz"
verified 0 "dist/$archive"
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
verified 0 "dist/$NAME-$VERSION-policies.zip"
verified 2 dist/SHA256SUMS
say "  passed: the same; one changed file, which it names; half a file; another name; a commit that is not there; a list of sums, which is no package"
