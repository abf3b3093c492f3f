#!/bin/sh
# Tests the templates for administrators with the programs of dist/: what Group Policy writes for the ADMX goes into wine's registry, and the
# example file into an /etc that only the test sees. "pcc doctor" has to show each value, in the order in which places count. Needs root.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
. build/scripts/wine.sh
need $WINE_PACKAGES jq libplist-utils libxml2-utils util-linux
[ "$(id -u)" = 0 ] || fail "Run it as root: it mounts an /etc of its own."
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
chmod 755 "$T"
trap 'wineserver -k 2>/dev/null || true; remove "$T"' EXIT
trap 'exit 130' INT TERM
KEY='Software\Policies\Partner Center Connector'
TEMPLATES=build/packaging/policies
PCC="$PROGRAMS/windows-amd64/pcc.exe"

passed() { say "  passed: $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected \"$3\", got \"$2\""; }

# doctor ARGUMENT…: what pcc.exe shows of policies.
doctor() {
	limited 120 wine "$PCC" "$@" doctor --json >"$T/doctor.json" 2>"$T/doctor.err" </dev/null || true
	jq -e .policy "$T/doctor.json" >"$T/policy.json" || fail "pcc doctor shows no policies: $(cat "$T/doctor.err" "$T/doctor.json")"
}

# shown NAME: the source and the value, or the values, of a setting.
shown() { jq -r --arg name "$1" '.settings[] | select(.name == $name) | (.source // "none") + " " + (if (.values | length) > 0 then (.values | join(",")) else .value end)' "$T/policy.json"; }

# put HIVE STRENGTH: writes what Group Policy writes for each policy of the template that is recommended, or mandatory.
put() {
	tr '\t' '\n' <"$T/registry" | while read -r policy && read -r key && read -r name && read -r text; do
		case "$policy" in *_Recommended) strength=recommended ;; *) strength=mandatory ;; esac
		[ "$strength" = "$2" ] || continue
		wine reg add "$1\\$key" /v "$name" /t REG_SZ /d "$text" /f >/dev/null </dev/null || fail "Not written: $key $name"
	done
}

# a_cloud FILE: a file with a cloud, which is the README's.
a_cloud() { sed -n '/^\[\[cloud\]\]/,/^```/p' README.md | grep -v '^```' >"$1"; }

wellformed() {
	xmllint --noout $TEMPLATES/*.admx $TEMPLATES/*/*.adml || fail "A template is no XML."
	plistutil -i $TEMPLATES/partner-center-connector.mobileconfig -o "$T/profile.bin" -f bin || fail "The profile is no property list."
	[ -s "$T/profile.bin" ] || fail "The profile is empty."
	passed "the templates are well-formed, the profile is a property list"
}

# windows: each policy by itself, first recommended, then mandatory.
windows() {
	wine_prefix "$T/wine"
	HOME_DIR=$(ls -d "$T"/wine/drive_c/users/*/AppData | grep -v Public | head -n 1)
	a_cloud "${HOME_DIR%/AppData}/clouds.toml"
	CGO_ENABLED=0 go run -tags ci ./build/policies registry >"$T/registry"
	[ "$(wc -l <"$T/registry")" -gt 25 ] || fail "The template writes too little: $(cat "$T/registry")"
	put HKCU recommended
	doctor
	count_of policy-default 13
	put HKLM mandatory
	doctor
	count_of policy 17
	same "the usable policy" "$(jq .usable "$T/policy.json")" true
	same "the allowed clouds" "$(shown allowed-clouds)" "policy global,usgov"
	same "the permissions" "$(shown scopes)" "policy GroupMember.Read.All"
	passed "each of the 17 policies of the ADMX is obeyed, mandatory in HKLM and recommended in HKCU"
	precedence
}

# count_of SOURCE N: so many settings come from there, each with the value of the template.
count_of() {
	same "settings that come from a $1" "$(jq --arg s "$1" '[.settings[] | select(.source == $s)] | length' "$T/policy.json")" "$2"
}

# precedence: policy, flag, environment, settings, recommended policy, preset; for each the one before it is taken away.
precedence() {
	wine reg delete "HKLM\\$KEY" /f >/dev/null
	wine reg delete "HKCU\\$KEY" /f >/dev/null
	wine reg add "HKLM\\$KEY" /v Lang /t REG_SZ /d de /f >/dev/null
	wine reg add "HKLM\\$KEY\\Recommended" /v Lang /t REG_SZ /d de /f >/dev/null
	code=0
	limited 60 wine "$PCC" --lang en doctor >/dev/null 2>"$T/refused" </dev/null || code=$?
	same "the exit code for a flag that contradicts a policy" "$code" 2
	grep -q -F "$KEY" "$T/refused" || fail "The refusal does not name the policy: $(cat "$T/refused")"
	doctor
	same "a mandatory policy" "$(shown lang)" "policy de"
	wine reg delete "HKLM\\$KEY" /v Lang /f >/dev/null
	PCC_LANG=de doctor --lang en
	same "a flag" "$(shown lang)" "flag en"
	PCC_LANG=en doctor
	same "the environment" "$(shown lang)" "environment en"
	doctor
	same "a recommended policy" "$(shown lang)" "policy-default de"
	wine reg add "HKLM\\$KEY" /v Nosuch /t REG_SZ /d x /f >/dev/null
	doctor
	same "a policy that nobody knows" "$(jq .usable "$T/policy.json")" false
	passed "policy over flag over environment over recommended policy; a contradicting flag is refused; an unknown name is told"
}

# linux: the example file, with the marks of its comments away, in an /etc of the test's own.
linux() {
	mkdir -p "$T/etc" "$T/home"
	cp -a /etc/. "$T/etc/"
	mkdir -p "$T/etc/partner-center-connector"
	sed 's/^#\([a-z]\)/\1/' $TEMPLATES/policy.example.toml >"$T/etc/partner-center-connector/policy.toml"
	cp "$PROGRAMS/linux-amd64/pcc" "$T/pcc"
	a_cloud "$T/home/clouds.toml"
	chown -R nobody "$T/home"
	# shellcheck disable=SC2016
	limited 60 unshare -m sh -c 'mount --bind "$1/etc" /etc && exec setpriv --reuid nobody --clear-groups env -i HOME="$1/home" PATH="$PATH" "$1/pcc" doctor --json' sh "$T" \
		>"$T/doctor.json" 2>"$T/doctor.err" </dev/null || true
	jq -e .policy "$T/doctor.json" >"$T/policy.json" || fail "pcc doctor shows no policies: $(cat "$T/doctor.err" "$T/doctor.json")"
	same "the usable policy" "$(jq .usable "$T/policy.json")" true
	count_of policy 17
	passed "the example file of /etc: each of its 17 settings counts"
}

say "The templates for administrators:"
wellformed
linux
windows
say "The templates are fine."
