package program

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/precedence"
	"partner-center-connector/rehearsal"
	"partner-center-connector/shellword"
)

// options is the command line.
type options struct {
	configDir, cloudsFile       string
	connectorID                 string // what the window opens at; empty for home
	language, theme             string
	systemLanguage              string // what the system asks for
	version                     bool
	rehearse, unattended, links bool
	scenario, browser, pictures string
	policy                      connector.Policy
}

// parse reads the command line. What is wrong with it has been said when it returns an error.
func parse(args []string, said connector.Policy, stderr io.Writer) (options, error) {
	o := options{systemLanguage: assets.SystemLanguage(), policy: said}
	tr := assets.NewTranslator(o.systemLanguage)
	flags := flag.NewFlagSet("partner-center-connector", flag.ContinueOnError)
	usage := &bytes.Buffer{}
	flags.SetOutput(usage)
	known := strings.Join(tr.Tags(), ", ")
	text := func(key string) string {
		return tr.Text("start.flag."+key, map[string]any{"Known": known, "Families": families(tr)})
	}
	flags.StringVar(&o.configDir, "config-dir", "", text("config-dir"))
	flags.StringVar(&o.cloudsFile, "clouds", "", text("clouds"))
	flags.StringVar(&o.connectorID, "connector", "", text("connector"))
	flags.StringVar(&o.language, "lang", "", text("lang"))
	flags.StringVar(&o.theme, "theme", "", text("theme"))
	flags.BoolVar(&o.version, "version", false, text("version"))
	flags.BoolVar(&o.rehearse, "rehearse", false, text("rehearse"))
	flags.StringVar(&o.scenario, "scenario", "good", text("scenario"))
	flags.BoolVar(&o.unattended, "unattended", false, text("unattended"))
	flags.BoolVar(&o.links, "links", false, text("links"))
	flags.StringVar(&o.browser, "browser", "", text("browser"))
	flags.StringVar(&o.pictures, "pictures", "", text("pictures"))
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = usage.WriteTo(stderr)
		return o, err
	} else if err != nil {
		_, _ = fmt.Fprintln(stderr, flagError(tr, err))
		return o, err
	}
	if key, value := o.validate(flags.Args(), tr); key != "" {
		args := map[string]any{"Value": value, "Known": known, "Families": families(tr)}
		return o, refuse(stderr, tr.Text("start.error."+key, args))
	}
	if flag, lock := o.contradiction(); flag.Flag != "" {
		return o, refuse(stderr, tr.Text("start.error.policy", map[string]any{"Flag": flag.Flag, "Value": flag.Value, "Locked": lock.Text, "From": lock.From}))
	}
	o = o.withEnvironment(os.Getenv)
	if o.language != "" && !tr.Speaks(o.language) {
		return o, refuse(stderr, tr.Text("start.error.lang-variable", map[string]any{"Value": o.language, "Known": known}))
	}
	return o, nil
}

func refuse(stderr io.Writer, why string) error {
	err := errors.New(why)
	_, _ = fmt.Fprintln(stderr, err)
	return err
}

// withEnvironment takes from the environment what the command line does not say. A rehearsal has a folder and a cloud of its own.
func (o options) withEnvironment(getenv func(string) string) options {
	choose := func(places precedence.Places, option precedence.Option, value *string) {
		*value = places.Choose(option, precedence.Said{Flag: *value}).Value
	}
	choose(precedence.Places{Getenv: getenv}, precedence.Language, &o.language) // what a policy says of it counts with the settings
	if places := (precedence.Places{Policy: policy.Precedence(o.policy), Getenv: getenv}); !o.rehearse {
		choose(places, precedence.ConfigDir, &o.configDir)
		choose(places, precedence.Clouds, &o.cloudsFile)
	}
	return o
}

// flagged is a flag with its value.
type flagged struct{ Flag, Value string }

// contradiction is the first flag that says something else than a policy locks; its zero value where none does. A rehearsal has a folder and a cloud
// of its own.
func (o options) contradiction() (flagged, connector.PolicyValue) {
	given := map[string]flagged{
		precedence.Language.Name: {precedence.Language.Flag, o.language}, connector.PolicyTheme: {"--theme", o.theme},
	}
	if !o.rehearse {
		given[precedence.ConfigDir.Name] = flagged{precedence.ConfigDir.Flag, o.configDir}
		given[precedence.Clouds.Name] = flagged{precedence.Clouds.Flag, o.cloudsFile}
	}
	for _, lock := range o.policy.Values {
		if policy.Contradicts(lock, given[lock.Name].Value) {
			return given[lock.Name], lock
		}
	}
	return flagged{}, connector.PolicyValue{}
}

// families names the families of browsers: "chromium or firefox".
func families(tr *assets.Translator) string {
	named := ""
	for _, f := range browser.Families() {
		if named != "" {
			named = tr.Text("start.either", map[string]any{"One": named, "Other": f})
			continue
		}
		named = string(f)
	}
	return named
}

// commandFlags are those that pcc needs to find what this program keeps, ready to be typed in any folder.
func (o options) commandFlags() string {
	return shellword.PathFlags(
		runtime.GOOS, shellword.PathFlag{Flag: precedence.ConfigDir.Flag, Path: o.configDir}, shellword.PathFlag{Flag: precedence.Clouds.Flag, Path: o.cloudsFile},
	)
}

// validate returns the key of what does not fit together, and its value; an empty key if all does.
func (o options) validate(rest []string, tr *assets.Translator) (key, value string) {
	known := func(s rehearsal.Scenario) bool { return s.Name == o.scenario }
	switch {
	case slices.ContainsFunc(rest, link.Looks):
		return "link-argument", "" // it has a state, and is not to be said again
	case len(rest) > 0:
		return "argument", rest[0]
	case o.language != "" && !tr.Speaks(o.language):
		return "lang", o.language
	case o.theme != "" && o.theme != string(connector.ThemeLight) && o.theme != string(connector.ThemeDark):
		return "theme", o.theme
	case !o.rehearse && (o.unattended || o.browser != "" || o.pictures != "" || o.scenario != "good"):
		return "only-rehearse", ""
	case o.links && !o.unattended:
		return "links", ""
	case o.rehearse && o.cloudsFile != "":
		return "rehearse-clouds", o.cloudsFile
	case o.rehearse && o.connectorID != "":
		return "rehearse-connector", ""
	case !slices.ContainsFunc(rehearsal.Scenarios(), known):
		return "scenario", o.scenario
	case o.browser != "" && !slices.Contains(browser.Families(), browser.Family(o.browser)):
		return "browser", o.browser
	}
	return "", ""
}
