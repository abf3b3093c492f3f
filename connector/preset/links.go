package preset

import (
	"slices"
	"strings"
	"unicode"

	"partner-center-connector/connector"
)

// Longest values of the table, in characters, and longest lists.
const (
	maxLabel   = 80
	maxVersion = 20
	maxMenus   = 12
	maxHosts   = 20
)

// The table of a product that makes two consent links of its own, and its keys.
const (
	tableLinks = "links"

	keyName            = tableLinks + ".name"
	keyPath            = tableLinks + ".path"
	keyAdminButton     = tableLinks + ".admin-button"
	keyUserButton      = tableLinks + ".user-button"
	keySaveButton      = tableLinks + ".save-button"
	keyEditButton      = tableLinks + ".edit-button"
	keyRedirectHosts   = tableLinks + ".redirect-hosts"
	keyVersion         = tableLinks + ".version"
	keyAppRole         = tableLinks + ".app-role"
	keyLinksRole       = tableLinks + ".role"
	keyMFAEnforced     = tableLinks + ".mfa-enforced"
	keyGovernmentGuide = tableLinks + ".government-guide"
	keyLinksSupport    = tableLinks + ".support"
)

// linkKeys are the keys of the table in the order in which they are named.
var linkKeys = []string{
	keyName, keyPath, keyAdminButton, keyUserButton, keySaveButton, keyEditButton, keyRedirectHosts, keyVersion, keyAppRole, keyLinksRole,
	keyMFAEnforced, keyGovernmentGuide, keyLinksSupport,
}

// intoLinks puts the value into the preset's product.
func (e *entry) intoLinks(p *connector.Preset) error {
	if p.Links == nil {
		p.Links = &connector.Product{}
	}
	text := strings.TrimSpace(e.text)
	switch to := p.Links; e.key {
	case tableLinks: // its head has no value
	case keyName:
		to.Name, to.ID = text, idOf(text)
		if !isName(text) || to.ID == "" {
			return e.fault(connector.PresetLinksName)
		}
	case keyPath:
		return e.path(to)
	case keyRedirectHosts:
		return e.hosts(to)
	case keyLinksRole:
		role, err := e.role()
		if err != nil {
			return err
		}
		to.Role = role
	case keyMFAEnforced:
		to.MFAEnforced = e.yes
	case keyLinksSupport:
		to.Support = text
		if !isPage(text) {
			return e.fault(connector.PresetSupport)
		}
	default:
		return e.label(to, text)
	}
	return nil
}

// label takes what the product calls something.
func (e *entry) label(to *connector.Product, text string) error {
	most := maxLabel
	switch e.key {
	case keyAdminButton:
		to.AdminButton = text
	case keyUserButton:
		to.UserButton = text
	case keySaveButton:
		to.SaveButton = text
	case keyEditButton:
		to.EditButton = text
	case keyAppRole:
		to.AppRole = text
	case keyGovernmentGuide:
		to.GovernmentGuide = text
	case keyVersion:
		to.Version, most = text, maxVersion
	}
	if !isLine(text, most) {
		return e.fault(connector.PresetLabel)
	}
	return nil
}

// path takes the way to the product's form, menu by menu.
func (e *entry) path(to *connector.Product) error {
	if len(e.list) > maxMenus {
		return e.fault(connector.PresetTooMany)
	}
	for _, menu := range e.list {
		menu = strings.TrimSpace(menu)
		if !isLine(menu, maxLabel) {
			return e.fault(connector.PresetLabel)
		}
		to.Path = append(to.Path, menu)
	}
	return nil
}

// hosts takes the hosts of the product's redirect addresses. One that cannot be is named.
func (e *entry) hosts(to *connector.Product) error {
	if len(e.list) > maxHosts {
		return e.fault(connector.PresetTooMany)
	}
	for _, text := range e.list {
		host, ok := hostOf(text)
		if !ok {
			f := e.fault(connector.PresetHost)
			f.value = Printable(text)
			return f
		}
		if !slices.Contains(to.RedirectHosts, host) {
			to.RedirectHosts = append(to.RedirectHosts, host)
		}
	}
	return nil
}

// idOf names a product in files: the letters and digits of its name, in lower case.
func idOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// complete refuses a table without the product's name.
func complete(product *connector.Product, entries []entry) error {
	if product == nil || product.Name != "" {
		return nil
	}
	i := slices.IndexFunc(entries, func(e entry) bool { return strings.HasPrefix(e.key, tableLinks) })
	return entries[i].fault(connector.PresetLinksName)
}
