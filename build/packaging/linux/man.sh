#!/bin/sh
# man.sh PCC VERSION DATE FOLDER: writes pcc.1 and a page for every command, for those below it, and for what else there is help of, from what --help
# says, so that they can't differ.
set -eu
pcc=$1
version=$2
date=$3
folder=$4
config=$(mktemp -d)
trap 'rm -rf "$config"' EXIT
help_of() { env -u PCC_LANG -u PCC_CONFIG_DIR -u PCC_CLOUDS "$pcc" "$@" --help --lang en --config-dir "$config"; }

# page NAME SUMMARY: turns the help on standard input into a page. Sections are lines that begin at the margin and end in a
# colon; a line of two columns is a term and its meaning. What is an example stays as it is, empty lines too.
page() {
	awk -v name="$1" -v summary="$2" -v version="$version" -v date="$date" '
	function escape(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); sub(/^[.\x27]/, "\\\\&", s); return s }
	function verbatim() { return title == "EXAMPLES" || title == "USAGE" }
	BEGIN {
		printf ".TH %s 1 \"%s\" \"Partner Center Connector %s\" \"User Commands\"\n", toupper(name), date, version
		printf ".SH NAME\n%s \\- %s\n.SH DESCRIPTION\n", escape(name), escape(summary)
		title = "DESCRIPTION"
	}
	/^[A-Z][A-Za-z ]*:$/ { title = toupper(substr($0, 1, length($0) - 1)); printf ".SH %s\n", title; empty = 0; next }
	/^Exit codes: / { i = index($0, ": "); printf ".SH %s\n%s\n", "EXIT STATUS", escape(substr($0, i + 2)); next }
	/^$/ { if (title == "DESCRIPTION") print ".PP"; empty = 1; next }
	verbatim() { sub(/^  /, ""); if (empty) print ".sp"; printf ".nf\n%s\n.fi\n", escape($0); empty = 0; next }
	/^ / {
		line = $0; sub(/^ +/, "", line)
		if (match(line, /   */)) { term = substr(line, 1, RSTART - 1); text = substr(line, RSTART + RLENGTH) } else { term = line; text = "" }
		printf ".TP\n\\fB%s\\fR\n%s\n", escape(term), escape(text); next
	}
	{ print escape($0) }
	END { printf ".SH SEE ALSO\n\\fBpartner\\-center\\-connector\\fR(1), \\fBpcc\\fR(1)\n" }'
}

# pages SUMMARY [COMMAND…]: writes the page of a command, and those of the commands that its help names.
pages() {
	summary=$1
	shift
	name=$(printf -- '-%s' pcc "$@" | cut -c2-)
	help_of "$@" >"$config/$name"
	page "$name" "$summary" <"$config/$name" >"$folder/$name.1"
	sed -n -e '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\)  *\(.*\)$/\1 \2/p' -e '/^More help:/,/^$/s/^  pcc help \([a-z][a-z-]*\)  *\(.*\)$/\1 \2/p' \
		"$config/$name" >"$config/$name.below"
	while read -r command summary; do
		( pages "$summary" "$@" "$command" )
	done <"$config/$name.below"
}

pages "terminal program of Partner Center Connector"
[ -s "$config/pcc.below" ] || { echo "pcc --help names no commands." >&2; exit 1; }
