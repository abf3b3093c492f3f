#!/bin/sh
# Makes small wrong changes, one at a time, in a copy of the packages on which the safety of the credentials rests, and lists those that
# no test notices. Fails where less than 90 % are noticed or judged, with the reason, in build/tools/mutate/equivalent.txt.
# PACKAGES="auth connector/store" names others, COUNT=200 makes more of each (0: all), SEED=2 draws others. Takes about half an hour; broken
# off, it goes on where it was (.cache/mutate).
. "$(dirname "$0")/common.sh"
export CGO_ENABLED=0
mkdir -p .cache/bin
go -C build/tools build -o "$ROOT/.cache/bin/mutate" ./mutate
# A wrong change may end other processes than it should: the tests see none but their own, where the system can do that.
jail="unshare --pid --fork --kill-child --mount-proc"
[ "$(id -u)" = 0 ] || jail="unshare --user --map-current-user --pid --fork --kill-child --mount-proc"
if ! $jail true 2>/dev/null; then
	say "The tests can't be kept apart from this computer's processes (unshare of util-linux does it)."
	jail=
fi
# And it may want more memory than there is.
ulimit -v 8000000 2>/dev/null || true
# shellcheck disable=SC2086
nice -n 10 .cache/bin/mutate -jail "$jail" -count "${COUNT:-50}" -seed "${SEED:-1}" -workers "${WORKERS:-2}" ${PACKAGES:-}
