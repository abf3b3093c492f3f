package registration

import "strings"

// quoteBash makes one word of s for bash, whatever is in it. In an interactive bash, too, nothing is expanded between these quotes.
func quoteBash(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// singleQuotes are the characters that PowerShell takes for a single quote.
// https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02#2352-string-literals
const singleQuotes = "'‘’‚‛"

// quotePowerShell makes one string of s for PowerShell, in which nothing is expanded.
func quotePowerShell(s string) string {
	var out strings.Builder
	out.WriteByte('\'')
	for _, r := range s {
		if strings.ContainsRune(singleQuotes, r) {
			out.WriteRune(r)
		}
		out.WriteRune(r)
	}
	out.WriteByte('\'')
	return out.String()
}
