#!/bin/sh
# Writes what tells of the packages of dist/: their table, the provenance, and the sums of everything, signed where a key is given. Called by dist.sh,
# release.sh and make dist-manifests, at the end.
. "$(dirname "$0")/common.sh"
sh build/scripts/dist-table.sh
sh build/scripts/dist-provenance.sh
sh build/scripts/dist-sums.sh
