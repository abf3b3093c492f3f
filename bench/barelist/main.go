//go:build e2e

// Command barelist reads rows of JSON from a file and prints them in columns: `make bench` measures `pcc list` beside it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "barelist:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var rows []struct{ Name, Tenant, User, Health, Checked, Due string }
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	lines := [][]string{{"NAME", "TENANT", "USER", "HEALTH", "CHECKED", "NEXT DUE"}}
	for _, r := range rows {
		lines = append(lines, []string{r.Name, r.Tenant, r.User, r.Health, r.Checked, r.Due})
	}
	widths := make([]int, len(lines[0]))
	for _, cells := range lines {
		for i, cell := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	out := bufio.NewWriter(os.Stdout)
	for _, cells := range lines {
		for i, cell := range cells {
			_, _ = out.WriteString(cell)
			_, _ = out.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		_ = out.WriteByte('\n')
	}
	return out.Flush()
}
