package keyvault

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// azureCLIFolders are where az is on macOS, whose launchd and Finder start programs without them in PATH. https://docs.brew.sh/Installation
var azureCLIFolders = map[string][]string{"darwin": {"/opt/homebrew/bin", "/usr/local/bin"}}[runtime.GOOS]

// azureCLI is the sign-in of Azure CLI. The SDK looks for az in the PATH of this program alone.
type azureCLI struct{ azcore.TokenCredential }

func newAzureCLI() (azcore.TokenCredential, error) {
	who, err := azidentity.NewAzureCLICredential(nil)
	return azureCLI{who}, err
}

// longerPath is held while PATH has azureCLIFolders.
var longerPath sync.Mutex

// GetToken implements azcore.TokenCredential.
func (a azureCLI) GetToken(ctx context.Context, wanted policy.TokenRequestOptions) (azcore.AccessToken, error) {
	if len(azureCLIFolders) == 0 {
		return a.TokenCredential.GetToken(ctx, wanted)
	}
	longerPath.Lock()
	defer longerPath.Unlock()
	before := os.Getenv("PATH")
	if path := withFolders(before, azureCLIFolders); path != before {
		_ = os.Setenv("PATH", path) // without it, az is not found
		defer func() { _ = os.Setenv("PATH", before) }()
	}
	return a.TokenCredential.GetToken(ctx, wanted)
}

// withFolders is a PATH with folders behind those that it has.
func withFolders(path string, folders []string) string {
	has := filepath.SplitList(path)
	for _, folder := range folders {
		if !slices.Contains(has, folder) {
			path = strings.TrimPrefix(path+string(filepath.ListSeparator)+folder, string(filepath.ListSeparator))
		}
	}
	return path
}
