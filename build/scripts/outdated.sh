#!/bin/sh
# Lists the dependencies: which are behind their newest version, deprecated, taken back by their authors (retracted), or old. "outdated.sh --json" prints them
# all, with their ages in days. It looks at everything in go.mod, and at the tools of the modules below build and what these ask for by name. It asks the Go
# module proxy and nothing else; known weaknesses are audit.sh's. Needs jq.
. "$(dirname "$0")/common.sh"
need jq
OLD=1095 # days: three years without a release; whether somebody still looks after such a module is for a person to find out
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

# listed FILE MODULE…: what the proxy says of them. They are named one by one: for "all", go list ends where the proxy lacks one
# that only the tests of some dependency need.
listed() {
	file=$1
	shift
	limited 300 go list -modfile="$file" -m -u -retracted -e -json "$@" >"$T/list" || fail "What $file needs could not be looked up. Make the Go module proxy reachable (go env GOPROXY), and try again."
	jq --arg file "$file" --argjson now "$(date +%s)" '
		def age: if . then (($now - fromdateiso8601) / 86400 | floor) else null end;
		{file: $file, module: .Path, version: .Version, age: (.Time | age), indirect: (.Indirect // false),
		 newest: (.Update.Version // .Version), deprecated: (.Deprecated // null), retracted: (.Retracted // null)}' "$T/list" >>"$T/all"
}

# needed FILE: the modules of its tools, of which some have none, and those that it asks for by name.
needed() {
	go mod edit -json "$1" | jq -r '.Require[]? | select(.Indirect | not).Path'
	! grep -q '^tool ' "$1" || go list -modfile="$1" -f '{{.Module.Path}}' tool
}

# shellcheck disable=SC2046
listed go.mod $(go mod edit -json | jq -r '.Require[].Path')
for file in build/tools/go.mod $(find build/packaging -name go.mod -not -path '*/testdata/*' | LC_ALL=C sort); do
	# shellcheck disable=SC2046
	listed "$file" $(needed "$file" | LC_ALL=C sort -u)
done
[ "${1:-}" != --json ] || { jq -s . "$T/all"; exit 0; }
jq -rs --argjson old $OLD 'group_by(.file)[] | "\(.[0].file):", ([.[] |
	(select(.newest != .version) | "  \(.module) \(.version) -> \(.newest), \(.age) days old\(if .indirect then " (indirect)" else "" end)"),
	(select(.retracted) | "  \(.module) \(.version) was taken back: \(.retracted | join(" "))"),
	(select(.deprecated) | "  \(.module) is deprecated: \(.deprecated)"),
	(select(.age == null) | "  \(.module) \(.version): the proxy does not say how old it is"),
	(select(.newest == .version and (.age // 0) > $old) | "  \(.module) \(.version) is the newest, and \(.age) days old")]
	| if length == 0 then "  everything is at its newest version" else .[] end)' "$T/all"
