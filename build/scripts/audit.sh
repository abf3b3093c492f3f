#!/bin/sh
# Looks for known weaknesses in what goes into a release, and for old dependencies. Run before a release, not in CI. It asks govulncheck for both programs on
# each system and for the tools that make the packages, npm for the tests' tools, and the Go module proxy for ages. By environment:
#   VULN_DB         the database: an address (https://vuln.go.dev by default), a folder, "module" for the copy that the Go module proxy serves
#                   (the version pinned here), or "module@VERSION"
#   AUDIT_OUT       a file for the result as JSON; .cache/audit.json by default
#   AUDIT_SYSTEMS   for which systems: "linux windows darwin" by default
# "audit.sh PART…" asks only for some of pcc, window, tools, npm and ages. Exit code 0: all was asked and nothing found. 1: something was found. 3: nothing was
# found, but something could not be asked. 2: wrong use. Needs Debian 12 with Go 1.26; gets the rest by apt.
. "$(dirname "$0")/dist-common.sh"
VULN_DB=${VULN_DB:-https://vuln.go.dev}
AUDIT_OUT=${AUDIT_OUT:-$ROOT/.cache/audit.json}
AUDIT_SYSTEMS=${AUDIT_SYSTEMS-linux windows darwin}
DB_MODULE=golang.org/x/vulndb
DB_PINNED=v0.0.0-20261105234957-e22db6528018
DB_SUM=h1:mfngRv0Yoh0VApsXKEN82CjD99kl7mtparN3bs3JnqI=
GOVULNCHECK="$ROOT/.cache/bin/govulncheck"
DB_OLD=45 # days: weaknesses become known every week, so an older database has not been asked
[ $# -gt 0 ] || set -- pcc window tools npm ages
for part in "$@"; do
	case "$part" in pcc | window | tools | npm | ages) ;; *) say "audit.sh [pcc] [window] [tools] [npm] [ages]"; exit 2 ;; esac
done
need jq
T=$(mktemp -d /tmp/pcc-audit.XXXXXX)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

# row WHAT STATE TEXT: a line of the table. The states: fine, found, not asked, and remark, which is for a person to weigh and changes no exit code.
row() {
	jq -n -c --arg what "$1" --arg state "$2" --arg text "$3" '{what: $what, state: $state, text: $text}' >>"$T/rows"
	say "  $1: $2${3:+: $3}"
}

days_since() { echo $((($(date +%s) - $(date -u -d "$1" +%s)) / 86400)); }

# database sets DB to what govulncheck takes, or leaves it empty, and notes how old it is. A flat folder of entries, as the module has it, says nothing of
# its age; the module's version does.
database() {
	DB=
	changed=
	case "$VULN_DB" in
	http://* | https://*)
		limited 60 curl -fsSL --max-time 50 "$VULN_DB/index/db.json.gz" >"$T/db.json.gz" 2>"$T/said" || { row database "not asked" "$VULN_DB can't be reached ($(tail -n 1 "$T/said")); VULN_DB=module takes the copy of the Go module proxy"; return; }
		changed=$(gzip -dc "$T/db.json.gz" | jq -r .modified) || { row database "not asked" "$VULN_DB is not a database of weaknesses; give the address that has index/db.json.gz"; return; }
		DB=$VULN_DB
		;;
	module | module@*) database_module || return 0 ;;
	*)
		[ -d "$VULN_DB" ] || fail "VULN_DB is no address, and no folder: $VULN_DB"
		DB="file://$(cd "$VULN_DB" && pwd)"
		[ ! -f "$VULN_DB/index/db.json" ] || changed=$(jq -r .modified "$VULN_DB/index/db.json")
		;;
	esac
	[ -n "$changed" ] || { row database "not asked" "$DB: nothing says how old it is; its entries are asked all the same"; return 0; }
	age=$(days_since "$changed")
	if [ "$age" -gt $DB_OLD ]; then row database "not asked" "$DB is $age days old, more than $DB_OLD: give a newer one by VULN_DB"; else row database fine "$VULN_DB of $changed, $age days old"; fi
}

database_module() {
	version=${VULN_DB#module}
	version=${version#@}
	limited 300 go mod download -json "$DB_MODULE@${version:-$DB_PINNED}" >"$T/module.json" 2>"$T/said" || { row database "not asked" "the Go module proxy has no $DB_MODULE@${version:-$DB_PINNED}: $(tail -n 1 "$T/said")"; return 1; }
	[ -n "$version" ] || [ "$(jq -r .Sum "$T/module.json")" = "$DB_SUM" ] || fail "$DB_MODULE@$DB_PINNED has another sum than the one in audit.sh: somebody changed it on the way. Do not use it."
	DB="file://$(jq -r .Dir "$T/module.json")/data/osv"
	changed=$(jq -r .Time "$(jq -r .Info "$T/module.json")")
}

# scan WHAT STATE LEVEL ARGUMENT…: govulncheck's findings at a level, "symbol" or "package", and the state that they mean. What is only required, or only
# imported where symbols count, is a remark.
scan() {
	what=$1
	state=$2
	level=$3
	shift 3
	[ -n "$DB" ] || { row "$what" "not asked" "there is no database"; return 0; }
	limited 900 "$GOVULNCHECK" -db "$DB" -format json -scan "$level" "$@" >"$T/found" 2>"$T/said" || { row "$what" "not asked" "govulncheck failed: $(tail -n 3 "$T/said" | tr '\n' ' ')"; return 0; }
	jq -s --arg level "$level" '
		(map(.osv // empty | {(.id): .summary}) | add) as $summaries |
		[.[].finding // empty | {id: .osv, module: .trace[0].module, version: .trace[0].version, fixed: (.fixed_version // "no version"),
			reached: (if $level == "symbol" then .trace[0].function != null else .trace[0].package != null end)}] |
		group_by([.id, .module]) | map((map(select(.reached))[0] // .[0]) + {summary: $summaries[.[0].id]})' "$T/found" >"$T/weaknesses"
	jq -e -s 'any(.[]; .config)' "$T/found" >/dev/null || { row "$what" "not asked" "govulncheck said nothing of itself"; return 0; }
	jq -c --arg what "$what" '.[] | . + {what: $what}' "$T/weaknesses" >>"$T/details"
	reached=$(jq -r '[.[] | select(.reached) | "\(.id) in \(.module) \(.version), fixed in \(.fixed)"] | join("; ")' "$T/weaknesses")
	others=$(jq -r '[.[] | select(.reached | not) | .module] | unique | join(", ")' "$T/weaknesses")
	if [ -n "$reached" ]; then row "$what" "$state" "$reached"; else row "$what" fine "no known weakness that it $([ "$level" = symbol ] && echo calls || echo imports)"; fi
	[ -z "$others" ] || row "$what" remark "required, and not used, are weak parts of $others"
}

# pcc and window: the programs, function by function. The window for macOS is examined by package, because its C code is compiled on a Mac only.
pcc() {
	for system in $AUDIT_SYSTEMS; do
		GOOS=$system GOARCH=amd64 CGO_ENABLED=0 scan "pcc, $system" found symbol -tags "$PCC_TAGS" ./cmd/pcc
	done
}

window() {
	need $DIST_PACKAGES
	for system in $AUDIT_SYSTEMS; do
		level=symbol
		compiler=gcc
		wrapper=cc-linux
		case "$system" in
		windows) compiler=x86_64-w64-mingw32-gcc wrapper=cc-windows ;;
		darwin) level=package ;;
		esac
		! command -v clang >/dev/null || compiler="$WRAPPERS/$wrapper"
		GOOS=$system GOARCH=amd64 CGO_ENABLED=1 CC=$compiler scan "window, $system" found $level -tags "$WINDOW_TAGS" .
	done
}

# tools: what makes the packages, and our own tools beside it. They read nothing but our own files, so what is found here is for a person to weigh.
tools() {
	for file in $(find build/packaging -name go.mod -not -path '*/testdata/*' | LC_ALL=C sort); do
		folder=$(dirname "$file")
		# shellcheck disable=SC2046
		CGO_ENABLED=0 scan "tools of $folder" remark symbol -C "$folder" ./... $(! grep -q '^tool ' "$file" || go list -modfile="$file" -f '{{.ImportPath}}' tool)
	done
}

# of_npm: the clients that test/foreign lets use the practice cloud. No package has them.
of_npm() {
	{ command -v node && command -v npm; } >/dev/null || need nodejs npm
	status=0
	(cd "$FOREIGN" && limited 120 npm audit --json >"$T/npm.json" 2>"$T/said") || status=$?
	if ! jq -e .metadata.vulnerabilities "$T/npm.json" >/dev/null 2>&1; then
		row "npm audit" "not asked" "the registry does not answer it: $(jq -r '.message // empty' "$T/npm.json" 2>/dev/null || tail -n 1 "$T/said"); ask where it does"
	elif [ "$status" = 0 ]; then
		row "npm audit" fine "$(jq -r .metadata.dependencies.total "$T/npm.json") packages of the tests"
	else
		row "npm audit" found "$(jq -r '[.vulnerabilities[] | "\(.name) (\(.severity))"] | join(", ")' "$T/npm.json"); npm audit in $FOREIGN says more"
	fi
}

ages() {
	limited 900 sh build/scripts/outdated.sh --json >"$T/ages.json" 2>"$T/said" || { row "ages" "not asked" "$(tail -n 1 "$T/said")"; return 0; }
	row "ages" fine "$(jq -r '"\(length) modules, \([.[] | select(.newest != .version)] | length) behind their newest version; the oldest: " + (sort_by(-.age)[0] | "\(.module), \(.age) days")' "$T/ages.json")"
	for state in retracted deprecated; do
		modules=$(jq -r --arg state $state '[.[] | select(.[$state]) | "\(.module) \(.version)"] | join(", ")' "$T/ages.json")
		[ -z "$modules" ] || row "ages" "$([ $state = retracted ] && echo found || echo remark)" "$state: $modules"
	done
	unknown=$(jq -r '[.[] | select(.age == null) | .module] | join(", ")' "$T/ages.json")
	[ -z "$unknown" ] || row "ages" "not asked" "the proxy does not say how old these are: $unknown"
}

say "Known weaknesses, with $(go env GOVERSION):"
: >"$T/details"
case " $* " in *" pcc "* | *" window "* | *" tools "*)
	limited 900 env CGO_ENABLED=0 GOOS= GOARCH= go build -modfile=build/tools/go.mod -o "$GOVULNCHECK" golang.org/x/vuln/cmd/govulncheck || fail "govulncheck does not build: go build says why."
	need curl
	database
	;;
esac
for part in "$@"; do
	case "$part" in npm) of_npm ;; *) $part ;; esac
done
[ -f "$T/ages.json" ] || echo '[]' >"$T/ages.json"
mkdir -p "$(dirname "$AUDIT_OUT")"
jq -n --arg go "$(go env GOVERSION)" --arg version "$VERSION" --slurpfile rows "$T/rows" --slurpfile weaknesses "$T/details" --slurpfile ages "$T/ages.json" \
	'{version: $version, go: $go, rows: $rows, weaknesses: $weaknesses, dependencies: $ages[0]}' >"$AUDIT_OUT"
say "" && jq -r '.rows[] | [.what, .state, .text] | @tsv' "$AUDIT_OUT" | awk -F '\t' '{ printf "%-34s %-10s %s\n", $1, $2, $3 }'
say "As JSON, with the age of each dependency: $AUDIT_OUT"
! jq -e 'any(.rows[]; .state == "found")' "$AUDIT_OUT" >/dev/null || { say "Something was found. Raise the version that is named; for the standard library, that of Go."; exit 1; }
! jq -e 'any(.rows[]; .state == "not asked")' "$AUDIT_OUT" >/dev/null || { say "Nothing was found, but not everything could be asked. That is not the same as fine."; exit 3; }
say "Everything was asked, and nothing was found."
