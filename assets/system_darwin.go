package assets

import "github.com/jeandeaual/go-locale"

// systemLanguages are those of the system's settings: a program that was started from the Finder has no locale variables.
func systemLanguages() []string {
	languages, err := locale.GetLocales()
	if err != nil {
		return nil
	}
	return languages
}
