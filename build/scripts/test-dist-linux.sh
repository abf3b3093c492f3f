#!/bin/sh
# Tests the Linux packages of dist/: the checkers, the .deb in a clean Debian 12 made by debootstrap (needs root), the .rpm in a
# database of its own, the tarball in a home of its own. Pictures: dist/tested/linux. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/clean-debian.sh
[ "$(id -u)" = 0 ] || fail "The clean Debian in a folder needs root: sudo sh build/scripts/test-dist-linux.sh"
need lintian appstream desktop-file-utils rpm man-db jq
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
CLEAN="$T/clean"
DEB="$ROOT/$(ls dist/*_amd64.deb)"
RPM="$ROOT/$(ls dist/*.x86_64.rpm)"
TARBALL="$ROOT/$(ls dist/$NAME-*-linux-amd64.tar.xz)"

passed() { say "  passed: $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }
# traces FOLDER: what there is of ours below it.
traces() { find "$1" -xdev \( -path "$1/proc" -o -path "$1/test" -o -path "$1/tmp" \) -prune -o \( -name '*partner-center-connector*' -o -name '*partnercenterconnector*' -o -name 'pcc' -o -name 'pcc.*' -o -name 'pcc-*' \) -print; }

end() {
	for part in dev/shm proc; do
		mountpoint -q "$CLEAN/$part" && umount -l "$CLEAN/$part"
	done
	remove "$T"
}
trap end EXIT
trap 'exit 130' INT TERM

checkers() {
	say "Checkers:"
	lintian --allow-root --fail-on error,warning "$DEB" >&2
	passed lintian
	tar -xf "$TARBALL" -C "$T"
	TREE="$T/$NAME-$VERSION-linux-amd64"
	appstreamcli validate --no-net --pedantic "$TREE/share/metainfo/$APP_ID.metainfo.xml" >&2
	desktop-file-validate "$TREE/share/applications/$APP_ID.desktop" >&2
	passed "appstreamcli and desktop-file-validate"
	for page in "$TREE"/share/man/man1/*.1.gz; do
		said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
		[ -z "$said" ] || fail "$page: $said"
	done
	passed "the manual pages"
	for program in $NAME pcc; do
		readelf -h "$TREE/bin/$program" | grep -q 'DYN (Position-Independent' || fail "Not position-independent: $program"
	done
	passed "both programs are position-independent"
}

# in_clean COMMAND…: runs it in the clean Debian, as root there.
in_clean() { chroot "$CLEAN" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# as_person COMMAND…: the same as somebody else.
as_person() { in_clean setpriv --reuid person --regid person --clear-groups env HOME=/home/person "$@"; }

deb() {
	say "The .deb in a clean Debian:"
	clean_debian "$CLEAN"
	mount -t proc proc "$CLEAN/proc"
	mkdir -p "$CLEAN/dev/shm" "$CLEAN/test"
	mount -t tmpfs tmpfs "$CLEAN/dev/shm"
	cp "$DEB" "$CLEAN/test/package.deb"
	in_clean apt-get update -qq
	in_clean apt-get install -y -qq --no-install-recommends /test/package.deb >"$T/apt.log" 2>&1 || fail "apt-get: $(tail -n 5 "$T/apt.log")"
	# A number that nobody here has: what person runs is seen from outside.
	in_clean useradd --create-home --uid 59999 person
	same "pcc version" "$(as_person pcc version)" "pcc $VERSION linux/amd64"
	same "the window program's version" "$(as_person $NAME --version)" "$NAME $VERSION"
	as_person pcc list --json >/dev/null
	missing=$(in_clean ldd /usr/bin/$NAME | grep 'not found' || true)
	[ -z "$missing" ] || fail "Libraries are missing: $missing"
	passed "installs with what it depends on, and starts"
	preset
	rehearse
	in_clean dpkg -L $NAME >"$T/files"
	in_clean dpkg --purge $NAME >/dev/null
	left=$(while read -r file; do [ ! -f "$CLEAN$file" ] || echo "$file"; done <"$T/files"; traces "$CLEAN/usr"; traces "$CLEAN/etc"; traces "$CLEAN/var" | grep -v '/cache/apt/' || true)
	[ -z "$left" ] || fail "These stayed: $left"
	passed "purged without a rest"
}

# preset: one in /etc is taken, and its locks hold for a person who can't change it.
preset() {
	install -D -m 644 build/packaging/preset.example.toml "$CLEAN/etc/$NAME/preset.toml"
	as_person pcc doctor --json >"$T/doctor.json" || true
	same "the preset of /etc" "$(jq -r '.preset | "\(.path) \(.product) \(.locksHold)"' "$T/doctor.json")" "/etc/$NAME/preset.toml Fabrikam Billing true"
	rm -r "$CLEAN/etc/$NAME"
	passed "takes the preset of /etc, and its locks hold"
}

# rehearse goes through the whole wizard of the installed package, in a session of its own in there.
rehearse() {
	# In a folder there are no user namespaces; the sandbox of this package does without.
	in_clean apt-get install -y -qq --no-install-recommends $SESSION_PACKAGES chromium chromium-sandbox >"$T/apt.log" 2>&1 || fail "apt-get: $(tail -n 5 "$T/apt.log")"
	mkdir -p "$CLEAN/test/build/scripts" "$CLEAN/test/bin"
	cp build/scripts/common.sh build/scripts/session.sh "$CLEAN/test/build/scripts/"
	# The scripts look for Go, which this does not need.
	ln -s /bin/true "$CLEAN/test/bin/go"
	cat >"$CLEAN/test/build/scripts/walk.sh" <<-WALK
		. /test/build/scripts/common.sh
		. build/scripts/session.sh
		in_session $NAME --rehearse --unattended --browser chromium --pictures /home/person/pictures
	WALK
	in_clean chown -R person: /test
	as_person mkdir -p /home/person/pictures
	as_person env PATH=/test/bin:/usr/bin:/bin sh /test/build/scripts/walk.sh >"$T/walk.log" 2>&1 || fail "The rehearsal: $(cat "$T/walk.log")"
	rm -rf dist/tested/linux
	cp -r "$CLEAN/home/person/pictures" dist/tested/linux
	passed "rehearses unattended up to a saved connector (look at dist/tested/linux)"
}

rpm_package() {
	say "The .rpm in a database of its own:"
	rpm -K "$RPM" >&2
	mkdir -p "$T/rpm"
	rpm --root "$T/rpm" --initdb
	# The database knows no other packages, so what this one depends on is compared with what the programs load.
	rpm -qpR "$RPM" >"$T/requires"
	for library in $(readelf -d "$TREE/bin/$NAME" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -v -e '^libm\.' -e '^libc\.'); do
		grep -q -F "$library()(64bit)" "$T/requires" || fail "The .rpm does not require $library"
	done
	rpm --root "$T/rpm" --nodeps -i "$RPM"
	rpm --root "$T/rpm" --nodeps -V $NAME >&2
	same "pcc version" "$("$T/rpm/usr/bin/pcc" version)" "pcc $VERSION linux/amd64"
	rpm --root "$T/rpm" -e $NAME
	left=$(traces "$T/rpm")
	[ -z "$left" ] || fail "These stayed: $left"
	passed "installed, verified, removed without a rest"
}

tarball() {
	say "The tarball:"
	mkdir -p "$T/home"
	(cd / && HOME="$T/home" sh "$TREE/install.sh" >/dev/null)
	same "pcc version" "$("$T/home/.local/bin/pcc" version)" "pcc $VERSION linux/amd64"
	grep -q -x "Exec=\"$T/home/.local/bin/$NAME\"" "$T/home/.local/share/applications/$APP_ID.desktop" || fail "The menu entry points elsewhere"
	desktop-file-validate "$T/home/.local/share/applications/$APP_ID.desktop" >&2
	(cd / && HOME="$T/home" sh "$TREE/install.sh" --remove >/dev/null)
	left=$(traces "$T/home")
	[ -z "$left" ] || fail "These stayed: $left"
	passed "installed below ~/.local and removed"
}

# static: pcc alone, in a folder that has nothing but it. The program of the other packages can't start there.
static() {
	say "The archive for containers and for Linux without glibc:"
	bare="$T/bare"
	mkdir -p "$bare/home"
	tar -xf dist/pcc-"$VERSION"-linux-static-amd64.tar.gz --strip-components=1 -C "$bare"
	[ -f "$bare/LICENSE" ] && [ -f "$bare/NOTICES" ] || fail "License or notices are missing: $(ls "$bare")"
	for arch in amd64 arm64; do
		! readelf -lW "$PROGRAMS/linux-static-$arch/pcc" | grep -E 'INTERP|DYNAMIC' >&2 || fail "pcc for $arch needs a loader."
	done
	cp "$TREE/bin/pcc" "$bare/home/pcc"
	! chroot "$bare" /home/pcc version 2>/dev/null || fail "The folder has a loader, so nothing is seen in it."
	same "pcc version" "$(env -i PATH=/usr/sbin HOME=/home chroot --userspec=59999:59999 "$bare" /pcc version)" "pcc $VERSION linux/amd64"
	passed "starts where there is no other file"
}

checkers
rpm_package
tarball
static
deb
say "The Linux packages are fine."
