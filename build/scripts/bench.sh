#!/bin/sh
# Processor time of every page and wait while nobody does anything, beside a bare Fyne window, and the time to the first frame.
# Takes about ten minutes. Needs what the end-to-end tests need.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need $BUILD_PACKAGES $SESSION_PACKAGES $BROWSER_PACKAGES
become_user build/scripts/bench.sh
limited 1800 sh build/scripts/build.sh
use_quick_cgo
CGO_ENABLED=1 go build -trimpath -tags "e2e $WINDOW_TAGS migrated_fynedo" -o bin/barewindow ./test/e2e/barewindow
in_session env PCC_BIN="$ROOT/bin" CGO_ENABLED=0 timeout -k 20 1800 \
	go test -tags e2e -run '^$' -bench . -benchtime 3x -timeout 20m ./test/e2e
