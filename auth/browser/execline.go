package browser

import (
	"errors"
	"path"
	"slices"
	"strings"

	"partner-center-connector/lazyregexp"
)

var errExec = errors.New("the command can't be read")

// parseExec splits the Exec value of a desktop file into executable and arguments: field codes, variables set by env, markers of
// Flatpak and flags that choose a profile or a window are left out. The value's own escapes must be undone before.
// https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
func parseExec(line string) ([]string, error) {
	if strings.ContainsRune(line, 0) {
		return nil, errExec
	}
	words, err := splitExec(line)
	if err != nil {
		return nil, err
	}
	words = afterEnv(words)
	if len(words) == 0 || words[0] == "" {
		return nil, errExec
	}
	return append(words[:1:1], ownFlags(words[1:])...), nil
}

// splitExec splits at blanks outside double quotes; inside them a backslash escapes ", `, $ and itself.
func splitExec(line string) ([]string, error) {
	var (
		words          []string
		word           strings.Builder
		quoted, inWord bool
	)
	finish := func() {
		if text, keep := withoutCodes(word.String()); inWord && keep {
			words = append(words, text)
		}
		word.Reset()
		inWord = false
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted, inWord = !quoted, true
		case c == '\\' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
			inWord = true
		case !quoted && (c == ' ' || c == '\t' || c == '\n'):
			finish()
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if quoted {
		return nil, errExec
	}
	finish()
	return words, nil
}

var fieldCode = lazyregexp.New(`%[a-zA-Z%]`)

// withoutCodes replaces the field codes of a word; a word that was nothing but codes is not kept.
func withoutCodes(word string) (text string, keep bool) {
	text = fieldCode.ReplaceAllStringFunc(word, func(code string) string {
		if code == "%%" {
			return "%"
		}
		return ""
	})
	return text, text != "" || word == ""
}

// afterEnv drops a leading env with its options and variables.
func afterEnv(words []string) []string {
	if len(words) == 0 || path.Base(words[0]) != "env" {
		return words
	}
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case w == "-u" || w == "-C":
			i++
		case !strings.HasPrefix(w, "-") && !strings.Contains(w, "="):
			return words[i:]
		}
	}
	return nil
}

var (
	// unwanted are flags that choose a profile or a kind of window, and Flatpak's markers around a file's name.
	unwanted = []string{
		"--incognito", "--inprivate", "--private", "--guest", "--new-window", "-new-window", "--new-tab", "-new-tab",
		"--private-window", "-private-window", "-private", "--no-remote", "-no-remote", "--new-instance", "-new-instance",
		"-osint", "-url", "--url", "--", "@@", "@@u", "--file-forwarding",
	}
	// unwantedPairs take the next word with them.
	unwantedPairs = []string{"-P", "-p", "--profile", "-profile"}
	// unwantedValues are followed by a value after an equals sign.
	unwantedValues = []string{"--user-data-dir=", "--profile-directory=", "--profile=", "--url="}
)

func ownFlags(args []string) []string {
	var own []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case slices.Contains(unwantedPairs, arg):
			i++
		case slices.Contains(unwanted, arg):
		case slices.ContainsFunc(unwantedValues, func(v string) bool { return strings.HasPrefix(arg, v) }):
		default:
			own = append(own, arg)
		}
	}
	return own
}
