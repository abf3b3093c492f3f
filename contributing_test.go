package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named matches what our documents name between backquotes, if it can be a file or a folder.
var named = regexp.MustCompile("`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)`")

// TestDocumentsNameWhatIsThere holds that every file with a folder before it exists, and every folder of the table.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	files := 0
	for _, document := range []string{"CONTRIBUTING.md", "SECURITY.md", "README.md"} {
		for _, m := range named.FindAllStringSubmatch(read(t, document), -1) {
			first, _, found := strings.Cut(m[1], "/")
			if !found || strings.Contains(first, ".io") || namedTest.MatchString(m[0]) {
				continue
			}
			files++
			if _, err := os.Stat(filepath.FromSlash(m[1])); err != nil {
				t.Errorf("%s: %v", document, err)
			}
		}
	}
	if files < 40 {
		t.Errorf("only %d files and folders are named", files)
	}
	for folder := range folders(t, read(t, "CONTRIBUTING.md")) {
		if _, err := os.Stat(filepath.FromSlash(folder)); err != nil {
			t.Errorf("the table of folders: %v", err)
		}
	}
}

// TestTheTableOfFoldersIsComplete holds that each package has its row, and each other folder at the top.
func TestTheTableOfFoldersIsComplete(t *testing.T) {
	rows := folders(t, read(t, "CONTRIBUTING.md"))
	for path := range list(t, "linux") {
		if folder := strings.TrimPrefix(strings.TrimPrefix(path, module), "/"); folder != "" && !rows[folder] {
			t.Errorf("%s has no row", folder)
		}
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") || built[e.Name()] {
			continue
		}
		found := false
		for folder := range rows {
			found = found || folder == e.Name() || strings.HasPrefix(folder, e.Name()+"/")
		}
		if !found {
			t.Errorf("%s has no row, and nothing in it has one", e.Name())
		}
	}
}

// built are the folders that make leaves, which git does not know.
var built = map[string]bool{"bin": true, "dist": true, "pictures": true}

func read(t *testing.T, document string) string {
	t.Helper()
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// folders are those that the first column of the table names.
func folders(t *testing.T, text string) map[string]bool {
	t.Helper()
	rows := map[string]bool{}
	for line := range strings.Lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(cells[1], -1) {
			rows[m[1]] = true
		}
	}
	if len(rows) < 20 {
		t.Fatalf("the table has only %d folders", len(rows))
	}
	return rows
}
