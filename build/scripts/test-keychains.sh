#!/bin/sh
# The vault's tests on the keychains that `make test` does not meet: KDE's Secret Service (kwalletd5), and under wine the Credential
# Manager of Windows. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need libkf5wallet-bin dbus gnome-keyring procps wine wine64 gcc-mingw-w64-x86-64
become_user build/scripts/test-keychains.sh
export CGO_ENABLED=0
say "KDE's Secret Service:"
limited 900 go test -tags "e2e keychains" -count=1 -timeout 14m -run TestKWallet ./connector/vault
say "Credential Manager, under wine:"
prefix=$(mktemp -d "${TMPDIR:-/tmp}/pcc-wine.XXXXXX")
trap 'wineserver -k 2>/dev/null || true; remove "$prefix"' EXIT
export WINEPREFIX="$prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml="
limited 300 wineboot -i >/dev/null 2>&1
wineserver -w
# wine 8 lacks a DLL that Go wants.
x86_64-w64-mingw32-gcc -O2 -shared -o "$prefix/drive_c/windows/system32/bcryptprimitives.dll" build/packaging/testdata/bcryptprimitives.c -ladvapi32
# What wine leaves running for a while keeps what it has been given open: go test would wait for it.
cat >"$prefix/run" <<'END'
#!/bin/sh
out=$(mktemp "$WINEPREFIX/out.XXXXXX")
status=0
wine "$@" >"$out" 2>&1 </dev/null || status=$?
cat "$out"
exit "$status"
END
chmod +x "$prefix/run"
limited 1500 env GOOS=windows GOARCH=amd64 go test -tags e2e -count=1 -timeout 24m -exec "$prefix/run" ./connector/vault ./auth/nodump
say "The other keychains keep credentials too."
