package assets

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// fill replaces what is in {{…}} in a sentence:
//
//	{{.Name}}                                    the arg of this name; "<no value>" where there is none
//	{{page `user`}}                              the number of that page; with the arg Links that of the page for two links in its place
//	{{if .Name}}…{{else if not .Name}}…{{else}}…{{end}}   what is there if the arg is there and not its type's zero value
//
// It is a part of what text/template does. That package finds methods by their names, for which the linker keeps every method of every
// type: two megabytes of each program. The error tells what in the sentence is none of these; it is found in parts that are not shown, too.
func fill(text string, pages []string, args map[string]any) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	f := filler{rest: text, pages: pages, args: args}
	stopped, err := f.until(true)
	if err == nil && stopped != "" {
		err = fmt.Errorf("{{%s}} without {{if}}", stopped)
	}
	return f.out.String(), err
}

var errNotEnded = errors.New("{{…}}, or what belongs to an {{if}}, does not end")

// filler is a sentence that is being filled.
type filler struct {
	rest  string
	pages []string
	args  map[string]any
	out   strings.Builder
}

// until goes on to the {{else…}} or {{end}} that belongs to an {{if}} before it, and returns it; empty at the end of the sentence.
func (f *filler) until(shown bool) (string, error) {
	for {
		text, rest, found := strings.Cut(f.rest, "{{")
		f.write(shown, text)
		if !found {
			f.rest = ""
			return "", nil
		}
		action, rest, closed := strings.Cut(rest, "}}")
		if !closed {
			return "", errNotEnded
		}
		f.rest = rest
		action = strings.TrimSpace(action)
		if action == "end" || action == "else" || strings.HasPrefix(action, "else ") {
			return action, nil
		}
		if err := f.act(shown, action); err != nil {
			return "", err
		}
	}
}

func (f *filler) write(shown bool, text string) {
	if shown {
		f.out.WriteString(text)
	}
}

// act does what an action says that stands for itself, or begins a choice.
func (f *filler) act(shown bool, action string) error {
	if condition, ok := strings.CutPrefix(action, "if "); ok {
		return f.choose(shown, condition)
	}
	text, err := f.value(action)
	f.write(shown, text)
	return err
}

// value is that of {{.Name}} or of {{page `name`}}.
func (f *filler) value(action string) (string, error) {
	if name, ok := strings.CutPrefix(action, "page "); ok {
		links, _ := f.args[LinksArg].(bool)
		number := pageNumber(f.pages, strings.Trim(name, " `"), links)
		if number == 0 {
			return "", fmt.Errorf("there is no page %s", name)
		}
		return strconv.Itoa(number), nil
	}
	name, err := fieldOf(action)
	if err != nil {
		return "", err
	}
	switch v := f.args[name].(type) {
	case nil:
		return "<no value>", nil
	case string:
		return v, nil
	default:
		return fmt.Sprint(v), nil
	}
}

// choose shows the first part whose condition holds, up to the {{end}}.
func (f *filler) choose(shown bool, condition string) error {
	for more := true; ; {
		holds, err := f.holds(condition)
		if err != nil {
			return err
		}
		next, err := f.until(shown && more && holds)
		if err != nil {
			return err
		}
		more = more && !holds
		var chained bool
		switch condition, chained = strings.CutPrefix(next, "else if "); {
		case chained:
		case next == "end":
			return nil
		case next == "else":
			return f.otherwise(shown && more)
		default:
			return errNotEnded
		}
	}
}

// otherwise is the part between {{else}} and {{end}}.
func (f *filler) otherwise(shown bool) error {
	next, err := f.until(shown)
	if err == nil && next != "end" {
		err = errNotEnded
	}
	return err
}

// holds reports whether the arg of a condition, ".Name" or "not .Name", is there and not its type's zero value.
func (f *filler) holds(condition string) (bool, error) {
	field, negated := strings.CutPrefix(strings.TrimSpace(condition), "not ")
	name, err := fieldOf(field)
	value := reflect.ValueOf(f.args[name])
	return (value.IsValid() && !value.IsZero()) != negated, err
}

// fieldOf is the name in ".Name".
func fieldOf(action string) (string, error) {
	name, ok := strings.CutPrefix(action, ".")
	if !ok || name == "" || strings.ContainsFunc(name, notInName) {
		return "", fmt.Errorf("{{%s}} is neither an arg nor a page nor a condition", action)
	}
	return name, nil
}

func notInName(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
}
