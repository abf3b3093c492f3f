#!/bin/sh
# Makes the manifests for winget, Scoop and Homebrew into dist/manifests, from the templates of build/packaging and the packages of dist/.
# Called by dist.sh; called again, it takes in what has been put there since: the disk image, which a Mac makes.
#   RELEASE_URL   the folder on the web that will have the packages; by default the release of this version on GitHub
. "$(dirname "$0")/dist-common.sh"
need msitools
OUT="$DIST/manifests"
WEBSITE=$(sed -n 's/^Website = "\(.*\)"$/\1/p' assets/FyneApp.toml)
RELEASE_URL=${RELEASE_URL:-$WEBSITE/releases/download/v$VERSION}
case "$RELEASE_URL" in
*[!A-Za-z0-9._~:/%-]*) fail "RELEASE_URL has a character that no plain address has: $RELEASE_URL" ;;
https://*/*) RELEASE_URL=${RELEASE_URL%/} ;;
*) fail "RELEASE_URL must begin with https:// and name a folder: $RELEASE_URL" ;;
esac

# found PATTERN: the one package that fits, or nothing; two, as a signed and an unsigned one, are one too many.
found() {
	matches=$(find "$DIST" -maxdepth 1 -type f -name "$1" | LC_ALL=C sort)
	[ "$(printf '%s\n' "$matches" | wc -l)" = 1 ] || fail "More than one package is $1: remove what does not belong to this release."
	[ -z "$matches" ] || basename "$matches"
}

# facts NAME FILE: for the templates, the address, the sum and the folder inside of a package; NEXT is what Scoop makes those of a later version from.
facts() {
	sum=$(sha256sum "$DIST/$2")
	folder=${2%.zip}
	folder=${folder%-portable*}
	folder=${folder%-unsigned}
	FACTS="$FACTS $1_URL=$RELEASE_URL/$2 $1_SUM=${sum%% *} $1_FOLDER=$folder $1_NEXT_URL=$(later "$RELEASE_URL/$2") $1_NEXT_FOLDER=$(later "$folder")"
}
later() { printf '%s\n' "$1" | sed "s|$(printf '%s' "$VERSION" | sed 's/\./\\./g')|\$version|g"; }

# must NAME PATTERN: a package that every release has. may FLAG NAME PATTERN: one that some have; the flag is for @if in the templates.
must() {
	file=$(found "$2")
	[ -n "$file" ] || fail "$DIST has no $2: make dist first."
	facts "$1" "$file"
}
may() {
	file=$(found "$3")
	[ -n "$file" ] || return 0
	facts "$2" "$file"
	FLAGS="$FLAGS $1 "
}

# chosen TEMPLATE: its lines without those between @if FLAG, @else and @end that are not for this release.
chosen() {
	awk -v flags="$FLAGS" '
		/^@if /  { skip = !index(flags, " " $2 " "); next }
		/^@else/ { skip = !skip; next }
		/^@end/  { skip = 0; next }
		!skip' "$1"
}

# make_from TEMPLATE FILE NAME=VALUE…: a manifest; one in which a value is missing is none.
make_from() {
	mkdir -p "$(dirname "$2")"
	chosen "build/packaging/$1" >"$OUT/template"
	target=$2
	shift 2
	# shellcheck disable=SC2086
	fill "$OUT/template" "$target" "WEBSITE=$WEBSITE" "$@" $FACTS
	rm "$OUT/template"
	! grep -n '@[A-Z0-9_]*@' "$target" >&2 || fail "This value is missing in ${target##*/}."
}

# winget ID TEMPLATES: the four files of a package, in the folder that the community's repository wants.
winget() {
	folder="$OUT/winget/manifests/p/$(printf '%s' "$1" | tr . /)/$VERSION"
	make_from winget/version.yaml "$folder/$1.yaml" "ID=$1"
	for part in installer locale.en-US locale.de-DE; do
		make_from "winget/$2/$part.yaml" "$folder/$1.$part.yaml" "ID=$1"
	done
}

# property NAME: of the MSI.
property() {
	value=$(msiinfo export "$DIST/$MSI" Property | tr -d '\r' | awk -F '\t' -v name="$1" '$1 == name { print $2 }')
	[ -n "$value" ] || fail "The MSI has no $1: make dist again."
	printf '%s' "$value"
}

FACTS=
FLAGS=
rm -rf "$OUT"
mkdir -p "$OUT"
must SETUP "$NAME-$VERSION-windows-x64-setup*.exe"
must PORTABLE "$NAME-$VERSION-windows-x64-portable*.zip"
must MSI "$NAME-$VERSION-windows-x64*.msi"
MSI=$file
FACTS="$FACTS PRODUCT_CODE=$(property ProductCode) UPGRADE_CODE=$(property UpgradeCode) MSI_VERSION=$(property ProductVersion)"
must LINUX_AMD64 "$NAME-$VERSION-linux-amd64.tar.xz"
must MACOS_ARM64 "pcc-$VERSION-macos-arm64.tar.gz"
must MACOS_AMD64 "pcc-$VERSION-macos-amd64.tar.gz"
may windows-arm64 WINDOWS_ARM64 "pcc-$VERSION-windows-arm64*.zip"
may linux-arm64 LINUX_ARM64 "*-$VERSION-linux-arm64.tar.[gx]z"
may image DMG "$NAME-$VERSION-macos*.dmg"

winget PartnerCenterConnector.PartnerCenterConnector window
winget PartnerCenterConnector.pcc pcc
for app in $NAME pcc; do
	make_from "scoop/$app.json" "$OUT/scoop/bucket/$app.json"
done
make_from homebrew/pcc.rb "$OUT/homebrew/Formula/pcc.rb"
case "$FLAGS" in
*" image "*) make_from homebrew/$NAME.rb "$OUT/homebrew/Casks/$NAME.rb" ;;
*) say "No cask for Homebrew: dist/ has no disk image, which make dist-macos makes on a Mac." ;;
esac
case "$FACTS" in *-unsigned.* | *-not-notarized.*) say "These manifests are of packages without a publisher's signature. Publish none of them." ;; esac
say "Manifests in dist/manifests."
