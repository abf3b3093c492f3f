#!/bin/sh
# The quick half of the tests: lint, and every unit test without GL and browser.
. "$(dirname "$0")/common.sh"
[ -n "${PCC_WHOLE_TEST:-}" ] || forget_times
sh build/scripts/lint.sh
(export CGO_ENABLED=0; run_tests quick -tags ci ./...)
CGO_ENABLED=0 go -C build/tools test ./mutate >&2
CGO_ENABLED=0 go -C build/packaging/tools test ./notices >&2
sh build/scripts/notices.sh check
for target in linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64; do
	CGO_ENABLED=0 GOOS="${target%/*}" GOARCH="${target#*/}" go build -o /dev/null ./cmd/pcc
done
[ -n "${PCC_WHOLE_TEST:-}" ] || slowest_tests
say "The quick half is fine."
