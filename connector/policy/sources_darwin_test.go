package policy

import (
	"strings"
	"testing"
)

// TestWhereMacOSHasProfiles holds that the account's profile counts before the computer's.
func TestWhereMacOSHasProfiles(t *testing.T) {
	all := sources()
	last := all[len(all)-1].place()
	if last != "/Library/Managed Preferences/io.github.partnercenterconnector.plist" {
		t.Errorf("the computer's: %s", last)
	}
	if len(all) > 1 && !strings.HasSuffix(all[0].place(), "/io.github.partnercenterconnector.plist") {
		t.Errorf("the account's: %s", all[0].place())
	}
}
