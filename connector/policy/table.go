package policy

import (
	"slices"
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Kind is what the value of a setting is.
type Kind string

// The kinds. A choice is one of the setting's values. A path is absolute, or begins with "~/" for the folder of the person's own files.
const (
	KindText   Kind = "text"
	KindChoice Kind = "choice"
	KindList   Kind = "list"
	KindPath   Kind = "path"
)

// Setting is something that the administrator of a computer can say.
type Setting struct {
	// Name is what a file of Linux calls it; Registry is what the registry of Windows and a profile of macOS call it.
	Name, Registry string
	Kind           Kind
	// Values are those of a choice, and those that a list may have where they are known beforehand.
	Values []string
	// Mandatory and Recommended report whether it can be locked, and whether it can be recommended.
	Mandatory, Recommended bool
}

// Settings are all of them, in the order in which they are shown. This is the one table of it; the templates for administrators are made of it.
func Settings() []Setting {
	roles := []string{}
	for _, r := range connector.Roles {
		roles = append(roles, string(r))
	}
	kinds := []string{string(auth.PublicClient), string(auth.SecretClient), string(auth.CertificateClient)}
	scopes := append([]string{auth.GroupScope}, auth.MoreScopes()...)
	all := []Setting{
		both(connector.PolicyLanguage, KindChoice, append([]string{connector.UsualSystem}, assets.Languages()...)...),
		both(connector.PolicyTheme, KindChoice, connector.UsualSystem, string(connector.ThemeLight), string(connector.ThemeDark)),
		both(connector.PolicyAdminBrowser, KindText),
		both(connector.PolicyUserBrowser, KindText),
		both(connector.PolicyNotify, KindChoice, connector.UsualNotify, string(connector.NotifyOff)),
		both(connector.PolicyLog, KindChoice, string(connector.LogOff), string(connector.LogInfo), string(connector.LogDebug)),
		both(connector.PolicyConfigDir, KindPath),
		both(connector.PolicyClouds, KindPath),
		locked(connector.PolicyAllowedClouds, KindList),
		locked(connector.PolicyDailyCheck, KindChoice, connector.DailyCheckOffered, connector.DailyCheckOff),
		locked(connector.PolicyProduct, KindText),
		locked(connector.PolicySupport, KindText),
		both(connector.PolicyClientID, KindText),
		both(connector.PolicyClientKind, KindChoice, kinds...),
		both(connector.PolicyRedirectPath, KindText),
		both(connector.PolicyScopes, KindList, scopes...),
		both(connector.PolicyRole, KindChoice, roles...),
	}
	return all
}

// Find returns the setting of a name of a file.
func Find(name string) (Setting, bool) {
	all := Settings()
	i := slices.IndexFunc(all, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return all[i], true
}

// both is a setting that can be locked and recommended.
func both(name string, kind Kind, values ...string) Setting {
	s := locked(name, kind, values...)
	s.Recommended = true
	return s
}

// locked is a setting that can only be locked: nobody chooses it, or nobody may choose otherwise.
func locked(name string, kind Kind, values ...string) Setting {
	return Setting{Name: name, Registry: registryName(name), Kind: kind, Values: values, Mandatory: true}
}

// registryName is a name as the registry has it: AdminBrowser for admin-browser.
func registryName(name string) string {
	words := strings.Split(name, "-")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
