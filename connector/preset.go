package connector

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
)

// Preset is what the publisher of an app registration gives beforehand, by a file, to everybody who installs this program. Its
// zero value is "none". Never changed in place.
type Preset struct {
	// Path is the file; empty for none.
	Path string
	// Product is what the connector is for; Support the https address of the publisher's help. Both may be empty.
	Product, Support string
	// Of these values only those count whose field is in Given.
	ClientID     string
	ClientKind   auth.ClientKind
	RedirectPath string
	WithGroups   bool
	Scopes       []string
	Role         Role
	Given        []Field
	// Locked are the given fields that the file wants kept as they are.
	Locked []Field
	// Policy is a policy of the computer that gives or replaces some of this; empty for none. Held are the locked fields of the policy, which no other
	// file makes loose.
	Policy string
	Held   []Field
	// Loose reports whether they can be changed all the same, since the account that runs the program can change the file.
	Loose bool
	// Links is the product that makes two consent links of its own, in the publisher's words; nil for none.
	Links *Product
	// Ignored is another preset file, which does not count beside this one; empty for none.
	Ignored string
	// Problem returns why the file can't be used. Then only Path is set beside it.
	Problem *Problem
}

// PresetFields are the inputs that a preset can fill in.
var PresetFields = []Field{FieldRole, FieldClientID, FieldClientKind, FieldRedirectPath, FieldWithGroups}

// Gives reports whether the preset fills the field in.
func (p Preset) Gives(f Field) bool { return slices.Contains(p.Given, f) }

// Locks reports whether the preset keeps the field as it is.
func (p Preset) Locks(f Field) bool {
	return slices.Contains(p.Held, f) || !p.Loose && slices.Contains(p.Locked, f)
}

// Loosened reports whether a field is to be locked, and can be changed all the same.
func (p Preset) Loosened(f Field) bool { return slices.Contains(p.Locked, f) && !p.Locks(f) }

// Agrees reports whether the preset fills the field in, and a draft has it so.
func (p Preset) Agrees(d Draft, f Field) bool {
	if !p.Gives(f) {
		return false
	}
	switch f {
	case FieldClientID:
		return strings.EqualFold(d.ClientID, p.ClientID)
	case FieldClientKind:
		return d.ClientKind == p.ClientKind
	case FieldRedirectPath:
		return d.RedirectPath == p.RedirectPath
	case FieldWithGroups:
		return d.WithGroups == p.WithGroups && slices.Equal(d.Scopes, p.Scopes)
	case FieldRole:
		return d.Role == p.Role
	default:
		return false
	}
}

// Answers reports whether the preset's publisher owns an app registration, so that its support is the one to ask.
func (p Preset) Answers(clientID string) bool {
	return p.Path != "" && p.Problem == nil && (!p.Gives(FieldClientID) || strings.EqualFold(clientID, p.ClientID))
}

// Fill returns a new draft with the preset's values.
func (p Preset) Fill(d Draft) Draft {
	for _, f := range p.Given {
		switch f {
		case FieldClientID:
			d.ClientID = p.ClientID
		case FieldClientKind:
			d.ClientKind = p.ClientKind
		case FieldRedirectPath:
			d.RedirectPath = p.RedirectPath
		case FieldWithGroups:
			d.WithGroups, d.Scopes = p.WithGroups, p.Scopes
		case FieldRole:
			d.Role = p.Role
		default:
		}
	}
	return d
}

// Untouched reports whether nobody has entered anything in a draft: what it holds came from the preset.
func (d Draft) Untouched(p Preset) bool {
	typedID := d.ClientID != "" && !p.Agrees(d, FieldClientID)
	return d.TenantInput == "" && d.UPN == "" && !typedID && !d.HasSecret && len(d.Ticks) == 0 && !d.AnyLink()
}

// PresetFault names what is wrong with a preset file; its words are in the translations under "preset.fault.<fault>".
type PresetFault string

// The faults. The args of the problem that they make are Path, Line, Key, Value and Known, as far as they apply.
const (
	PresetUnreadable PresetFault = "unreadable"
	PresetNotFile    PresetFault = "not-file"
	PresetTooLarge   PresetFault = "too-large"
	PresetStranger   PresetFault = "stranger"
	PresetEncoding   PresetFault = "encoding"
	PresetSyntax     PresetFault = "syntax"
	PresetKey        PresetFault = "key"
	PresetCredential PresetFault = "credential"
	PresetType       PresetFault = "type"
	PresetClientID   PresetFault = "client-id"
	PresetClientKind PresetFault = "kind"
	PresetRedirect   PresetFault = "redirect-path"
	PresetScope      PresetFault = "scope"
	PresetProduct    PresetFault = "product"
	PresetSupport    PresetFault = "support"
	PresetRole       PresetFault = "role"
	PresetLock       PresetFault = "lock"
	PresetLockEmpty  PresetFault = "lock-empty"
	PresetLinksName  PresetFault = "links-name"
	PresetLabel      PresetFault = "label"
	PresetTooMany    PresetFault = "too-many"
	PresetHost       PresetFault = "host"
)

// PresetFaultArg is the arg of a KindPreset problem that holds its PresetFault.
const PresetFaultArg = "Fault"
