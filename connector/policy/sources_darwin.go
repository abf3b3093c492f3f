package policy

import (
	"os/user"
	"path/filepath"
)

// managed is the folder of what macOS makes of configuration profiles; profile is the name of ours in it.
const (
	managed = "/Library/Managed Preferences"
	profile = "io.github.partnercenterconnector.plist"
)

// sources are where this system has policies, the one that counts most first: the account's profile, then the computer's.
func sources() []source {
	all := []source{}
	if account, err := user.Current(); err == nil && account.Username != "" && filepath.Base(account.Username) == account.Username {
		all = append(all, file{filepath.Join(managed, account.Username, profile), protectedFile, parsePlist})
	}
	return append(all, file{filepath.Join(managed, profile), protectedFile, parsePlist})
}
