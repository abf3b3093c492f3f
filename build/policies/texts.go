package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
)

// texts are what people read in the templates, in one language.
type texts struct {
	Template struct {
		Product, Description   string
		Mandatory, Recommended string
		MandatoryText          string `toml:"mandatory-text"`
		RecommendedText        string `toml:"recommended-text"`
		Supported, Item        string
	}
	// Setting has those of each setting, by its name in a file.
	Setting map[string]settingTexts
}

type settingTexts struct {
	Title, Text string
	// Values are those of a choice.
	Values map[string]string
}

// readTexts reads the texts of a language. A setting without texts is an error, and so are texts without a setting.
func readTexts(root, language string) (texts, error) {
	path, t := filepath.Join(root, filepath.FromSlash(folder), "texts."+language+".toml"), texts{}
	data, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&t); err != nil {
		return t, fmt.Errorf("%s: %w", path, err)
	}
	for name := range t.Setting {
		if _, known := policy.Find(name); !known {
			return t, fmt.Errorf("%s: %s is no setting of connector/policy", path, name)
		}
	}
	for _, s := range policy.Settings() {
		if err := t.complete(s); err != nil {
			return t, fmt.Errorf("%s: %w", path, err)
		}
	}
	return t, nil
}

// complete says what a setting lacks.
func (t texts) complete(s policy.Setting) error {
	own := t.Setting[s.Name]
	if own.Title == "" || own.Text == "" {
		return fmt.Errorf("%s has no title or no text", s.Name)
	}
	if s.Kind != policy.KindChoice {
		return nil
	}
	if len(own.Values) != len(s.Values) {
		return fmt.Errorf("%s has texts for %d values, of %d", s.Name, len(own.Values), len(s.Values))
	}
	for _, value := range s.Values {
		if own.Values[value] == "" {
			return fmt.Errorf("%s has no text for the value %s", s.Name, value)
		}
	}
	return nil
}

// examples are values that administrators can copy. A list has several.
var examples = map[string][]string{
	connector.PolicyLanguage:      {"de"},
	connector.PolicyTheme:         {"dark"},
	connector.PolicyAdminBrowser:  {"edge"},
	connector.PolicyUserBrowser:   {"firefox"},
	connector.PolicyNotify:        {"off"},
	connector.PolicyLog:           {"info"},
	connector.PolicyConfigDir:     {"~/connectors"},
	connector.PolicyClouds:        {"~/clouds.toml"},
	connector.PolicyAllowedClouds: {"global", "usgov"},
	connector.PolicyDailyCheck:    {"off"},
	connector.PolicyProduct:       {"Fabrikam Billing"},
	connector.PolicySupport:       {"https://support.fabrikam.example/partner-center"},
	connector.PolicyClientID:      {"8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"},
	connector.PolicyClientKind:    {"certificate"},
	connector.PolicyRedirectPath:  {"/consent"},
	connector.PolicyScopes:        {"GroupMember.Read.All"},
	connector.PolicyRole:          {"sales-agent"},
}
