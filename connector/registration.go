package connector

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
)

// RegistrationWay is a way to make an app registration.
type RegistrationWay string

// The ways. Their words are in the translations under "field.register-by.option.<way>".
const (
	// RegisterByHand is in the Entra admin center, step by step.
	RegisterByHand RegistrationWay = "hand"
	// RegisterByBash is a script for the Azure CLI in bash, RegisterByPowerShell one for the Azure CLI in PowerShell.
	RegisterByBash       RegistrationWay = "bash"
	RegisterByPowerShell RegistrationWay = "powershell"
	// RegisterByGraph is a script for Microsoft Graph PowerShell.
	RegisterByGraph RegistrationWay = "graph-powershell"
	// RegisterByManifest is the application manifest, for a registration that is there and lacks the rest.
	RegisterByManifest RegistrationWay = "manifest"
)

// RegistrationTexts are the ways that come as a text.
var RegistrationTexts = []RegistrationWay{RegisterByBash, RegisterByPowerShell, RegisterByGraph, RegisterByManifest}

// IsText reports whether the way is a text to copy and to save.
func (w RegistrationWay) IsText() bool { return slices.Contains(RegistrationTexts, w) }

// Registration is an app registration that is to be made.
type Registration struct {
	// Name is the name that Entra shows for it.
	Name string
	// ClientID is that of one that is there already, which is looked for by it; empty where it is looked for by its name.
	ClientID string
	// Tenant is the one that it is made in; its ID is empty where nobody has named one.
	Tenant       auth.Tenant
	ClientKind   auth.ClientKind
	RedirectPath string
	WithGroups   bool
	// Scopes are further permissions of Microsoft Graph, of auth.MoreScopes.
	Scopes []string
	// Certificate is the one by which it proves itself; nil where there is none yet.
	Certificate *auth.Certificate
}

// RegistrationName is what an app registration is called where nobody has given it a name.
const RegistrationName = "Partner Center Connector"

// RegistrationOf is the app registration that a draft asks for. What can't be registered as it was typed is taken as if nobody had typed it.
func RegistrationOf(d Draft) Registration {
	r := Registration{Name: CleanName(d.Name), ClientKind: d.ClientKind, RedirectPath: d.RedirectPath, WithGroups: d.WithGroups, Scopes: d.Scopes}
	if NameReason(r.Name) != "" {
		r.Name = RegistrationName
	}
	if !ValidRedirectPath(r.RedirectPath) {
		r.RedirectPath = auth.DefaultRedirectPath
	}
	if id := strings.TrimSpace(d.ClientID); ValidClientID(id) {
		r.ClientID = id
	}
	if d.Tenant != nil {
		r.Tenant = *d.Tenant
	}
	return r
}

// RedirectURI is the redirect URI to register.
func (r Registration) RedirectURI() string {
	return auth.App{RedirectPath: r.RedirectPath}.RegisteredRedirectURI()
}

// Registrations writes app registrations as texts, for Microsoft's own tools.
type Registrations interface {
	// Text is the script, or the application manifest, that makes a registration; "" for a way that is no text.
	Text(r Registration, way RegistrationWay) string
	// Save puts such a text into a file of its own that is not there yet, in the person's Documents folder, and returns its path. Its
	// errors are those of the file system.
	Save(text string, r Registration, way RegistrationWay) (path string, err error)
}
