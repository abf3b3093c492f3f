package safefile

import (
	"os"
	"path/filepath"
)

// Home is the person's home folder: home, where that is not empty, or else the system's answer, or else the folder for temporary files.
func Home(home string) string {
	if home != "" {
		return home
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	return home
}

// Documents is where a person looks for files of theirs: the folder Documents of the home folder, or that itself where there is none. An empty home
// is the system's answer.
func Documents(home string) string {
	home = Home(home)
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		return documents
	}
	return home
}
