# Sourced by the dist scripts, on Linux and on a Mac: the version, where things go, how both programs are built, and the checksums.
. "$(dirname "$0")/common.sh"

# DIST_OUT and DIST_VERSION are for the tests alone, which upgrade from an older version.
DIST="${DIST_OUT:-$ROOT/dist}"
WORK="$DIST/work"
PROGRAMS="$ROOT/dist/programs"
NAME=partner-center-connector
APP_ID=io.github.partnercenterconnector
VERSION=${DIST_VERSION:-$(sed -n 's/^Version = "\(.*\)"$/\1/p' assets/FyneApp.toml)}
BUILD=$(sed -n 's/^Build = \([0-9]*\)$/\1/p' assets/FyneApp.toml)
[ -n "$VERSION" ] && [ -n "$BUILD" ] || fail "assets/FyneApp.toml has no version or no build number."

# The time that packages note is that of the last commit, so that the same commit gives the same packages.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	SOURCE_DATE_EPOCH=$(git -c safe.directory="$ROOT" log -1 --format=%ct 2>/dev/null || stat -c %Y assets/FyneApp.toml)
fi
export SOURCE_DATE_EPOCH
# GNU's date, or that of macOS.
DATE=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%d)

# "release" keeps Fyne from reading a FyneApp.toml beside the program.
WINDOW_TAGS="$WINDOW_TAGS migrated_fynedo release"

# No symbols and no debug information; functions begin at 16 bytes, as those of C do, instead of at 32: 140 KB of pcc, 210 KB of the window.
LINK="-s -w -funcalign=16"

DIST_PACKAGES="$BUILD_PACKAGES gcc-mingw-w64-x86-64 librsvg2-bin icoutils zip nsis wixl msitools osslsigncode gzip xz-utils"

# fill TEMPLATE FILE NAME=VALUE…: fills the version, the build number, the date and further NAME=VALUE pairs into a template.
fill() {
	source=$1
	target=$2
	shift 2
	set -- "VERSION=$VERSION" "BUILD=$BUILD" "DATE=$DATE" "ROOT=$ROOT" "$@"
	script=
	for pair in "$@"; do script="$script;s|@${pair%%=*}@|${pair#*=}|g"; done
	sed "$script" "$source" >"$target"
}

# icons makes the PNG pictures that packages need from the drawing.
icons() {
	mkdir -p "$WORK/icons"
	for size in 16 24 32 48 64 128 256 512 1024; do
		rsvg-convert -w $size -h $size assets/icons/app.svg -o "$WORK/icons/$size.png"
	done
	icotool -c -o "$WORK/icons/app.ico" "$WORK/icons/16.png" "$WORK/icons/24.png" "$WORK/icons/32.png" "$WORK/icons/48.png" "$WORK/icons/64.png" --raw="$WORK/icons/256.png"
}

packaging_tool() { go tool -modfile="$ROOT/build/packaging/tools/go.mod" "$@"; }

# build_linux FOLDER: both programs, position-independent, with read-only relocations. pcc goes without inlining, which
# gives back what being position-independent costs in size.
build_linux() {
	mkdir -p "$1"
	say "Linux programs:"
	GOOS=linux GOARCH=amd64 CGO_ENABLED=0 go build -trimpath -buildmode=pie -tags "$PCC_TAGS" -gcflags=all=-l -ldflags "$LINK" -o "$1/pcc" ./cmd/pcc
	linux_window "$1/$NAME" .
}

# linux_window FILE PACKAGE, and windows_window: a window program with the flags of ours.
linux_window() {
	compiler=gcc
	! command -v clang >/dev/null || compiler="$WRAPPERS/cc-linux"
	GOOS=linux GOARCH=amd64 CGO_ENABLED=1 CC="$compiler" go build -trimpath -buildmode=pie -tags "$WINDOW_TAGS" \
		-ldflags "$LINK -extldflags '-Wl,-z,relro,-z,now'" -o "$1" "$2"
}

windows_window() {
	compiler=x86_64-w64-mingw32-gcc
	! command -v clang >/dev/null || compiler="$WRAPPERS/cc-windows"
	GOOS=windows GOARCH=amd64 CGO_ENABLED=1 CC="$compiler" go build -trimpath -tags "$WINDOW_TAGS" \
		-ldflags "$LINK -H=windowsgui" -o "$1" "$2"
}

# build_windows FOLDER: both programs with their resources; pcc.exe is a console program, the other is not.
build_windows() {
	mkdir -p "$1"
	say "Windows programs:"
	resources . window
	resources cmd/pcc pcc
	trap 'rm -f "$ROOT/rsrc_windows_amd64.syso" "$ROOT/cmd/pcc/rsrc_windows_amd64.syso"' EXIT
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go build -trimpath -tags "$PCC_TAGS" -ldflags "$LINK" -o "$1/pcc.exe" ./cmd/pcc
	windows_window "$1/$NAME.exe" .
	rm -f "$ROOT/rsrc_windows_amd64.syso" "$ROOT/cmd/pcc/rsrc_windows_amd64.syso"
	trap - EXIT
}

# resources FOLDER NAME: icon, manifest and version for the program of a folder, as an object that go build links.
resources() {
	fill "build/packaging/windows/$2.json" "$WORK/$2.json" "ICON=icons/256.png"
	packaging_tool go-winres make --in "$WORK/$2.json" --arch amd64 --out "$ROOT/$1/rsrc"
}

# build_macos FOLDER ARCH: pcc alone; the window program needs a Mac.
build_macos() {
	mkdir -p "$1"
	GOOS=darwin GOARCH="$2" CGO_ENABLED=0 go build -trimpath -tags "$PCC_TAGS" -ldflags "$LINK" -o "$1/pcc" ./cmd/pcc
}

# archive FOLDER FILE: a tarball that depends on the contents alone.
archive() {
	tar -C "$(dirname "$1")" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename "$1")" | case "$2" in
	*.xz) xz -9e -T1 >"$2" ;;
	*) gzip -9n >"$2" ;;
	esac
}

sums() {
	sum="sha256sum"
	command -v sha256sum >/dev/null || sum="shasum -a 256"
	(cd "$DIST" && rm -f SHA256SUMS && find ./* -prune -type f | sed 's|^\./||' | LC_ALL=C sort | xargs $sum >.sums && mv .sums SHA256SUMS)
}
