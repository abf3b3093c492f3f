#!/bin/sh
# Tests what Linux can test of macOS: the types of the window program, the icon, the archives of pcc, and dist-macos.sh step by
# step with stand-ins for the tools of a Mac. Nothing runs on macOS here. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
need file libplist-utils llvm
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM

passed() { say "  passed: $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }

# types checks those of the window program, which cgo and Apple's headers keep from being built here: with Fyne's driver for
# tests, and a copy of Fyne in which the one file that needs cgo gives way to its general form.
types() {
	say "Types of the window program:"
	fyne=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2)
	cp -r "$fyne" "$T/fyne"
	chmod -R u+w "$T/fyne"
	variant="$T/fyne/internal/app/theme_other.go"
	sed -i 's/^\/\/go:build .*/\/\/go:build darwin/' "$variant"
	grep -q '^//go:build darwin$' "$variant" && grep -q '^func DefaultVariant' "$variant" || fail "Fyne's theme_other.go is another one now; look what stands in for theme_darwin.go without cgo."
	cp go.sum "$T/alternative.sum"
	cp go.mod "$T/alternative.mod"
	go mod edit -replace "fyne.io/fyne/v2=$T/fyne" "$T/alternative.mod"
	for arch in arm64 amd64; do
		GOOS=darwin GOARCH=$arch CGO_ENABLED=0 go vet -trimpath -modfile "$T/alternative.mod" -tags ci ./gui .
	done
	passed "go vet of gui and the window program, arm64 and amd64"
}

icon() {
	say "The icon:"
	go -C build/packaging/tools test ./icns >&2
	passed "its parts and their pictures"
}

archives() {
	say "The archives of pcc:"
	for arch in arm64:arm64 amd64:x86_64; do
		name="pcc-$VERSION-macos-${arch%:*}"
		tar -xf "dist/$name.tar.gz" -C "$T"
		[ -f "$T/$name/LICENSE" ] || fail "No license in $name"
		file "$T/$name/pcc" | grep -q "Mach-O 64-bit .*${arch#*:}" || fail "$name: $(file "$T/$name/pcc")"
		# Macs with Apple's processors start nothing unsigned; Go signs for that by itself.
		[ "$arch" != arm64:arm64 ] || llvm-objdump --macho --private-headers "$T/$name/pcc" | grep -q LC_CODE_SIGNATURE || fail "pcc for arm64 has no signature of any kind"
	done
	passed "for both processors"
}

# pretend [NAME=VALUE…]: runs dist-macos.sh with stand-ins into a folder of its own.
pretend() {
	rm -rf "$T/dist" "$T/calls"
	env "$@" PATH="$T/bin:$PATH" MAC_GO="$(command -v go)" MAC_CALLS="$T/calls" DIST_OUT="$T/dist" sh build/scripts/dist-macos.sh >"$T/said" 2>&1
}

stand_ins() {
	mkdir -p "$T/bin"
	for tool in uname go lipo plutil ditto hdiutil xcrun codesign spctl xcode-select; do
		ln -s "$ROOT/build/packaging/testdata/mac/tool" "$T/bin/$tool"
	done
}

# value KEY: what Info.plist says.
value() { sed -n "/<key>$1<\/key>/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}" "$CONTENTS/Info.plist"; }

# in_order TEXT…: dist-macos.sh has called what begins so, one after the other.
in_order() {
	line=0
	for text in "$@"; do
		found=$(grep -n -F -- "$text" "$T/calls" | cut -d: -f1 | awk -v after=$line '$1 > after { print; exit }')
		[ -n "$found" ] || fail "Not called, or not in this order: $text; the calls were: $(cat "$T/calls")"
		line=$found
	done
}

bundle() {
	say "dist-macos.sh, with stand-ins for the tools of a Mac:"
	stand_ins
	pretend MACOS_IDENTITY="Developer ID Application: Test" MACOS_NOTARY_PROFILE=test MACOS_PRESET=build/packaging/preset.example.toml || fail "$(cat "$T/said")"
	image="$NAME-$VERSION-macos.dmg"
	grep -q '^github.com/spf13/cobra v.*: Apache-2.0$' "$T/dist/programs/macos/Partner Center Connector.app/Contents/Resources/NOTICES" || fail "The bundle has no NOTICES of its modules"
	[ -f "$T/dist/$image" ] || fail "No disk image: $(ls "$T/dist")"
	(cd "$T/dist" && sha256sum --quiet -c SHA256SUMS)
	CONTENTS="$T/dist/programs/macos/Partner Center Connector.app/Contents"
	for program in $NAME pcc; do
		same "processors of $program" "$("$(llvm-config --bindir)/llvm-lipo" -archs "$CONTENTS/MacOS/$program" | tr ' ' '\n' | grep . | sort | xargs)" "arm64 x86_64"
	done
	same CFBundleExecutable "$(value CFBundleExecutable)" "$NAME"
	same CFBundleIdentifier "$(value CFBundleIdentifier)" "$APP_ID"
	same CFBundleShortVersionString "$(value CFBundleShortVersionString)" "$VERSION"
	same CFBundleVersion "$(value CFBundleVersion)" "$VERSION.$BUILD"
	same LSMinimumSystemVersion "$(value LSMinimumSystemVersion)" 12.0
	! grep -q @ "$CONTENTS/Info.plist" || fail "Info.plist is not filled"
	file "$CONTENTS/Resources/$(value CFBundleIconFile).icns" | grep -q "Mac OS X icon" || fail "No icon"
	cmp build/packaging/preset.example.toml "$CONTENTS/Resources/preset.toml"
	plistutil -i build/packaging/macos/entitlements.plist -o /dev/null
	in_order "codesign --force --options runtime --timestamp --sign Developer ID Application: Test --identifier $APP_ID.pcc" \
		"Partner Center Connector.app" "xcrun notarytool submit" "xcrun stapler staple" "hdiutil create" \
		"codesign --force --options runtime --timestamp" "xcrun notarytool submit $T/dist/$image" "xcrun stapler staple $T/dist/$image" "spctl --assess --type open"
	passed "bundle, property list, and the order of signing, notarizing and stapling"
	pretend || fail "$(cat "$T/said")"
	[ -f "$T/dist/$NAME-$VERSION-macos-unsigned.dmg" ] || fail "Without a certificate the name does not say unsigned: $(ls "$T/dist")"
	! grep -q -e notarytool -e "--timestamp " "$T/calls" || fail "Without a certificate something was sent to Apple: $(cat "$T/calls")"
	pretend MACOS_IDENTITY="Developer ID Application: Test" || fail "$(cat "$T/said")"
	[ -f "$T/dist/$NAME-$VERSION-macos-not-notarized.dmg" ] || fail "Without a profile the name does not say so: $(ls "$T/dist")"
	! pretend MACOS_NOTARY_PROFILE=test || fail "It would notarize what is not signed"
	! pretend MACOS_IDENTITY="Developer ID Application: Test" MACOS_NOTARY_PROFILE=test MAC_NOTARY=Invalid || fail "It goes on after Apple has refused"
	passed "names without certificate and without profile; a refusal ends it"
}

types
icon
archives
bundle
say "What Linux can test of macOS is fine."
