#!/bin/sh
# Builds every package into dist/: Linux, Windows, and pcc for macOS. "dist.sh programs" builds only the programs, "dist.sh linux",
# "dist.sh windows" and "dist.sh macos" one system's packages. Needs Debian 12 with Go 1.26; gets the rest by apt.
# Signing: dist-sign.sh and dist-sums.sh say how. Releases, in dist/release, stay.
. "$(dirname "$0")/dist-common.sh"
need $DIST_PACKAGES
without_habits

# archives SYSTEM NAME: pcc alone, from the programs of a system, under the system's name for people.
archives() {
	for arch in amd64 arm64; do
		folder="$WORK/pcc-$VERSION-$2-$arch"
		install -D -m 755 "$PROGRAMS/$1-$arch/pcc" "$folder/pcc"
		install -m 644 LICENSE "$folder/LICENSE"
		notices "$folder/NOTICES" "$folder/pcc"
		archive "$folder" "$DIST/pcc-$VERSION-$2-$arch.tar.gz"
	done
}

what=${1:-all}
case "$what" in all) [ ! -d "$DIST" ] || find "$DIST" -mindepth 1 -maxdepth 1 ! -name release -exec rm -rf {} + ;; programs | linux | windows | macos) ;; *) fail "dist.sh [all|programs|linux|windows|macos]" ;; esac
mkdir -p "$WORK"
[ "$what" = programs ] || sh build/scripts/notices.sh dist
icons
for arch in amd64 arm64; do
	case "$what" in all | programs | linux) build_linux "$PROGRAMS/linux-$arch" $arch ;; esac
	case "$what" in all | programs | linux) build_static "$PROGRAMS/linux-static-$arch" $arch ;; esac
	case "$what" in all | programs | windows) build_windows "$PROGRAMS/windows-$arch" $arch ;; esac
	case "$what" in all | programs | macos) build_macos "$PROGRAMS/darwin-$arch" $arch ;; esac
done
[ "$what" != programs ] || exit 0
case "$what" in
all) at_once "sh build/scripts/dist-linux.sh" "sh build/scripts/dist-windows.sh" ;;
linux | windows) sh "build/scripts/dist-$what.sh" ;;
esac
case "$what" in all | linux) archives linux-static linux-static ;; esac
case "$what" in all | macos) archives darwin macos ;; esac
if [ "$what" = all ]; then
	sh build/scripts/dist-policies.sh
	sh build/scripts/dist-manifests.sh
fi
sh build/scripts/dist-sbom.sh
sh build/scripts/dist-finish.sh
[ "$what" != all ] || rm -rf "$WORK"
say "Packages in dist/:"
cat "$DIST/SHA256SUMS"
