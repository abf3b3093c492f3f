#!/bin/sh
# Shows the main job on the practice cloud. With a display it opens the window; without one it goes through the whole
# wizard by itself under a virtual display, with real browsers and a real keychain, and leaves pictures in pictures/.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(id -u)" != 0 ]; then
	need $BUILD_PACKAGES
	sh build/scripts/build.sh
	exec bin/partner-center-connector --rehearse
fi
need $BUILD_PACKAGES $SESSION_PACKAGES chromium
become_user build/scripts/rehearse.sh
limited 1800 sh build/scripts/build.sh
rm -rf pictures
mkdir -p pictures
in_session timeout -k 20 300 bin/partner-center-connector --rehearse --unattended --browser "${BROWSER_FAMILY:-chromium}" --pictures pictures
[ -n "${PCC_FOR:-}" ] || say "Pictures: $ROOT/pictures"
