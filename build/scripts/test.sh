#!/bin/sh
# Every test. "test.sh e2e" runs only the end-to-end half, "test.sh e2e PATTERN" only what matches. As root it goes on as a
# throw-away user. Pictures of what failed are left in pictures/.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need $BUILD_PACKAGES $SESSION_PACKAGES $BROWSER_PACKAGES gcc-mingw-w64-x86-64 shellcheck
install_foreign
bring_along() { cp -r "$FOREIGN/node_modules" "$1/$FOREIGN/"; }
become_user build/scripts/test.sh "$@"
use_quick_cgo
forget_times
if [ "${1:-}" != e2e ]; then
	limited 3600 env PCC_WHOLE_TEST=yes sh build/scripts/check.sh
	say "Race detector:"
	# The window's pages are drawn on one thread, thousands of times: of its tests only those with goroutines are run again.
	# shellcheck disable=SC2046
	(export CGO_ENABLED=1; run_tests race -race -tags ci $(go list -tags ci ./... | grep -v -e '/gui$' -e '/gui/pictures$'))
	(export CGO_ENABLED=1; run_tests race-window -race -tags ci -run 'Show|Wait|Timer|Typing|Help|Closing|Copied|Event|Raise|Open' ./gui)
	say "Window program for Windows:"
	limited 1800 env CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC="$WRAPPERS/cc-windows" go build -trimpath -tags "$WINDOW_TAGS migrated_fynedo" -ldflags "-H=windowsgui" -o /dev/null .
fi
say "End to end:"
limited 1800 sh build/scripts/build.sh
# The same without Fyne's metadata, which then warns of every call from a wrong thread, and with the race detector.
build_window partner-center-connector-threads no_metadata -race
# One package after the other: they share the screen.
packages=$(grep -rl --include='*_test.go' '^//go:build.*e2e' . | xargs -n 1 dirname | sort -u)
# shellcheck disable=SC2086
in_session env PCC_BIN="$ROOT/bin" PCC_PICTURES="$ROOT/pictures" CGO_ENABLED=0 sh build/scripts/e2e.sh "${2:-.}" $packages
slowest_tests
say "All tests passed."
