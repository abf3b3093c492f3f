package program

import (
	"os"

	"fyne.io/fyne/v2"
)

const appID = "io.github.partnercenterconnector"

// fyneApp makes Fyne's app with makeApp. Fyne complains on an account so new that it has no folder for caches yet.
func fyneApp(makeApp func(id string) fyne.App) fyne.App {
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700)
	}
	a := makeApp(appID)
	a.SetCloudProvider(noPreferences{})
	return a
}

// noPreferences keeps Fyne from writing its preferences, of which we have none: at the end of every window it would write an empty
// file, and another window, a rehearsal's perhaps, that reads it at that moment complains of it.
type noPreferences struct{}

// inMemory hides from Fyne that these are the preferences that it writes.
type inMemory struct{ fyne.Preferences }

// CloudPreferences implements fyne.CloudProviderPreferences.
func (noPreferences) CloudPreferences(a fyne.App) fyne.Preferences { return inMemory{a.Preferences()} }

// The rest of fyne.CloudProvider.

func (noPreferences) ProviderDescription() string { return "no preferences are kept" }
func (noPreferences) ProviderIcon() fyne.Resource { return nil }
func (noPreferences) ProviderName() string        { return "none" }
func (noPreferences) Cleanup(fyne.App)            {}
func (noPreferences) Setup(fyne.App) error        { return nil }
