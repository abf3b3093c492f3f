package assets

import (
	"os"
	"strings"
)

// SystemLanguage are the languages that the system is set to, the preferred one first and with commas between them, as
// NewTranslator takes them; empty if it names none. Where the environment names languages, as in a terminal, they count.
func SystemLanguage() string {
	if env := environmentLanguages(os.Getenv); len(env) > 0 {
		return strings.Join(env, ",")
	}
	return strings.Join(systemLanguages(), ",")
}

// environmentLanguages are those of the locale variables, by the rules of gettext: LANGUAGE is a list, and counts only where a
// locale is chosen at all.
// https://www.gnu.org/software/gettext/manual/html_node/The-LANGUAGE-variable.html
func environmentLanguages(getenv func(string) string) []string {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	if locale == "" || locale == "C" || locale == "POSIX" || strings.HasPrefix(locale, "C.") {
		return nil
	}
	if list := getenv("LANGUAGE"); list != "" {
		return append(strings.Split(list, ":"), locale)
	}
	return []string{locale}
}
