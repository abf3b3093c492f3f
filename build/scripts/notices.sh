#!/bin/sh
# Writes the licenses of what is linked into the programs: assets/notices, and what the programs carry of it. "notices.sh check" only compares,
# and "notices.sh dist" does so where every text must be at hand. Look at the difference before you commit it.
. "$(dirname "$0")/common.sh"
RELEASE_TAGS="$WINDOW_TAGS migrated_fynedo release"
find_notices() { limited 900 env CGO_ENABLED=0 go -C build/packaging/tools run ./notices "$@" "$ROOT" "$PCC_TAGS" "$RELEASE_TAGS"; }

case "${1:-write}" in
write)
	find_notices -debian
	CGO_ENABLED=0 go generate ./assets/notices
	;;
check)
	# The texts of Debian's packages can be compared only where these are; the tests that are to be whole have them.
	if [ -n "${CI:-}${PCC_WHOLE_TEST:-}" ]; then set -- -debian; else set --; fi
	find_notices -check "$@"
	;;
dist) find_notices -check -debian ;;
*) fail "notices.sh [write|check|dist]" ;;
esac
