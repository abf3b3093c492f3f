# Sourced by the other scripts: apt packages, the compiler wrapper, builds and limits of time.
set -eu
cd "$(dirname "$0")/../.."
ROOT=$(pwd)
export GOFLAGS="${GOFLAGS:-} -buildvcs=false"
export GOTOOLCHAIN="${GOTOOLCHAIN:-local}"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

command -v go >/dev/null || fail "Go is missing: install Go 1.26 or newer (https://go.dev/dl/) and put it on the PATH."

WINDOW_PACKAGES="libgl-dev libegl-dev libwayland-dev libxkbcommon-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev"
BUILD_PACKAGES="gcc libc6-dev pkg-config clang $WINDOW_PACKAGES"
SESSION_PACKAGES="xvfb xauth openbox dbus dunst gnome-keyring systemd cron libgl1-mesa-dri fonts-dejavu-core imagemagick xdotool xdg-utils x11-utils procps"
BROWSER_PACKAGES="chromium firefox-esr"

# need PACKAGE…: installs by apt what is missing; asks first on a terminal.
need() {
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	say "Missing packages:$missing"
	command -v apt-get >/dev/null || fail "Install them, or what matches them on this system, and try again."
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || fail "Install them as root (after dpkg --add-architecture arm64 where a name ends in :arm64): apt-get install$missing"
		as_root=sudo
	fi
	if [ -t 0 ] && [ -z "${CI:-}" ]; then
		printf 'Install them now with apt-get? [Y/n] ' >&2
		read -r answer
		case "$answer" in [Nn]*) fail "Nothing was installed." ;; esac
	fi
	case "$missing" in *:arm64*) $as_root dpkg --add-architecture arm64 ;; esac
	$as_root apt-get update -qq
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# install_foreign: the clients that test/foreign lets use the practice cloud, as the lockfile beside them has them. None of their scripts runs.
FOREIGN=test/foreign/testdata
install_foreign() {
	{ command -v node && command -v npm; } >/dev/null || need nodejs npm
	node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || fail "Node.js is too old for the tests: install Node.js 18 or newer."
	[ "$FOREIGN/node_modules/.package-lock.json" -nt "$FOREIGN/package-lock.json" ] || (cd "$FOREIGN" && limited 600 npm ci --no-audit --no-fund >&2)
}

# WRAPPERS is where the compiler's wrappers are. Their path is part of what Go caches, so it should stay the same.
WRAPPERS=${PCC_WRAPPERS:-$ROOT/build/scripts}

# use_quick_cgo: cgo's probe of the OpenGL headers takes gcc two minutes; clang does it in seconds. The output is the same.
use_quick_cgo() {
	if command -v clang >/dev/null && [ -z "${CC:-}" ]; then
		export CC="$WRAPPERS/cc-linux"
	fi
}

# note_commit: programs that are built from here on note the commit that they are built from. Go itself does it ("go version -m" shows it) where
# there is a .git folder: VCS is its flag. It does not look into the .git file of a linked worktree; there, and without any .git, the linker puts
# NOTE into the program: "COMMIT,MODIFIED,TIME", without what is not known. DIST_COMMIT names the commit of a tree that has no .git.
VCS=-buildvcs=false
NOTE=''
COMMIT=''
MODIFIED=''
note_commit() {
	# A hook that calls this has set these for another repository.
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX
	# Git reads no tree of another account, as one of root, unless it is named.
	count=${GIT_CONFIG_COUNT:-0}
	export "GIT_CONFIG_KEY_$count=safe.directory" "GIT_CONFIG_VALUE_$count=$(pwd -P)" GIT_CONFIG_COUNT=$((count + 1))
	if ! COMMIT=$(own_commit); then
		[ -n "${DIST_COMMIT:-}" ] || { say "This tree has no .git that git can read, so the programs name no commit: DIST_COMMIT gives it."; return 0; }
		printf '%s' "$DIST_COMMIT" | grep -qxE '[0-9a-f]{40}|[0-9a-f]{64}' || fail "DIST_COMMIT is not the full name of a commit: $DIST_COMMIT"
		COMMIT=$DIST_COMMIT
		NOTE="-X=partner-center-connector/connector/engine.note=$COMMIT,,"
		return 0
	fi
	[ "${DIST_COMMIT:-$COMMIT}" = "$COMMIT" ] || fail "DIST_COMMIT is $DIST_COMMIT, but this tree is at $COMMIT: check out that commit, or unset DIST_COMMIT."
	MODIFIED=false
	[ -z "$(git status --porcelain)" ] || MODIFIED=true
	if [ -d .git ]; then
		VCS=-buildvcs=true
		return 0
	fi
	NOTE="-X=partner-center-connector/connector/engine.note=$COMMIT,$MODIFIED,$(TZ=UTC0 git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)"
}

# own_commit: the commit of this tree; fails without a .git of its own, so that a repository around it does not count.
own_commit() { [ -e .git ] && [ -z "$(git rev-parse --show-cdup 2>/dev/null || echo none)" ] && git rev-parse --verify -q HEAD 2>/dev/null; }

# build_pcc, build_terminal NAME PACKAGE, and build_window NAME TAGS FLAG…: the programs, into bin/. "nethttpomithttp2" leaves out what no request with a token
# uses, 0.6 MB of it; "no_emoji" leaves out 4 MB of pictures nobody sees; "no_animations" keeps a waiting window still.
PCC_TAGS=nethttpomithttp2
WINDOW_TAGS="no_emoji no_animations $PCC_TAGS"

build_pcc() { build_terminal pcc ./cmd/pcc; }

build_terminal() { CGO_ENABLED=0 go build -trimpath "$VCS" -tags "$PCC_TAGS" -ldflags "$NOTE" -o "bin/$1" "$2"; }

build_window() {
	name=$1
	tags=$2
	shift 2
	CGO_ENABLED=1 go build -trimpath "$VCS" -tags "$WINDOW_TAGS $tags" -ldflags "$NOTE" "$@" -o "bin/$name" .
}

# run_tests NAME ARGUMENT…: go test, by gotestsum, which notes how long each test took. A limit of time is against tests that hang; it is no
# measure of speed, and far above what the slowest machine needs.
TESTS="$ROOT/.cache/tests"
GOTESTSUM="$ROOT/.cache/bin/gotestsum"
run_tests() {
	name=$1
	shift
	mkdir -p "$TESTS"
	env CGO_ENABLED=0 GOOS= GOARCH= go build -modfile=build/tools/go.mod -o "$GOTESTSUM" gotest.tools/gotestsum
	limited 3600 "$GOTESTSUM" --format standard-quiet --jsonfile "$TESTS/$name.json" -- -timeout 55m "$@"
}

# slowest_tests: the ten tests that took longest, of all that ran since forget_times.
slowest_tests() {
	say "The ten slowest tests:"
	cat "$TESTS"/*.json | "$GOTESTSUM" tool slowest --num 10 --threshold 100ms >&2
}

forget_times() { rm -rf "$TESTS"; }

# limited SECONDS COMMAND…: runs it, and ends it after that time. Nothing may hang.
limited() {
	limit=$1
	shift
	status=0
	timeout --foreground -k 20 "$limit" "$@" || status=$?
	[ "$status" != 124 ] || say "Not done within $limit s: $*"
	return "$status"
}

# wait_until WHAT COMMAND…: waits until the command succeeds; fails after 20 s.
wait_until() {
	what=$1
	shift
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 400 ] || { say "Not within 20 s: $what."; return 1; }
		sleep 0.05
	done
}
