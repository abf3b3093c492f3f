#!/bin/sh
# Builds both programs into bin/. Needs the packages of BUILD_PACKAGES for the window program; pcc needs only Go.
. "$(dirname "$0")/common.sh"
need $BUILD_PACKAGES
use_quick_cgo
note_commit
mkdir -p bin
build_pcc
build_window partner-center-connector migrated_fynedo
say "Built bin/partner-center-connector and bin/pcc."
