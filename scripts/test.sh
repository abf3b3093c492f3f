#!/bin/sh
# Every test. "test.sh e2e" runs only the end-to-end half. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
need $BUILD_PACKAGES $SESSION_PACKAGES $BROWSER_PACKAGES gcc-mingw-w64-x86-64
become_user scripts/test.sh "${1:-}"
use_quick_cgo
if [ "${1:-}" != e2e ]; then
	sh scripts/check.sh
	say "Race detector:"
	CGO_ENABLED=1 go test -race -tags ci ./...
	say "Window program for Windows:"
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC="$ROOT/scripts/cc-windows" go build -trimpath -tags "no_emoji no_animations migrated_fynedo" -ldflags "-H=windowsgui" -o /dev/null .
fi
say "End to end:"
mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/pcc ./cmd/pcc
CGO_ENABLED=1 go build -trimpath -tags "no_emoji no_animations migrated_fynedo" -o bin/partner-center-connector .
# The same without Fyne's metadata, which then warns of every call from a wrong thread.
CGO_ENABLED=1 go build -trimpath -tags "no_emoji no_animations no_metadata" -o bin/partner-center-connector-threads .
in_session env PCC_BIN="$ROOT/bin" go test -tags e2e -count=1 -timeout 40m ./...
say "All tests passed."
