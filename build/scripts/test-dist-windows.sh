#!/bin/sh
# Tests the Windows packages of dist/ under wine, which has no Windows security and no real UAC: what is shown is that they
# install, run, upgrade and go. An older, signed version is made for it. Pictures: dist/tested.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/wine.sh
need $WINE_PACKAGES nsis wixl msitools osslsigncode openssl jq unzip chromium $SESSION_PACKAGES
own_session "$0" "${1:-}"
OLD=0.0.1
KEY='Software\Microsoft\Windows\CurrentVersion\Uninstall\io.github.partnercenterconnector'
PRODUCT="Partner Center Connector"
DRIVE="$T/wine/drive_c"
mkdir -p "$ROOT/dist/tested"

passed() { say "  passed: $*"; }
run() { wine "$@"; }
# ordinary runs a program as Windows runs one for an ordinary user; under wine everything is elevated otherwise.
ordinary() {
	program=$(winepath -w "$1" 2>/dev/null)
	shift
	run "$T/limited.exe" "$program" "$@"
}
registry() { run reg query "$1" >"$T/registry" 2>/dev/null && tr -d "\r" <"$T/registry" || true; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }
absent() { for path in "$@"; do [ ! -e "$path" ] || fail "This stayed: $path"; done; }
removed() { [ ! -e "$1" ] && [ -z "$(registry "$2")" ]; }
path_of() { registry "$1" | sed -n 's/^ *Path  *REG_[A-Z_]*  *//Ip'; }
count() { printf '%s' "$1" | tr ';' '\n' | grep -c -i -F "$2" || true; }

make_prefix() {
	say "A wine prefix, and an older version signed with a test certificate:"
	wine_prefix "$T/wine"
	x86_64-w64-mingw32-gcc -O2 -o "$T/limited.exe" build/packaging/testdata/limited.c
	run winecfg -v win10
	HOME_DIR=$(ls -d "$DRIVE"/users/*/AppData/Local | grep -v Public | head -n 1)
	CONFIG="$HOME_DIR/partner-center-connector"
	MENU="Microsoft/Windows/Start Menu/Programs/$PRODUCT.lnk"
	USER_MENU="${HOME_DIR%/Local}/Roaming/$MENU"
	COMMON_MENU="$DRIVE/ProgramData/$MENU"
}

make_old() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Test roots" -keyout "$T/ca.key" -out "$T/ca.pem" 2>/dev/null
	openssl req -newkey rsa:2048 -nodes -subj "/CN=Test publisher" -keyout "$T/cs.key" -out "$T/cs.csr" 2>/dev/null
	printf 'extendedKeyUsage=codeSigning\nkeyUsage=digitalSignature\n' >"$T/cs.ext"
	openssl x509 -req -in "$T/cs.csr" -CA "$T/ca.pem" -CAkey "$T/ca.key" -CAcreateserial -days 2 -extfile "$T/cs.ext" -out "$T/cs.pem" 2>/dev/null
	openssl req -newkey rsa:2048 -nodes -subj "/CN=Test time" -keyout "$T/tsa.key" -out "$T/tsa.csr" 2>/dev/null
	printf 'extendedKeyUsage=critical,timeStamping\n' >"$T/tsa.ext"
	openssl x509 -req -in "$T/tsa.csr" -CA "$T/ca.pem" -CAkey "$T/ca.key" -CAcreateserial -days 2 -extfile "$T/tsa.ext" -out "$T/tsa.pem" 2>/dev/null
	openssl pkcs12 -export -in "$T/cs.pem" -inkey "$T/cs.key" -certfile "$T/ca.pem" -passout pass:practice -out "$T/cs.pfx"
	SIGN_PFX_BASE64=$(base64 -w0 "$T/cs.pfx") SIGN_PASSWORD=practice SIGN_CA="$T/ca.pem" DIST_OUT="$T/old" DIST_VERSION=$OLD sh build/scripts/dist-windows.sh
	OLD_SETUP="$T/old/$NAME-$OLD-windows-x64-setup.exe"
	OLD_MSI="$T/old/$NAME-$OLD-windows-x64.msi"
	SETUP=$(ls dist/*-setup*.exe)
	MSI=$(ls dist/*.msi)
	cp build/packaging/preset.example.toml "$T/preset for partners.toml"
}

# signed FILE: verifies, and a copy with one changed byte does not.
signed() {
	osslsigncode verify -CAfile "$T/ca.pem" -in "$1" >/dev/null 2>&1 || fail "No valid signature: $1"
	! osslsigncode verify -in "$1" >/dev/null 2>&1 || fail "The signature verifies without its roots: $1"
	cp "$1" "$T/changed"
	offset=$(($(stat -c %s "$1") / 3))
	byte=$(od -An -tu1 -j $offset -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %o $(((byte + 1) % 256)))" | dd of="$T/changed" bs=1 seek=$offset conv=notrunc 2>/dev/null
	! osslsigncode verify -CAfile "$T/ca.pem" -in "$T/changed" >/dev/null 2>&1 || fail "A changed byte was not noticed: $1"
}

signatures() {
	signed "$OLD_SETUP"
	signed "$OLD_MSI"
	signed "$T/old/work/windows/$NAME.exe"
	signed "$T/old/work/windows/pcc.exe"
	passed "signatures of both programs, the installer and the MSI; one changed byte is refused"
	other_signatures
}

# other_signatures: with PEM files and a time stamp, with a command, and with a certificate that nobody knows.
other_signatures() {
	go build -o "$T/tsa-server" build/packaging/testdata/tsa.go
	"$T/tsa-server" "$T" >"$T/tsa" &
	pids="$pids $!"
	wait_until "the time stamp server" test -s "$T/tsa"
	cp "$PROGRAMS/windows-amd64/pcc.exe" "$T/stamped.exe"
	SIGN_CERT="$T/cs.pem" SIGN_KEY="$T/cs.key" SIGN_TIMESTAMP_URL=$(cat "$T/tsa") SIGN_CA="$T/ca.pem" sh build/scripts/dist-sign.sh "$T/stamped.exe"
	signed "$T/stamped.exe"
	osslsigncode verify -CAfile "$T/ca.pem" -TSA-CAfile "$T/ca.pem" -in "$T/stamped.exe" 2>&1 | grep -q 'Timestamp time' || fail "No time stamp"
	printf 'osslsigncode sign -h sha256 -certs "%s" -key "%s" -in "$1" -out "$1.signed" && mv "$1.signed" "$1"\n' "$T/cs.pem" "$T/cs.key" >"$T/signer"
	cp "$PROGRAMS/windows-amd64/pcc.exe" "$T/commanded.exe"
	SIGN_COMMAND="sh $T/signer" SIGN_CA="$T/ca.pem" sh build/scripts/dist-sign.sh "$T/commanded.exe" >/dev/null
	signed "$T/commanded.exe"
	cp "$PROGRAMS/windows-amd64/pcc.exe" "$T/unknown.exe"
	! SIGN_CERT="$T/cs.pem" SIGN_KEY="$T/cs.key" sh build/scripts/dist-sign.sh "$T/unknown.exe" >/dev/null 2>&1 || fail "A signature that does not verify was taken"
	passed "signatures with PEM files and a time stamp, and by a command; one that does not verify ends the build"
}

# programs_in FOLDER VERSION: both programs stand there and work from there. The older version has the same programs in it.
programs_in() {
	[ -f "$1/$NAME.exe" ] && [ -f "$1/pcc.exe" ] && [ -f "$1/LICENSE.txt" ] || fail "Something is missing in $1"
	same "pcc version" "$(ordinary "$1/pcc.exe" version | tr -d '\r')" "pcc $VERSION windows/amd64"
	ordinary "$1/pcc.exe" doctor --json >"$T/doctor.json" || true
	[ "$(jq -r '.examinations[] | select(.id=="keychain") | .state' "$T/doctor.json")" = passed ] || fail "pcc doctor: the keychain: $(cat "$T/doctor.json")"
	code=0
	run "$1/pcc.exe" nosuch >/dev/null 2>&1 || code=$?
	same "exit code for wrong use" "$code" 2
	same "output through cmd" "$(cd "$1" && run cmd /c 'pcc.exe version > %TEMP%\out.txt & type %TEMP%\out.txt' | tr -d '\r')" "pcc $VERSION windows/amd64"
	code=0
	(cd "$1" && run cmd /c 'pcc.exe nosuch || exit 7' >/dev/null 2>&1) || code=$?
	same "exit code in cmd" "$code" 7
	same "a window program's subsystem" "$(subsystem "$1/$NAME.exe")" "Windows GUI"
	same "a console program's subsystem" "$(subsystem "$1/pcc.exe")" "Windows CUI"
}

# preset_in FOLDER: the preset was copied there, and the program takes it.
preset_in() {
	cmp "$T/preset for partners.toml" "$1/preset.toml" || fail "The preset was not copied"
	ordinary "$1/pcc.exe" doctor --json >"$T/doctor.json" || true
	same "the preset's product" "$(jq -r .preset.product "$T/doctor.json")" "Fabrikam Billing"
}

subsystem() { x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/^Subsystem.*(\(.*\))$/\1/p'; }

# connect saves a connector on the practice cloud: pcc.exe in wine, the cloud and the browser on Linux.
connect() {
	"$PROGRAMS/linux-amd64/pcc" rehearse --serve --auto --clouds-file "$T/practice.toml" --json >"$T/facts.json" &
	pids="$pids $!"
	wait_until "the practice cloud" grep -qs "^}" "$T/facts.json"
	# On the drive of wine the file with the roots has another path.
	sed 's|ca_file = ".*/|ca_file = "|' "$T/practice.toml" >"$T/clouds.toml"
	CLOUDS=$(winepath -w "$T/clouds.toml")
	ordinary "$1/pcc.exe" connect --clouds "$CLOUDS" --tenant "$(jq -r .domain "$T/facts.json")" --user "$(jq -r .integrationUser "$T/facts.json")" \
		--client-id "$(jq -r .clientId "$T/facts.json")" --client-kind "$(jq -r .clientKind "$T/facts.json")" --with-groups --name Contoso \
		--admin-consent link --user-consent link --yes --lang en </dev/null >"$T/connect.out" 2>&1 &
	connecting=$!
	visit 1
	visit 2
	code=0
	wait $connecting || code=$?
	[ "$code" = 0 ] || fail "pcc connect ended with $code: $(cat "$T/connect.out")"
	same "the saved connector" "$(ordinary "$1/pcc.exe" list --clouds "$CLOUDS" --json | jq -r '.connectors[].name')" Contoso
	[ "$(credentials)" -gt 0 ] || fail "Nothing is in the Credential Manager"
	passed "pcc.exe connect, both consents by link, up to a saved connector"
}

# credentials counts what wine keeps of ours in its Credential Manager.
credentials() { registry 'HKCU\Software\Wine\Credential Manager' | grep -c -F "$PRODUCT" || true; }

# visit N: opens the Nth link that pcc.exe shows.
visit() {
	wait_until "link $1" links "$1" || fail "pcc connect said: $(cat "$T/connect.out")"
	chromium --headless=new --no-sandbox --disable-gpu --no-first-run --user-data-dir="$T/browser$1" "$(link "$1")" >/dev/null 2>&1 &
	pids="$pids $!"
	[ "$1" = 2 ] || { tries=0; until links 2 || [ $((tries += 1)) -gt 600 ]; do sleep 0.1; done; }
}

link() { tr -d '\r' 2>/dev/null <"$T/connect.out" | grep -o 'http://localhost:[0-9]*/start/[^ ]*' | awk '!seen[$0]++' | sed -n "$1p"; }
links() { [ -n "$(link "$1")" ]; }

# kept FOLDER: the connector is still there, and its credential still works.
kept() {
	ordinary "$1/pcc.exe" check Contoso --clouds "$CLOUDS" --lang en >"$T/check.out" 2>&1 || fail "pcc check: $(cat "$T/check.out")"
	passed "$2 keeps the connector, and its credential works"
}

# window FOLDER PICTURE: it comes up, and is photographed.
window() {
	ordinary "$1/$NAME.exe" --lang en &
	wait_until "the window" xdotool search --onlyvisible --name "$PRODUCT" >/dev/null
	id=$(xdotool search --onlyvisible --name "$PRODUCT" | tail -n 1)
	wait_until "the window's buttons" drawn "$id"
	import -window root "$ROOT/dist/tested/$2.png"
	run taskkill /f /im "$NAME.exe" >/dev/null
	passed "the window comes up from $1 (look at dist/tested/$2.png)"
}

# drawn WINDOW: its main button, at the bottom right, is there, with its text.
drawn() { [ "$(import -window "$1" png:- 2>/dev/null | convert - -gravity SouthEast -crop 160x80+0+0 +repage -format %k info: 2>/dev/null || echo 0)" -gt 20 ]; }

# without_opengl FOLDER: on a display without OpenGL, as on some servers, the window program says so and offers pcc.
without_opengl() {
	Xvfb -displayfd 4 -screen 0 1000x700x24 -nolisten tcp -extension GLX 4>"$T/bare-display" 2>/dev/null &
	pids="$pids $!"
	wait_until "a display without OpenGL" test -s "$T/bare-display"
	bare=":$(cat "$T/bare-display")"
	wineserver -k || true # it may have ended by itself
	DISPLAY=$bare ordinary "$1/$NAME.exe" --lang en &
	wait_until "the message" env DISPLAY="$bare" xdotool search --onlyvisible --name "$PRODUCT" >/dev/null
	DISPLAY=$bare import -window root "$ROOT/dist/tested/no-opengl.png"
	DISPLAY=$bare xdotool search --onlyvisible --name "$PRODUCT" windowfocus --sync key Return
	wait_until "pcc connect, with text in its console" connecting_in_console "$bare"
	DISPLAY=$bare import -window root "$ROOT/dist/tested/no-opengl-pcc.png"
	wineserver -k
	passed "without OpenGL the window program says so, and opens pcc connect (look at dist/tested/no-opengl.png and no-opengl-pcc.png)"
}

# connecting_in_console DISPLAY: pcc connect runs, and the console there has text below its first line, which is the cursor's.
connecting_in_console() {
	pgrep -u "$(id -u)" -f '^[^/]*pcc\.exe connect' >/dev/null || return 1
	console=$(DISPLAY=$1 xdotool search --onlyvisible --name cmd | tail -n 1)
	[ -n "$console" ] || return 1
	DISPLAY=$1 import -window "$console" png:- 2>/dev/null | convert - -crop 600x40+0+20 -format %k info: 2>/dev/null | grep -qvx 1
}

nsis() {
	say "The installer, for this user:"
	folder="$HOME_DIR/Programs/$PRODUCT"
	before=$(path_of 'HKCU\Environment')
	code=0
	run "$OLD_SETUP" /S '/PRESET=C:\nosuch.toml' || code=$?
	same "exit code for a preset that is not there" "$code" 4
	absent "$folder"
	run "$OLD_SETUP" /S /PATH "/PRESET=$(winepath -w "$T/preset for partners.toml")"
	preset_in "$folder"
	programs_in "$folder"
	[ -f "$USER_MENU" ] || fail "No start menu entry: $USER_MENU"
	registry "HKCU\\$KEY" | grep -q "DisplayVersion.*$OLD" || fail "Not among the installed programs"
	sends_notices HKCU
	same "on the PATH" "$(count "$(path_of 'HKCU\Environment')" "$PRODUCT")" 1
	signed "$folder/uninstall.exe"
	passed "silent installation, both programs work, on the PATH, in the start menu; uninstaller signed"
	connect "$folder"
	run "$SETUP" /S
	registry "HKCU\\$KEY" | grep -q "DisplayVersion.*$VERSION" || fail "The upgrade did not take"
	same "once on the PATH" "$(count "$(path_of 'HKCU\Environment')" "$PRODUCT")" 1
	[ -f "$folder/preset.toml" ] || fail "The upgrade lost the preset"
	programs_in "$folder"
	kept "$folder" "upgrade"
	window "$folder" nsis
	without_opengl "$folder"
	remove_nsis "HKCU\\$KEY" "$folder" "$USER_MENU"
	same "the PATH afterwards" "$(path_of 'HKCU\Environment')" "$before"
	[ -d "$CONFIG" ] || fail "The connectors did not stay"
	run "$SETUP" /S
	kept "$folder" "a new installation"
	remove_nsis "HKCU\\$KEY" "$folder" "$USER_MENU" /REMOVECONNECTORS
	absent "$CONFIG"
	same "credentials afterwards" "$(credentials)" 0
	passed "removal with connectors leaves nothing: no folder, no credential"
	say "The installer, for everybody:"
	folder="$DRIVE/Program Files/$PRODUCT"
	before=$(path_of "$MACHINE_ENVIRONMENT")
	run "$SETUP" /S /AllUsers /PATH
	programs_in "$folder"
	[ -f "$COMMON_MENU" ] || fail "No start menu entry: $COMMON_MENU"
	same "on the PATH" "$(count "$(path_of "$MACHINE_ENVIRONMENT")" "$PRODUCT")" 1
	remove_nsis "HKLM\\$KEY" "$folder" "$COMMON_MENU"
	same "the PATH afterwards" "$(path_of "$MACHINE_ENVIRONMENT")" "$before"
	passed "installed and removed for everybody"
}
MACHINE_ENVIRONMENT='HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'

# sends_notices HKCU|HKLM: Windows knows what to call the sender of a notification; sends_none: it does not, any more.
NOTICES='Software\Classes\AppUserModelId\io.github.partnercenterconnector'
sends_notices() { registry "$1\\$NOTICES" | grep -q "DisplayName.*$PRODUCT" || fail "Notifications have no sender"; }
sends_none() { [ -z "$(registry "$1\\$NOTICES")" ] || fail "The sender of notifications stayed"; }

# remove_nsis KEY FOLDER ENTRY SWITCH…: the uninstaller goes on in a copy of itself, so it is waited for.
remove_nsis() {
	key=$1
	old_folder=$2
	entry=$3
	shift 3
	case "$key" in HKLM*) set -- /AllUsers "$@" ;; *) set -- /CurrentUser "$@" ;; esac
	run "$old_folder/uninstall.exe" /S "$@"
	wait_until "the uninstaller" removed "$old_folder" "$key"
	absent "$entry"
	sends_none "${key%%\\*}"
	passed "silent removal leaves no program, entry or key"
}

msi() {
	say "The MSI:"
	folder="$DRIVE/Program Files/$PRODUCT"
	before=$(path_of "$MACHINE_ENVIRONMENT")
	code=0
	run msiexec /i "$(winepath -w "$OLD_MSI")" /qn 'PRESET=C:\nosuch.toml' || code=$?
	[ "$code" != 0 ] || fail "The MSI goes on without its preset"
	absent "$folder"
	run msiexec /i "$(winepath -w "$OLD_MSI")" /qn ADDTOPATH=1 PRESET="$(winepath -w "$T/preset for partners.toml")"
	preset_in "$folder"
	programs_in "$folder"
	same "on the PATH" "$(count "$(path_of "$MACHINE_ENVIRONMENT")" "$PRODUCT")" 1
	mkdir -p "$CONFIG" && printf 'stays' >"$CONFIG/witness"
	run msiexec /i "$(winepath -w "$ROOT/$MSI")" /qn
	same "still on the PATH" "$(count "$(path_of "$MACHINE_ENVIRONMENT")" "$PRODUCT")" 1
	same "installed products" "$(registry 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' | grep -c '{' || true)" 1
	programs_in "$folder"
	sends_notices HKLM
	window "$folder" msi
	code=0
	run msiexec /i "$(winepath -w "$OLD_MSI")" /qn || code=$?
	[ "$code" != 0 ] || fail "An older MSI was installed over a newer one"
	run msiexec /x "$(winepath -w "$ROOT/$MSI")" /qn
	absent "$folder" "$USER_MENU" "$COMMON_MENU"
	[ -z "$(registry 'HKLM\Software\Partner Center Connector')" ] || fail "A registry key stayed"
	sends_none HKLM
	# Wine takes the folder out and leaves its semicolon.
	same "the PATH afterwards" "$(path_of "$MACHINE_ENVIRONMENT" | sed 's/;*$//')" "$before"
	[ -f "$CONFIG/witness" ] || fail "The MSI removed what was to stay"
	passed "installed, upgraded, older one refused, removed without a rest; this account's lists stay"
	msi_preset "$folder"
}

# msi_preset FOLDER: wine does not tell a product that another version takes its place, as Windows does; so that is said for it.
msi_preset() {
	run msiexec /i "$(winepath -w "$ROOT/$MSI")" /qn PRESET="$(winepath -w "$T/preset for partners.toml")"
	run msiexec /x "$(winepath -w "$ROOT/$MSI")" /qn 'UPGRADINGPRODUCTCODE={00000000-0000-0000-0000-000000000000}'
	absent "$1/pcc.exe"
	[ -f "$1/preset.toml" ] || fail "An upgrade loses the preset"
	run msiexec /i "$(winepath -w "$ROOT/$MSI")" /qn
	preset_in "$1"
	run msiexec /x "$(winepath -w "$ROOT/$MSI")" /qn
	absent "$1"
	passed "the preset is copied, outlasts an upgrade, goes with the product; one that is not there ends the installation"
}

portable() {
	say "The portable zip:"
	(cd "$T" && unzip -q "$ROOT"/dist/*-portable*.zip)
	programs_in "$(ls -d "$T/$NAME-$VERSION-windows-x64")"
	passed "both programs work from the folder"
}

windows_half() {
	pids=
	trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; wineserver -k 2>/dev/null || true' EXIT
	make_prefix
	make_old
	signatures
	nsis
	msi
	portable
}

windows_half
say "The Windows packages are fine under wine."
