#!/bin/sh
# Makes the NSIS installer, the MSI, the portable zip, and the zip of pcc for arm64 from the Windows programs in dist/programs, and signs
# all of them where there is a certificate. Called by dist.sh. "dist-windows.sh msi" makes one of nsis, msi, portable and terminal_arm64.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/dist-sign.sh
without_habits
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
	notices "$WORK/NOTICES" "$BUILT/$NAME.exe" "$BUILT/pcc.exe"
	sed 's/$/\r/' "$WORK/NOTICES" >"$WORK/NOTICES.txt"
	touch -d "@$SOURCE_DATE_EPOCH" "$WORK/LICENSE.txt" "$WORK/NOTICES.txt"
}

# side: the picture beside the installer's first and last page, of the program's icon.
side() {
	rsvg-convert build/packaging/windows/side.svg -o "$WORK/side.png"
	convert "$WORK/side.png" \( "$WORK/icons/128.png" -resize 96x96 \) -geometry +38+40 -composite "BMP3:$WORK/side.bmp"
}

nsis() {
	side
	set -- "-DVERSION=$VERSION" "-DVERSION4=$VERSION.$BUILD" "-DPROGRAMS=$STAGE" "-DICON=$WORK/icons/app.ico" "-DSIDE=$WORK/side.bmp" "-DLICENSE=$WORK/LICENSE.txt" "-DNOTICES=$WORK/NOTICES.txt" "-DOUT=$DIST/$BASE-setup$UNSIGNED.exe"
	[ -n "$UNSIGNED" ] || set -- "$@" "-DSIGN=sh $ROOT/build/scripts/dist-sign.sh"
	makensis -V2 -WX -INPUTCHARSET UTF8 "$@" build/packaging/windows/installer.nsi >&2
	[ -n "$UNSIGNED" ] || verify "$DIST/$BASE-setup.exe"
}

# code WORD: a GUID, version 5 of RFC 9562, of the version and of all that goes into the MSI. Another MSI has other codes, since Windows replaces
# no product by one with its own code. The name space is the code of upgrades in installer.wxs.
code() {
	sum=$({
		printf '\014\033\174\136\135\015\114\125\235\233\157\156\017\072\173\041'
		printf '%s %s %s\n' "$1" "$VERSION" "$BUILD"
		(cd "$STAGE" && sha256sum ./*)
	} | sha1sum | tr a-f A-F)
	variant=$(printf '%X' $((0x$(printf %s "$sum" | cut -c17) & 3 | 8)))
	printf '%s' "$sum" | sed -E "s/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-5\3-$variant\4-\5/"
}

msi() {
	made="$WORK/$BASE.msi"
	rm -f "$made"
	cp "$WORK/icons/app.ico" "$WORK/LICENSE.txt" "$WORK/NOTICES.txt" build/packaging/windows/installer.wxs "$STAGE/"
	fill build/packaging/windows/installer.sql "$STAGE/installer.sql"
	find "$STAGE" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	# The cabinet and the summary note times: those of the files, and that of the clock, which is told to wixl.
	(cd "$STAGE" && faketime -f "$(date -u -d "@$SOURCE_DATE_EPOCH" '+%Y-%m-%d %H:%M:%S')" wixl -a x64 -D "VERSION=$VERSION" -D "PRODUCT=$(code product)" -o "$made" installer.wxs)
	grep -v -e '^--' -e '^$' "$STAGE/installer.sql" >"$WORK/statements"
	while read -r statement; do
		msibuild "$made" -q "$statement" || fail "The database of the MSI refused: $statement"
	done <"$WORK/statements"
	msibuild "$made" -s "Partner Center Connector $VERSION" "Partner Center Connector contributors" "x64;1033" "{$(code package)}"
	sign "$made" "$DIST/$BASE$UNSIGNED.msi"
}

portable() {
	folder="$WORK/$BASE"
	rm -rf "$folder"
	mkdir -p "$folder"
	cp "$STAGE/$NAME.exe" "$STAGE/pcc.exe" "$WORK/LICENSE.txt" "$WORK/NOTICES.txt" "$folder/"
	fill build/packaging/windows/README.txt "$WORK/README.txt"
	sed 's/$/\r/' "$WORK/README.txt" >"$folder/README.txt"
	zipped "$folder" "$DIST/$BASE-portable$UNSIGNED.zip"
}

# terminal_arm64: pcc.exe for Windows on arm64, where the installer's programs run, too, by emulation.
terminal_arm64() {
	folder="$WORK/pcc-$VERSION-windows-arm64"
	rm -rf "$folder"
	mkdir -p "$folder"
	sign "$PROGRAMS/windows-arm64/pcc.exe" "$folder/pcc.exe"
	notices "$folder/NOTICES" "$folder/pcc.exe"
	sed 's/$/\r/' "$folder/NOTICES" >"$folder/NOTICES.txt"
	rm "$folder/NOTICES"
	cp "$WORK/LICENSE.txt" "$folder/"
	zipped "$folder" "$DIST/$(basename "$folder")$UNSIGNED.zip"
}

[ -f "$WORK/icons/app.ico" ] || icons
stage
for step in ${1:-nsis msi portable terminal_arm64}; do $step; done
