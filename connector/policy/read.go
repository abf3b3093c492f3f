package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/problems"
)

// source is a place that may have a policy.
type source interface {
	// place is the file or the key of the registry, as people find it.
	place() string
	// read returns what it says; nothing where it is not there. Its error says why nothing of it can be used.
	read() ([]said, *fault)
}

// said is something that a place says, before it is known whether it can be used.
type said struct {
	// name is as the place has it; setting is the row that it means, which has no name where there is none.
	name    string
	setting Setting
	locked  bool
	// text is the value, or list where isList.
	text   string
	list   []string
	isList bool
	// odd says that the value is neither a text nor a list of texts.
	odd bool
	// from is the file, or the entry of the registry; line is the line in a file, from 1.
	from string
	line int
}

// fault is what is wrong with a place, or with something that it says.
type fault struct {
	reason connector.PolicyFault
	// preset is why no preset could hold the value, for PolicyPresetFault.
	preset       connector.PresetFault
	value, known string
	line         int
	// closed says that the place may have said which clouds are allowed.
	closed bool
	cause  error
}

// Read reads what the administrator of this computer says, once for a program: nothing of it changes while that runs.
func Read() connector.Policy { return readAll(sources(), time.Now()) }

// ReadFile reads a policy of Linux from one file. It counts where protected says that this account can't change it.
func ReadFile(path string, protected func(path string) bool) connector.Policy {
	return readAll([]source{file{path, protected, parseTOML}}, time.Now())
}

// readAll reads places, the one that counts most first.
func readAll(places []source, now time.Time) connector.Policy {
	p := connector.Policy{}
	for _, place := range places {
		p.Places = append(p.Places, place.place())
		all, wrong := place.read()
		if wrong != nil {
			p = deny(p, said{from: place.place(), line: wrong.line}, wrong, now)
			continue
		}
		for _, s := range all {
			value, wrong := s.value()
			if wrong != nil {
				wrong.closed = s.setting.Name == connector.PolicyAllowedClouds
				p = deny(p, s, wrong, now)
				continue
			}
			p = add(p, value)
		}
	}
	return p
}

// add takes a value, unless a place that counts more has said the same.
func add(p connector.Policy, v connector.PolicyValue) connector.Policy {
	if _, there := p.Value(v.Name, v.Locked); !there {
		p.Values = append(p.Values, v)
	}
	return p
}

// deny tells what can't be used. Which clouds are allowed is never guessed: where that can't be read, none is.
func deny(p connector.Policy, s said, wrong *fault, now time.Time) connector.Policy {
	problem := problems.Sample(connector.KindPolicy)
	problem.At, problem.Args = now, map[string]string{"Place": s.from}
	reason := string(wrong.reason)
	if wrong.reason == connector.PolicyPresetFault {
		reason = string(wrong.preset)
		problem.With(connector.PolicyPresetArg, "yes")
	}
	problem.With(connector.PolicyFaultArg, reason)
	for name, value := range map[string]string{"Name": preset.Printable(s.name), "Value": wrong.value, "Known": wrong.known} {
		if value != "" {
			problem.With(name, value)
		}
	}
	if line := max(s.line, wrong.line); line > 0 {
		problem.With("Line", strconv.Itoa(line))
	}
	problem.Raw = rawLine(problem, wrong)
	if wrong.closed {
		problem.With(connector.PolicyFatalArg, "yes")
		p = add(p, connector.PolicyValue{Name: connector.PolicyAllowedClouds, From: s.from, Locked: true})
	}
	p.Problems = append(slices.Clip(p.Problems), problem)
	return p
}

// rawLine names the place, the line and the entry, and what reading them gave.
func rawLine(p connector.Problem, wrong *fault) string {
	raw := p.Args["Place"]
	if line := p.Args["Line"]; line != "" {
		raw += ":" + line
	}
	if name := p.Args["Name"]; name != "" {
		raw += ": " + name
	}
	if wrong.cause != nil {
		raw += ": " + problems.CleanLine(wrong.cause.Error())
	}
	return raw
}

// TellUnknownClouds returns a policy with a problem for each cloud that it allows and nobody knows: whoever misspelled a cloud has not allowed it.
func TellUnknownClouds(p connector.Policy, known []string, now time.Time) connector.Policy {
	clouds := p.Lock(connector.PolicyAllowedClouds)
	none := !slices.ContainsFunc(clouds.List, func(name string) bool { return slices.Contains(known, name) })
	for _, name := range clouds.List {
		if !slices.Contains(known, name) {
			wrong := &fault{reason: connector.PolicyCloud, value: preset.Printable(name), known: strings.Join(known, ", "), closed: none}
			p = deny(p, said{name: clouds.Name, from: clouds.From}, wrong, now)
		}
	}
	return p
}
