#!/bin/sh
# Tests the licenses in the packages of dist/: each package with programs has NOTICES, which names every module that its programs note, and has all
# that pcc itself prints; and a license that is not on the short list ends make dist. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/rebuild.sh
need $REBUILD_PACKAGES jq
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM
count=0

# package FILE: NOTICES is what the packaged programs have, no more and no less.
package() {
	folder="$T/package"
	rm -rf "$folder"
	mkdir -p "$folder"
	unpack "$1" "$folder"
	programs=$(find "$folder" -type f \( -name "$NAME" -o -name pcc -o -name '*.exe' \) ! -name 'uninstall*' -size +1M)
	found=$(find "$folder" -type f \( -name NOTICES -o -name NOTICES.txt \))
	[ -n "$programs" ] && [ -n "$found" ] || fail "$1 has no programs or no NOTICES."
	# shellcheck disable=SC2086
	(IFS='
'; notices "$T/made" $programs)
	printf '%s\n' "$found" >"$T/found"
	while read -r file; do
		tr -d '\r' <"$file" >"$T/notices"
		cmp "$T/notices" "$T/made" >&2 || fail "$1: $(basename "$file") is not what its programs have."
	done <"$T/found"
	printf '%s\n' "$programs" >"$T/programs"
	while read -r program; do
		go version -m "$program" | awk '$1 == "dep" || $1 == "=>" { print $2 " " $3 ": " }' >"$T/modules"
		[ -s "$T/modules" ] || fail "$1: $program notes no modules."
		while read -r module; do
			grep -q -F -e "$module" "$T/notices" || fail "$1: NOTICES does not have $module"
		done <"$T/modules"
	done <"$T/programs"
	say "  $(basename "$1"): $(wc -l <"$T/programs") programs, $(grep -c ': ' "$T/notices") lines of parts, $(stat -c %s "$T/notices") bytes"
	count=$((count + 1))
}

# own: pcc prints what the package of it alone has, and gives the same texts in JSON.
own() {
	pcc="$PROGRAMS/linux-amd64/pcc"
	"$pcc" version --licenses >"$T/own"
	notices "$T/made" "$pcc"
	cmp "$T/own" "$T/made" >&2 || fail "pcc version --licenses prints something else than what make dist finds in it."
	"$pcc" version --json --licenses >"$T/json"
	[ "$(jq '[.modules[] | select(.license == "")] | length' "$T/json")" = 0 ] || fail "Modules without a license: $(jq -c '.modules[] | select(.license == "")' "$T/json")"
	[ "$(jq '.licenses | length' "$T/json")" -gt 20 ] || fail "pcc version --json --licenses has hardly any texts."
}

# refusal: without one license on the short list, in a copy of the tree, make dist would end.
refusal() {
	mkdir "$T/tree"
	copy_tree "$T/tree"
	sed -i '/^  "ISC",$/d' "$T/tree/build/packaging/licenses.toml"
	! sh "$T/tree/build/scripts/notices.sh" dist >"$T/said" 2>&1 || fail "A license that is not on the short list is taken."
	grep -q 'ISC' "$T/said" || fail "It is refused, but not for its license: $(cat "$T/said")"
	say "  passed: a license that is not on the short list is refused"
}

say "Licenses in the packages:"
sh build/scripts/notices.sh dist
refusal
own
for file in dist/*.deb dist/*.rpm dist/*.tar.* dist/*.zip dist/*.msi dist/*-setup*.exe; do
	case "$file" in *-policies.zip) ;; *) package "$file" ;; esac
done
[ $count -ge 12 ] || fail "Only $count packages were looked at; make dist again."
unzip -Z1 dist/*-policies.zip | grep -q '/LICENSE$' || fail "The zip of templates has no license."
! unzip -Z1 dist/*-policies.zip | grep -i -e '\.exe$' -e /pcc$ || fail "The zip of templates has programs, and no NOTICES."
say "  passed: $count packages have the licenses of what is in them"
