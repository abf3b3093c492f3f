#!/bin/sh
# Tests the manifests of dist/manifests: that each names the packages of dist/ with their sums, by checks of our own, by a stand-in for
# Homebrew, and by the package managers' own schemas where they are given. None of the managers runs here. Called by test-dist.sh.
#   WINGET_SCHEMAS   a folder with winget's JSON schemas of one version: schemas/JSON/manifests/v1.12.0 of its repository
#   SCOOP_SCHEMA     Scoop's schema.json
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
need msitools ruby
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM

passed() { say "  passed: $*"; }

# check FOLDER: the manifests of its packages, by build/packaging/manifests.
check() { "$T/manifests" -dist "$1" ${WINGET_SCHEMAS:+-winget "$WINGET_SCHEMAS"} ${SCOOP_SCHEMA:+-scoop "$SCOOP_SCHEMA"}; }

# with_image: a copy of dist/ that also has a disk image, as a release has it; the stand-in holds no program.
with_image() {
	mkdir "$T/dist"
	find "$DIST" -maxdepth 1 -type f -exec cp {} "$T/dist/" \;
	rm -f "$T"/dist/*.dmg
	printf 'no disk image\n' >"$T/dist/$NAME-$VERSION-macos.dmg"
	DIST_OUT="$T/dist" sh build/scripts/dist-manifests.sh
	for folder in winget scoop homebrew/Formula; do
		diff -r "$DIST/manifests/$folder" "$T/dist/manifests/$folder" >&2 || fail "Made anew, the manifests of $folder differ: make dist again."
	done
	passed "made anew, they are the same"
}

# refuse WHAT FILE SCRIPT: with this change of one file, the check fails.
refuse() {
	cp -a "$T/dist/manifests" "$T/kept"
	sed -i "$3" "$T/dist/manifests/$2"
	! diff -q -r "$T/kept" "$T/dist/manifests" >/dev/null || fail "Nothing was changed: $1"
	! check "$T/dist" >/dev/null 2>&1 || fail "The check does not notice $1"
	rm -rf "$T/dist/manifests"
	mv "$T/kept" "$T/dist/manifests"
}

checks() {
	say "winget and Scoop:"
	go -C build/packaging/manifests build -trimpath -o "$T/manifests" .
	check "$DIST" >&2
	code=$(msiinfo export "$DIST"/$NAME-*.msi Property | tr -d '\r' | awk -F '\t' '$1 == "ProductCode" { print $2 }')
	app=winget/manifests/p/PartnerCenterConnector/PartnerCenterConnector/$VERSION/PartnerCenterConnector.PartnerCenterConnector
	[ "$(grep -c -F "ProductCode: \"$code\"" "$DIST/manifests/$app.installer.yaml")" = 2 ] || fail "The product code of the MSI is another one: $code"
	passed "packages, sums, processors and codes"
	[ -n "${WINGET_SCHEMAS:-}" ] || say "  not held against winget's own schemas: WINGET_SCHEMAS gives none"
	[ -n "${SCOOP_SCHEMA:-}" ] || say "  not held against Scoop's own schema: SCOOP_SCHEMA gives none"
	refuse "another sum" "$app.installer.yaml" '0,/InstallerSha256: ./s//InstallerSha256: X/'
	refuse "a key that winget does not know" "$app.installer.yaml" 's/^Platform:/Plattform:/'
	refuse "a scope that is there twice" "$app.installer.yaml" 's/Scope: user/Scope: machine/'
	refuse "another version" "$app.locale.de-DE.yaml" 's/^PackageVersion: .*/PackageVersion: "0.0.1"/'
	refuse "a text that is too long" "$app.locale.en-US.yaml" 's/^ShortDescription: .*/&&&&&/'
	refuse "another program of an archive" winget/manifests/p/PartnerCenterConnector/pcc/"$VERSION"/PartnerCenterConnector.pcc.installer.yaml 's/RelativeFilePath: .*/&x/'
	refuse "another folder of an archive" scoop/bucket/$NAME.json '0,/"extract_dir": "/s//&x/'
	refuse "an update from elsewhere" scoop/bucket/pcc.json 's/\$version/1/'
	passed "refuses eight kinds of mistakes"
}

# brew FILE SYSTEM PROCESSOR, of a release with a disk image.
brew() { limited 60 ruby build/packaging/testdata/brew.rb "$T/dist/manifests/homebrew/$1" "$2" "$3" "$T/dist" "$T/prefix-$2-$3"; }

homebrew() {
	say "Homebrew, with a stand-in:"
	for file in "$T"/dist/manifests/homebrew/*/*.rb; do ruby -wc "$file" >/dev/null; done
	for kind in "macos arm" "macos intel" "linux intel" "linux arm"; do
		if [ "$kind" = "linux arm" ] && [ -z "$(find "$DIST" -maxdepth 1 -name '*-linux-arm64.tar.*')" ]; then
			! brew Formula/pcc.rb linux arm >/dev/null 2>&1 || fail "The formula has a package for Linux on ARM, and dist/ has none"
			continue
		fi
		# shellcheck disable=SC2086
		brew Formula/pcc.rb $kind >"$T/said" || fail "The formula fails on $kind"
		[ -s "$T/prefix-${kind% *}-${kind#* }/NOTICES" ] || fail "The formula installs no licenses of others on $kind"
		grep -q 'pcc schedule remove' "$T/said" || fail "The formula does not say what removal leaves"
	done
	find "$T/prefix-linux-intel/share/man/man1" -name 'pcc.1*' | grep -q . || fail "The formula installs no manual page"
	passed "the formula on macOS and Linux: sums, places, and its own test on this computer"
	bundle=$(brew Casks/$NAME.rb macos arm | head -n 1)
	grep -q -F "/$bundle\"" build/scripts/dist-macos.sh || fail "The cask takes another bundle than make dist-macos makes: $bundle"
	sed -i '0,/sha256 "./s//sha256 "X/' "$T/dist/manifests/homebrew/Casks/$NAME.rb" "$T/dist/manifests/homebrew/Formula/pcc.rb"
	! brew Casks/$NAME.rb macos arm >/dev/null 2>&1 || fail "The stand-in does not compare sums"
	! brew Formula/pcc.rb macos arm >/dev/null 2>&1 || fail "The stand-in does not compare sums"
	passed "the cask, with a stand-in for the disk image"
}

addresses() {
	say "Addresses:"
	RELEASE_URL=https://downloads.example.com/pcc DIST_OUT="$T/dist" sh build/scripts/dist-manifests.sh 2>/dev/null
	! grep -r 'releases/download' "$T/dist/manifests" >&2 || fail "RELEASE_URL does not reach every manifest"
	check "$T/dist" >/dev/null
	! RELEASE_URL=http://downloads.example.com/pcc DIST_OUT="$T/dist" sh build/scripts/dist-manifests.sh 2>/dev/null || fail "An address without TLS was taken"
	passed "RELEASE_URL is taken, and must be https"
}

with_image
checks
homebrew
addresses
say "The manifests are fine."
