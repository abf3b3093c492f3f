package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// errNoPlace means that a document has no place for a table.
var errNoPlace = errors.New("it has no place for the table")

// Fill puts a text between the marks of a name in a document, in place of what is there:
//
//	<!-- bench NAME -->
//	…
//	<!-- end of bench NAME -->
func Fill(document, name, text string) (string, error) {
	begin, end := fmt.Sprintf("<!-- bench %s -->\n", name), fmt.Sprintf("<!-- end of bench %s -->", name)
	before, rest, found := strings.Cut(document, begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return "", fmt.Errorf("%s: %w", name, errNoPlace)
	}
	return before + begin + strings.TrimRight(text, "\n") + "\n" + end + after, nil
}

// Documents returns the files that show the results, by their paths below the folder of the module: README.md and bench/README.md with
// their tables, and the plot. The rest of the documents, and the reasons, are read from there.
func Documents(root string, results Results) (map[string]string, error) {
	text := func(path string) (string, error) {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		return string(content), err
	}
	why, err := text("bench/reasons.toml")
	if err != nil {
		return nil, err
	}
	reasons, err := ReadReasons([]byte(why))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, d := range []struct{ path, name, table string }{
		{"README.md", "rows", results.Table(reasons)}, {"bench/README.md", "growth", results.GrowthTable()},
	} {
		document, err := text(d.path)
		if err == nil {
			document, err = Fill(document, d.name, d.table)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.path, err)
		}
		all[d.path] = document
	}
	plot, err := results.Plot()
	all["bench/growth.svg"] = string(plot)
	return all, err
}
