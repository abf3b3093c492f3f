#!/bin/sh
# Makes the .deb, the .rpm and the tarball from the Linux programs in dist/programs, for amd64 and arm64. Called by dist.sh. "dist-linux.sh ARCH
# RPM-ARCH" makes those of one processor, from what all have in common.
. "$(dirname "$0")/dist-common.sh"
without_habits
PCC="$PROGRAMS/linux-amd64/pcc"
SHARE="$WORK/linux/share"
DOC="$WORK/linux/doc"

# share makes what Linux desktops, shells and man look for. It is the same for every processor; the pcc that runs here says its help.
share() {
	share="$SHARE"
	mkdir -p "$share/applications" "$share/metainfo" "$share/man/man1" "$share/bash-completion/completions" \
		"$share/fish/vendor_completions.d" "$share/icons/hicolor/scalable/apps"
	cp build/packaging/linux/$APP_ID.desktop "$share/applications/"
	fill build/packaging/linux/$APP_ID.metainfo.xml "$share/metainfo/$APP_ID.metainfo.xml"
	cp assets/icons/app.svg "$share/icons/hicolor/scalable/apps/$APP_ID.svg"
	for size in 16 24 32 48 64 128 256 512; do
		install -D -m 644 "$WORK/icons/$size.png" "$share/icons/hicolor/${size}x$size/apps/$APP_ID.png"
	done
	fill build/packaging/linux/$NAME.1 "$share/man/man1/$NAME.1"
	sh build/packaging/linux/man.sh "$PCC" "$VERSION" "$DATE" "$share/man/man1"
	gzip -9n "$share/man/man1/"*.1
	"$PCC" completion bash >"$share/bash-completion/completions/pcc"
	"$PCC" completion fish >"$share/fish/vendor_completions.d/pcc.fish"
}

# papers makes what has another place in every kind of package: Debian's documents, and the completion for zsh.
papers() {
	mkdir -p "$DOC"
	"$PCC" completion zsh >"$DOC/_pcc"
	notices "$DOC/NOTICES" "$PROGRAMS/linux-amd64/$NAME" "$PROGRAMS/linux-amd64/pcc"
	{
		sed '/@LICENSE@/d' build/packaging/linux/copyright
		sed -e '1,4d' -e 's/^$/./' -e 's/^/ /' LICENSE
	} >"$DOC/copyright"
	{
		printf '%s (%s-%s) unstable; urgency=medium\n\n' "$NAME" "$VERSION" "$BUILD"
		printf '  * Version %s; CHANGELOG.md in the source names the changes.\n\n' "$VERSION"
		printf ' -- Partner Center Connector contributors <%s@users.noreply.github.com>  %s\n' "$NAME" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
	} | gzip -9n >"$DOC/changelog.Debian.gz"
}

# tree ARCH: both programs, and what goes with them.
tree() {
	TREE="$WORK/linux/$NAME-$VERSION-linux-$1"
	mkdir -p "$TREE/bin"
	install -m 755 "$PROGRAMS/linux-$1/$NAME" "$PROGRAMS/linux-$1/pcc" "$TREE/bin/"
	cp -r "$SHARE" "$TREE/share"
	modes "$TREE"
}

# packages ARCH RPM-ARCH
packages() {
	config="$WORK/linux/nfpm-$1"
	fill build/packaging/linux/nfpm.yaml "$config.yaml" "ARCH=$1" "TREE=$TREE" "DOC=$DOC" "MTIME=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"
	# The license field is rpm's; Debian has the copyright file for it.
	sed '/^license:/d' "$config.yaml" >"$config-deb.yaml"
	packaging_tool nfpm package --config "$config-deb.yaml" --packager deb --target "$DIST/${NAME}_$VERSION-${BUILD}_$1.deb"
	packaging_tool nfpm package --config "$config.yaml" --packager rpm --target "$DIST/$NAME-$VERSION-$BUILD.$2.rpm"
}

# tarball ARCH: the tree with an install script, and the list of files that the script goes by.
tarball() {
	install -D -m 644 "$DOC/_pcc" "$TREE/share/zsh/site-functions/_pcc"
	cp LICENSE README.md CHANGELOG.md "$TREE/"
	install -m 755 build/packaging/linux/install.sh "$TREE/install.sh"
	cp "$DOC/NOTICES" "$TREE/"
	install -D -m 644 "$DOC/NOTICES" "$TREE/share/doc/$NAME/NOTICES"
	(cd "$TREE" && find bin share -type f | sort >files)
	archive "$TREE" "$DIST/$NAME-$VERSION-linux-$1.tar.xz"
}

if [ $# = 2 ]; then
	tree "$1"
	packages "$1" "$2"
	tarball "$1"
	exit 0
fi
rm -rf "$WORK/linux"
share
papers
# Each archiver is busy with one processor for half a minute.
at_once "sh build/scripts/dist-linux.sh amd64 x86_64" "sh build/scripts/dist-linux.sh arm64 aarch64"
