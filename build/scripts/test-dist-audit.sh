#!/bin/sh
# Tests that audit.sh notices: with made-up databases, an address that nobody answers, and a stand-in for npm. It needs no network. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
need jq
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

passed() { say "  passed: $*"; }

# database DATE: one that was changed then, with an entry for a function that pcc calls, and one for a function that it does not.
database() {
	rm -rf "$T/db"
	mkdir -p "$T/db/index" "$T/db/ID"
	printf '{"modified":"%s"}' "$1" >"$T/db/index/db.json"
	entry GO-2099-0001 github.com/spf13/cobra Command.ExecuteContextC
	entry GO-2099-0002 github.com/spf13/pflag FlagSet.ParseErrorsNobodyCalls
	jq -s '[.[] | {path: .affected[0].package.name, vulns: [{id: .id, modified: .modified}]}]' "$T"/db/ID/*.json >"$T/db/index/modules.json"
}

entry() {
	cat >"$T/db/ID/$1.json" <<-ENTRY
		{"schema_version": "1.3.1", "id": "$1", "modified": "2026-01-01T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": "made up",
		 "affected": [{"package": {"name": "$2", "ecosystem": "Go"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
		 "ecosystem_specific": {"imports": [{"path": "$2", "symbols": ["$3"]}]}}]}
	ENTRY
}

# audits CODE PART…: audit.sh ends with that code; what it says is in $T/said, its result in $T/audit.json.
audits() {
	expected=$1
	shift
	code=0
	rm -f "$T/audit.json"
	env AUDIT_OUT="$T/audit.json" AUDIT_SYSTEMS=linux "$@" >"$T/said" 2>&1 || code=$?
	[ "$code" = "$expected" ] || fail "audit.sh ended with $code, not $expected: $(cat "$T/said")"
}
AUDIT="sh build/scripts/audit.sh"

# state WHAT: the states of its rows.
state() { jq -r --arg what "$1" '[.rows[] | select(.what == $what) | .state] | join(" ")' "$T/audit.json"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\": $(cat "$T/said")"; }

today=$(date -u +%Y-%m-%dT%H:%M:%SZ)
database "$today"
audits 1 VULN_DB="$T/db" $AUDIT pcc
same "pcc with a weak function that it calls" "$(state "pcc, linux")" "found remark"
same "what was found" "$(jq -r '.weaknesses[] | select(.reached) | "\(.id) \(.module)"' "$T/audit.json")" "GO-2099-0001 github.com/spf13/cobra"
passed "a function that pcc calls is found, one that it does not call is a remark"

rm "$T/db/ID/GO-2099-0001.json"
jq 'map(select(.path != "github.com/spf13/cobra"))' "$T/db/index/modules.json" >"$T/modules" && mv "$T/modules" "$T/db/index/modules.json"
audits 0 VULN_DB="$T/db" $AUDIT pcc
passed "with nothing found it ends with 0"

printf '{"modified":"2026-01-01T00:00:00Z"}' >"$T/db/index/db.json"
[ "$(($(date +%s) / 86400))" -gt 20500 ] || fail "The clock of this computer is wrong."
audits 3 VULN_DB="$T/db" AUDIT_SYSTEMS= $AUDIT pcc
same "a database that is old" "$(state database)" "not asked"
audits 3 VULN_DB=http://127.0.0.1:9 $AUDIT pcc
same "pcc without a database" "$(state "pcc, linux")" "not asked"
mkdir -p "$T/empty"
printf 'no entry' >"$T/empty/GO-2099-0003.json"
audits 3 VULN_DB="$T/empty" $AUDIT pcc
same "pcc with a folder that is no database" "$(state "pcc, linux")" "not asked"
passed "a database that is old, away or broken is never shown as fine"

mkdir -p "$T/bin"
# npm_says CODE JSON: a stand-in for npm.
npm_says() {
	printf '#!/bin/sh\ncat <<END\n%s\nEND\nexit %s\n' "$2" "$1" >"$T/bin/npm"
	chmod +x "$T/bin/npm"
}
npm_says 1 '{"message": "405 Method Not Allowed"}'
audits 3 PATH="$T/bin:$PATH" $AUDIT npm
npm_says 0 'not JSON'
audits 3 PATH="$T/bin:$PATH" $AUDIT npm
npm_says 1 '{"vulnerabilities": {"jose": {"name": "jose", "severity": "high"}}, "metadata": {"vulnerabilities": {"high": 1}, "dependencies": {"total": 40}}}'
audits 1 PATH="$T/bin:$PATH" $AUDIT npm
grep -q 'jose (high)' "$T/said" || fail "It does not say what npm found: $(cat "$T/said")"
npm_says 0 '{"vulnerabilities": {}, "metadata": {"vulnerabilities": {"high": 0}, "dependencies": {"total": 40}}}'
audits 0 PATH="$T/bin:$PATH" $AUDIT npm
audits 2 $AUDIT nothing
passed "npm: found, fine, and a registry that does not answer"
say "The audit notices."
