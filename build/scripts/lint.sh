#!/bin/sh
# Formatting (gofumpt), go vet for the three systems, and the linters of .golangci.yml (staticcheck among them).
. "$(dirname "$0")/common.sh"
export CGO_ENABLED=0
lint() { go tool -modfile=build/tools/go.mod golangci-lint "$@"; }
unformatted=$(lint fmt --diff) || true
[ -z "$unformatted" ] || { printf '%s\n' "$unformatted"; fail "Not formatted: make fmt"; }
go vet -tags "ci e2e" ./...
lint run --build-tags ci,e2e ./...
go -C build/tools vet ./mutate
go -C build/tools tool golangci-lint run ./mutate
for tools in build/packaging/manifests build/packaging/sbom build/packaging/tools; do
	go -C $tools vet ./...
	(cd $tools && go tool -modfile="$ROOT/build/tools/go.mod" golangci-lint run ./...)
done
# What needs no cgo is vetted for the other systems too: everything but the window program and what draws it.
portable=$(go list -tags ci ./... | grep -v -e '^partner-center-connector$' -e '/gui$' -e '/gui/')
GOOS=windows go vet $portable
GOOS=darwin go vet $portable
GOOS=windows go vet -tags ci ./gui/... .
say "Lint is clean."
