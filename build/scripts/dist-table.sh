#!/bin/sh
# Writes dist/PACKAGES.md: each package and SBOM of dist/ with its size, its SHA-256, its signature and what it carries, read from the files themselves.
# Called by dist-finish.sh.
. "$(dirname "$0")/dist-common.sh"
need msitools rpm unzip osslsigncode jq

# parts FILE: the names of the files in a package.
parts() {
	case "$1" in
	*.deb) dpkg-deb --fsys-tarfile "$1" | tar -tf - ;;
	*.rpm) rpm -qpl "$1" 2>/dev/null ;;
	*.tar.*) tar -tf "$1" ;;
	*.zip) unzip -Z1 "$1" ;;
	*.msi) msiinfo export "$1" File | tr -d '\r' | awk -F '\t' 'NR > 3 { print $3 }' | sed 's/.*|//' ;;
	esac | grep -v '/$' | sed 's|.*/||'
}

# carries FILE: what is in it, in a few words; the rest by number.
carries() {
	case "$1" in
	*.cdx.json) jq -r '"\(.components | length) components of \(.metadata.component.name), CycloneDX \(.specVersion)"' "$1"; return ;;
	*.dmg) echo "the app bundle with both programs"; return ;;
	*-setup*.exe) echo "what the MSI carries, and its uninstaller"; return ;;
	esac
	parts "$1" | LC_ALL=C sort | awk '
		/^(partner-center-connector|pcc)(\.exe)?$/ { if (!seen[$0]++) programs = programs ", " $0; next }
		/^LICENSE|^copyright$/ { license = ", license"; next }
		/^NOTICES/ { notices = ", notices"; next }
		/\.1(\.gz)?$/ { pages++; next }
		/\.(png|svg|ico)$/ { icons++; next }
		/^(README|CHANGELOG|install\.sh)/ { if (!seen[$0]++) papers = papers ", " $0; next }
		/\.desktop$/ { menu = ", menu entry"; next }
		/./ { others++ }
		END {
			text = programs license notices papers menu
			if (pages) text = text ", " pages " manual pages"
			if (icons) text = text ", " icons " icons"
			if (others) text = text ", " others " other files"
			print substr(text, 3)
		}'
}

# signature FILE: whether Windows or a Mac finds a publisher in it.
signature() {
	case "$1" in
	*-unsigned.*) echo "no" ;;
	*.msi | *.exe) osslsigncode extract-signature -in "$1" -out "$WORK/signature" >/dev/null 2>&1 && echo "yes" || echo "no"; rm -f "$WORK/signature" ;;
	*.dmg) case "$1" in *-not-notarized.*) echo "yes, not notarized" ;; *) echo "yes, notarized" ;; esac ;;
	*windows*.zip) echo "its programs" ;;
	*) echo "by SHA256SUMS" ;;
	esac
}

mkdir -p "$WORK"
rm -f "$DIST/PACKAGES.md"
{
	printf '# Packages of Partner Center Connector %s, build %s\n\n' "$VERSION" "$BUILD"
	printf '%s\n' "Size in bytes, SHA-256, who vouches for it, and what it carries. \`sha256sum -c SHA256SUMS\` compares them all."
	printf '\n| file | size | SHA-256 | signature | carries |\n|---|---:|---|---|---|\n'
	find "$DIST" -maxdepth 1 -type f ! -name 'SHA256SUMS*' ! -name '*.md' ! -name provenance.json | LC_ALL=C sort | while read -r file; do
		printf '| %s | %s | `%s` | %s | %s |\n' "$(basename "$file")" "$(stat -c %s "$file")" "$(sha256sum <"$file" | cut -d' ' -f1)" "$(signature "$file")" "$(carries "$file")"
	done
} >"$WORK/PACKAGES.md"
grep -q '^| \(partner-center-connector\|pcc\)[-_]' "$WORK/PACKAGES.md" || fail "There is no package in dist/: make dist."
! grep '|  |$' "$WORK/PACKAGES.md" >&2 || fail "Nobody knows what these carry: teach dist-table.sh to read them."
mv "$WORK/PACKAGES.md" "$DIST/PACKAGES.md"
