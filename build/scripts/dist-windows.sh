#!/bin/sh
# Makes the NSIS installer, the MSI and the portable zip from the Windows programs in dist/programs, and signs all of them
# where there is a certificate. Called by dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/dist-sign.sh
BUILT="$PROGRAMS/windows-amd64"
STAGE="$WORK/windows"
BASE="$NAME-$VERSION-windows-x64"

stage() {
	rm -rf "$STAGE"
	mkdir -p "$STAGE"
	for program in $NAME pcc; do
		sign "$BUILT/$program.exe" "$STAGE/$program.exe"
		touch -d "@$SOURCE_DATE_EPOCH" "$STAGE/$program.exe"
	done
	sed 's/$/\r/' LICENSE >"$WORK/LICENSE.txt"
	touch -d "@$SOURCE_DATE_EPOCH" "$WORK/LICENSE.txt"
}

nsis() {
	set -- "-DVERSION=$VERSION" "-DVERSION4=$VERSION.$BUILD" "-DPROGRAMS=$STAGE" "-DICON=$WORK/icons/app.ico" "-DLICENSE=$WORK/LICENSE.txt" "-DOUT=$DIST/$BASE-setup$UNSIGNED.exe"
	[ -n "$UNSIGNED" ] || set -- "$@" "-DSIGN=sh $ROOT/build/scripts/dist-sign.sh"
	makensis -V2 -WX -INPUTCHARSET UTF8 "$@" build/packaging/windows/installer.nsi >&2
	[ -n "$UNSIGNED" ] || verify "$DIST/$BASE-setup.exe"
}

msi() {
	made="$WORK/$BASE.msi"
	rm -f "$made"
	cp "$WORK/icons/app.ico" "$WORK/LICENSE.txt" build/packaging/windows/installer.wxs "$STAGE/"
	(cd "$STAGE" && wixl -a x64 -D "VERSION=$VERSION" -o "$made" installer.wxs)
	fill build/packaging/windows/installer.sql "$WORK/installer.sql"
	grep -v -e '^--' -e '^$' "$WORK/installer.sql" >"$WORK/statements"
	while read -r statement; do
		msibuild "$made" -q "$statement" || fail "The database of the MSI refused: $statement"
	done <"$WORK/statements"
	sign "$made" "$DIST/$BASE$UNSIGNED.msi"
}

portable() {
	folder="$WORK/$BASE"
	rm -rf "$folder" "$DIST/$BASE-portable$UNSIGNED.zip"
	mkdir -p "$folder"
	cp "$STAGE/$NAME.exe" "$STAGE/pcc.exe" "$WORK/LICENSE.txt" "$folder/"
	fill build/packaging/windows/README.txt "$WORK/README.txt"
	sed 's/$/\r/' "$WORK/README.txt" >"$folder/README.txt"
	find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	(cd "$WORK" && find "$BASE" -type f | sort | TZ=UTC zip -q -9 -X -@ "$DIST/$BASE-portable$UNSIGNED.zip")
}

[ -f "$WORK/icons/app.ico" ] || icons
stage
nsis
msi
portable
