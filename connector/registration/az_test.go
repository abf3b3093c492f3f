package registration

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// azCommands are what the scripts use of the Azure CLI, as its reference has it.
var azCommands = map[string]string{
	"account show": "--query",                                        // https://learn.microsoft.com/cli/azure/account#az-account-show
	"ad app show":  "--id --query",                                   // https://learn.microsoft.com/cli/azure/ad/app#az-ad-app-show
	"ad sp create": "--id --output",                                  // https://learn.microsoft.com/cli/azure/ad/sp#az-ad-sp-create
	"ad sp list":   "--filter --query",                               // https://learn.microsoft.com/cli/azure/ad/sp#az-ad-sp-list
	"cloud set":    "--name",                                         // https://learn.microsoft.com/cli/azure/cloud#az-cloud-set
	"login":        "--allow-no-subscriptions --tenant",              // https://learn.microsoft.com/cli/azure/reference-index#az-login
	"rest":         "--body --method --query --url --url-parameters", // https://learn.microsoft.com/cli/azure/reference-index#az-rest
}

var (
	azCall   = regexp.MustCompile(`\b(?:az|[Aa]sk) ([a-z]+(?: [a-z]+)*) ([^;|\n]*)`)
	azOption = regexp.MustCompile(` (--[a-z-]+)`)
)

// TestAzCommands checks that no script calls the Azure CLI in another way than was looked up.
func TestAzCommands(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]map[string]bool{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range azCall.FindAllStringSubmatch(string(data), -1) {
			if used[call[1]] == nil {
				used[call[1]] = map[string]bool{}
			}
			for _, option := range azOption.FindAllStringSubmatch(" "+call[2], -1) {
				used[call[1]][option[1]] = true
			}
		}
	}
	got := map[string]string{}
	for command, options := range used {
		got[command] = strings.Join(slices.Sorted(maps.Keys(options)), " ")
	}
	if !maps.Equal(got, azCommands) {
		t.Errorf("got  %v\nwant %v", got, azCommands)
	}
}
