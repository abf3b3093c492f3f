package main

import (
	"fmt"
	"strings"

	"partner-center-connector/connector/policy"
)

// readmePath is the document that has the table.
const readmePath = "build/packaging/README.md"

// tableHead begins the table in the document, which ends with an empty line.
const tableHead = "| policy | in `policy.toml` | in the registry and in a profile | value | can be |"

// table has a row for each setting.
func table(t texts) string {
	var b strings.Builder
	b.WriteString(tableHead + "\n|---|---|---|---|---|\n")
	for _, s := range policy.Settings() {
		_, _ = fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s | %s |\n", t.Setting[s.Name].Title, s.Name, s.Registry, valueOf(s), strengths(s)) // a Builder takes everything
	}
	return b.String()
}

// kinds are the kinds of values in words, each with what the registry has of it.
var kinds = map[policy.Kind]string{
	policy.KindText:   "a text (`REG_SZ`)",
	policy.KindPath:   "a full path, or one that begins with `~/` (`REG_SZ`, `REG_EXPAND_SZ`)",
	policy.KindChoice: "one of ",
	policy.KindList:   "a list (`REG_MULTI_SZ`, or a subkey with the values `1`, `2`, …)",
}

func valueOf(s policy.Setting) string {
	text := kinds[s.Kind]
	if s.Kind != policy.KindChoice {
		return text
	}
	return text + "`" + strings.Join(s.Values, "`, `") + "` (`REG_SZ`)"
}

func strengths(s policy.Setting) string {
	if s.Mandatory && s.Recommended {
		return "mandatory, recommended"
	}
	return "mandatory"
}

// putTable puts the table into the document, in place of the one that is there.
func putTable(document string, t texts) (string, error) {
	before, rest, found := strings.Cut(document, tableHead)
	_, after, ends := strings.Cut(rest, "\n\n")
	if !found || !ends {
		return "", fmt.Errorf("%s has no table that begins with %q and ends with an empty line", readmePath, tableHead)
	}
	return before + table(t) + "\n" + after, nil
}
