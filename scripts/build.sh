#!/bin/sh
# Builds both programs into bin/. Needs the packages of BUILD_PACKAGES for the window program; pcc needs only Go.
. "$(dirname "$0")/common.sh"
need $BUILD_PACKAGES
use_quick_cgo
mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/pcc ./cmd/pcc
CGO_ENABLED=1 go build -trimpath -tags "no_emoji no_animations migrated_fynedo" -o bin/partner-center-connector .
say "Built bin/partner-center-connector and bin/pcc."
