package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// keyVaultLimit is that of a command on a key vault, as removeLimit: it makes a dozen calls, each with a limit of its own.
const keyVaultLimit = 10 * time.Minute

// vaultFlags name a place in a key vault, and how what stands there is called here.
type vaultFlags struct{ address, prefix, cloud, name string }

func (p *program) addVaultFlags(cmd *cobra.Command, f *vaultFlags) {
	cmd.Flags().StringVar(&f.address, "vault", "", p.t("cli.flag.vault"))
	cmd.Flags().StringVar(&f.prefix, "prefix", "", p.tr.Text("cli.flag.prefix", map[string]any{"Prefix": connector.VaultPrefix}))
}

// addVaultCloud adds the flag for the cloud, which a connector of the list has by itself.
func (p *program) addVaultCloud(cmd *cobra.Command, f *vaultFlags) {
	cmd.Flags().Lookup("vault").Usage = p.t("cli.flag.vault-anywhere")
	cmd.Flags().StringVar(&f.cloud, "cloud", "", p.t("cli.flag.vault-cloud"))
}

// checkVault refuses flags that count with --vault alone.
func (p *program) checkVault(cmd *cobra.Command, f vaultFlags) error {
	switch {
	case cmd.Flags().Changed("vault") && strings.TrimSpace(f.address) == "":
		return p.usageText("cli.error.flag-empty", map[string]any{"Flag": "--vault"})
	case f.address != "":
		return nil
	}
	for _, flag := range []string{"prefix", "cloud", "name"} {
		if cmd.Flags().Changed(flag) {
			return p.usageText("cli.error.vault-alone", map[string]any{"Flag": "--" + flag})
		}
	}
	return nil
}

// place is the place that the flags name in a key vault of a cloud.
func (p *program) place(f vaultFlags, c auth.Cloud) (connector.VaultPlace, error) {
	url, reason := connector.VaultAddress(f.address, c.VaultSuffix)
	if reason == "" {
		reason = connector.VaultPrefixReason(f.prefix)
	}
	if reason != "" {
		return connector.VaultPlace{}, p.usageText("reason."+string(reason), map[string]any{"Suffix": c.VaultSuffix})
	}
	return connector.VaultPlace{URL: url, Prefix: connector.CleanText(connector.FieldVaultPrefix, f.prefix)}, nil
}

// vaultCloud is the cloud whose key vault the flags name: that which is named itself, or else the first whose addresses end as this one does. The
// name of a vault alone may be somebody else's in another cloud than the one that is meant.
func (p *program) vaultCloud(f vaultFlags, all []auth.Cloud) (auth.Cloud, error) {
	if len(all) == 0 { // a policy that can't be used allows none
		return auth.Cloud{}, failure(p.Policy.NoCloud(f.cloud))
	}
	if f.cloud != "" {
		named, ok := auth.FindCloud(all, f.cloud)
		if _, builtIn := auth.FindCloud(auth.BuiltinClouds(), f.cloud); !ok && builtIn {
			return named, failure(p.Policy.NoCloud(f.cloud))
		}
		if !ok {
			return named, p.usageText("cli.error.unknown-cloud", map[string]any{"Value": f.cloud})
		}
		return named, nil
	}
	if connector.IsVaultName(f.address) {
		return auth.Cloud{}, p.usageText("cli.error.vault-name", nil)
	}
	why, suffixes := connector.ReasonVaultNone, []string{}
	for _, c := range all {
		_, reason := connector.VaultAddress(f.address, c.VaultSuffix)
		switch {
		case reason == "":
			return c, nil
		case c.VaultSuffix == "" || slices.Contains(suffixes, c.VaultSuffix):
			continue
		case why != connector.ReasonVaultInvalid: // what ends as one of a cloud's is told what is wrong with the rest
			why = reason
		}
		suffixes = append(suffixes, c.VaultSuffix)
	}
	if why == connector.ReasonVaultOther {
		return auth.Cloud{}, p.usageText("cli.error.vault-suffix", map[string]any{"Suffixes": strings.Join(suffixes, ", ")})
	}
	return auth.Cloud{}, p.usageText("reason."+string(why), nil)
}

// jsonPlace is a place in a key vault.
type jsonPlace struct {
	Vault  string `json:"vault"`
	Prefix string `json:"prefix"`
	Name   string `json:"name"`
	// WithSecret says that the client secret or certificate is there too.
	WithSecret bool   `json:"withSecret"`
	Written    string `json:"written"`
}

func jsonOfPlace(place connector.VaultPlace) jsonPlace {
	return jsonPlace{place.URL, place.Prefix, place.Name, place.WithSecret, stamp(place.At)}
}

// jsonOfVault is where the credential of a connector is, and null where it is on this computer.
func jsonOfVault(c connector.Connector) *jsonPlace {
	if c.Vault == nil {
		return nil
	}
	place := jsonOfPlace(*c.Vault)
	return &place
}

func jsonOfCopies(c connector.Connector) []jsonPlace {
	copies := []jsonPlace{}
	for _, place := range c.Copies {
		copies = append(copies, jsonOfPlace(place))
	}
	return copies
}
