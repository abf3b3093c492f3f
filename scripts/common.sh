# Sourced by the other scripts: apt packages, the compiler wrapper, and a throw-away user where they run as root.
set -eu
cd "$(dirname "$0")/.."
ROOT=$(pwd)
export GOFLAGS="${GOFLAGS:-} -buildvcs=false"
export GOTOOLCHAIN="${GOTOOLCHAIN:-local}"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

command -v go >/dev/null || fail "Go is missing: install Go 1.26 or newer (https://go.dev/dl/) and put it on the PATH."

BUILD_PACKAGES="gcc libc6-dev pkg-config clang libgl-dev libegl-dev libwayland-dev libxkbcommon-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev"
SESSION_PACKAGES="xvfb xauth openbox dbus gnome-keyring libgl1-mesa-dri fonts-dejavu-core imagemagick xdotool xdg-utils x11-utils procps"
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
		command -v sudo >/dev/null || fail "Install them as root: apt-get install$missing"
		as_root=sudo
	fi
	if [ -t 0 ] && [ -z "${CI:-}" ]; then
		printf 'Install them now with apt-get? [Y/n] ' >&2
		read -r answer
		case "$answer" in [Nn]*) fail "Nothing was installed." ;; esac
	fi
	$as_root apt-get update -qq
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# use_quick_cgo: cgo's probe of the OpenGL headers takes gcc two minutes; clang does it in seconds. The output is the same.
use_quick_cgo() {
	if command -v clang >/dev/null && [ -z "${CC:-}" ]; then
		export CC="$ROOT/scripts/cc-linux"
	fi
}

# become_user SCRIPT ARGUMENT…: as root, makes a throw-away user with a home and a runtime directory of its own, goes on as
# it in a copy of the tree, and removes it afterwards. Browsers and the keychain refuse to work as root.
become_user() {
	[ "$(id -u)" = 0 ] || return 0
	throwaway="pcc-$$"
	home=$(mktemp -d /tmp/pcc-home.XXXXXX)
	runtime=$(mktemp -d /tmp/pcc-run.XXXXXX)
	cache=/var/cache/partner-center-connector-dev
	useradd --no-create-home --home-dir "$home" --shell /bin/sh "$throwaway"
	trap 'leave_user' EXIT
	trap 'exit 130' INT TERM
	mkdir -p "$cache" "$home/src"
	git -c safe.directory="$ROOT" ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\0" "$f"; done' sh | tar --null -T - -cf - | tar -xf - -C "$home/src"
	chown -R "$throwaway:" "$home" "$runtime"
	[ "$(stat -c %U "$cache")" = "$throwaway" ] || chown -R "$throwaway:" "$cache"
	chmod 700 "$runtime"
	say "Going on as the throw-away user $throwaway."
	status=0
	setpriv --reuid "$throwaway" --regid "$throwaway" --clear-groups env -i \
		HOME="$home" USER="$throwaway" LOGNAME="$throwaway" XDG_RUNTIME_DIR="$runtime" PATH="$PATH" LANG=C.UTF-8 TERM="${TERM:-dumb}" CI="${CI:-}" \
		GOCACHE="$cache/build" GOMODCACHE="$cache/mod" GOFLAGS="-buildvcs=false" GOTOOLCHAIN="$GOTOOLCHAIN" GOLANGCI_LINT_CACHE="$cache/lint" \
		GOPROXY="$(go env GOPROXY)" GOSUMDB="$(go env GOSUMDB)" PCC_OUT="${PCC_OUT:-}" \
		sh "$home/src/$1" $2 </dev/null || status=$?
	exit "$status"
}

leave_user() {
	pkill -KILL -u "$throwaway" 2>/dev/null || true
	if [ -d "$home/src/pictures" ]; then
		rm -rf "$ROOT/pictures"
		cp -r "$home/src/pictures" "$ROOT/pictures"
		say "Pictures: $ROOT/pictures"
	fi
	rm -rf "$home" "$runtime"
	userdel "$throwaway" 2>/dev/null || true
}

# in_session COMMAND…: runs it with a virtual display, a window manager, a D-Bus session and an unlocked keychain of its
# own, and ends all of them afterwards.
in_session() {
	session=$(mktemp -d /tmp/pcc-session.XXXXXX)
	pids=
	trap 'end_session' EXIT
	trap 'exit 130' INT TERM
	if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
		export XDG_RUNTIME_DIR="$session/run"
	fi
	mkdir -p "$session/run" "$session/data" "$session/config" "$session/cache"
	chmod 700 "$session/run"
	export XDG_DATA_HOME="$session/data" XDG_CONFIG_HOME="$session/config" XDG_CACHE_HOME="$session/cache"
	export LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=1 XDG_CURRENT_DESKTOP=X-Generic
	unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
	Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp 3>"$session/display" 2>"$session/xvfb.log" &
	pids="$pids $!"
	wait_until "a display" test -s "$session/display"
	DISPLAY=":$(cat "$session/display")"
	export DISPLAY
	dbus-daemon --session --nofork --print-address=3 3>"$session/bus" 2>"$session/dbus.log" &
	pids="$pids $!"
	wait_until "a session bus" test -s "$session/bus"
	DBUS_SESSION_BUS_ADDRESS=$(head -n 1 "$session/bus")
	export DBUS_SESSION_BUS_ADDRESS
	printf 'rehearsal' | gnome-keyring-daemon --foreground --unlock --components=secrets >"$session/keyring.log" 2>&1 &
	pids="$pids $!"
	openbox >"$session/openbox.log" 2>&1 &
	pids="$pids $!"
	wait_until "the keychain" keychain_ready
	wait_until "the window manager" window_manager_ready
	"$@"
}

# keychain_ready asks the bus first: a call to a keychain that is not there yet would start another, locked one.
keychain_ready() {
	ask_bus org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true &&
		ask_bus org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.ReadAlias string:default | grep -q collection/
}

ask_bus() {
	destination=$1
	shift
	dbus-send --session --print-reply --reply-timeout=5000 --dest="$destination" "$@" 2>/dev/null
}

window_manager_ready() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; }

end_session() {
	for pid in $pids; do kill "$pid" 2>/dev/null || true; done
	for pid in $pids; do wait "$pid" 2>/dev/null || true; done
	rm -rf "$session"
}

# wait_until WHAT COMMAND…: waits until the command succeeds, 20 s at most.
wait_until() {
	what=$1
	shift
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 400 ] || fail "Not within 20 s: $what."
		sleep 0.05
	done
}
