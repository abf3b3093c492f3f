// Package precedence decides which of several places counts that say something about the same option, for both programs.
package precedence

// Source is a place that may say something about an option.
type Source string

// The sources. Order ranks them.
const (
	Nowhere     Source = ""
	Locked      Source = "policy"
	Flag        Source = "flag"
	Environment Source = "environment"
	Settings    Source = "settings"
	Default     Source = "policy-default"
	Preset      Source = "preset"
)

// Order returns the sources, the one that counts most first. This is the one table of it.
func Order() []Source { return []Source{Locked, Flag, Environment, Settings, Default, Preset} }

// Option is something that can be said in several places.
type Option struct {
	// Name is what policies call it.
	Name string
	// Flag and Variable are how a command line and the environment say it.
	Flag, Variable string
}

// The options that more than one place knows.
var (
	ConfigDir = Option{Name: "config-dir", Flag: "--config-dir", Variable: "PCC_CONFIG_DIR"}
	Clouds    = Option{Name: "clouds", Flag: "--clouds", Variable: "PCC_CLOUDS"}
	Language  = Option{Name: "lang", Flag: "--lang", Variable: "PCC_LANG"}
)

// Options are those above.
func Options() []Option { return []Option{ConfigDir, Clouds, Language} }

// Policy is what the administrator of the computer says, by the names of options. Its zero value says nothing.
type Policy struct {
	// Locked has values that nobody can change, Default those that count where nobody chose one.
	Locked, Default map[string]string
}

// Places are what the places say that are the same for every option.
type Places struct {
	Policy Policy
	// Getenv reads a variable of the environment; nil where there are none.
	Getenv func(string) string
}

// Said is what the other places say of one option; empty and nil are nothing. Settings and Preset are only asked where they count.
type Said struct {
	Flag             string
	Settings, Preset func() string
}

// Choice is the value that counts, and where it comes from.
type Choice struct {
	Value string
	From  Source
}

// Choose returns what counts. An empty value counts as not said, so that a variable can be unset by making it empty.
func (p Places) Choose(o Option, said Said) Choice {
	values := map[Source]func() string{
		Locked:      func() string { return p.Policy.Locked[o.Name] },
		Flag:        func() string { return said.Flag },
		Environment: func() string { return p.variable(o) },
		Settings:    said.Settings,
		Default:     func() string { return p.Policy.Default[o.Name] },
		Preset:      said.Preset,
	}
	for _, from := range Order() {
		if said := values[from]; said != nil {
			if value := said(); value != "" {
				return Choice{value, from}
			}
		}
	}
	return Choice{}
}

func (p Places) variable(o Option) string {
	if p.Getenv == nil || o.Variable == "" {
		return ""
	}
	return p.Getenv(o.Variable)
}
