package report

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
	"partner-center-connector/lazyregexp"
)

// MaxLines is how many of the last lines of the log are in a report.
const MaxLines = 200

// withheld stands for a value, or a line, that may be anything.
const withheld = "…"

var (
	// attribute is one of a line as slog writes it: key=value, the value quoted where it has to be.
	attribute = lazyregexp.New(`^([a-z][a-z.]*|"[a-z. ]+")=("(?:[^"\\]|\\.)*"|[^\s"]*)(?: |$)`)
	// said are the constant words of a message, command a command of pcc without what it was given.
	said    = lazyregexp.New(`^[a-z][a-z ,;'-]{0,99}$`)
	command = lazyregexp.New(`^pcc( [a-z]{2,12}){0,2}$`)
	// effect is the name of something that the wizard wants done.
	effect = lazyregexp.New(`^wizard\.[A-Z][A-Za-z]{1,40}$`)
	// plain are values that name nobody: numbers, durations, times and versions.
	plain = lazyregexp.New(`^(true|false|-?[0-9]{1,10}|([0-9]{1,10}(\.[0-9]{1,9})?(h|ms|m|µs|ns|s))+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}(Z|[+-][0-9:]{5})|[0-9]{1,4}(\.[0-9]{1,4}){2})$`)
)

// lines are the last lines of the log, with those of their values alone that are of a shape which names nobody.
func lines(all []string) []string {
	shaped := []string{}
	for _, line := range all[max(0, len(all)-MaxLines):] {
		shaped = append(shaped, shapedLine(line))
	}
	return shaped
}

// shapedLine is a line as slog writes it; what else somebody put into the file is withheld.
func shapedLine(line string) string {
	parts := []string{}
	for line != "" {
		found := attribute.FindStringSubmatch(line)
		if found == nil {
			return strings.Join(append(parts, withheld), " ")
		}
		line = line[len(found[0]):]
		value := found[2]
		if text, err := strconv.Unquote(value); err == nil {
			value = text
		}
		if value = shapedValue(found[1], value); strings.Contains(value, " ") {
			value = strconv.Quote(value)
		}
		parts = append(parts, found[1]+"="+value)
	}
	return strings.Join(parts, " ")
}

func shapedValue(key, value string) string {
	switch {
	case value == "", plain.MatchString(value), id(value) == value, knownWord(value), code(value) == value:
		return value
	case key == "msg" && said.MatchString(value), key == "command" && command.MatchString(value), key == "checks" && knownOutcomes(value), key == "kind" && effect.MatchString(value):
		return value
	}
	return withheld
}

// knownOutcomes reports whether a text is checks with their states.
func knownOutcomes(text string) bool {
	for _, outcome := range strings.Fields(text) {
		check, state, _ := strings.Cut(outcome, "=")
		if !knownWord(check) || !knownWord(state) {
			return false
		}
	}
	return true
}

// knownWord reports whether a text is a word that our own code has for something.
func knownWord(text string) bool { return vocabulary()[text] }

// vocabulary are those words.
var vocabulary = sync.OnceValue(func() map[string]bool {
	all := slices.Concat(
		words(browser.IDs()), cloudNames(), words(problems.Kinds()), words(healths), words(checkIDs()), words(checkStates), writers,
		words([]browser.Mode{browser.ModePrivate, browser.ModeGuest, browser.ModePlain}),
		words([]auth.Resource{auth.PartnerCenter, auth.Graph}),
		words([]connector.ProbeResult{connector.ProbeFine, connector.ProbeWrong, connector.ProbeUnknown}),
	)
	known := make(map[string]bool, len(all))
	for _, one := range all {
		known[one] = true
	}
	return known
})

// writers are the programs that write the log, as they call themselves there, and slog's levels.
var writers = []string{"DEBUG", "INFO", "WARN", "ERROR", "pcc", "window"}

func words[T ~string](all []T) []string {
	texts := make([]string, 0, len(all))
	for _, one := range all {
		texts = append(texts, string(one))
	}
	return texts
}

func checkIDs() []connector.CheckID {
	return append(checks.Order(), checks.OrderFor(connector.OriginLink)...)
}

var checkStates = []connector.CheckState{
	connector.CheckPending, connector.CheckRunning, connector.CheckPassed, connector.CheckWarning, connector.CheckFailed, connector.CheckUnknown,
}

func cloudNames() []string {
	names := []string{}
	for _, c := range auth.BuiltinClouds() {
		names = append(names, c.Name)
	}
	return names
}
