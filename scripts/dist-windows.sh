#!/bin/sh
# Makes the NSIS installer, the MSI and the portable zip from the Windows programs in dist/programs, and signs all of them
# where there is a certificate. Called by dist.sh.
. "$(dirname "$0")/dist-common.sh"
. scripts/dist-sign.sh
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
	[ -n "$UNSIGNED" ] || set -- "$@" "-DSIGN=sh $ROOT/scripts/dist-sign.sh"
	makensis -V2 -WX -INPUTCHARSET UTF8 "$@" packaging/windows/installer.nsi >&2
	[ -n "$UNSIGNED" ] || verify "$DIST/$BASE-setup.exe"
}

# msi: wixl can't say "environment variable" nor give a component a condition, so both are put into the database afterwards.
msi() {
	made="$WORK/$BASE.msi"
	rm -f "$made"
	cp "$WORK/icons/app.ico" "$WORK/LICENSE.txt" packaging/windows/installer.wxs "$STAGE/"
	(cd "$STAGE" && wixl -a x64 -D "VERSION=$VERSION" -o "$made" installer.wxs)
	printf 'Environment\tName\tValue\tComponent_\r\ns72\tl255\tL255\ts72\r\nEnvironment\tEnvironment\r\nSearchPath\t=-*PATH\t[~];[INSTALLDIR]\tSearchPath\r\n' >"$WORK/Environment.idt"
	msibuild "$made" -i "$WORK/Environment.idt"
	msibuild "$made" -q "UPDATE \`Component\` SET \`Condition\` = 'ADDTOPATH = 1 OR (WASONPATH = 1 AND ADDTOPATH <> 0)' WHERE \`Component\` = 'SearchPath'"
	msibuild "$made" -q "UPDATE \`Property\` SET \`Value\` = 'ADDTOPATH;WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED' WHERE \`Property\` = 'SecureCustomProperties'"
	for action in RemoveEnvironmentStrings:3305 WriteEnvironmentStrings:5205; do
		msibuild "$made" -q "INSERT INTO \`InstallExecuteSequence\` (\`Action\`, \`Sequence\`) VALUES ('${action%:*}', ${action#*:})"
	done
	sign "$made" "$DIST/$BASE$UNSIGNED.msi"
}

portable() {
	folder="$WORK/$BASE"
	rm -rf "$folder" "$DIST/$BASE-portable$UNSIGNED.zip"
	mkdir -p "$folder"
	cp "$STAGE/$NAME.exe" "$STAGE/pcc.exe" "$WORK/LICENSE.txt" "$folder/"
	fill packaging/windows/README.txt "$WORK/README.txt"
	sed 's/$/\r/' "$WORK/README.txt" >"$folder/README.txt"
	find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	(cd "$WORK" && find "$BASE" -type f | sort | TZ=UTC zip -q -9 -X -@ "$DIST/$BASE-portable$UNSIGNED.zip")
}

[ -f "$WORK/icons/app.ico" ] || icons
stage
nsis
msi
portable
