#!/bin/sh
# The long form of what `make test` shows in short: 1,000 kills at any time beside those at every operation, on a Secret Service of
# their own, a million forgeries of each kind at the listener, a million texts with links of another product, and 10,000 people who press
# anything. Takes about half an hour; "soak.sh KILLS FORGERIES PEOPLE" does as many. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need dbus gnome-keyring procps
become_user build/scripts/soak.sh "$@"
export CGO_ENABLED=0
mkdir -p bin
build_pcc
say "Kills and races:"
limited 7200 env PCC_BIN="$ROOT/bin" SOAK_KILLS="${1:-1000}" go test -tags e2e -count=1 -timeout 115m -v ./test/soak
for target in loopback/FuzzCallback loopback/FuzzForgery link/FuzzRead; do
	say "$target:"
	# An input that leads to new code is made shorter for a second; the usual minute would be most of the time.
	limited 3600 go test -run '^$' -fuzz "^${target#*/}\$" -fuzztime "${2:-1000000}x" -fuzzminimizetime 1s "./auth/${target%/*}"
done
say "People who press anything:"
limited 3600 env SOAK_MONKEYS="${3:-10000}" go test -tags ci -count=1 -timeout 55m -run TestRandomEvents ./connector/wizard
say "Nothing was lost, and nothing was forged."
