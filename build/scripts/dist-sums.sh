#!/bin/sh
# Writes dist/SHA256SUMS of everything in dist/. Called by dist-finish.sh and dist-macos.sh. Where a key is given, it signs it as SHA256SUMS.minisig
# and verifies that at once, with minisign. By environment:
#   RELEASE_MINISIGN_KEY             the secret key, as "minisign -G" makes it
#   RELEASE_MINISIGN_PASSWORD_FILE   a file whose first line is the key's password; without it minisign asks, on a terminal
#   RELEASE_MINISIGN_PUBLIC_KEY      the public key that partners have; a signature of another key is refused. Without it, that of the secret key
. "$(dirname "$0")/dist-common.sh"
SUM="sha256sum"
command -v sha256sum >/dev/null || SUM="shasum -a 256"

sums() { (cd "$DIST" && rm -f SHA256SUMS SHA256SUMS.minisig && { find ./* -prune -type f; [ ! -d manifests ] || find ./manifests -type f; } | sed 's|^\./||' | LC_ALL=C sort | xargs $SUM >.sums && mv .sums SHA256SUMS); }

# with_password COMMAND…: minisign reads the password from standard input, so that it is in no command line and no variable.
with_password() {
	if [ -n "${RELEASE_MINISIGN_PASSWORD_FILE:-}" ]; then
		limited 300 "$@" <"$RELEASE_MINISIGN_PASSWORD_FILE" >/dev/null 2>"$SCRATCH/minisign.log"
	else
		# With nobody there, an empty password: a key without one needs none.
		if [ -t 0 ]; then "$@"; else limited 300 "$@" </dev/null >/dev/null 2>"$SCRATCH/minisign.log"; fi
	fi
}

# refuse SENTENCE: no signature stays that partners could not verify.
refuse() {
	rm -f "$DIST/SHA256SUMS.minisig"
	[ ! -f "$SCRATCH/minisign.log" ] || cat "$SCRATCH/minisign.log" >&2
	fail "$1"
}

sign_sums() {
	command -v minisign >/dev/null || need minisign
	[ -f "$RELEASE_MINISIGN_KEY" ] || refuse "RELEASE_MINISIGN_KEY is no file: $RELEASE_MINISIGN_KEY"
	[ -z "${RELEASE_MINISIGN_PASSWORD_FILE:-}" ] || [ -f "$RELEASE_MINISIGN_PASSWORD_FILE" ] || refuse "RELEASE_MINISIGN_PASSWORD_FILE is no file: $RELEASE_MINISIGN_PASSWORD_FILE"
	# The comment is signed too. It names no time, so that the same sums have the same signature.
	with_password minisign -S -s "$RELEASE_MINISIGN_KEY" -m "$DIST/SHA256SUMS" -x "$DIST/SHA256SUMS.minisig" \
		-c "SHA256SUMS of $NAME $VERSION" -t "$NAME $VERSION, build $BUILD${COMMIT:+, commit $COMMIT}" ||
		refuse "minisign did not sign: is the password of $RELEASE_MINISIGN_KEY in RELEASE_MINISIGN_PASSWORD_FILE?"
	public=${RELEASE_MINISIGN_PUBLIC_KEY:-}
	if [ -z "$public" ]; then
		public="$SCRATCH/minisign.pub"
		with_password minisign -R -s "$RELEASE_MINISIGN_KEY" -p "$public" || refuse "minisign did not read the public key from $RELEASE_MINISIGN_KEY."
	fi
	limited 60 minisign -V -q -m "$DIST/SHA256SUMS" -p "$public" 2>"$SCRATCH/minisign.log" || refuse "The signature does not verify with the public key $public: RELEASE_MINISIGN_KEY is that of another one."
	say "SHA256SUMS is signed."
}

SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/pcc-sums.XXXXXX")
trap 'rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
sums
[ -z "${RELEASE_MINISIGN_KEY:-}" ] || sign_sums
