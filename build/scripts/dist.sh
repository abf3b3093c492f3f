#!/bin/sh
# Builds every package into dist/: Linux, Windows, and pcc for macOS. "dist.sh programs" builds only the Linux and Windows
# programs, "dist.sh linux" and "dist.sh windows" one system's packages. Needs Debian 12 with Go 1.26; gets the rest by apt.
# Signing: dist-sign.sh says how.
. "$(dirname "$0")/dist-common.sh"
need $DIST_PACKAGES
what=${1:-all}
case "$what" in all) rm -rf "$DIST" ;; programs | linux | windows) ;; *) fail "dist.sh [all|programs|linux|windows]" ;; esac
mkdir -p "$WORK"
icons
case "$what" in all | programs | linux) build_linux "$PROGRAMS/linux-amd64" ;; esac
case "$what" in all | programs | windows) build_windows "$PROGRAMS/windows-amd64" ;; esac
[ "$what" != programs ] || exit 0
case "$what" in all | linux) sh build/scripts/dist-linux.sh ;; esac
case "$what" in all | windows) sh build/scripts/dist-windows.sh ;; esac
if [ "$what" = all ]; then
	for arch in amd64 arm64; do
		folder="$WORK/pcc-$VERSION-macos-$arch"
		build_macos "$folder" $arch
		cp LICENSE "$folder/"
		archive "$folder" "$DIST/pcc-$VERSION-macos-$arch.tar.gz"
	done
	rm -rf "$WORK"
fi
sums
say "Packages in dist/:"
cat "$DIST/SHA256SUMS"
