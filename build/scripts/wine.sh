# Sourced by the scripts that run what is made for Windows, under wine: a prefix of its own, and Go's tests in it.

WINE_PACKAGES="wine wine64 gcc-mingw-w64-x86-64"

# wine_prefix FOLDER: makes the prefix, with a DLL that Go wants and wine 8 lacks.
wine_prefix() {
	export WINEPREFIX="$1" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml="
	limited 300 wineboot -i >/dev/null 2>&1
	wineserver -w
	x86_64-w64-mingw32-gcc -O2 -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" build/packaging/testdata/bcryptprimitives.c -ladvapi32
}

# wine_tests SECONDS ARGUMENT…: go test for Windows, run under wine.
wine_tests() {
	seconds=$1
	shift
	# What wine leaves running for a while keeps what it has been given open: go test would wait for it.
	cat >"$WINEPREFIX/run" <<-'END'
		#!/bin/sh
		out=$(mktemp "$WINEPREFIX/out.XXXXXX")
		status=0
		wine "$@" >"$out" 2>&1 </dev/null || status=$?
		cat "$out"
		exit "$status"
	END
	chmod +x "$WINEPREFIX/run"
	wine_overlay
	limited "$seconds" env GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go test -overlay "$WINEPREFIX/overlay.json" -exec "$WINEPREFIX/run" "$@"
}

# wine_overlay: wine 8 does not know the call with which os.RemoveAll removes files, nor says so in a way that Go understands. Go has a
# switch for its own tests, to do without that call; the tests get a Go in which it is on.
wine_overlay() {
	source=$(go env GOROOT)/src/internal/syscall/windows/at_windows.go
	sed 's/^var TestDeleteatFallback bool$/var TestDeleteatFallback = true/' "$source" >"$WINEPREFIX/at_windows.go"
	! cmp -s "$source" "$WINEPREFIX/at_windows.go" || fail "Go's switch TestDeleteatFallback is no longer where it was: $source"
	printf '{"Replace":{"%s":"%s"}}\n' "$source" "$WINEPREFIX/at_windows.go" >"$WINEPREFIX/overlay.json"
}
