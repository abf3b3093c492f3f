#!/bin/sh
# Walks through the pages of the installer of dist/ under wine, in English and in German, as somebody with a mouse does: every page has its
# text, none is cut, and the last one starts the program. Then through those of the uninstaller. Pictures: dist/tested/installer. Wine grants
# every program all rights, so the refusal of an account without rights (exit code 5) can't be seen here.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/wine.sh
need $WINE_PACKAGES locales $SESSION_PACKAGES
own_session "$0" "${1:-}"
PRODUCT="Partner Center Connector"
DRIVE="$T/wine/drive_c"
PICTURES="$ROOT/dist/tested/installer"
SETUP=$(ls dist/*-setup*.exe)

passed() { say "  passed: $*"; }
run() { wine "$@"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }
registry() { run reg query "$@" 2>/dev/null | tr -d '\r' || true; }
on_path() { registry "$1" /v Path | grep -c -i -F "$PRODUCT" || true; }

# speak LANGUAGE: what Windows says is in it. Wine goes by the locale; a German one is made for the test.
speak() {
	LANGUAGE_SHOWN=$1
	case "$1" in
	en) LC_ALL=C.UTF-8 ;;
	de)
		LC_ALL=de_DE.UTF-8
		export LOCPATH="$T/locale"
		mkdir -p "$LOCPATH"
		[ -d "$LOCPATH/de_DE.UTF-8" ] || localedef -i de_DE -f UTF-8 "$LOCPATH/de_DE.UTF-8"
		;;
	esac
	export LC_ALL
	wineserver -k || true # it may have ended by itself
	wineserver -w
	steps=0
}

# look: what the dialogs say goes to a file, each control in a line.
look() { run "$T/texts.exe" "$PRODUCT" 2>/dev/null | tr -d '\r&' >"$T/texts"; }
says() { look && grep -q -F -e "$1" "$T/texts"; }
runs_program() { pgrep -u "$(id -u)" -f "$PRODUCT.$NAME\\.exe" >/dev/null; }
ended() { ! runs_program; }

# page NAME TEXT…: waits for the page that has the first text, wants the others in it too, none of all cut, and photographs it.
page() {
	name=$1
	shift
	wait_until "a page with \"$1\"" says "$1" || fail "The installer shows: $(cat "$T/texts")"
	for text in "$@"; do
		grep -q -F -e "$text" "$T/texts" || fail "Page $name lacks \"$text\": $(cat "$T/texts")"
	done
	! grep '^CUT' "$T/texts" >&2 || fail "Page $name has a text that does not fit."
	steps=$((steps + 1))
	import -window root "$PICTURES/$LANGUAGE_SHOWN-$(printf %02d $steps)-$name.png"
}

# click TEXT: a control of the page that was seen last.
click() {
	at=$(awk -F '\t' -v text="$1" '$4 == text { print $3; exit }' "$T/texts")
	[ -n "$at" ] || fail "There is nothing to click: \"$1\""
	# shellcheck disable=SC2086
	xdotool mousemove $at click 1
}

# point X Y: at a place in the list of components, seen from its middle: the second component is at -85 -28, its box at -161 -28.
point() {
	at=$(awk -F '\t' '$2 == "SysTreeView32" { print $3; exit }' "$T/texts")
	[ -n "$at" ] || fail "There is no list of components."
	xdotool mousemove $((${at% *} + $1)) $((${at#* } + $2))
}

make_prefix() {
	wine_prefix "$T/wine"
	run winecfg -v win10
	x86_64-w64-mingw32-gcc -O2 -municode -o "$T/texts.exe" build/packaging/testdata/texts.c -lgdi32
	LOCAL=$(ls -d "$DRIVE"/users/*/AppData/Local | grep -v Public | head -n 1)
	CONFIG="$LOCAL/partner-center-connector"
	rm -rf "$PICTURES"
	mkdir -p "$PICTURES"
}

# english: for this account, with pcc on the PATH; the last page starts the program.
english() {
	speak en
	FOLDER="$LOCAL/Programs/$PRODUCT"
	run "$SETUP" &
	page welcome "Welcome to $PRODUCT Setup" "needs two consents" "Connectors of an earlier version stay."
	click "Next >"
	page license "License Agreement" "MIT License" "WITHOUT WARRANTY OF ANY KIND" "$PRODUCT $VERSION"
	click "I Agree"
	page users "Choose Users" "Install just for me" "Install for anyone using this computer"
	click "Next >"
	page components "Choose Components" "Space required:"
	[ "$(sed -n 's/.*Space required: \([0-9]*\)\.[0-9]* MB.*/\1/p' "$T/texts")" -ge 10 ] || fail "The space is not that of the programs: $(cat "$T/texts")"
	point -85 -28
	page description "Terminals opened afterwards find pcc by its name."
	point -161 -28
	xdotool click 1
	click "Next >"
	page folder "Choose Install Location" "AppData\\Local\\Programs\\$PRODUCT" "Space available:"
	click "Cancel"
	page abort "Are you sure you want to quit $PRODUCT Setup?"
	click "No"
	page again "Choose Install Location"
	click "Install"
	page finish "has been installed on your computer." "Start $PRODUCT"
	[ -f "$FOLDER/pcc.exe" ] && [ -f "$FOLDER/LICENSE.txt" ] || fail "Something is missing in $FOLDER"
	same "pcc is on the PATH" "$(on_path 'HKCU\Environment')" 1
	click "Finish"
	started
	passed "English: every page; for this account, on the PATH; the last page starts the program"
}

shown() { [ -n "$(xdotool search --onlyvisible --name "^$PRODUCT" 2>/dev/null)" ]; }

# drawn: the main button, at the bottom right of the window, is there, with its text.
drawn() {
	id=$(xdotool search --onlyvisible --name "^$PRODUCT" | tail -n 1)
	[ "$(import -window "$id" png:- 2>/dev/null | convert - -gravity SouthEast -crop 160x80+0+0 +repage -format %k info: 2>/dev/null || echo 0)" -gt 20 ]
}

# started: the program runs from its folder and shows its window.
started() {
	wait_until "the program" runs_program
	wait_until "the program's window" shown
	wait_until "the window's buttons" drawn
	import -window root "$PICTURES/$LANGUAGE_SHOWN-started.png"
}

# english_removal: while the program runs nothing is changed; connectors are kept.
english_removal() {
	silent 3 "$SETUP" /S
	[ -f "$FOLDER/pcc.exe" ] && [ -f "$FOLDER/$NAME.exe" ] || fail "A refused installation has removed something"
	mkdir -p "$CONFIG"
	printf 'stays' >"$CONFIG/witness"
	run "$FOLDER/uninstall.exe" /CurrentUser &
	page remove "Uninstall $PRODUCT" "Uninstalling from:"
	click "Uninstall"
	page running "is running." "choose Retry. Cancel leaves everything as it is."
	run taskkill /f /im "$NAME.exe" >/dev/null
	wait_until "the program's end" ended
	click "Retry"
	page keep "Keep this account's connectors?" "The consents in Entra stay."
	click "Yes"
	page removed "Uninstallation Complete"
	click "Close"
	wait_until "the folder's end" test ! -e "$FOLDER"
	same "pcc on the PATH" "$(on_path 'HKCU\Environment')" 0
	[ -f "$CONFIG/witness" ] || fail "The connectors did not stay"
	rm "$CONFIG/witness"
	passed "English: the uninstaller waits for the running program, and keeps connectors"
}

# german: for everybody, without the PATH and without starting the program; connectors go with the program.
german() {
	speak de
	FOLDER="$DRIVE/Program Files/$PRODUCT"
	run "$SETUP" &
	page welcome "Willkommen zur Installation" "braucht zwei Zustimmungen" "Connectors einer früheren Version bleiben."
	click "Weiter >"
	page license "Lizenzabkommen" "MIT License" "WITHOUT WARRANTY OF ANY KIND" "$PRODUCT $VERSION"
	click "Annehmen"
	page users "Benutzer auswählen" "Installation nur für mich"
	click "Installation für alle Benutzer dieses Computers"
	click "Weiter >"
	page components "Komponenten auswählen" "Benötigter Speicher:"
	point -85 -28
	page description "Danach geöffnete Terminals finden pcc unter seinem Namen."
	click "Weiter >"
	page folder "Zielverzeichnis auswählen" "Program Files\\$PRODUCT" "Verfügbarer Speicher:"
	click "Abbrechen"
	page abort "Sind Sie sicher, dass Sie die Installation von $PRODUCT abbrechen möchten?"
	click "Nein"
	page again "Zielverzeichnis auswählen"
	click "Installieren"
	page finish "wurde auf Ihrem Computer installiert." "$PRODUCT starten"
	[ -f "$FOLDER/pcc.exe" ] || fail "Something is missing in $FOLDER"
	same "pcc on the PATH" "$(on_path 'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment')" 0
	click "$PRODUCT starten"
	click "Fertigstellen"
	mkdir -p "$CONFIG"
	run "$FOLDER/uninstall.exe" /AllUsers &
	page remove "Deinstallation von $PRODUCT"
	click "Deinstallieren"
	page keep "Die Connectors dieses Kontos behalten?" "Die Zustimmungen in Entra bleiben."
	ended || fail "The program was started, though the box was cleared"
	click "Nein"
	page removed "Die Deinstallation ist vollständig"
	click "Beenden"
	wait_until "the folder's end" test ! -e "$FOLDER"
	[ ! -e "$CONFIG" ] || fail "The connectors stayed"
	passed "German: every page; for everybody; the uninstaller removes connectors where it is told so"
}

# silent CODE PROGRAM ARGUMENT…: it ends by itself with that code.
silent() {
	expected=$1
	shift
	code=0
	limited 60 wine "$@" || code=$?
	same "the exit code of $*" "$code" "$expected"
}

walk() {
	trap 'wineserver -k 2>/dev/null || true' EXIT
	say "The installer's pages:"
	make_prefix
	english
	english_removal
	german
	say "The installer's pages are fine (look at dist/tested/installer)."
}

walk
