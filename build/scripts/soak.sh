#!/bin/sh
# The long form of what `make test` shows in short: 1,000 kills at any time beside those at every operation, on a Secret Service of
# their own, and a million forgeries of each kind at the listener. Takes about half an hour; "soak.sh KILLS FORGERIES" does as
# many. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need dbus gnome-keyring procps
become_user build/scripts/soak.sh "$@"
export CGO_ENABLED=0
mkdir -p bin
build_pcc
say "Kills and races:"
limited 7200 env PCC_BIN="$ROOT/bin" SOAK_KILLS="${1:-1000}" go test -tags e2e -count=1 -timeout 115m -v ./test/soak
for target in FuzzCallback FuzzForgery; do
	say "$target:"
	# An input that leads to new code is made shorter for a second; the usual minute would be most of the time.
	limited 3600 go test -run '^$' -fuzz "^$target\$" -fuzztime "${2:-1000000}x" -fuzzminimizetime 1s ./auth/loopback
done
say "Nothing was lost, and nothing was forged."
