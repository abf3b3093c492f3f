#!/bin/sh
# The end-to-end tests, inside the session that test.sh opens: "e2e.sh PATTERN PACKAGE…". One package after the other: they share the screen.
. "$(dirname "$0")/common.sh"
pattern=$1
shift
run_tests e2e -tags e2e -count=1 -p 1 -run "$pattern" "$@"
grep -q '"Action":"run"' "$TESTS/e2e.json" || fail "No end-to-end test has a name that matches: $pattern"
