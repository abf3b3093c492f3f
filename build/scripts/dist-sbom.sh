#!/bin/sh
# Writes the SBOM of every program in dist/programs into dist/, by CycloneDX: of the modules that Go noted in the program, Go's own library, and
# the C code that was compiled in. The same program gives the same file. Called by dist.sh. Needs jq, and the compilers of the build.
. "$(dirname "$0")/dist-common.sh"
need jq
SBOM="$ROOT/build/packaging/sbom"
TIME=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
TOOL=$(go -C "$SBOM" list -m -f '{{.Version}}' github.com/CycloneDX/cyclonedx-gomod)

# debian_part COMPILER FILE: the Debian package that a file of a compiler is from, as a component. Without root, dpkg -S works all the same.
debian_part() {
	file=$(realpath "$($1 -print-file-name="$2")")
	package=$(dpkg -S "$file" 2>/dev/null | sed 's/: .*//;s/,.*//') || true
	[ -n "$package" ] || fail "No Debian package has $file, which is linked into a program: build with Debian's $1."
	dpkg-query -W -f '${Package}\t${Version}\t${Architecture}\n' "$package" | head -n 1 | jq -R --arg file "$2" --arg distro "$(. /etc/os-release && printf '%s-%s' "$ID" "$VERSION_ID")" '
		split("\t") | "pkg:deb/debian/\(.[0])@\(.[1] | @uri)?arch=\(.[2])&distro=\($distro)" as $purl
		| {"bom-ref": $purl, type: "library", name: .[0], version: .[1], scope: "required", purl: $purl, description: "What the C compiler adds to a program, such as \($file)."}'
}

# glfw: the C library of windows, which is inside of the Go module that wraps it.
glfw() {
	folder=$(go list -m -f '{{.Dir}}' github.com/go-gl/glfw/v3.4/glfw)
	part() { sed -n "s/^#define GLFW_VERSION_$1 *\([0-9]*\)$/\1/p" "$folder/glfw/include/GLFW/glfw3.h"; }
	version="$(part MAJOR).$(part MINOR).$(part REVISION)"
	printf '%s' "$version" | grep -qxE '[0-9]+\.[0-9]+\.[0-9]+' || fail "The module of GLFW no longer says its version where it did: $folder"
	jq -n --arg version "$version" '"pkg:generic/glfw@\($version)" as $purl
		| {"bom-ref": $purl, type: "library", name: "glfw", version: $version, scope: "required", licenses: [{license: {id: "Zlib"}}], purl: $purl, description: "C code in the Go module github.com/go-gl/glfw."}'
}

# native PROGRAM SYSTEM ARCH: the C code in it, as an array; empty for a program without.
native() {
	if ! go version -m "$1" | grep -q 'CGO_ENABLED=1$'; then
		echo '[]'
		return
	fi
	case "$2-$3" in
	linux-amd64) compiler=gcc ;;
	linux-arm64) compiler=aarch64-linux-gnu-gcc ;;
	windows-amd64) compiler=x86_64-w64-mingw32-gcc ;;
	*) fail "Nobody knows which C compiler built $1." ;;
	esac
	start=Scrt1.o
	[ "$2" != windows ] || start=crt2.o
	{
		glfw
		debian_part $compiler $start
		debian_part $compiler libgcc.a
	} | jq -s .
}

# sbom PROGRAM SYSTEM ARCH
sbom() {
	name=$(basename "$1" .exe)
	sum=$(sha256sum <"$1" | cut -d' ' -f1)
	raw="$WORK/sbom.json"
	parts=$(native "$1" "$2" "$3")
	limited 900 env CGO_ENABLED=0 go -C "$SBOM" tool cyclonedx-gomod bin -json -std -noserial -notimestamp -output-version 1.6 -version "$VERSION" -output "$raw" "$1" 2>"$WORK/sbom.log" || fail "$(cat "$WORK/sbom.log")"
	# The serial number is a UUID of version 8, which says that its maker decides what is in it: here the program.
	jq --arg serial "$(printf '%s' "$sum" | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/urn:uuid:\1-\2-8\3-8\4-\5/')" \
		--arg time "$TIME" --arg tool "$TOOL" --arg name "$name" --arg sum "$sum" --arg commit "$COMMIT" --arg modified "$MODIFIED" \
		--argjson native "$parts" --argjson licenses "$(licenses_of "$name" "$2")" \
		-f "$SBOM/complete.jq" "$raw" >"$DIST/$name-$VERSION-$2-$3.cdx.json"
}

# licenses_of PROGRAM SYSTEM: the SPDX expressions of its parts, as the notices that the program carries name them.
licenses_of() {
	list="assets/notices/window/$2.txt"
	[ "$1" != pcc ] || list="assets/notices/pcc/${2%-static}.txt"
	[ -f "$list" ] || fail "The licenses of $1 for $2 are missing: make notices."
	jq -R 'split("\t") | {(.[0]): .[1]}' "$list" | jq -s 'add + {std: (.[] | select(.Go) | .Go)}'
}

mkdir -p "$WORK"
rm -f "$DIST"/*.cdx.json
for program in "$PROGRAMS"/*-*/*; do
	[ -f "$program" ] || fail "There is no program in dist/programs: build them with dist.sh programs."
	target=$(basename "$(dirname "$program")")
	sbom "$program" "${target%-*}" "${target##*-}"
done
rm -f "$WORK/sbom.json" "$WORK/sbom.log"
