package problems_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/auth/codes"
)

// inText is an AADSTS number in a text of a source or of a translation.
var inText = regexp.MustCompile(`AADSTS(\d{4,8})`)

// noCodes are the numbers of five digits and more in auth and rehearsal that are no codes: seconds of a day, times, and two numbers that no list has,
// for practicing exactly that.
var noCodes = []int{86400, 1600000000, 1600003600, 999998, 999999}

// TestEveryCodeThatIsNamedIsKnown reads the sources of this program and of its practice cloud, and the translations: no code is sent, judged or
// spoken of that the table does not have.
func TestEveryCodeThatIsNamedIsKnown(t *testing.T) {
	named := 0
	for file, source := range namingFiles(t) {
		for _, m := range inText.FindAllStringSubmatch(source, -1) {
			named++
			number, _ := strconv.Atoi(m[1])
			if _, ok := codes.Entra(number, ""); !ok && !slices.Contains(noCodes, number) {
				t.Errorf("%s names AADSTS%d", file, number)
			}
		}
		dir := filepath.ToSlash(filepath.Dir(file))
		if !strings.HasSuffix(file, ".go") || !strings.HasPrefix(dir, "../../auth") && dir != "../../rehearsal" {
			continue
		}
		numbers, words := literals(t, file, source)
		for _, number := range numbers {
			named++
			if _, ok := codes.Entra(number, ""); !ok && !slices.Contains(noCodes, number) {
				t.Errorf("%s names %d", file, number)
			}
		}
		for _, word := range words {
			named++
			if !isWord(word) {
				t.Errorf("%s names %s", file, word)
			}
		}
	}
	if named < 150 {
		t.Errorf("only %d codes are named; the sources are not read", named)
	}
}

// plainRefusals are what the practice cloud says in place of a code where the status says it all, and of requests that this program does not make:
// an HTTP status, as a number or a word, a path or a page that there is not, and somebody's /me without a somebody.
var plainRefusals = []string{"403", "503", "Forbidden", "1000", "BadRequest", "Directory_ExpiredPageToken"}

// isWord reports whether a code of an API, or an OAuth error or suberror, is known.
func isWord(word string) bool {
	for _, find := range []func(string) (string, bool){codes.Partner, codes.Graph, codes.OAuth, codes.Suberror} {
		if _, ok := find(word); ok {
			return true
		}
	}
	return slices.Contains(plainRefusals, word)
}

// namingFiles are the sources, without tests, and the translations, by their paths from here.
func namingFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, root := range []string{"../../auth", "../../rehearsal", "../../connector", "../../cli", "../../gui", "../../assets/translations"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || filepath.Ext(path) != ".go" && filepath.Ext(path) != ".toml" {
				return err
			}
			data, err := os.ReadFile(path)
			files[path] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// literals are the numbers of five digits and more in a source, and the values of its fields and arguments that are codes of APIs or OAuth words.
func literals(t *testing.T, name, source string) (numbers []int, words []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if number, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT && number >= 10000 {
				numbers = append(numbers, number)
			}
		case *ast.CallExpr:
			// graphError(w, status, code, message)
			if name, isName := n.Fun.(*ast.Ident); isName && name.Name == "graphError" {
				if value, isText := n.Args[2].(*ast.BasicLit); isText {
					text, _ := strconv.Unquote(value.Value)
					words = append(words, text)
				}
			}
		case *ast.KeyValueExpr:
			key, isKey := n.Key.(*ast.Ident)
			value, isText := n.Value.(*ast.BasicLit)
			if isKey && isText && value.Kind == token.STRING && slices.Contains([]string{"code", "oauth", "suberror"}, key.Name) {
				text, _ := strconv.Unquote(value.Value)
				words = append(words, text)
			}
		}
		return true
	})
	return numbers, words
}
