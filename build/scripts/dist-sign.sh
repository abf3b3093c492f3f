#!/bin/sh
# Signs Windows programs and installers. Sourced, it gives sign and verify; called with a file, it signs that one in place.
# The certificate, by environment:
#   SIGN_PFX or SIGN_PFX_BASE64              a PKCS 12 file, or its content in base64
#   SIGN_CERT and SIGN_KEY                   the certificate with its chain, and the key, as PEM files
#   SIGN_PASSWORD or SIGN_PASSWORD_FILE      the password of either, where it has one
#   SIGN_COMMAND                             instead of all these: a command that signs the file it is given, in place
#   SIGN_TIMESTAMP_URL                       an RFC 3161 time stamp server; without it there is no time stamp
#   SIGN_CA                                  roots to verify against; the system's by default
#   SIGN_TSA_CA                              roots of the time stamp server; SIGN_CA by default
# Without a certificate nothing is signed, and UNSIGNED, which goes into the file names, says so.
set -eu

UNSIGNED=
[ -n "${SIGN_PFX:-}${SIGN_PFX_BASE64:-}${SIGN_CERT:-}${SIGN_COMMAND:-}" ] || UNSIGNED=-unsigned

# sign SOURCE TARGET: signs a copy, and refuses to go on with a signature that does not verify.
sign() {
	if [ -n "$UNSIGNED" ]; then
		cp "$1" "$2"
		return
	fi
	if [ -n "${SIGN_COMMAND:-}" ]; then
		cp "$1" "$2"
		# Its words are the command's arguments.
		$SIGN_COMMAND "$2" || { echo "Not signed: $2" >&2; return 1; }
		verify "$2"
		return
	fi
	secrets=$(mktemp -d)
	(
		trap 'rm -rf "$secrets"' EXIT
		trap 'exit 130' INT TERM
		umask 077
		source=$1
		target=$2
		set -- -h sha256 -n "Partner Center Connector" -i "https://github.com/partnercenterconnector/partner-center-connector"
		if [ -n "${SIGN_PFX_BASE64:-}" ]; then
			printf '%s' "$SIGN_PFX_BASE64" | base64 -d >"$secrets/pfx"
			SIGN_PFX="$secrets/pfx"
		fi
		if [ -n "${SIGN_PFX:-}" ]; then set -- "$@" -pkcs12 "$SIGN_PFX"; else set -- "$@" -certs "$SIGN_CERT" -key "${SIGN_KEY:?SIGN_CERT needs SIGN_KEY}"; fi
		if [ -n "${SIGN_PASSWORD:-}" ]; then
			printf '%s' "$SIGN_PASSWORD" >"$secrets/password"
			SIGN_PASSWORD_FILE="$secrets/password"
		fi
		[ -z "${SIGN_PASSWORD_FILE:-}" ] || set -- "$@" -readpass "$SIGN_PASSWORD_FILE"
		[ -z "${SIGN_TIMESTAMP_URL:-}" ] || set -- "$@" -ts "$SIGN_TIMESTAMP_URL"
		case "$source" in *.msi) set -- "$@" -add-msi-dse ;; esac
		rm -f "$target"
		osslsigncode sign "$@" -in "$source" -out "$target" >"$secrets/log" 2>&1 || { cat "$secrets/log" >&2; echo "Not signed: $source" >&2; exit 1; }
	)
	verify "$2"
}

# verify FILE: fails for a file without a valid signature of a certificate that SIGN_CA knows.
verify() {
	roots=${SIGN_CA:-/etc/ssl/certs/ca-certificates.crt}
	set -- -CAfile "$roots" -in "$1"
	[ -z "${SIGN_TIMESTAMP_URL:-}" ] || set -- -TSA-CAfile "${SIGN_TSA_CA:-$roots}" "$@"
	report=$(osslsigncode verify "$@" 2>&1) || { printf '%s\n' "$report" >&2; echo "The signature does not verify: $*" >&2; return 1; }
}

case "$0" in
*dist-sign.sh)
	mv "$1" "$1.plain"
	sign "$1.plain" "$1"
	rm -f "$1.plain"
	;;
esac
