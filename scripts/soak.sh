#!/bin/sh
# The long tests: kills at every operation and races of many processes, against a real keychain. As root it goes on as a
# throw-away user.
. "$(dirname "$0")/common.sh"
. scripts/session.sh
need $BUILD_PACKAGES $SESSION_PACKAGES
become_user scripts/soak.sh
mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/pcc ./cmd/pcc
in_session env PCC_BIN="$ROOT/bin" CGO_ENABLED=0 timeout -k 20 3600 go test -tags e2e -count=1 -timeout 50m ./soak
