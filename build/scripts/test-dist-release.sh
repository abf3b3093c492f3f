#!/bin/sh
# Tests release.sh: in a clone of this tree with a tag made for it and with throw-away keys, from the refusals up to two releases with the same bytes. The
# second one is made elsewhere by somebody else: in another folder with a longer name, by another account (as root: a throw-away one) with a build cache
# that has nothing of the first, in another time zone, with other file modes and another language. So every package is built twice. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/rebuild.sh
TAG=v$VERSION
LONG="another-folder/whose-name-is-longer-than-that-of-the-first-one"
unset SOURCE_DATE_EPOCH DIST_COMMIT

# elsewhere: the second release, of the repository and with the keys that were copied to HOME.
elsewhere() {
	umask 077
	chmod -R go-rwx "$HOME/$LONG"
	limited 1500 env TZ=Pacific/Chatham LC_ALL=C.UTF-8 LANG=de_DE.UTF-8 GOFLAGS= GZIP= XZ_OPT=-0 TAR_OPTIONS=--owner=nobody RELEASE_AUDIT=no UNSIGNED=1 \
		RELEASE_OUT="$HOME/out" RELEASE_MINISIGN_KEY="$HOME/minisign.key" RELEASE_GPG_KEY=test@example.com RELEASE_GPG_HOME="$HOME/gpg" \
		sh "$HOME/$LONG/build/scripts/release.sh" "$TAG"
}

if [ "${1:-}" = elsewhere ]; then
	elsewhere
	exit 0
fi
need git jq minisign gnupg $DIST_PACKAGES $REBUILD_PACKAGES
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
export GNUPGHOME="$T/gpg"
trap 'gpgconf --kill all 2>/dev/null || true; remove "$T"' EXIT
trap 'exit 130' INT TERM

passed() { say "  passed: $*"; }
committed() { git -C "$T/repo" add -A && git -C "$T/repo" -c user.name=Test -c user.email=test@example.com -c commit.gpgsign=false commit -q -m "$1"; }
# tagged: the tag at what is now committed there.
tagged() { git -C "$T/repo" tag -f "$TAG" >/dev/null; }

# releases NAME=VALUE…: release.sh of the clone, into $T/out, on a computer whose name is nowhere else.
COMPUTER=host-of-the-release-test
releases() { unshare --uts sh -c 'hostname "$0" && exec "$@"' "$COMPUTER" env RELEASE_AUDIT=no RELEASE_OUT="$T/out" "$@" >"$T/said" 2>&1; }
RELEASE="sh $T/repo/build/scripts/release.sh"
# refuses TEXT COMMAND…: it ends with a sentence that has the text, and leaves no folder.
refuses() {
	text=$1
	shift
	! releases "$@" || fail "It made a release although it should say: $text"
	grep -q -F -- "$text" "$T/said" || fail "It does not say \"$text\": $(cat "$T/said")"
}

# repository: this tree as it is now, in a repository of its own.
repository() {
	mkdir -p "$T/repo"
	copy_tree "$T/repo"
	git -C "$T/repo" init -q -b main
	committed "as it is"
	printf 'stays out' >"$T/repo/not-committed"
}

# close writes the heading of the version over what the changelog has under [Unreleased].
close() {
	sed "s/^## \[Unreleased\]\$/## [Unreleased]\n\n## [$VERSION] - $DATE/" CHANGELOG.md >"$T/repo/CHANGELOG.md"
	rm -f "$T/repo/not-committed"
	committed "close the changelog"
	printf 'stays out' >"$T/repo/not-committed"
}

refusals() {
	refuses "There is no tag $TAG" UNSIGNED=1 $RELEASE "$TAG"
	tagged
	refuses "has no closed section" UNSIGNED=1 $RELEASE "$TAG"
	refuses "three numbers" UNSIGNED=1 $RELEASE v1
	refuses "A tag is v and the version" UNSIGNED=1 $RELEASE "$VERSION"
	git -C "$T/repo" tag v99.0.0
	refuses "has version $VERSION" UNSIGNED=1 $RELEASE v99.0.0
	close
	tagged
	refuses "There is no certificate for Windows" $RELEASE "$TAG"
	refuses "SIGN_TIMESTAMP_URL" SIGN_PFX=any $RELEASE "$TAG"
	refuses "RELEASE_MINISIGN_KEY" SIGN_COMMAND=true $RELEASE "$TAG"
	refuses "RELEASE_GPG_KEY" SIGN_COMMAND=true RELEASE_MINISIGN_KEY=any $RELEASE "$TAG"
	refuses "disk image" SIGN_COMMAND=true RELEASE_MINISIGN_KEY=any RELEASE_GPG_KEY=any $RELEASE "$TAG"
	refuses "RELEASE_MINISIGN_KEY names nothing" UNSIGNED=1 RELEASE_MINISIGN_KEY=nosuch.key $RELEASE "$TAG"
	[ ! -e "$T/out" ] || fail "A refusal leaves a folder: $(ls "$T/out")"
	passed "refused: no tag, another version, an open changelog, each missing key, a key that is not there"
}

keys() {
	mkdir -m 700 "$GNUPGHOME"
	limited 120 gpg --batch --quiet --passphrase '' --quick-gen-key "Test <test@example.com>" ed25519 sign never 2>/dev/null
	printf '\n\n' | limited 120 minisign -G -f -W -p "$T/minisign.pub" -s "$T/minisign.key" >/dev/null 2>&1
}

# release: with a path that is one from the repository, not from the clone that builds.
release() {
	releases UNSIGNED=1 RELEASE_MINISIGN_KEY=../minisign.key RELEASE_GPG_KEY=test@example.com RELEASE_GPG_HOME="$GNUPGHOME" $RELEASE "$TAG" || fail "No release: $(tail -n 30 "$T/said")"
}

examined() {
	out="$T/out/$VERSION"
	(cd "$out" && sha256sum --quiet -c SHA256SUMS) || fail "The sums do not fit."
	minisign -Vq -m "$out/SHA256SUMS" -p "$T/minisign.pub" || fail "The signature of the sums does not verify."
	[ ! -e "$out/not-committed" ] && [ ! -e "$out/programs" ] && [ ! -e "$out/work" ] || fail "Something is in the release that is not for partners: $(ls "$out")"
	cmp "$out/RELEASE_NOTES.md" - <<-NOTES || fail "The notes are not the section of the changelog."
		$(awk -v name="## [$VERSION]" '/^## /{ inside = index($0, name) == 1; next } inside' "$T/repo/CHANGELOG.md" | sed -e '/./,$!d')
	NOTES
	for pattern in '*-setup*.exe' '*.msi' '*-portable*.zip' 'pcc-*-windows-arm64*.zip' '*_amd64.deb' '*_arm64.deb' '*.x86_64.rpm' '*.aarch64.rpm' \
		'*-linux-amd64.tar.xz' '*-linux-arm64.tar.xz' 'pcc-*-linux-static-amd64.tar.gz' 'pcc-*-linux-static-arm64.tar.gz' 'pcc-*-macos-arm64.tar.gz' 'pcc-*-macos-amd64.tar.gz' '*-policies.zip' '*.cdx.json'; do
		for file in "$out"/$pattern; do
			[ -f "$file" ] || fail "The release has no $pattern"
			grep -q "^| $(basename "$file") | $(stat -c %s "$file") | .$(sha256sum <"$file" | cut -d' ' -f1)" "$out/PACKAGES.md" || fail "PACKAGES.md does not have $file as it is"
			jq -e --arg name "$(basename "$file")" 'any(.subject[]; .name == $name)' "$out/provenance.json" >/dev/null || fail "The provenance does not name $file"
		done
	done
	same "the commit of the provenance" "$(jq -r '.predicate.buildDefinition.resolvedDependencies[0].digest.gitCommit' "$out/provenance.json")" "$(git -C "$T/repo" rev-parse "$TAG^{commit}")"
	[ -d "$out/manifests/winget" ] && [ -f "$out/repo/apt/dists/stable/InRelease" ] && [ -f "$out/repo/rpm/repodata/repomd.xml.asc" ] || fail "Manifests or repositories are missing: $(ls "$out" "$out/repo")"
	named=$(grep -rlF -e "$T" -e "$COMPUTER" "$out" || true)
	[ -z "$named" ] || fail "These name this computer or a folder of it: $named"
	passed "packages, SBOMs, notes, table, provenance of the tag's commit, repositories, signed sums; nothing of this computer"
}
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }

# second: leaves the release that is made elsewhere in $T/second.
second() {
	gpgconf --kill all
	bring_along() {
		mkdir -p "$home/$(dirname "$LONG")"
		cp -R "$T/repo" "$home/$LONG"
		cp -R "$T/minisign.key" "$T/gpg" "$home/"
		rm -f "$home"/gpg/S.*
	}
	take_back() { [ ! -d "$home/out" ] || cp -R "$home/out" "$T/second"; }
	if [ "$(id -u)" = 0 ]; then
		(OWN_CACHE=dist; become_user build/scripts/test-dist-release.sh elsewhere)
		return
	fi
	home="$T/home"
	bring_along
	HOME="$home" GOCACHE="$home/go-cache" GOMODCACHE="$(go env GOMODCACHE)" sh "$0" elsewhere
	take_back
}

# again: the second release has the bytes of the first, and the first stays as it is.
again() {
	before=$(find "$T/out" -type f -exec sha256sum {} +)
	refuses "is there. A release is never changed" UNSIGNED=1 $RELEASE "$TAG"
	same "the folder after a refusal" "$(find "$T/out" -type f -exec sha256sum {} +)" "$before"
	second
	[ -f "$T/second/$VERSION/SHA256SUMS" ] || fail "There is no second release."
	compared
	passed "a folder that is there stays as it is; a second release, made elsewhere by somebody else, has the same bytes: $count files"
}

# compared says which files of the releases differ, and what in them does. It counts the files.
compared() {
	count=0
	diff -rq "$T/out/$VERSION" "$T/second/$VERSION" >&2 && status=0 || status=1
	for file in $(cd "$T/out/$VERSION" && find . -type f | LC_ALL=C sort); do
		count=$((count + 1))
		mkdir -p "$T/parts"
		[ ! -f "$T/second/$VERSION/$file" ] || same_package "$T/out/$VERSION/$file" "$T/second/$VERSION/$file" "$T/parts" || status=1
		rm -rf "$T/parts"
	done
	[ "$count" -gt 45 ] || fail "The release has only $count files."
	[ "$status" = 0 ] || fail "The second release is another one."
}

repository
refusals
keys
release
examined
again
say "The release is fine."
