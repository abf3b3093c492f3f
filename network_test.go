package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// reaching are the functions, values and types by which a Go program reaches another computer. Of the types only a value that is made counts: who
// is handed one asks whom its maker lets it ask.
var (
	reaching = []string{
		"http.DefaultClient", "http.DefaultTransport", "http.Get", "http.Head", "http.Post", "http.PostForm",
		"net.Dial", "net.DialTimeout", "net.DialTCP", "net.DialUDP", "tls.Dial", "tls.DialWithDialer",
	}
	reachingTypes = []string{"http.Client", "http.Transport", "net.Dialer", "tls.Dialer"}
)

// TestWhoReachesAnotherComputer holds that nothing in the programs can ask anybody but through these files: there is no look for updates, and no
// word to anybody that a program runs.
func TestWhoReachesAnotherComputer(t *testing.T) {
	may := map[string]string{
		"auth/transport.go":              "the client of Microsoft's services, by TLS: the hosts of a cloud",
		"auth/probe.go":                  "the same for the probe, and a practice cloud's pages on this computer",
		"connector/api/get.go":           "a client of auth's for Partner Center and Graph, with a limit of time",
		"connector/keyvault/signin.go":   "the identity service of a machine in Azure, at an address of that machine",
		"connector/vault/socket_unix.go": "the session bus of this computer",
	}
	seen := map[string]bool{}
	for file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") || inOneOf(file, notAtTheStart) {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range reached(tree) {
			if may[file] == "" {
				t.Errorf("%s has %s: who is asked there?", file, name)
			}
			seen[file] = true
		}
	}
	for file, what := range may {
		if !seen[file] {
			t.Errorf("%s (%s) reaches nobody any more", file, what)
		}
	}
}

// reached are the ways to another computer that a file has.
func reached(tree *ast.File) []string {
	ways := []string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if name := nameOf(n); slices.Contains(reaching, name) {
				ways = append(ways, name)
			}
		case *ast.CompositeLit:
			if name := nameOf(n.Type); slices.Contains(reachingTypes, name) {
				ways = append(ways, name)
			}
		}
		return true
	})
	return ways
}

// nameOf is what of another package is named: "http.Get"; empty for anything else.
func nameOf(e ast.Expr) string {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	of, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return of.Name + "." + s.Sel.Name
}
