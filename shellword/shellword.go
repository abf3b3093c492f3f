// Package shellword quotes words of a command that a person copies into a shell.
package shellword

import (
	"path/filepath"
	"strings"

	"partner-center-connector/lazyregexp"
)

// plain is a word that the shells of every system take unchanged between double quotes.
var plain = lazyregexp.New(`^[\p{L}\p{N}/~._][\p{L}\p{N} ._@(),:/~+-]*$`)

// plainOnWindows may have backslashes too, but for the last character: a program that is started there takes a quotation mark after one for text.
var plainOnWindows = lazyregexp.New(`^[\p{L}\p{N}/~._\\](?:[\p{L}\p{N} ._@(),:/~+\\-]*[\p{L}\p{N} ._@(),:/~+-])?$`)

// Quote returns a word as the shell of a system reads it again. ok is false where no way of writing it fits: PowerShell and the command prompt
// of Windows have no quotes in common for `$`, `%` and their like.
func Quote(goos, word string) (quoted string, ok bool) {
	double := `"` + word + `"`
	switch {
	case strings.ContainsFunc(word, func(r rune) bool { return r < ' ' || r == '\x7f' }):
		return "", false
	case goos == "windows":
		return double, plainOnWindows.MatchString(word)
	case plain.MatchString(word):
		return double, true
	}
	return POSIX(word), true
}

// POSIX returns a word, whatever is in it, as POSIX shells read it again. In an interactive bash, too, nothing is expanded between these quotes.
func POSIX(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// singleQuotes are the characters that PowerShell takes for a single quote.
// https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02#2352-string-literals
const singleQuotes = "'‘’‚‛"

// PowerShell returns a word, whatever is in it, as a string of PowerShell in which nothing is expanded.
func PowerShell(word string) string {
	var out strings.Builder
	out.WriteByte('\'')
	for _, r := range word {
		if strings.ContainsRune(singleQuotes, r) {
			out.WriteRune(r)
		}
		out.WriteRune(r)
	}
	out.WriteByte('\'')
	return out.String()
}

// Argument is Quote for an argument of a command: before one that looks like a flag stand the two dashes that end the flags.
func Argument(goos, word string) (quoted string, ok bool) {
	quoted, ok = Quote(goos, word)
	if strings.HasPrefix(word, "-") {
		quoted = "-- " + quoted
	}
	return quoted, ok
}

// PathFlag is a flag with the path that was given for it; an empty path was not given.
type PathFlag struct{ Flag, Path string }

// PathFlags are flags ready to be typed in any folder. Where no quotes fit both shells of Windows, those of PowerShell stand.
func PathFlags(goos string, flags ...PathFlag) string {
	words := []string{}
	for _, f := range flags {
		if f.Path == "" {
			continue
		}
		if full, err := filepath.Abs(f.Path); err == nil {
			f.Path = full
		}
		quoted, ok := Quote(goos, f.Path)
		if !ok {
			quoted = PowerShell(f.Path)
		}
		words = append(words, f.Flag, quoted)
	}
	return strings.Join(words, " ")
}
