#!/bin/sh
# The daily check with a user manager of systemd's that runs for the test alone: the timer fires, and nothing is left; and the window that a
# notification opens outlives the service that showed it. Needs root, for a mount
# namespace in which that manager is the only one.
. "$(dirname "$0")/common.sh"
[ "$(id -u)" = 0 ] || fail "This needs root: a user manager of its own can't be started otherwise."
need systemd util-linux dbus-user-session
home=$(mktemp -d "${TMPDIR:-/tmp}/pcc-schedule.XXXXXX")
trap 'rm -rf "$home"' EXIT
for part in schedule notice; do
	CGO_ENABLED=0 go test -tags usermanager -c -o "$home/$part.test" "./connector/$part"
done
cat >"$home/inside" <<'END'
set -eu
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system "/run/user/0"
chmod 700 /run/user/0
export XDG_RUNTIME_DIR=/run/user/0
unset XDG_CONFIG_HOME DBUS_SESSION_BUS_ADDRESS
/lib/systemd/systemd --user --log-target=console >"$HOME/manager.log" 2>&1 &
manager=$!
tries=0
until systemctl --user is-system-running >/dev/null 2>&1; do
	tries=$((tries + 1))
	[ "$tries" -lt 400 ] || { cat "$HOME/manager.log" >&2; echo "The user manager did not come within 20 s." >&2; exit 1; }
	sleep 0.05
done
status=0
cd "$HOME"
for part in schedule notice; do
	"./$part.test" -test.run TestWithAUserManager -test.v -test.timeout 4m || status=$?
done
systemctl --user exit >/dev/null 2>&1 || kill "$manager" 2>/dev/null || true
wait "$manager" 2>/dev/null || true
exit "$status"
END
say "The daily check with a user manager:"
limited 300 env HOME="$home" unshare --mount sh "$home/inside"
say "The timer fires, and a click outlives it."
