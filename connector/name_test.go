package connector

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"":                               "",
		" \t\u00a0\u3000 ":               "",
		"  Contoso \u00a0 Europe\t\r\n":  "Contoso Europe",
		"Contoso\u2028Europe\u2003GmbH":  "Contoso Europe GmbH",
		"Mu\u0308ller":                   "M\u00fcller",
		"\u212bngstro\u0308m":            "\u00c5ngstr\u00f6m",
		"\u1112\u1161\u11ab":             "\ud55c",
		"\ufb01 \u2460 \uff23":           "\ufb01 \u2460 \uff23", // what only resembles another character stays
		"Con\u00adtoso":                  "Con\u00adtoso",        // to be refused, not to be dropped without a word
		"\u30cf\u309a\u30fc\u30c8\u30ca": "\u30d1\u30fc\u30c8\u30ca",
	} {
		if got := CleanName(name); got != want {
			t.Errorf("%+q became %+q, want %+q", name, got, want)
		}
	}
}

func TestSameName(t *testing.T) {
	for _, same := range [][2]string{
		{"Contoso", "CONTOSO"},
		{"Contoso ", "\u00a0contoso"},
		{"Contoso  Europe", "contoso\tEurope"},
		{"M\u00fcller", "MU\u0308LLER"},
		{"Stra\u00dfe", "STRASSE"},
		{"\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3"},
		{"Contoso\u200b", "Contoso"},
		{"Con\u00adtoso", "contoso"},
		{"\u202eContoso", "Contoso"},
		{"Contoso\a", "Contoso"},
		{"A \u200b B", "a b"},
		{"\u2764\ufe0f", "\u2764"},
	} {
		if !SameName(same[0], same[1]) || !SameName(same[1], same[0]) {
			t.Errorf("%+q and %+q are two names", same[0], same[1])
		}
	}
	for _, other := range [][2]string{
		{"Contoso", "Contoso2"}, {"Contoso Europe", "ContosoEurope"}, {"M\u00fcller", "Muller"}, {"1", "\u2460"}, {"", ""}, {"", "\u200b"}, {"\u2060", " "},
	} {
		if SameName(other[0], other[1]) {
			t.Errorf("%+q and %+q are one name", other[0], other[1])
		}
	}
}

func TestNameReason(t *testing.T) {
	for name, want := range map[string]Reason{
		"":                                    "name-missing",
		" \u00a0\n":                           "name-missing",
		"C":                                   "",
		strings.Repeat("n", 80):               "",
		strings.Repeat("n", 81):               "name-long",
		strings.Repeat("ü", 80):               "",
		strings.Repeat("u\u0308", 80) + "   ": "",
		"Contoso & S\u00f6hne (S\u00fcd) \u2013 \u201eTest\u201c": "",
		"\u05d0\u05d1\u05d2 \u0627\u0644\u0634\u0631\u0643\u0629": "", // written from right to left, by itself
		"tab\tand\nline":                     "",                // they become blanks
		"\u200b":                             "name-unreadable", // zero width space
		"Contoso\u200b":                      "name-unreadable",
		"Con\u00adtoso":                      "name-unreadable", // soft hyphen
		"\u2060":                             "name-unreadable", // word joiner
		"\ufeffContoso":                      "name-unreadable", // byte order mark
		"Con\u200dtoso":                      "name-unreadable", // joiner
		"Con\u200ctoso":                      "name-unreadable", // non-joiner
		"\u202eContoso":                      "name-unreadable", // right-to-left override
		"Contoso\u2069":                      "name-unreadable",
		"Contoso\u200e":                      "name-unreadable",
		"Contoso\u061c":                      "name-unreadable",
		"Contoso\x1b[31m":                    "name-unreadable",
		"Contoso\x7f":                        "name-unreadable",
		"Contoso\u009b":                      "name-unreadable",
		"Contoso\x00":                        "name-unreadable",
		"Contoso\ufe0f":                      "name-unreadable", // a variation selector behind a letter
		"Contoso\U000e0101":                  "name-unreadable",
		"Contoso\U000e0043":                  "name-unreadable", // a tag
		"Contoso\u034f":                      "name-unreadable", // combining grapheme joiner
		"\u3164":                             "name-unreadable", // Hangul filler
		"\u115f\u1160":                       "name-unreadable",
		"\u2800":                             "name-unreadable", // Braille blank
		"Contoso\ue000":                      "name-unreadable", // private use
		"Contoso\ufffe":                      "name-unreadable", // no character
		"Contoso\ufffd":                      "name-unreadable",
		"Conto\xffso":                        "name-unreadable", // no UTF-8
		"\u0301Contoso":                      "name-unreadable", // a mark over what stands before
		"\u2764\ufe0f Contoso":               "",
		"1\ufe0f\u20e3 Contoso":              "",
		"\U0001f469\u200d\U0001f4bb Contoso": "", // an emoji of two
		"\u2764\ufe0f\u200d\U0001f525":       "",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647":          "", // Persian needs the non-joiner
		"\u0915\u094d\u200d\u0937":                            "", // and Hindi the joiner
		"\u200c\u0645\u06cc":                                  "name-unreadable",
		"\u0645\u06cc\u200c":                                  "name-unreadable",
		"1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f":                "name-id",
		" 1F0C2A4E-9D3B-4C5D-8E6F-7A8B9C0D1E2F ":              "name-id",
		"{1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f}":              "name-id",
		"urn:uuid:1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f":       "name-id",
		"1f0c2a4e9d3b4c5d8e6f7a8b9c0d1e2f":                    "name-id",
		"1f0c2a4e\u20139d3b\u20104c5d\u22128e6f 7a8b9c0d1e2f": "name-id",
		"1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2":                 "",
		"Contoso 1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f":        "",
		"1f0c2a4e": "",
	} {
		if got := NameReason(name); got != want {
			t.Errorf("%+q: %q, want %q", name, got, want)
		}
	}
}

func TestNameTaken(t *testing.T) {
	all := []Connector{{ID: "a", Name: "Contoso "}, {ID: "b", Name: "Fabrikam"}, {ID: "c"}}
	for _, c := range []struct {
		name   string
		except []string
		want   bool
	}{
		{"contoso", nil, true},
		{"Contoso\u200b", nil, true},
		{" CONTOSO", []string{"a"}, false},
		{"Fabrikam", []string{"a", "c"}, true},
		{"Northwind", nil, false},
		{"", nil, false},
	} {
		if got := NameTaken(all, c.name, c.except...); got != c.want {
			t.Errorf("%q, except %v: %v", c.name, c.except, got)
		}
	}
}

func TestFreeName(t *testing.T) {
	all := []Connector{{ID: "a", Name: "Contoso"}, {ID: "b", Name: "contoso 2"}, {ID: "c", Name: "Fabrikam"}}
	for _, c := range []struct{ name, except, want string }{
		{"Contoso", "", "Contoso 3"},
		{"Contoso", "a", "Contoso"},
		{"Fabrikam", "", "Fabrikam 2"},
		{"Northwind", "", "Northwind"},
		{"", "", ""},
	} {
		if got := FreeName(all, c.name, c.except); got != c.want {
			t.Errorf("%q, except %q: %q, want %q", c.name, c.except, got, c.want)
		}
	}
}

// FuzzName holds what everybody who handles names relies on.
func FuzzName(f *testing.F) {
	for _, name := range []string{"Contoso", " a\u0308 \u200b", "\u0130\u0131", "\xff\u2028", "\u1100\u1161\u034f", "\U0001f469\u200d\U0001f4bb"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		clean := CleanName(name)
		if again := CleanName(clean); again != clean {
			t.Errorf("%+q is clean, and becomes %+q", clean, again)
		}
		if NameReason(name) != NameReason(clean) || FoldName(name) != FoldName(clean) {
			t.Errorf("%+q and %+q count as two", name, clean)
		}
		if folded := FoldName(name); FoldName(folded) != folded {
			t.Errorf("%+q is folded, and becomes %+q", folded, FoldName(folded))
		}
		if NameReason(name) == "" && (!utf8.ValidString(clean) || !SameName(name, clean)) {
			t.Errorf("%+q can be a name, and is not found by it", name)
		}
	})
}
