package registration

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// The application as Microsoft Graph takes it, and as the manifest in the Entra admin center shows it.
// https://learn.microsoft.com/graph/api/resources/application, https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest
type (
	application struct {
		DisplayName            text         `json:"displayName,omitempty"`
		SignInAudience         string       `json:"signInAudience"`
		Web                    *redirects   `json:"web,omitempty"`
		PublicClient           *redirects   `json:"publicClient,omitempty"`
		RequiredResourceAccess []resource   `json:"requiredResourceAccess"`
		KeyCredentials         []credential `json:"keyCredentials,omitempty"`
	}
	redirects struct {
		RedirectURIs []string `json:"redirectUris"`
	}
	resource struct {
		ResourceAppID  string   `json:"resourceAppId"`
		ResourceAccess []access `json:"resourceAccess"`
	}
	access struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	}
	// https://learn.microsoft.com/graph/api/resources/keycredential
	credential struct {
		Type          string    `json:"type"`
		Usage         string    `json:"usage"`
		DisplayName   text      `json:"displayName"`
		StartDateTime time.Time `json:"startDateTime"`
		EndDateTime   time.Time `json:"endDateTime"`
		Key           string    `json:"key"`
	}
)

// text is a text that a person has chosen. As JSON it has nothing that any shell, or the encoding of any file, could take for something else.
type text string

// plainRunes are what stays as it is, beside letters and digits.
const plainRunes = " ._:/+=,-"

// MarshalJSON implements json.Marshaler.
func (t text) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('"')
	for _, r := range string(t) {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune(plainRunes, r)) {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			_, _ = fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	out.WriteByte('"')
	return out.Bytes(), nil
}

// maxKeyName is the longest name of a key, in characters. https://learn.microsoft.com/graph/api/resources/keycredential
const maxKeyName = 90

// bodyOf is what makes the registration.
func bodyOf(r connector.Registration) string {
	a := partsOf(r)
	a.DisplayName = text(r.Name)
	if c := r.Certificate; c != nil && r.ClientKind == auth.CertificateClient {
		name := []rune(c.Subject)
		a.KeyCredentials = []credential{{
			Type: "AsymmetricX509Cert", Usage: "Verify", DisplayName: text(name[:min(len(name), maxKeyName)]),
			StartDateTime: c.NotBefore.UTC(), EndDateTime: c.NotAfter.UTC(), Key: c.DER,
		}}
	}
	return encoded(a)
}

// manifestOf is what a registration that is there must have, to be put into its manifest.
func manifestOf(r connector.Registration) string { return encoded(partsOf(r)) }

// partsOf is all but the registration's name and credential.
func partsOf(r connector.Registration) application {
	a := application{SignInAudience: "AzureADMyOrg"} // one tenant only
	uris := &redirects{RedirectURIs: []string{r.RedirectURI()}}
	if r.ClientKind == auth.PublicClient {
		a.PublicClient = uris
	} else {
		a.Web = uris
	}
	for _, p := range auth.Permissions(r.WithGroups, r.Scopes...) {
		last := len(a.RequiredResourceAccess) - 1
		if last < 0 || a.RequiredResourceAccess[last].ResourceAppID != p.APIID {
			a.RequiredResourceAccess = append(a.RequiredResourceAccess, resource{ResourceAppID: p.APIID})
			last++
		}
		of := &a.RequiredResourceAccess[last]
		of.ResourceAccess = append(of.ResourceAccess, access{ID: p.ID, Type: "Scope"})
	}
	return a
}

func encoded(a application) string {
	data, _ := json.MarshalIndent(a, "", "  ") // plain strings always encode
	return string(data)
}
