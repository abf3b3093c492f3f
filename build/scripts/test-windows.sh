#!/bin/sh
# The tests of every package with code of its own for Windows, under wine: the protected folders of a preset, locks and moves, the
# Credential Manager and what its errors mean, the crash reports. As root it goes on as a throw-away user. Windows of programs are not in
# it: gui's tests need no system, and the packages' test opens the real one.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
. build/scripts/wine.sh
need procps $WINE_PACKAGES
become_user build/scripts/test-windows.sh
say "What is written for Windows, under wine:"
prefix=$(mktemp -d "${TMPDIR:-/tmp}/pcc-wine.XXXXXX")
trap 'wineserver -k 2>/dev/null || true; remove "$prefix"' EXIT
wine_prefix "$prefix"
# shellcheck disable=SC2046
wine_tests 1500 -tags e2e -count=1 -p 1 -timeout 24m $(find auth connector cli assets -name '*_windows*.go' -exec dirname {} \; | sort -u | sed 's|^|./|')
say "It works for Windows too."
