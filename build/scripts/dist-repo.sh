#!/bin/sh
# Makes a repository for APT and one for DNF from the .deb and .rpm packages of dist/, into dist/repo/apt and dist/repo/rpm, signed by a
# GPG key. By environment:
#   RELEASE_GPG_KEY             the key that signs, by its fingerprint or address
#   RELEASE_GPG_HOME            the folder of its keyring; that of gpg by default
#   RELEASE_GPG_PASSWORD_FILE   a file with its password, where it has one and no agent knows it
#   REPO_URL                    where the folder will be on the web; by default the project's pages on GitHub
#   REPO_EARLIER                a folder with packages of earlier versions, which are to stay
#   REPO_OUT                    another folder than dist/repo
# "dist-repo.sh --unsigned" makes both without a signature, for somebody who signs them elsewhere. APT and DNF refuse them as they are.
. "$(dirname "$0")/dist-common.sh"
UNSIGNED=
case "${1:-}" in
'') ;;
--unsigned) UNSIGNED=1 ;;
*) fail "dist-repo.sh [--unsigned]" ;;
esac
need apt-utils createrepo-c rpm gnupg gzip xz-utils
OUT="${REPO_OUT:-$DIST/repo}"
NEW="$OUT.new"
APT="$NEW/apt"
RPM="$NEW/rpm"
KEYS=$(mktemp -d)
trap 'rm -rf "$NEW" "$KEYS"' EXIT
trap 'exit 130' INT TERM

# gpg_ours ARGUMENT…: gpg with the keyring and the password that were given.
gpg_ours() {
	[ -z "${RELEASE_GPG_PASSWORD_FILE:-}" ] || set -- --pinentry-mode loopback --passphrase-file "$RELEASE_GPG_PASSWORD_FILE" "$@"
	[ -z "${RELEASE_GPG_HOME:-}" ] || set -- --homedir "$RELEASE_GPG_HOME" "$@"
	limited 120 gpg --batch --no-tty --yes "$@"
}

# key finds the key and writes its public half, which the packages are verified with below as partners do.
key() {
	[ -n "${RELEASE_GPG_KEY:-}" ] || fail "RELEASE_GPG_KEY names no key. Set it to the key that signs the repositories, or give --unsigned."
	gpg_ours --with-colons --list-secret-keys "$RELEASE_GPG_KEY" >"$KEYS/list" 2>/dev/null ||
		fail "There is no secret key $RELEASE_GPG_KEY in ${RELEASE_GPG_HOME:-the keyring of gpg}: import it, or correct RELEASE_GPG_KEY and RELEASE_GPG_HOME."
	! grep -q '^sec:[er]:' "$KEYS/list" || fail "The key $RELEASE_GPG_KEY has expired or was revoked: extend it, or sign with another one."
	FINGERPRINT=$(awk -F: '$1 == "fpr" { print $10; exit }' "$KEYS/list")
	# Signatures have the time of the commit, so that the same key gives the same repositories; gpg refuses a time before that of the key.
	SIGNED_AT=$(awk -F: -v at="$SOURCE_DATE_EPOCH" '$1 ~ /^(sec|ssb)$/ && $6 > at { at = $6 } END { print at }' "$KEYS/list")
	gpg_ours --armor --export "$FINGERPRINT" >"$KEYS/public.asc"
	gpg --batch --no-tty --homedir "$KEYS" --dearmor <"$KEYS/public.asc" >"$KEYS/public.gpg"
}

# signature FILE TARGET KIND: --clear-sign or --detach-sign, verified at once.
signature() {
	gpg_ours --quiet --faked-system-time "$SIGNED_AT!" --local-user "$FINGERPRINT" --digest-algo SHA512 --armor --output "$2" "$3" "$1" 2>"$KEYS/log" || { cat "$KEYS/log" >&2; fail "Not signed: ${1#"$NEW"/}"; }
	set -- "$1" "$2" "$3"
	case "$3" in
	--clear-sign) gpgv --quiet --keyring "$KEYS/public.gpg" "$2" 2>"$KEYS/log" ;;
	*) gpgv --quiet --keyring "$KEYS/public.gpg" "$2" "$1" 2>"$KEYS/log" ;;
	esac || { cat "$KEYS/log" >&2; fail "The signature does not verify: ${2#"$NEW"/}"; }
}

# packages KIND FOLDER: copies those of this release and the earlier ones, with the time of the commit.
packages() {
	mkdir -p "$2"
	for folder in ${REPO_EARLIER:+"$REPO_EARLIER"} "$DIST"; do
		find "$folder" -maxdepth 1 -type f -name "*.$1" -exec cp {} "$2/" \;
	done
	[ -n "$(find "$2" -name "*.$1")" ] || fail "$DIST has no .$1: make dist first."
}

# index FOLDER ARCH: APT's list of packages, compressed too, each also under the name of its sum. So a list that is replaced while somebody
# reads stays whole.
index() {
	mkdir -p "$1"
	for deb in "$APT"/pool/main/*.deb; do
		[ "$(dpkg-deb -f "$deb" Architecture)" != "$2" ] || (cd "$APT" && apt-ftparchive -o APT::FTPArchive::AlwaysStat=true packages "pool/main/$(basename "$deb")")
	done >"$1/Packages"
	gzip -9nk "$1/Packages"
	xz -9k -T1 "$1/Packages"
	mkdir -p "$1/by-hash/SHA256"
	for file in "$1"/Packages*; do
		sum=$(sha256sum "$file")
		cp "$file" "$1/by-hash/SHA256/${sum%% *}"
	done
}

# release SUITE: the file that vouches for the lists.
release() {
	cat <<-HEAD
		Origin: Partner Center Connector
		Label: Partner Center Connector
		Suite: stable
		Codename: stable
		Date: $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
		Acquire-By-Hash: yes
		Architectures: $ARCHITECTURES
		Components: main
		Description: Wizard for the consents of the Microsoft Partner Center API
		SHA256:
	HEAD
	(cd "$1" && find . -type f -name 'Packages*' | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do
		sum=$(sha256sum "$file")
		printf ' %s %s %s\n' "${sum%% *}" "$(stat -c %s "$file")" "$file"
	done)
}

apt_repository() {
	packages deb "$APT/pool/main"
	ARCHITECTURES=$(for deb in "$APT"/pool/main/*.deb; do dpkg-deb -f "$deb" Architecture; done | LC_ALL=C sort -u | tr '\n' ' ' | sed 's/ $//')
	suite="$APT/dists/stable"
	for arch in $ARCHITECTURES; do index "$suite/main/binary-$arch" "$arch"; done
	release "$suite" >"$NEW/Release"
	mv "$NEW/Release" "$suite/Release"
	[ -z "$UNSIGNED" ] || return 0
	signature "$suite/Release" "$suite/InRelease" --clear-sign
	signature "$suite/Release" "$suite/Release.gpg" --detach-sign
	sed -e 's/^$/./' -e 's/^/ /' "$KEYS/public.asc" >"$KEYS/inline"
	fill build/packaging/repo/$NAME.sources "$KEYS/sources" "URL=$REPO_URL"
	sed -e "/^@KEY@$/{r $KEYS/inline" -e 'd;}' "$KEYS/sources" >"$APT/$NAME.sources"
}

# sign_packages: rpm asks gpg by itself, so that it gets the keyring and the password by its own names for them.
sign_packages() {
	extra=
	if [ -n "${RELEASE_GPG_PASSWORD_FILE:-}" ]; then
		# rpm takes these apart at spaces, which a path may have.
		ln -s "$(realpath "$RELEASE_GPG_PASSWORD_FILE")" "$KEYS/password"
		extra="--pinentry-mode loopback --passphrase-file $KEYS/password"
	fi
	# Debian's rpm has no path of gpg.
	set -- --define "__gpg $(command -v gpg)" --define "_gpg_name $FINGERPRINT" --define "_gpg_digest_algo sha512" --define "_gpg_sign_cmd_extra_args --batch --no-tty --faked-system-time $SIGNED_AT! $extra"
	[ -z "${RELEASE_GPG_HOME:-}" ] || set -- "$@" --define "_gpg_path $RELEASE_GPG_HOME"
	mkdir "$KEYS/rpm"
	rpmkeys --dbpath "$KEYS/rpm" --import "$KEYS/public.asc"
	for rpm in "$RPM"/*.rpm; do
		limited 300 rpmsign "$@" --addsign "$rpm" >"$KEYS/log" 2>&1 || { cat "$KEYS/log" >&2; fail "Not signed: $(basename "$rpm")"; }
		verdict=$(rpmkeys --dbpath "$KEYS/rpm" --checksig "$rpm") || fail "The signature does not verify: $verdict"
		case "$verdict" in *'signatures OK') ;; *) fail "This package has no signature: $verdict" ;; esac
	done
}

rpm_repository() {
	packages rpm "$RPM"
	[ -n "$UNSIGNED" ] || sign_packages
	find "$RPM" -name '*.rpm' -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	createrepo_c --quiet --no-database --general-compress-type=gz --revision "$SOURCE_DATE_EPOCH" --set-timestamp-to-revision "$RPM"
	[ -z "$UNSIGNED" ] || return 0
	signature "$RPM/repodata/repomd.xml" "$RPM/repodata/repomd.xml.asc" --detach-sign
	cp "$KEYS/public.asc" "$RPM/RPM-GPG-KEY-$NAME"
	fill build/packaging/repo/$NAME.repo "$RPM/$NAME.repo" "URL=$REPO_URL"
}

# pages: where GitHub shows a project's own pages: https://OWNER.github.io/NAME for https://github.com/OWNER/NAME.
pages() { sed -n 's|^Website = "https://github.com/\([^/]*\)/\(.*\)"$|https://\1.github.io/\2|p' assets/FyneApp.toml; }
REPO_URL=${REPO_URL:-$(pages)}
REPO_URL=${REPO_URL%/}
case "$REPO_URL" in
*[!A-Za-z0-9._~:/%-]*) fail "REPO_URL has a character that no plain address has: $REPO_URL" ;;
https://?* | http://127.0.0.1:*) ;;
*) fail "REPO_URL must begin with https://: $REPO_URL" ;;
esac

rm -rf "$NEW"
[ -n "$UNSIGNED" ] || key
apt_repository
rpm_repository
rm -rf "$OUT"
mv "$NEW" "$OUT"
[ -z "$UNSIGNED" ] || say "Neither repository is signed: APT and DNF refuse them until somebody signs dists/stable/Release and repodata/repomd.xml."
say "Repositories for $REPO_URL in $OUT."
