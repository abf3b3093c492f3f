# Sourced by the dist scripts, on Linux and on a Mac: the version, where things go, and how both programs are built.
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
note_commit
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	if own_commit >/dev/null; then SOURCE_DATE_EPOCH=$(git log -1 --format=%ct); else SOURCE_DATE_EPOCH=$(stat -c %Y assets/FyneApp.toml 2>/dev/null || stat -f %m assets/FyneApp.toml); fi
fi
export SOURCE_DATE_EPOCH
# GNU's date, or that of macOS.
DATE=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%d)

# "release" keeps Fyne from reading a FyneApp.toml beside the program.
WINDOW_TAGS="$WINDOW_TAGS migrated_fynedo release"

# No symbols and no debug information; functions begin at 4 bytes, as arm64 wants it, instead of at 32: 260 KB of pcc, 300 KB of the window.
LINK="-s -w -funcalign=4${NOTE:+ $NOTE}"

# What waits for people and networks goes without inlining: all of pcc, which is an eighth smaller so, and of the window what is ours, and what is for
# the network. What draws is as Fyne has it.
PCC_COMPILE="-gcflags=all=-l"
WINDOW_COMPILE="-gcflags=partner-center-connector/...=-l -gcflags=github.com/Azure/...=-l -gcflags=github.com/AzureAD/...=-l -gcflags=golang.org/x/net/...=-l"

# The Linux window program for arm64 is built with Debian's cross compiler, and with that processor's packages of what it links.
ARM64_PACKAGES="gcc-aarch64-linux-gnu libc6-dev-arm64-cross $(for package in $WINDOW_PACKAGES; do printf '%s:arm64 ' "$package"; done)"

DIST_PACKAGES="$BUILD_PACKAGES $ARM64_PACKAGES gcc-mingw-w64-x86-64 librsvg2-bin imagemagick icoutils zip nsis wixl msitools faketime osslsigncode gzip xz-utils jq"

# without_habits: what an account has set for itself does not go into packages: its time zone, language, file modes, and ways with compilers and archivers.
without_habits() {
	umask 022
	export TZ=UTC0 LC_ALL=C GOAMD64=v1 GOARM64=v8.0 CGO_CFLAGS="-O2 -g" CGO_LDFLAGS="-O2 -g"
	unset CGO_CPPFLAGS CGO_CXXFLAGS GOEXPERIMENT GOFIPS140 GCC_EXEC_PREFIX CPATH C_INCLUDE_PATH LIBRARY_PATH PKG_CONFIG_PATH TAR_OPTIONS GZIP XZ_OPT XZ_DEFAULTS ZIPOPT ZIP
}

# modes FOLDER: those of its files depend on nobody's umask.
modes() { chmod -R u=rwX,go=rX "$1"; }

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

# notices FILE PROGRAM…: the licenses of what is in the programs of a package. build/scripts/notices.sh finds them.
notices() {
	made=$1
	shift
	GOOS='' GOARCH='' CGO_ENABLED=0 go run ./assets/notices/print "$@" >"$made"
}

packaging_tool() { go tool -modfile="$ROOT/build/packaging/tools/go.mod" "$@"; }

# build_linux FOLDER ARCH: both programs, position-independent, with read-only relocations.
build_linux() {
	mkdir -p "$1"
	say "Linux programs, $2:"
	linux_pcc "$1/pcc" ./cmd/pcc "$2"
	linux_window "$1/$NAME" . "$2"
}

# build_static FOLDER ARCH: pcc for Linux without the loader of glibc, which a position-independent program of Go's needs even where it has no C code.
build_static() {
	mkdir -p "$1"
	static_pcc "$1/pcc" ./cmd/pcc "$2"
}

# linux_pcc FILE PACKAGE ARCH, static_pcc, windows_pcc and darwin_pcc: a terminal program with the flags of ours.
linux_pcc() {
	GOOS=linux GOARCH="$3" CGO_ENABLED=0 go build -trimpath "$VCS" -buildmode=pie -tags "$PCC_TAGS" "$PCC_COMPILE" -ldflags "$LINK" -o "$1" "$2"
}

static_pcc() {
	GOOS=linux GOARCH="$3" CGO_ENABLED=0 go build -trimpath "$VCS" -tags "$PCC_TAGS" "$PCC_COMPILE" -ldflags "$LINK" -o "$1" "$2"
}

windows_pcc() {
	GOOS=windows GOARCH="$3" CGO_ENABLED=0 go build -trimpath "$VCS" -tags "$PCC_TAGS" "$PCC_COMPILE" -ldflags "$LINK" -o "$1" "$2"
}

darwin_pcc() {
	GOOS=darwin GOARCH="$3" CGO_ENABLED=0 go build -trimpath "$VCS" -tags "$PCC_TAGS" "$PCC_COMPILE" -ldflags "$LINK" -o "$1" "$2"
}

# linux_window FILE PACKAGE ARCH, and windows_window FILE PACKAGE: a window program with the flags of ours.
linux_window() (
	compiler=gcc
	wrapper=cc-linux
	if [ "$3" = arm64 ]; then
		compiler=aarch64-linux-gnu-gcc
		wrapper=cc-linux-arm64
		export PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig
	fi
	! command -v clang >/dev/null || compiler="$WRAPPERS/$wrapper"
	# shellcheck disable=SC2086
	GOOS=linux GOARCH="$3" CGO_ENABLED=1 CC="$compiler" go build -trimpath "$VCS" -buildmode=pie -tags "$WINDOW_TAGS" $WINDOW_COMPILE \
		-ldflags "$LINK -extldflags '-Wl,-z,relro,-z,now'" -o "$1" "$2"
)

windows_window() {
	compiler=x86_64-w64-mingw32-gcc
	! command -v clang >/dev/null || compiler="$WRAPPERS/cc-windows"
	# shellcheck disable=SC2086
	GOOS=windows GOARCH=amd64 CGO_ENABLED=1 CC="$compiler" go build -trimpath "$VCS" -tags "$WINDOW_TAGS" $WINDOW_COMPILE \
		-ldflags "$LINK -H=windowsgui" -o "$1" "$2"
}

# build_windows FOLDER ARCH: the programs with their resources; pcc.exe is a console program, the other is not. For arm64 it is pcc.exe
# alone: Debian has no C compiler for Windows on arm64.
build_windows() {
	mkdir -p "$1"
	say "Windows programs, $2:"
	trap 'forget_resources' EXIT
	resources cmd/pcc pcc "$2"
	windows_pcc "$1/pcc.exe" ./cmd/pcc "$2"
	if [ "$2" = amd64 ]; then
		resources . window amd64
		windows_window "$1/$NAME.exe" .
	fi
	forget_resources
	trap - EXIT
}

# resources FOLDER NAME ARCH: icon, manifest and version for the program of a folder, as an object that go build links.
resources() {
	fill "build/packaging/windows/$2.json" "$WORK/$2.json" "ICON=icons/256.png"
	packaging_tool go-winres make --in "$WORK/$2.json" --arch "$3" --out "$ROOT/$1/rsrc"
}

forget_resources() { rm -f "$ROOT"/rsrc_windows_*.syso "$ROOT"/cmd/pcc/rsrc_windows_*.syso; }

# build_macos FOLDER ARCH: pcc alone; the window program needs a Mac.
build_macos() {
	mkdir -p "$1"
	darwin_pcc "$1/pcc" ./cmd/pcc "$2"
}

# at_once COMMAND…: runs programs with their arguments at the same time, to the end of all, and fails where one fails. Each is a session of its own, so that
# all that it has started can be ended.
at_once() {
	leaders=
	for job in "$@"; do
		# shellcheck disable=SC2086
		setsid env --default-signal=INT,QUIT $job </dev/null &
		leaders="$leaders $!"
	done
	trap 'for leader in $leaders; do kill -TERM "-$leader" 2>/dev/null || true; done; exit 130' INT TERM
	status=0
	for leader in $leaders; do wait "$leader" || status=1; done
	trap - INT TERM
	return "$status"
}

# archive FOLDER FILE: a tarball that depends on the contents alone. The dictionary of xz spans both programs, which have most of their code in common; a
# search that is as long as that of -9e would save one percent of the size, and take half as long again.
archive() {
	modes "$1"
	tar -C "$(dirname "$1")" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename "$1")" | case "$2" in
	*.xz) xz --lzma2=preset=6,dict=64MiB,nice=32 -T1 >"$2" ;;
	*) gzip -9n >"$2" ;;
	esac
}

# zipped FOLDER FILE: the same as a zip.
zipped() {
	rm -f "$2"
	modes "$1"
	find "$1" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	(cd "$(dirname "$1")" && find "$(basename "$1")" -type f | LC_ALL=C sort | zip -q -9 -X -@ "$2")
}
