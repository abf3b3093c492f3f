package connector

import (
	"net/mail"
	"slices"
	"strings"

	"partner-center-connector/lazyregexp"
)

const maxUPN = 254

const maxRedirectPath = 200

var (
	guid         = lazyregexp.New(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	upnDomain    = lazyregexp.New(`^[\pL\pM\pN-]+(\.[\pL\pM\pN-]+)+$`)
	redirectPath = lazyregexp.New(`^(/[A-Za-z0-9._~-]+)*/?$`)
)

// Ticks1 are the statements of page 1 that must be ticked.
var Ticks1 = []Field{TickDirectBill, TickAccess, TickConsentRight}

// ValidUPN reports whether upn has the form name@domain, with no character that only looks like one of a user name.
func ValidUPN(upn string) bool { return UPNReason(upn) == "" }

// Why a user name can't be the integration user's.
const (
	ReasonUPNInvalid Reason = "upn-invalid"
	// ReasonUPNStrange is for characters that look like usual ones, or like nothing: [StrangeIn] has them.
	ReasonUPNStrange Reason = "upn-strange"
)

// UPNReason returns why upn can't be a user name; empty if it can. Entra allows only ASCII before the domain; a Latin letter with an accent is
// seen as what it is, and is left to Microsoft's answer.
// https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization
func UPNReason(upn string) Reason {
	a, err := mail.ParseAddress(upn)
	_, domain, _ := strings.Cut(upn, "@")
	switch {
	case err != nil || a.Address != upn || len(upn) > maxUPN || !upnDomain.MatchString(WithoutUnseen(domain)):
		return ReasonUPNInvalid
	case len(StrangeIn(upn)) > 0:
		return ReasonUPNStrange
	}
	return ""
}

// ValidClientID reports whether id is a GUID.
func ValidClientID(id string) bool { return guid.MatchString(id) }

// linkFields are the inputs of a draft for two links alone, bothFields those that it shares with a draft of our own.
var (
	linkFields = []Field{FieldLinks, FieldProduct, FieldRemind, TickAddHint, TickAddPrompt, TickLinkDefault, TickLinkSaved}
	bothFields = []Field{FieldTenant, FieldCloud, FieldUPN, FieldName, FieldAdminBrowser, FieldUserBrowser, FieldTold}
)

// HasField reports whether the input is one of those of the draft's pages.
func (d Draft) HasField(f Field) bool {
	if d.Links == nil {
		return !slices.Contains(linkFields, f)
	}
	return slices.Contains(linkFields, f) || slices.Contains(bothFields, f)
}

// ValidRedirectPath reports whether p can be the path of a registered redirect URI: empty, or "/name".
func ValidRedirectPath(p string) bool {
	return len(p) <= maxRedirectPath && redirectPath.MatchString(p)
}

// Field names an input. Its words stand in the translations under "field.<field>".
type Field string

// The inputs.
const (
	FieldTenant        Field = "tenant"
	FieldUPN           Field = "upn"
	FieldRole          Field = "role"
	FieldName          Field = "name"
	FieldClientID      Field = "client-id"
	FieldClientKind    Field = "kind"
	FieldRedirectPath  Field = "redirect-path"
	FieldSecret        Field = "secret"
	FieldCertificate   Field = "certificate"
	FieldSecretExpires Field = "secret-expires"
	FieldWithGroups    Field = "with-groups"
	FieldMoreScopes    Field = "more-scopes"
	FieldRegisterBy    Field = "register-by"
	FieldPaste         Field = "paste"
	FieldRetype        Field = "retype"
	FieldTold          Field = "told"
	FieldSearch        Field = "search"
	FieldRename        Field = "rename"
	FieldNewUser       Field = "new-user"
	FieldRecord        Field = "record"
	FieldCloud         Field = "cloud"
	FieldAdminBrowser  Field = "admin-browser"
	FieldUserBrowser   Field = "user-browser"

	// FieldLinks takes text that has links of another product in it; FieldProduct chooses that product.
	FieldLinks   Field = "links"
	FieldProduct Field = "product"
	// FieldFor chooses which product the connector is for: ForOwn, ForOther, or the ID of one that there are words for.
	FieldFor Field = "for"
	// FieldRemind chooses after how many days somebody is reminded to look again, of RemindDays; empty for never.
	FieldRemind Field = "remind"

	// What is agreed to of the user link: that the integration user's name and prompt=login are added to it, and that it is opened in the
	// default browser. TickLinkSaved is that the rest was done in the product.
	TickAddHint     Field = "tick-add-hint"
	TickAddPrompt   Field = "tick-add-prompt"
	TickLinkDefault Field = "tick-link-default"
	TickLinkSaved   Field = "tick-link-saved"

	TickDirectBill   Field = "tick-direct-bill"
	TickAccess       Field = "tick-access"
	TickConsentRight Field = "tick-consent-right"
	TickMFA          Field = "tick-mfa"
)

// The inputs of the choice.
const (
	FieldScenario Field = "scenario"
	FieldPlace    Field = "place"
)

// The fields of the settings screen, beside those for the browsers.
const (
	FieldLanguage Field = "language"
	FieldTheme    Field = "theme"
	FieldNotify   Field = "notify"
	FieldLog      Field = "log"
)
