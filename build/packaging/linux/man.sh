#!/bin/sh
# man.sh PCC VERSION DATE FOLDER: writes pcc.1 and a page for every command from what --help says, so that they can't differ.
set -eu
pcc=$1
version=$2
date=$3
folder=$4
config=$(mktemp -d)
trap 'rm -rf "$config"' EXIT
help_of() { "$pcc" "$@" --help --lang en --config-dir "$config"; }

# page NAME SUMMARY: turns the help on standard input into a page. Sections are lines that begin at the margin and end in a
# colon; a line of two columns is a term and its meaning.
page() {
	awk -v name="$1" -v summary="$2" -v version="$version" -v date="$date" '
	function escape(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); sub(/^[.\x27]/, "\\\\&", s); return s }
	BEGIN {
		printf ".TH %s 1 \"%s\" \"Partner Center Connector %s\" \"User Commands\"\n", toupper(name), date, version
		printf ".SH NAME\n%s \\- %s\n.SH DESCRIPTION\n", escape(name), escape(summary)
	}
	/^[A-Z][A-Za-z ]*:$/ { title = toupper(substr($0, 1, length($0) - 1)); printf ".SH %s\n", title; next }
	/^[A-Z][A-Za-z ]*: / { i = index($0, ": "); printf ".SH %s\n%s\n", toupper(substr($0, 1, i - 1)), escape(substr($0, i + 2)); next }
	/^$/ { if (title == "") print ".PP"; next }
	title == "EXAMPLES" || title == "EXAMPLE" || title == "USAGE" { sub(/^  /, ""); printf ".nf\n%s\n.fi\n", escape($0); next }
	/^ / && title != "" {
		line = $0; sub(/^ +/, "", line)
		if (match(line, /   */)) { term = substr(line, 1, RSTART - 1); text = substr(line, RSTART + RLENGTH) } else { term = line; text = "" }
		printf ".TP\n\\fB%s\\fR\n%s\n", escape(term), escape(text); next
	}
	{ print escape($0) }
	END { printf ".SH SEE ALSO\n\\fBpartner\\-center\\-connector\\fR(1), \\fBpcc\\fR(1)\n" }'
}

commands() { help_of | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\)  *\(.*\)$/\1 \2/p'; }

help_of | page pcc "terminal program of Partner Center Connector" >"$folder/pcc.1"
commands >"$config/commands"
[ -s "$config/commands" ] || { echo "pcc --help names no commands." >&2; exit 1; }
while read -r command summary; do
	help_of "$command" | page "pcc-$command" "$summary" >"$folder/pcc-$command.1"
done <"$config/commands"
