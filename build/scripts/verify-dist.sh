#!/bin/sh
# verify-dist.sh FILE: builds a package once more and compares it with the file, to the byte. It builds from the commit that COMMIT names, or that
# provenance.json beside the file or a program in it names; from the tree as it is where nothing does. Exit codes: 0 the same, 1 it differs,
# 2 it can't be compared; the message says what to do. "make" turns both into 2.
# A file that is signed for Windows: its signatures are taken from it and put into what is built here. By environment:
#   SIGN_CA   roots to verify them against; the system's by default
FROM=$(pwd)
GIVEN_COMMIT=${COMMIT:-}
GIVEN_TIME=${SOURCE_DATE_EPOCH:-}
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/rebuild.sh

# impossible WHAT: it can't be compared.
impossible() { say "$*"; exit 2; }

differs() {
	say "$PACKAGE differs: $*"
	exit 1
}

[ -n "${1:-}" ] || impossible "Name the package: make verify-dist FILE=dist/NAME, or verify-dist.sh FILE"
cd "$FROM"
[ -f "$1" ] || impossible "There is no such file: $1"
FILE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$ROOT"
PACKAGE=$(basename "$FILE")

# What of the packages is to be built. The name says it, so a renamed package has to get its name back.
case "$PACKAGE" in
*.dmg) impossible "A disk image can't be compared: it is signed on a Mac, and Apple's tools note times in it. Compare pcc-…-macos-….tar.gz." ;;
*.deb | *.rpm | *-linux-*.tar.[gx]z) PART=linux ;;
*-windows-*.exe | *-windows-*.msi | *-windows-*.zip) PART=windows ;;
pcc-*-macos-*.tar.gz) PART=macos ;;
$NAME-*-policies.zip) PART=policies ;;
*.cdx.json) PART=all ;;
provenance.json | SHA256SUMS | PACKAGES.md) impossible "$PACKAGE lists the files of a release, and has their sums, those of signed files too. Verify those files, and compare their sums: sha256sum -c SHA256SUMS" ;;
*) impossible "$PACKAGE is no name of a package that make dist builds. Give the file the name under which it was published." ;;
esac
need $DIST_PACKAGES $REBUILD_PACKAGES jq
T=$(mktemp -d "${TMPDIR:-/tmp}/pcc-verify.XXXXXX")
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM
unpack "$FILE" "$T/given" >/dev/null 2>&1 || differs "it can't be unpacked. It is damaged, or no package."

# programs: those in the package. Debian's control files and tables are none.
programs() { find "$T/given" -type f \( -name pcc -o -name pcc.exe -o -name "$NAME" -o -name "$NAME.exe" \) ! -path '*/bash-completion/*'; }

# noted KEY: what a program in the package says of its build.
noted() { programs | while read -r program; do go version -m "$program" 2>/dev/null | sed -n "s/^\tbuild\t$1=//p"; done | head -n 1; }

# wanted_commit: the commit that the package was built from, how its programs note it, and whether its tree had other changes.
wanted_commit() {
	WANTED=$(noted vcs.revision)
	CHANGED=$(noted vcs.modified)
	KIND=folder
	if [ -z "$WANTED" ]; then
		# Without git's own note, the linker has put "COMMIT,MODIFIED,TIME" into a program.
		note=$(programs | while read -r program; do grep -a -o -E '[0-9a-f]{40},(true|false)?,([0-9-]{10}T[0-9:]{8}Z)?' "$program" || true; done | head -n 1)
		WANTED=${note%%,*}
		CHANGED=$(printf %s "$note" | cut -d, -f2)
		KIND=file
		[ -n "$CHANGED" ] || KIND=none
	fi
	if [ -z "$WANTED" ] && [ -f "$(dirname "$FILE")/provenance.json" ]; then
		WANTED=$(jq -r '[.predicate.buildDefinition.resolvedDependencies[]?.digest.gitCommit // empty][0] // empty' "$(dirname "$FILE")/provenance.json" 2>/dev/null || true)
		KIND=$(own_kind)
	fi
	[ -z "$GIVEN_COMMIT" ] || [ "$GIVEN_COMMIT" = "$WANTED" ] || CHANGED=false
	WANTED=${GIVEN_COMMIT:-$WANTED}
}

# checkout makes the copy to build in, at $T/tree, and sets the time of its packages.
checkout() {
	wanted_commit
	head=$(own_commit || true)
	if [ -z "$WANTED" ] || { [ "$WANTED" = "$head" ] && [ "$CHANGED" = true ]; }; then
		say "It is built from this tree as it is."
		copy_checkout "$T/tree"
		TIME=$SOURCE_DATE_EPOCH
		return
	fi
	[ -n "$head" ] || impossible "$PACKAGE was built from commit $WANTED, and this tree has no .git to take that commit from: clone the repository, and verify the file there."
	git_here cat-file -e "$WANTED^{commit}" 2>/dev/null || impossible "$PACKAGE was built from commit $WANTED, which is not in this repository: git fetch --tags, then try again."
	[ "$CHANGED" != true ] || impossible "$PACKAGE was built from commit $WANTED with changes that were not committed. Only who built it has them; ask for a package of a commit."
	WANTED=$(git_here rev-parse "$WANTED^{commit}")
	say "It is built from commit $WANTED."
	copy_commit "$T/tree" "$WANTED" "$KIND"
	TIME=${GIVEN_TIME:-$(git_here log -1 --format=%ct "$WANTED")}
	[ "$KIND" != none ] || export DIST_COMMIT="$WANTED"
}

# same_go: another Go makes other programs.
same_go() {
	given=$(programs | head -n 1 | xargs -r go version 2>/dev/null | sed 's/^.*: //')
	[ -z "$given" ] || [ "$given" = "$(go env GOVERSION)" ] || impossible "$PACKAGE was built by $given, and here is $(go env GOVERSION): install that Go, or set GOTOOLCHAIN=$given."
}

# built COMMAND…: runs it in the copy as nobody's account with a certificate.
built() {
	(
		cd "$T/tree" || exit
		[ "$KIND" = none ] || unset DIST_COMMIT
		unset SIGN_PFX SIGN_PFX_BASE64 SIGN_CERT SIGN_KEY SIGN_COMMAND SIGN_TIMESTAMP_URL SOURCE_DATE_EPOCH DIST_OUT DIST_VERSION
		# What Go has compiled already it does not compile again, if the wrappers of the compiler stay where they were.
		export PCC_WRAPPERS="$WRAPPERS"
		export SOURCE_DATE_EPOCH="$TIME"
		[ -z "${SIGNATURES:-}" ] || export SIGN_COMMAND="sh $ROOT/build/scripts/dist-graft.sh $SIGNATURES"
		limited 3000 "$@" >"$T/log" 2>&1
	)
}

# rebuilt PATH: it has been built.
rebuilt() {
	[ -f "$T/tree/dist/$1" ] || impossible "What was built here has no $1, but: $(cd "$T/tree/dist" && echo ./*). The file is of another version, or has another name: COMMIT=… names the commit that it was built from."
}

compare_unsigned() {
	rebuilt "$PACKAGE"
	same_package "$FILE" "$T/tree/dist/$PACKAGE" "$T/parts" || exit 1
	say "The same: $PACKAGE has the bytes that were built here, SHA-256 $(sha256sum <"$FILE" | cut -c1-64)."
}

# take_signature FILE: keeps the signature of a signed file. One that does not fit the file was changed after it was signed.
take_signature() {
	name=$(basename "$1")
	osslsigncode extract-signature -in "$1" -out "$SIGNATURES/$name" >/dev/null 2>&1 || differs "$name has no signature, and its name does not say so."
	osslsigncode verify -CAfile "$SIGN_CA" -TSA-CAfile "${SIGN_TSA_CA:-$SIGN_CA}" -in "$1" >"$T/verified" 2>&1 && return
	! grep -q MISMATCH "$T/verified" || differs "$name was changed after it was signed."
	impossible "The signature of $name is of no publisher who is known here. Set SIGN_CA to the roots of the publisher's certificate, as a PEM file: $(grep -m 1 '^[[:space:]]*Error' "$T/verified" | sed 's/^[[:space:]]*//')"
}

# compare_signed STEP: the package is built with the signatures that the file has, which the certificate is not needed for.
compare_signed() {
	export SIGN_CA="${SIGN_CA:-/etc/ssl/certs/ca-certificates.crt}"
	find "$T/given" -type f \( -name "$NAME.exe" -o -name pcc.exe -o -name uninstall.exe \) >"$T/signed"
	case "$PACKAGE" in *.zip) ;; *) printf '%s\n' "$FILE" >>"$T/signed" ;; esac
	SIGNATURES="$T/signatures"
	mkdir -p "$SIGNATURES"
	while read -r file; do take_signature "$file"; done <"$T/signed"
	for program in $NAME.exe pcc.exe; do same_program "$program"; done
	built sh build/scripts/dist-windows.sh "$1" || { cat "$T/log" >&2; differs "its signatures do not fit what is built here."; }
	compare_unsigned
	say "Its signatures were taken from it; they fit what was built here."
}

# same_program NAME: the program in the package is the one that was built here, with the signature that it has there.
same_program() {
	given=$(find "$T/given" -type f -name "$1")
	[ -n "$given" ] || return 0
	case "$PACKAGE" in *-arm64*) arch=arm64 ;; *) arch=amd64 ;; esac
	cp "$T/tree/dist/programs/windows-$arch/$1" "$T/$1"
	sh build/scripts/dist-graft.sh "$SIGNATURES" "$T/$1" 2>/dev/null && cmp -s "$given" "$T/$1" && return
	say "$PACKAGE differs: $1 in it is not the one that was built here."
	what_differs "$given" "$T/$1"
	exit 1
}

checkout
same_go
say "Building, which takes some minutes."
case "$PART" in policies) set -- dist-policies.sh ;; *) set -- dist.sh "$PART" ;; esac
built sh "build/scripts/$@" || { cat "$T/log" >&2; impossible "It could not be built; the lines above say why."; }
case "$PACKAGE" in
*-unsigned.exe | *-unsigned.msi | *-unsigned.zip) compare_unsigned ;;
*-setup.exe) compare_signed nsis ;;
*.msi) compare_signed msi ;;
*-portable.zip) compare_signed portable ;;
*-windows-arm64.zip) compare_signed terminal_arm64 ;;
*) compare_unsigned ;;
esac
