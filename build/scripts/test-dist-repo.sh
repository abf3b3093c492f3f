#!/bin/sh
# Tests what dist-repo.sh makes of dist/, with a throw-away key: served on loopback, APT in a clean Debian (needs root) and DNF in a folder
# install and upgrade from the repositories, and refuse what was changed or signed by somebody else. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/clean-debian.sh
need apt-utils createrepo-c rpm gnupg dnf python3 curl
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
CLEAN="$T/clean"
OLD=0.0.1
SOURCES="$CLEAN/etc/apt/sources.list.d/$NAME.sources"
server=

passed() { say "  passed: $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }

# refused WORDS WHAT COMMAND…: the command fails, and says why.
refused() {
	words=$1
	what=$2
	shift 2
	! "$@" >"$T/refused" 2>&1 || fail "This was not refused: $what"
	grep -q -e "$words" "$T/refused" || fail "Refused for another reason, $what: $(cat "$T/refused")"
	passed "refuses $what"
}

end() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	for home in right wrong; do [ ! -d "$T/$home" ] || gpgconf --homedir "$T/$home" --kill all; done
	! mountpoint -q "$CLEAN/proc" || umount -l "$CLEAN/proc"
	remove "$T"
}
trap end EXIT
trap 'exit 130' INT TERM

# keys: the publisher's, with a password, and somebody else's of the same name.
keys() {
	printf 'throw-away\n' >"$T/password"
	for home in right wrong; do
		mkdir -m 700 "$T/$home"
		gpg --homedir "$T/$home" --batch --quiet --pinentry-mode loopback --passphrase-file "$T/password" \
			--quick-gen-key "Releases <releases@example.com>" rsa3072 sign 2d 2>"$T/gpg.log" || fail "gpg: $(cat "$T/gpg.log")"
	done
}

# expired: a key of yesterday that was for an hour.
expired() {
	gpg --homedir "$T/right" --batch --quiet --faked-system-time "$(($(date +%s) - 86400))" --passphrase '' \
		--quick-gen-key "Expired <expired@example.com>" rsa3072 sign seconds=3600 2>"$T/gpg.log" || fail "gpg: $(cat "$T/gpg.log")"
}

# serve: a server for the folder www on a free port of loopback.
serve() {
	mkdir "$T/www"
	/usr/bin/python3 -u -m http.server --bind 127.0.0.1 --directory "$T/www" 0 >"$T/server" 2>"$T/requests" &
	server=$!
	wait_until "the server" grep -q '^Serving HTTP' "$T/server"
	URL="http://127.0.0.1:$(sed -n 's/^Serving HTTP on .* port \([0-9]*\) .*/\1/p' "$T/server")"
}


# show NAME: what is served from now on, as a copy that may be spoiled.
show() {
	rm -rf "$T/www/apt" "$T/www/rpm"
	cp -a "$T/$1/apt" "$T/$1/rpm" "$T/www/"
}

# make_repo DIST KEYS NAME: the repositories of some packages, with one of the keys, to be shown by this name.
make_repo() {
	DIST_OUT="$1" REPO_OUT="$T/$3" REPO_URL="$URL" RELEASE_GPG_HOME="$T/$2" RELEASE_GPG_KEY=releases@example.com \
		RELEASE_GPG_PASSWORD_FILE="$T/password" sh build/scripts/dist-repo.sh 2>"$T/repo.log" || fail "dist-repo.sh: $(cat "$T/repo.log")"
}

# make_old: this release's packages under an older version's number.
make_old() {
	mkdir -p "$T/old" "$T/tree"
	dpkg-deb -R "$DIST"/${NAME}_*_amd64.deb "$T/deb"
	sed -i "s/^Version: .*/Version: $OLD-1/" "$T/deb/DEBIAN/control"
	dpkg-deb --root-owner-group -Znone -b "$T/deb" "$T/old/${NAME}_$OLD-1_amd64.deb" >/dev/null
	rpm --root "$T/tree" --initdb
	rpm --root "$T/tree" --nodeps -i "$DIST"/$NAME-*.x86_64.rpm 2>/dev/null
	{
		nfpm_head $NAME $OLD
		printf '  - {src: "%s/usr/", dst: /usr/, type: tree}\noverrides:\n  rpm:\n    depends:\n' "$T/tree"
		requires | sed 's/.*/      - "&"/'
	} >"$T/old.yaml"
	packaging_tool nfpm package --config "$T/old.yaml" --packager rpm --target "$T/old/$NAME-$OLD-1.x86_64.rpm" >&2
}
nfpm_head() { printf 'name: %s\narch: amd64\nversion: v%s\nrelease: "1"\nmaintainer: Test <test@example.com>\ndescription: test\nlicense: MIT\nrpm: {compression: "gzip:1"}\ncontents:\n' "$1" "$2"; }
requires() { rpm -qpR "$DIST"/$NAME-*.x86_64.rpm 2>/dev/null | grep -v '^rpmlib'; }

# spoil FILE: changes a byte in its middle.
spoil() {
	at=$(($(stat -c %s "$1") / 2))
	byte=$(dd if="$1" bs=1 skip=$at count=1 2>/dev/null | od -An -tu1)
	printf "\\$(printf '%03o' $(((byte + 1) % 256)))" | dd of="$1" bs=1 seek=$at conv=notrunc 2>/dev/null
}

signing() {
	say "Making the repositories:"
	refused 'RELEASE_GPG_KEY names no key' "to make them without a key" env REPO_OUT="$T/none" sh build/scripts/dist-repo.sh
	refused 'has expired' "a key that has expired" env REPO_OUT="$T/none" RELEASE_GPG_HOME="$T/right" RELEASE_GPG_KEY=expired@example.com sh build/scripts/dist-repo.sh
	refused 'There is no secret key' "a key that is not there" env REPO_OUT="$T/none" RELEASE_GPG_HOME="$T/right" RELEASE_GPG_KEY=nobody@example.com sh build/scripts/dist-repo.sh
	[ ! -e "$T/none" ] || fail "A refused repository was made all the same"
	make_repo "$T/old" right old
	make_repo "$DIST" right new
	make_repo "$DIST" right again
	make_repo "$DIST" wrong wrong
	REPO_OUT="$T/unsigned" sh build/scripts/dist-repo.sh --unsigned 2>/dev/null
	diff -r "$T/new" "$T/again" >&2 || fail "Made twice, the repositories differ"
	passed "made twice, every byte is the same, signatures too"
	[ ! -e "$T/unsigned/apt/dists/stable/InRelease" ] || fail "A repository without a key has a signature"
}

in_clean() { chroot "$CLEAN" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# ours: APT reads the lists of our repository alone, and counts what it could not get as an error.
ours() { in_clean timeout 120 apt-get update -q -o APT::Update::Error-Mode=any -o Dir::Etc::sourcelist="sources.list.d/$NAME.sources" -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0; }
install_deb() { in_clean timeout 600 apt-get install -y -q --no-install-recommends $NAME; }
version_in_clean() { in_clean dpkg-query -W -f '${Version}' $NAME; }
# forget: what APT has fetched, so that it asks anew.
forget() {
	rm -rf "$CLEAN/var/lib/apt/lists/127.0.0.1"* "$CLEAN/var/lib/apt/lists/partial/127.0.0.1"*
	in_clean apt-get clean
}

apt_half() {
	say "APT in a clean Debian:"
	clean_debian "$CLEAN"
	mount -t proc proc "$CLEAN/proc"
	in_clean timeout 300 apt-get update -qq
	show old
	# As the documents say it; curl runs outside, since the clean Debian has none.
	curl -fsS -o "$SOURCES" "$URL/apt/$NAME.sources"
	ours >"$T/log" 2>&1 || fail "apt-get update: $(cat "$T/log")"
	install_deb >"$T/log" 2>&1 || fail "apt-get install: $(tail -n 5 "$T/log")"
	same "the installed version" "$(version_in_clean)" "$OLD-1"
	passed "apt-get install $NAME"
	show new
	ours >"$T/log" 2>&1 || fail "apt-get update: $(cat "$T/log")"
	in_clean timeout 600 apt-get upgrade -y -q >"$T/log" 2>&1 || fail "apt-get upgrade: $(tail -n 5 "$T/log")"
	same "the upgraded version" "$(version_in_clean)" "$VERSION-$BUILD"
	same "pcc version" "$(in_clean pcc version)" "pcc $VERSION linux/amd64"
	grep -q 'GET /apt/.*/by-hash/SHA256/.* 200' "$T/requests" || fail "The lists were not taken by their sums: $(cat "$T/requests")"
	passed "apt-get upgrade, by lists that are named by their sums"
	in_clean dpkg --purge $NAME >/dev/null
	apt_refusals
}

apt_refusals() {
	forget
	show new
	find "$T/www/apt/dists" -name '*.xz' -o -path '*/by-hash/*/*' | while read -r file; do spoil "$file"; done
	refused 'Hash Sum mismatch' "lists with one changed byte" ours
	forget
	show new
	sed -i 's/^Label: P/Label: p/' "$T/www/apt/dists/stable/InRelease"
	refused 'BADSIG' "a signed file with one changed byte" ours
	forget
	show wrong
	refused 'NO_PUBKEY' "the signature of another key" ours
	forget
	show new
	rm "$T/www/apt/dists/stable/InRelease" "$T/www/apt/dists/stable/Release.gpg"
	refused 'is not signed' "lists without a signature" ours
	forget
	show new
	spoil "$T/www/apt/pool/main/"${NAME}_*_amd64.deb
	ours >"$T/log" 2>&1 || fail "apt-get update: $(cat "$T/log")"
	refused 'Hash Sum mismatch' "a package with one changed byte" install_deb
	! in_clean dpkg-query -W $NAME >/dev/null 2>&1 || fail "A refused package was installed"
}

# dnf_ours ARGUMENT…: DNF of this Debian, with no configuration but ours, in a folder of its own.
dnf_ours() { limited 120 dnf --config "$T/dnf.conf" --installroot "$T/fedora" --releasever 9 --forcearch x86_64 --noplugins -y "$@"; }
# dnf_forget: what DNF has fetched, and whom it trusts.
dnf_forget() { rm -rf "$T/dnf" "$T/fedora"; }
version_in_fedora() { rpm --root "$T/fedora" -q --qf '%{VERSION}-%{RELEASE}' $NAME; }

# libraries: a package that stands for the libraries of the system, of which this repository has none.
libraries() {
	mkdir "$T/base"
	{
		nfpm_head system-libraries 1.0
		printf '  - {dst: /usr/share/system-libraries, type: dir}\nprovides:\n'
		requires | sed 's/.*/  - "&"/'
	} >"$T/libraries.yaml"
	packaging_tool nfpm package --config "$T/libraries.yaml" --packager rpm --target "$T/base/" >&2
	createrepo_c --quiet "$T/base"
}

dnf_half() {
	say "DNF in a folder:"
	libraries
	mkdir "$T/repos"
	printf '[main]\nreposdir=%s/repos\ncachedir=%s/dnf\nlogdir=%s\ngpgcheck=1\nmetadata_expire=0\nretries=1\n' "$T" "$T" "$T" >"$T/dnf.conf"
	printf '[base]\nname=Libraries\nbaseurl=file://%s/base\ngpgcheck=0\n' "$T" >"$T/repos/base.repo"
	show new
	limited 120 dnf --config "$T/dnf.conf" --setopt reposdir=/dev/null --releasever 9 --noplugins -q --repofrompath "ours,$URL/rpm" --repo ours \
		repoquery --qf '%{name} %{version}-%{release}.%{arch}' >"$T/query" 2>"$T/log" || fail "dnf repoquery: $(cat "$T/log")"
	for package in "$DIST"/*.rpm; do
		grep -q -x "$(rpm -qp --qf '%{NAME} %{VERSION}-%{RELEASE}.%{ARCH}' "$package" 2>/dev/null)" "$T/query" || fail "dnf repoquery does not know $package: $(cat "$T/query")"
	done
	show old
	curl -fsS -o "$T/repos/$NAME.repo" "$URL/rpm/$NAME.repo"
	dnf_ours install $NAME >"$T/log" 2>&1 || fail "dnf install: $(tail -n 5 "$T/log")"
	same "the installed version" "$(version_in_fedora)" "$OLD-1"
	passed "dnf repoquery, and dnf install $NAME with both signatures checked"
	show new
	same "what it requires" "$(dnf_ours -q repoquery --requires $NAME-$VERSION 2>/dev/null | grep -v '^rpmlib' | LC_ALL=C sort)" "$(requires | LC_ALL=C sort)"
	dnf_ours upgrade >"$T/log" 2>&1 || fail "dnf upgrade: $(tail -n 5 "$T/log")"
	same "the upgraded version" "$(version_in_fedora)" "$VERSION-$BUILD"
	same "pcc version" "$("$T/fedora/usr/bin/pcc" version)" "pcc $VERSION linux/amd64"
	passed "dnf upgrade"
	dnf_refusals
}

dnf_refusals() {
	dnf_forget
	show new
	spoil "$(ls "$T"/www/rpm/repodata/*-primary.xml.gz)"
	refused 'hecksum' "lists with one changed byte" dnf_ours install $NAME
	dnf_forget
	show new
	spoil "$T/www/rpm/repodata/repomd.xml"
	refused 'GPG\|signature\|repomd.xml' "a signed file with one changed byte" dnf_ours install $NAME
	dnf_forget
	show new
	# The key is ours, the signature of the lists is another's.
	cp "$T/wrong/rpm/repodata/repomd.xml.asc" "$T/www/rpm/repodata/"
	refused 'GPG\|signature' "lists with the signature of another key" dnf_ours install $NAME
	dnf_forget
	show new
	spoil "$(ls "$T"/www/rpm/$NAME-*.x86_64.rpm)"
	refused 'hecksum\|Error downloading' "a package with one changed byte" dnf_ours install $NAME
	dnf_forget
	other_packages
	refused 'GPG\|signature\|key' "a package with the signature of another key, in lists that are signed" dnf_ours install $NAME
}

# other_packages: those with the signature of another key, in lists that ours has signed: gpgcheck sees to them alone.
other_packages() {
	show wrong
	cp "$T/new/rpm/RPM-GPG-KEY-$NAME" "$T/www/rpm/"
	rm "$T/www/rpm/repodata/repomd.xml.asc"
	gpg --homedir "$T/right" --batch --quiet --pinentry-mode loopback --passphrase-file "$T/password" --armor --detach-sign "$T/www/rpm/repodata/repomd.xml"
}

keys
expired
serve
make_old
signing
dnf_half
apt_half
say "The repositories are fine."
