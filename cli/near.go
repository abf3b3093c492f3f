package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// maxNear is how many names are suggested at most.
const maxNear = 3

// near returns the names that somebody may have meant who wrote another one, the nearest first: few letters differ, or one begins with the other.
func near(written string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	wanted := strings.ToLower(written)
	limit := max(2, utf8.RuneCountInString(wanted)/3)
	found := []candidate{}
	for _, name := range known {
		folded := strings.ToLower(name)
		distance := levenshtein.ComputeDistance(wanted, folded)
		begins := utf8.RuneCountInString(wanted) >= maxNear && (strings.HasPrefix(folded, wanted) || strings.HasPrefix(wanted, folded))
		if begins || distance <= limit && distance < utf8.RuneCountInString(folded) {
			found = append(found, candidate{name, distance})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	names := []string{}
	for _, c := range found[:min(len(found), maxNear)] {
		names = append(names, c.name)
	}
	return names
}

// withNear adds to a sentence what was perhaps meant.
func (p *program) withNear(text, written string, known []string) string {
	names := near(written, known)
	if len(names) == 0 {
		return text
	}
	return text + " " + p.tr.Text("cli.error.near", map[string]any{"Names": strings.Join(names, ", ")})
}

// notOneOf refuses a value that is none of those of a flag.
func (p *program) notOneOf(flag, value string, known []string) error {
	text := p.tr.Text("cli.error.one-of", map[string]any{"Flag": flag, "Value": value, "Known": strings.Join(known, ", ")})
	if len(known) <= maxNear {
		return usageWords(text) // all of them stand there
	}
	return usageWords(p.withNear(text, value, known))
}

// flagNames are those of flags as they are typed.
func flagNames(flags *pflag.FlagSet) []string {
	names := []string{}
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return names
}

// errSwallows is why a flag does not take the name of another one.
var errSwallows = errors.New("another flag stands where the value should")

// guarded refuses another flag as the value of a flag, whose own was left out. Behind an equals sign it is taken.
type guarded struct {
	pflag.Value
	name string
	args []string
}

// Set implements pflag.Value.
func (g guarded) Set(value string) error {
	if len(value) > 2 && strings.HasPrefix(value, "--") && !slices.Contains(g.args, "--"+g.name+"="+value) {
		return errSwallows
	}
	return g.Value.Set(value)
}

// guard guards the flags with a text of a command and those below it.
func (p *program) guard(cmd *cobra.Command) {
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) {
			if _, already := f.Value.(guarded); !already && f.Value.Type() == "string" {
				f.Value = guarded{f.Value, f.Name, p.args}
			}
		})
	}
	for _, below := range cmd.Commands() {
		p.guard(below)
	}
}
