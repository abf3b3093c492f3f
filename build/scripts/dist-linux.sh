#!/bin/sh
# Makes the .deb, the .rpm and the tarball from the Linux programs in dist/programs. Called by dist.sh.
. "$(dirname "$0")/dist-common.sh"
BUILT="$PROGRAMS/linux-amd64"
TREE="$WORK/$NAME-$VERSION-linux-amd64"
DOC="$WORK/doc"

# share fills share/ of the tree: what Linux desktops, shells and man look for.
share() {
	share="$TREE/share"
	mkdir -p "$share/applications" "$share/metainfo" "$share/man/man1" "$share/bash-completion/completions" \
		"$share/fish/vendor_completions.d" "$share/icons/hicolor/scalable/apps"
	cp build/packaging/linux/$APP_ID.desktop "$share/applications/"
	fill build/packaging/linux/$APP_ID.metainfo.xml "$share/metainfo/$APP_ID.metainfo.xml"
	cp assets/icons/app.svg "$share/icons/hicolor/scalable/apps/$APP_ID.svg"
	for size in 16 24 32 48 64 128 256 512; do
		install -D -m 644 "$WORK/icons/$size.png" "$share/icons/hicolor/${size}x$size/apps/$APP_ID.png"
	done
	fill build/packaging/linux/$NAME.1 "$share/man/man1/$NAME.1"
	sh build/packaging/linux/man.sh "$BUILT/pcc" "$VERSION" "$DATE" "$share/man/man1"
	gzip -9n "$share/man/man1/"*.1
	"$BUILT/pcc" completion bash >"$share/bash-completion/completions/pcc"
	"$BUILT/pcc" completion fish >"$share/fish/vendor_completions.d/pcc.fish"
}

# papers makes what has another place in every kind of package: Debian's documents, and the completion for zsh.
papers() {
	mkdir -p "$DOC"
	"$BUILT/pcc" completion zsh >"$DOC/_pcc"
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

packages() {
	fill build/packaging/linux/nfpm.yaml "$WORK/nfpm.yaml" "TREE=$TREE" "DOC=$DOC" "MTIME=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"
	# The license field is rpm's; Debian has the copyright file for it.
	sed '/^license:/d' "$WORK/nfpm.yaml" >"$WORK/nfpm-deb.yaml"
	packaging_tool nfpm package --config "$WORK/nfpm-deb.yaml" --packager deb --target "$DIST/${NAME}_$VERSION-${BUILD}_amd64.deb"
	packaging_tool nfpm package --config "$WORK/nfpm.yaml" --packager rpm --target "$DIST/$NAME-$VERSION-$BUILD.x86_64.rpm"
}

# tarball: the tree with an install script, and the list of files that the script goes by.
tarball() {
	install -D -m 644 "$DOC/_pcc" "$TREE/share/zsh/site-functions/_pcc"
	cp LICENSE README.md CHANGELOG.md "$TREE/"
	install -m 755 build/packaging/linux/install.sh "$TREE/install.sh"
	(cd "$TREE" && find bin share -type f | sort >files)
	archive "$TREE" "$DIST/$NAME-$VERSION-linux-amd64.tar.xz"
}

rm -rf "$TREE" "$DOC"
mkdir -p "$TREE/bin"
install -m 755 "$BUILT/$NAME" "$BUILT/pcc" "$TREE/bin/"
share
papers
packages
tarball
