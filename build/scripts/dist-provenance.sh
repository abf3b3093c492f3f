#!/bin/sh
# Writes dist/provenance.json: which commit, tools, modules and flags everything in dist/ was made from, as an in-toto statement with the
# predicate of SLSA. It names no computer, account, folder or time of the build: the same build gives the same file. Called by dist-finish.sh,
# after all packages. Needs jq.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/dist-sign.sh
need jq
SITE=$(sed -n 's/^Website = "\(.*\)"$/\1/p' assets/FyneApp.toml)
[ -n "$SITE" ] || fail "assets/FyneApp.toml has no website."
PARTS="$WORK/provenance"

# subjects: every file with its sum.
subjects() {
	(cd "$DIST" && find ./* -prune -type f ! -name 'SHA256SUMS*' ! -name provenance.json | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum) |
		jq -R 'split("  ") | {name: .[1], digest: {sha256: .[0]}}' | jq -s .
}

# modules FILE…: "module version sum" of what is in programs, as Go noted it; of a replaced one, what is in its place.
modules() {
	go version -m "$@" | awk '
		$1 == "dep" { if (last != "") print last; last = $2 " " $3 " " $4; next }
		$1 == "=>" { last = $2 " " $3 " " $4; next }
		{ if (last != "") print last; last = "" }
		END { if (last != "") print last }' | LC_ALL=C sort -u
}

# tool_module TOOL MODFILE: the module of a tool itself, in the same form.
tool_module() {
	go version -m "$(go tool -modfile="$2" -n "$1")" | awk '$1 == "mod" { print $2, $3, $4 }'
}

# golang: such lines as resources. A sum of Go's, without "h1:" and in hexadecimal, is in-toto's dirHash.
golang() {
	while read -r path version sum; do
		printf '%s %s %s\n' "$path" "$version" "$(printf '%s' "${sum#h1:}" | base64 -d | od -An -v -tx1 | tr -d ' \n')"
	done | jq -R 'split(" ") | {name: "\(.[0])@\(.[1])", uri: "pkg:golang/\(.[0])@\(.[1])", digest: {dirHash: .[2]}}' | jq -s .
}

# debian: the packages that built, with their versions, as resources.
debian() {
	for package in $DIST_PACKAGES jq libc6-dev gcc-12 libgcc-12-dev mingw-w64-x86-64-dev gcc-mingw-w64-x86-64-win32; do
		dpkg-query -W -f '${Package} ${Version} ${Architecture} ${db:Status-Status}\n' "$package" 2>/dev/null || true
	done | sed -n 's/ installed$//p' | LC_ALL=C sort -u | jq -R 'split(" ") |
		{name: (if .[2] == "arm64" then "\(.[0]):arm64" else .[0] end), uri: "pkg:deb/debian/\(.[0])@\(.[1] | @uri)?arch=\(.[2])"}' | jq -s .
}

# flags: the settings of each program, as Go noted them, without the commit.
flags() {
	for program in "$PROGRAMS"/*-*/*; do
		go version -m "$program" | sed -n 's/^\tbuild\t//p' | grep -v '^vcs' | jq -R . | jq -s --arg name "${program#"$PROGRAMS/"}" '{($name): .}'
	done | jq -s 'add'
}

rm -rf "$PARTS"
mkdir -p "$PARTS"
[ "$(find "$PROGRAMS" -path '*-*/*' -type f | wc -l)" -gt 0 ] || fail "There is no program in dist/programs: build them with dist.sh programs."
subjects >"$PARTS/subjects"
nfpm=$(go tool -modfile=build/packaging/tools/go.mod -n nfpm)
winres=$(go tool -modfile=build/packaging/tools/go.mod -n go-winres)
gomod=$(go tool -modfile=build/packaging/sbom/go.mod -n cyclonedx-gomod)
{
	modules "$PROGRAMS"/*-*/* "$nfpm" "$winres" "$gomod"
	tool_module nfpm build/packaging/tools/go.mod
	tool_module go-winres build/packaging/tools/go.mod
	tool_module cyclonedx-gomod build/packaging/sbom/go.mod
} | LC_ALL=C sort -u | golang >"$PARTS/modules"
debian >"$PARTS/debian"
flags >"$PARTS/flags"
signed=true
[ -z "$UNSIGNED" ] || signed=false
jq -n --slurpfile subjects "$PARTS/subjects" --slurpfile modules "$PARTS/modules" --slurpfile debian "$PARTS/debian" --slurpfile flags "$PARTS/flags" \
	--arg site "$SITE" --arg version "$VERSION" --arg build "$BUILD" --arg commit "$COMMIT" --arg modified "$MODIFIED" --arg epoch "$SOURCE_DATE_EPOCH" \
	--arg go "$(go env GOVERSION)" --arg system "Debian $(cat /etc/debian_version 2>/dev/null)" --arg link "${LINK%" $NOTE"}" --argjson signed $signed '
	"git+\($site).git\(if $commit != "" then "@\($commit)" else "" end)" as $source
	| ({name: "source", uri: $source} + if $commit != "" then {digest: {gitCommit: $commit}} else {} end) as $from
	| {
		_type: "https://in-toto.io/Statement/v1",
		subject: $subjects[0],
		predicateType: "https://slsa.dev/provenance/v1",
		predicate: {
			buildDefinition: {
				buildType: "\($site)/blob/main/build/packaging/README.md#provenance",
				externalParameters: {source: $source, modified: (if $modified == "" then null else $modified == "true" end), version: $version, build: $build, signedForWindows: $signed},
				internalParameters: {SOURCE_DATE_EPOCH: $epoch, link: $link, programs: $flags[0]},
				resolvedDependencies: ([$from, {name: "go", uri: "pkg:generic/go@\($go | ltrimstr("go"))"}] + $modules[0] + $debian[0])
			},
			runDetails: {builder: {id: "\($site)/blob/main/build/scripts/dist.sh", version: {go: $go, system: $system}}}
		}
	}' >"$DIST/provenance.json"
rm -rf "$PARTS"
