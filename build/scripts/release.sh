#!/bin/sh
# Makes the folder dist/release/VERSION, which can be published, from a tag: "release.sh v1.0.0". It builds in a clean clone of the tag, never in this tree.
# Called by make release TAG=v1.0.0. By environment:
#   SIGN_…, RELEASE_MINISIGN_…, RELEASE_GPG_…   the keys, as dist-sign.sh, dist-sums.sh and dist-repo.sh say. Without one of them it ends, unless
#   UNSIGNED=1                                  asks for a release with what is missing left out; such a release is for tests
#   RELEASE_FROM                                a folder with the disk image that a Mac has made of the same tag
#   RELEASE_AUDIT                               "incomplete" goes on where audit.sh could not ask everything; "no" leaves it out, for tests
#   RELEASE_OUT                                 another folder than dist/release
# A folder that is there is never changed. The same tag, keys and disk image give the same bytes, but for signatures for Windows, which hold a time.
. "$(dirname "$0")/common.sh"
TAG=${1:-}
[ -n "$TAG" ] || fail "Name the tag: make release TAG=v1.0.0"
RELEASE_OUT=${RELEASE_OUT:-$ROOT/dist/release}
UNSIGNED=${UNSIGNED:-}
RELEASE_VERSION=${TAG#v}
[ "$TAG" != "$RELEASE_VERSION" ] || fail "A tag is v and the version: $TAG is not."
printf '%s' "$RELEASE_VERSION" | grep -qxE '[0-9]+\.[0-9]+\.[0-9]+' || fail "A version is three numbers, as 1.0.0: $RELEASE_VERSION is not."
OUT="$RELEASE_OUT/$RELEASE_VERSION"

in_repository() { git -c safe.directory="$ROOT" "$@"; }
at_tag() { in_repository show "refs/tags/$TAG:$1"; }

# section NAME: the part of the changelog at the tag that has this in brackets, without its heading.
section() { at_tag CHANGELOG.md | awk -v name="[$1]" '/^## /{ inside = index($0, "## " name) == 1; next } inside' | sed -e '/./,$!d'; }

# FILES are the variables that name files and folders.
FILES="SIGN_PFX SIGN_CERT SIGN_KEY SIGN_PASSWORD_FILE SIGN_CA SIGN_TSA_CA RELEASE_MINISIGN_KEY RELEASE_MINISIGN_PASSWORD_FILE RELEASE_GPG_HOME
	RELEASE_GPG_PASSWORD_FILE RELEASE_FROM REPO_EARLIER RELEASE_MINISIGN_PUBLIC_KEY"

# given ends where something that is needed at the end is not there, and makes each path a whole one: the scripts of the clone run in another folder.
given() {
	for name in $FILES; do
		eval "path=\${$name:-}"
		[ -n "$path" ] || continue
		[ -e "$path" ] || fail "$name names nothing that is there: $path"
		path=$(realpath -s "$path")
		export "$name=$path"
	done
	[ ! -d "${VULN_DB:-}" ] || VULN_DB=$(realpath -s "$VULN_DB")
	[ -z "${AUDIT_OUT:-}" ] || AUDIT_OUT=$(realpath -s "$AUDIT_OUT")
}

# checks ends where the tag, what it names, or a key is not fit for a release.
checks() {
	[ ! -e "$OUT" ] || fail "$OUT is there. A release is never changed: raise the version, or remove the folder if nobody has it yet."
	in_repository rev-parse -q --verify "refs/tags/$TAG^{commit}" >/dev/null || fail "There is no tag $TAG here: git tag -s $TAG, or git fetch --tags."
	named=$(at_tag assets/FyneApp.toml | sed -n 's/^Version = "\(.*\)"$/\1/p')
	[ "$named" = "$RELEASE_VERSION" ] || fail "assets/FyneApp.toml at $TAG has version $named: set Version, raise Build, commit, and tag that commit."
	at_tag CHANGELOG.md | grep -qxE "## \[$RELEASE_VERSION\] - [0-9]{4}-[0-9]{2}-[0-9]{2}" || fail "CHANGELOG.md at $TAG has no closed section: write \"## [$RELEASE_VERSION] - YYYY-MM-DD\" over its changes, commit, and tag that commit."
	[ -n "$(section "$RELEASE_VERSION")" ] || fail "The section of $RELEASE_VERSION in CHANGELOG.md is empty: write what changed."
	! section Unreleased | grep -q '^- ' || fail "CHANGELOG.md at $TAG has changes under [Unreleased]: move them to $RELEASE_VERSION, commit, and tag that commit."
	[ -n "$UNSIGNED" ] || keys
	given
}

keys() {
	without="Give it, or UNSIGNED=1 for a release that is only a test."
	[ -n "${SIGN_PFX:-}${SIGN_PFX_BASE64:-}${SIGN_CERT:-}${SIGN_COMMAND:-}" ] || fail "There is no certificate for Windows (SIGN_PFX, SIGN_CERT or SIGN_COMMAND). $without"
	[ -n "${SIGN_TIMESTAMP_URL:-}${SIGN_COMMAND:-}" ] || fail "Without SIGN_TIMESTAMP_URL the signatures end with the certificate. $without"
	[ -n "${RELEASE_MINISIGN_KEY:-}" ] || fail "There is no key for SHA256SUMS (RELEASE_MINISIGN_KEY). $without"
	[ -n "${RELEASE_GPG_KEY:-}" ] || fail "There is no key for the repositories (RELEASE_GPG_KEY). $without"
	ls "${RELEASE_FROM:-/nonexistent}"/*-"$RELEASE_VERSION"-macos.dmg >/dev/null 2>&1 || fail "There is no signed, notarized disk image of $RELEASE_VERSION in RELEASE_FROM: make dist-macos on a Mac, and copy it here. $without"
}

# clone: the tag, and nothing that lies about in this tree. The scripts of the clone build, so that they are those of the tag, too.
clone() {
	git -c safe.directory="$ROOT/.git" -c safe.directory="$ROOT" -c advice.detachedHead=false clone -q --no-hardlinks --branch "$TAG" "file://$ROOT" "$CLONE" || fail "The tag could not be cloned."
	[ -z "$(git -C "$CLONE" status --porcelain)" ] || fail "The clone of $TAG is not clean: a filter or line ending of git changes files."
}

audited() {
	[ "${RELEASE_AUDIT:-}" != no ] || return 0
	code=0
	sh "$CLONE/build/scripts/audit.sh" || code=$?
	case "$code" in
	0) ;;
	3) [ "${RELEASE_AUDIT:-}" = incomplete ] || fail "The audit could not ask everything: make that possible, or set RELEASE_AUDIT=incomplete." ;;
	*) fail "The audit found something. Nothing was released." ;;
	esac
}

# built: everything that dist.sh makes, with the disk image of a Mac among it.
built() {
	sh "$CLONE/build/scripts/dist.sh" >&2
	if [ -n "${RELEASE_FROM:-}" ]; then
		cp -p "$RELEASE_FROM"/*-"$RELEASE_VERSION"-macos*.dmg "$CLONE/dist/" || fail "RELEASE_FROM has no disk image of $RELEASE_VERSION: $RELEASE_FROM"
		sh "$CLONE/build/scripts/dist-manifests.sh"
	fi
	printf '%s\n' "$(section "$RELEASE_VERSION")" >"$CLONE/dist/RELEASE_NOTES.md"
	sh "$CLONE/build/scripts/dist-finish.sh"
	[ -n "$UNSIGNED" ] || [ -z "$(find "$CLONE/dist" -maxdepth 1 -name '*-unsigned*' -o -maxdepth 1 -name '*-not-notarized*')" ] || fail "Something is unsigned. Nothing was released."
	[ -z "${RELEASE_GPG_KEY:-}" ] || REPO_OUT="$CLONE/dist/repo" sh "$CLONE/build/scripts/dist-repo.sh"
	[ -z "$(git -C "$CLONE" status --porcelain)" ] || fail "The build changed what the tag has: $(git -C "$CLONE" status --porcelain)"
}

# publish takes what is for partners, in one step, with times that say nothing of this computer.
publish() {
	mkdir -p "$RELEASE_OUT"
	NEW=$(mktemp -d "$RELEASE_OUT/.new.XXXXXX")
	for entry in "$CLONE"/dist/*; do
		case "$(basename "$entry")" in programs | work | tested) ;; *) cp -R "$entry" "$NEW/" ;; esac
	done
	(cd "$NEW" && sha256sum --quiet -c SHA256SUMS) || fail "SHA256SUMS does not fit the files."
	find "$NEW" -exec touch -h -d "@$(git -C "$CLONE" log -1 --format=%ct)" {} +
	find "$NEW" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
	[ ! -e "$OUT" ] || fail "$OUT is there now. Another release of this version has just been made."
	mv -T "$NEW" "$OUT"
	NEW=
}

need git jq
checks
T=$(mktemp -d /tmp/pcc-release.XXXXXX)
CLONE="$T/src"
NEW=
trap 'rm -rf "$T"; [ -z "$NEW" ] || rm -rf "$NEW"' EXIT
trap 'exit 130' INT TERM
clone
audited
built
publish
cat "$OUT/PACKAGES.md" >&2
say "Ready to be published: $OUT"
