#!/bin/sh
# Builds the app bundle with both programs, for both processors, and a disk image of it into dist/. Needs a Mac with Go 1.26 and
# the Xcode command line tools. By environment:
#   MACOS_IDENTITY         a "Developer ID Application" certificate of the login keychain, by name; without it the bundle is
#                          signed for this Mac alone, and the file name says "unsigned"
#   MACOS_NOTARY_PROFILE   a profile that "xcrun notarytool store-credentials" has saved; without it nothing is sent to Apple,
#                          and the file name says "not-notarized"
#   MACOS_PRESET           a preset.toml to put into the bundle; later it would break the signature
. "$(dirname "$0")/dist-common.sh"
[ "$(uname -s)" = Darwin ] || fail "The app bundle is built on a Mac. Elsewhere, make dist builds pcc for macOS."
xcode-select -p >/dev/null 2>&1 || fail "The Xcode command line tools are missing: xcode-select --install"
APP="$DIST/programs/macos/Partner Center Connector.app"
CONTENTS="$APP/Contents"

# The oldest that Go 1.26 runs on: https://go.dev/issue/75836
MACOSX_DEPLOYMENT_TARGET=12.0
export MACOSX_DEPLOYMENT_TARGET

SUFFIX=
[ -n "${MACOS_NOTARY_PROFILE:-}" ] || SUFFIX=-not-notarized
[ -n "${MACOS_IDENTITY:-}" ] || SUFFIX=-unsigned
[ -z "${MACOS_NOTARY_PROFILE:-}" ] || [ -n "${MACOS_IDENTITY:-}" ] || fail "MACOS_NOTARY_PROFILE needs MACOS_IDENTITY: Apple notarizes only what is signed."
IMAGE="$DIST/$NAME-$VERSION-macos$SUFFIX.dmg"

programs() {
	for arch in arm64 amd64; do
		folder="$WORK/macos/$arch"
		say "macOS programs, $arch:"
		build_macos "$folder" $arch
		# shellcheck disable=SC2086
		GOOS=darwin GOARCH=$arch CGO_ENABLED=1 CC=clang go build -trimpath "$VCS" -tags "$WINDOW_TAGS" $WINDOW_COMPILE -ldflags "$LINK" -o "$folder/$NAME" .
	done
}

bundle() {
	mkdir -p "$CONTENTS/MacOS" "$CONTENTS/Resources"
	for program in $NAME pcc; do
		lipo -create -output "$CONTENTS/MacOS/$program" "$WORK/macos/arm64/$program" "$WORK/macos/amd64/$program"
	done
	fill build/packaging/macos/Info.plist "$CONTENTS/Info.plist" "MACOS=$MACOSX_DEPLOYMENT_TARGET"
	plutil -lint "$CONTENTS/Info.plist" >/dev/null
	printf 'APPL????' >"$CONTENTS/PkgInfo"
	cp LICENSE "$CONTENTS/Resources/LICENSE.txt"
	# Of the programs as they were before lipo joined them.
	notices "$CONTENTS/Resources/NOTICES" "$WORK/macos/arm64/$NAME" "$WORK/macos/arm64/pcc" "$WORK/macos/amd64/$NAME" "$WORK/macos/amd64/pcc"
	[ -z "${MACOS_PRESET:-}" ] || cp "$MACOS_PRESET" "$CONTENTS/Resources/preset.toml"
	go -C build/packaging/tools run ./icns "$ROOT/assets/icons/app.svg" "$CONTENTS/Resources/app.icns"
}

# sign_code FILE FLAG…: with the hardened runtime and without an exception from it. The programs in the bundle come first: its
# own signature covers theirs.
sign_code() {
	file=$1
	shift
	if [ -n "${MACOS_IDENTITY:-}" ]; then
		set -- --timestamp --sign "$MACOS_IDENTITY" "$@"
	else
		set -- --timestamp=none --sign - "$@"
	fi
	codesign --force --options runtime "$@" "$file"
	codesign --verify --strict --verbose=2 "$file"
}

sign_bundle() {
	sign_code "$CONTENTS/MacOS/pcc" --identifier $APP_ID.pcc --entitlements build/packaging/macos/entitlements.plist
	sign_code "$APP" --entitlements build/packaging/macos/entitlements.plist
}

# notarize ARCHIVE FILE: has Apple look at the archive, and puts its word into the file, so that it can be read without network.
notarize() {
	[ -n "${MACOS_NOTARY_PROFILE:-}" ] || return 0
	report="$WORK/macos/notary.txt"
	xcrun notarytool submit "$1" --keychain-profile "$MACOS_NOTARY_PROFILE" --wait --timeout 1h >"$report" 2>&1 || { cat "$report" >&2; fail "Not sent to Apple: $1"; }
	# The tool ends well, too, when Apple refuses.
	grep -q 'status: Accepted' "$report" || { cat "$report" >&2; fail "Apple did not accept $1: xcrun notarytool log ID says why"; }
	xcrun stapler staple "$2"
	xcrun stapler validate "$2"
}

notarize_bundle() {
	ditto -c -k --keepParent "$APP" "$WORK/macos/app.zip"
	notarize "$WORK/macos/app.zip" "$APP"
	[ -z "${MACOS_NOTARY_PROFILE:-}" ] || spctl --assess --type execute --verbose=2 "$APP"
}

disk_image() {
	stage="$WORK/macos/image"
	mkdir -p "$stage"
	ditto "$APP" "$stage/$(basename "$APP")"
	ln -s /Applications "$stage/Applications"
	rm -f "$IMAGE"
	hdiutil create -volname "Partner Center Connector" -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$IMAGE" >/dev/null
	[ -z "${MACOS_IDENTITY:-}" ] || sign_code "$IMAGE"
	notarize "$IMAGE" "$IMAGE"
	[ -z "${MACOS_NOTARY_PROFILE:-}" ] || spctl --assess --type open --context context:primary-signature --verbose=2 "$IMAGE"
}

rm -rf "$WORK/macos" "$DIST/programs/macos"
mkdir -p "$WORK/macos"
programs
bundle
sign_bundle
notarize_bundle
disk_image
rm -rf "$WORK"
# The disk image goes into a release, whose sums are signed there.
RELEASE_MINISIGN_KEY='' sh build/scripts/dist-sums.sh
say "Built dist/$(basename "$IMAGE")."
