# Sourced by the scripts that open windows and browsers: a throw-away user where they run as root, and a session with a display
# and a keychain of its own.

# in_background COMMAND…: runs it and waits for it, so that a signal to this script is obeyed at once.
in_background() {
	env --default-signal=INT,QUIT "$@" </dev/null &
	child=$!
	trap 'kill -TERM "$child" 2>/dev/null || true; exit 130' INT TERM
	status=0
	wait "$child" || status=$?
	return "$status"
}

# become_user SCRIPT ARGUMENT…: as root, makes a throw-away user with a home and a runtime directory of its own, goes on as
# it in a copy of the tree, and removes it afterwards. Browsers and the keychain refuse to work as root.
become_user() {
	[ "$(id -u)" = 0 ] || return 0
	script=$1
	shift
	sweep_users
	throwaway="pcc-$$"
	home=$(mktemp -d /tmp/pcc-home.XXXXXX)
	trap 'leave_user' EXIT
	trap 'exit 130' INT TERM
	useradd --no-create-home --home-dir "$home" --shell /bin/sh "$throwaway"
	mkdir -p "$home/src" "$home/run" "$home/tmp"
	copy_tree "$home/src"
	bring_along "$home/src"
	take_cache
	chown -R "$throwaway:" "$home"
	chmod 700 "$home/run"
	say "Going on as the throw-away user $throwaway."
	in_background setpriv --reuid "$throwaway" --regid "$throwaway" --clear-groups --pdeathsig TERM env -i \
		HOME="$home" USER="$throwaway" LOGNAME="$throwaway" XDG_RUNTIME_DIR="$home/run" TMPDIR="$home/tmp" PATH="$PATH" LANG=C.UTF-8 \
		TERM="${TERM:-dumb}" CI="${CI:-}" GOCACHE="$cache/build" GOMODCACHE="$cache/mod" GOFLAGS="-buildvcs=false" \
		GOTOOLCHAIN="$GOTOOLCHAIN" GOLANGCI_LINT_CACHE="$cache/lint" GOPROXY="$proxies" GOSUMDB="$(go env GOSUMDB)" \
		BROWSER_FAMILY="${BROWSER_FAMILY:-}" PCC_WRAPPERS="$cache" PCC_FOR="$ROOT" sh "$home/src/$script" "$@" 9>&- || exit $?
	exit 0
}

# bring_along FOLDER, and take_back FOLDER: what a script needs in the copy beside the tree, and what it has made there; it defines them anew.
bring_along() { :; }
take_back() { :; }

# copy_tree FOLDER: what git knows of, and what it does not know yet; everything where this is no checkout.
copy_tree() {
	if git -c safe.directory="$ROOT" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		git -c safe.directory="$ROOT" ls-files -z --cached --others --exclude-standard |
			xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\0" "$f"; done' sh | tar --null -T - -cf - | tar -xf - -C "$1"
		return
	fi
	tar --exclude=./bin --exclude=./dist --exclude=./pictures -cf - . | tar -xf - -C "$1"
}

# take_cache gives the throw-away user a build cache that outlives it, one run at a time. Modules that root has downloaded
# already are taken from there. OWN_CACHE names another cache than that of the tests.
take_cache() {
	cache=/var/cache/partner-center-connector-dev${OWN_CACHE:+-$OWN_CACHE}
	mkdir -p "$cache"
	exec 9>"$cache/lock"
	flock -n 9 || { say "Another run is going on; waiting for its end."; flock -w 3600 9 || fail "The other run did not end within an hour."; }
	proxies=$(go env GOPROXY)
	downloads="$(go env GOMODCACHE)/cache/download"
	if [ -d "$downloads" ]; then
		rm -rf "$cache/proxy"
		cp -al "$downloads" "$cache/proxy" 2>/dev/null || cp -r "$downloads" "$cache/proxy"
		proxies="file://$cache/proxy,$proxies"
	fi
	cp build/scripts/cc-* "$cache/"
	for part in build mod lint; do
		mkdir -p "$cache/$part"
		[ "$(stat -c %U "$cache/$part")" = "$throwaway" ] || chown -R "$throwaway:" "$cache/$part"
	done
}

# sweep_users removes the throw-away users of runs that were killed: their names end in the number of a process that is gone.
sweep_users() {
	for entry in $(getent passwd | grep '^pcc-[0-9]*:.*:/tmp/pcc-home\.[^:]*:/bin/sh$'); do
		throwaway=${entry%%:*}
		home=${entry%:*}
		home=${home##*:}
		[ -d "/proc/${throwaway#pcc-}" ] || (remove_user)
	done
}

leave_user() {
	trap '' INT TERM
	if [ -d "$home/src/pictures" ]; then
		rm -rf "$ROOT/pictures"
		cp -r "$home/src/pictures" "$ROOT/pictures"
		say "Pictures: $ROOT/pictures"
	fi
	take_back "$home/src" || true
	remove_user
}

# remove_user ends every process of the throw-away user and removes it with its home.
remove_user() {
	tries=0
	while runs -u "$throwaway" && [ "$tries" -lt 100 ]; do
		tries=$((tries + 1))
		pkill -KILL -u "$throwaway" 2>/dev/null || true
		sleep 0.1
	done
	remove "$home"
	# What it left elsewhere: X servers that were killed leave sockets and keymaps that would be in the next one's way.
	find /tmp /tmp/.X11-unix /dev/shm -maxdepth 1 -user "$throwaway" -exec rm -rf {} + 2>/dev/null || true
	userdel -f "$throwaway" 2>/dev/null || true
}

# runs -p PID, or runs -u USER: whether such a process runs. One that has ended and that nobody has waited for does not count.
runs() { ps "$@" -o stat= 2>/dev/null | grep -qv '^Z'; }

# remove FOLDER: a process that has just ended may still have been writing.
remove() {
	tries=0
	until rm -rf "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 50 ] || { say "Could not be removed: $1"; return 0; }
		sleep 0.1
	done
}

# in_session COMMAND…: runs it with a virtual display, a window manager, a D-Bus session and an unlocked keychain of its
# own, and ends all of them afterwards. PCC_SCREEN is a file with what the display shows.
in_session() {
	session=$(mktemp -d "${TMPDIR:-/tmp}/pcc-session.XXXXXX")
	pids=
	keyring=
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
	Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp -fbdir "$session" 3>"$session/display" 2>"$session/xvfb.log" &
	pids="$!"
	session_has "a display" test -s "$session/display"
	DISPLAY=":$(cat "$session/display")"
	export DISPLAY PCC_SCREEN="$session/Xvfb_screen0"
	no_notifications
	dbus-daemon --session --nofork --print-address=3 3>"$session/bus" 2>"$session/dbus.log" &
	pids="$! $pids"
	session_has "a session bus" test -s "$session/bus"
	DBUS_SESSION_BUS_ADDRESS=$(head -n 1 "$session/bus")
	export DBUS_SESSION_BUS_ADDRESS
	printf 'rehearsal' | gnome-keyring-daemon --foreground --unlock --components=secrets >"$session/keyring.log" 2>&1 &
	keyring=$!
	pids="$keyring $pids"
	openbox >"$session/openbox.log" 2>&1 &
	pids="$! $pids"
	session_has "a keychain" keychain_ready
	session_has "a window manager" window_manager_ready
	in_background "$@"
}

# no_notifications: the browsers would have the bus start a notification daemon. A test that wants one starts it.
no_notifications() {
	mkdir -p "$session/data/dbus-1/services"
	printf '[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n' >"$session/data/dbus-1/services/org.freedesktop.Notifications.service"
}

# session_has WHAT COMMAND…: waits for a part of the session, and shows what the parts said if it does not come.
session_has() {
	if ! wait_until "$@"; then
		tail -n 5 "$session"/*.log >&2
		fail "The session has no part that works: $1."
	fi
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

# keyring_ended says so where the keychain's daemon ended by itself: what the tests say of it then has no other cause.
keyring_ended() {
	[ -n "$keyring" ] && ! runs -p "$keyring" || return 0
	status=0
	wait "$keyring" 2>/dev/null || status=$?
	say "gnome-keyring-daemon ended before the session, with status $status:"
	tail -n 20 "$session/keyring.log" >&2
}

# end_session ends the newest part first. What does not end within 5 s is forced to.
end_session() {
	trap '' INT TERM
	keyring_ended
	for pid in $pids; do
		kill "$pid" 2>/dev/null || true
		tries=0
		while runs -p "$pid" && [ "$tries" -lt 50 ]; do
			tries=$((tries + 1))
			sleep 0.1
		done
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	remove "$session"
}

# own_session SCRIPT FOLDER: without a folder it runs the script in a session, with a temporary folder that is removed at its end, and ends as that
# did. With one, the script is in the session already: T is the folder.
own_session() {
	T=$2
	[ -z "$T" ] || return 0
	T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
	status=0
	(in_session sh "$1" "$T") || status=$?
	remove "$T"
	exit $status
}
