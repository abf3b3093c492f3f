package prose_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"partner-center-connector/test/prose"
)

// TestProseOfDocuments holds the documents to the rules that sentences of the program follow. They may be as long as those of Help.
func TestProseOfDocuments(t *testing.T) {
	documents, err := filepath.Glob("../../build/packaging/*.md")
	if err != nil || len(documents) == 0 {
		t.Fatal("no documents of the packages", err)
	}
	for _, file := range append(documents, "../../README.md", "../../CHANGELOG.md", "../../SECURITY.md", "../../CONTRIBUTING.md") {
		t.Run(strings.TrimPrefix(filepath.ToSlash(file), "../../"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			read := paragraphs(source)
			if len(read) < 20 {
				t.Errorf("only %d paragraphs", len(read))
			}
			for _, p := range read {
				for _, fault := range prose.Faults("en", 25, p) {
					t.Error(fault)
				}
			}
		})
	}
}

// paragraphs are those of a document, with its headings and the items of its lists. Code and tables have none; of a link its text counts.
func paragraphs(source []byte) []string {
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	all := []string{}
	// The function for a node returns no error.
	_ = ast.Walk(parser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			if entering {
				all = append(all, inline(n, source))
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return all
}

// inline is the text of a paragraph in one line; code in it is a word.
func inline(paragraph ast.Node, source []byte) string {
	var out strings.Builder
	// The function for a node returns no error.
	_ = ast.Walk(paragraph, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan:
			out.WriteString("X")
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			out.WriteString("X")
		case *ast.Text:
			out.Write(n.Segment.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteString(" ")
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

func TestParagraphs(t *testing.T) {
	got := paragraphs([]byte("# A title\n\nRun `pcc connect --yes`,\nsee [the *manual*](https://x).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n```sh\npcc list\n```\n"))
	want := "A title|Run X, see the manual.|one|two"
	if strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}
