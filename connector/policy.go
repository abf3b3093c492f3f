package connector

import (
	"cmp"
	"slices"

	"partner-center-connector/auth"
)

// The names of what the administrator of a computer can say, as a policy's file on Linux has them.
const (
	PolicyLanguage      = "lang"
	PolicyTheme         = "theme"
	PolicyAdminBrowser  = "admin-browser"
	PolicyUserBrowser   = "user-browser"
	PolicyNotify        = "notify"
	PolicyLog           = "log"
	PolicyConfigDir     = "config-dir"
	PolicyClouds        = "clouds"
	PolicyAllowedClouds = "allowed-clouds"
	PolicyDailyCheck    = "daily-check"
	PolicyProduct       = "product"
	PolicySupport       = "support"
	PolicyClientID      = "client-id"
	PolicyClientKind    = "kind"
	PolicyRedirectPath  = "redirect-path"
	PolicyScopes        = "scopes"
	PolicyRole          = "role"
)

// The words for what counts where nobody chose anything. A person's settings have them only where something else is recommended.
const (
	UsualSystem = "system"
	UsualNotify = "on"
)

// The values of PolicyDailyCheck.
const (
	DailyCheckOffered = "offered"
	DailyCheckOff     = "off"
)

// Policy is what the administrator of the computer says for everybody who uses this program there. Its zero value says nothing. Never
// changed in place.
type Policy struct {
	// Places are where it was looked for.
	Places []string
	// Values have one of each name and strength: the one that counts.
	Values []PolicyValue
	// Problems are what can't be used.
	Problems []Problem
}

// PolicyValue is something that the administrator says.
type PolicyValue struct {
	Name string
	// Text is its value, or List where it is a list.
	Text string
	List []string
	// From is the file, or the entry of the registry, that says it.
	From string
	// Locked reports whether nobody can choose otherwise; else it counts where nobody chose.
	Locked bool
}

// Value returns what a name is locked to, or what is recommended for it; false for nothing.
func (p Policy) Value(name string, locked bool) (PolicyValue, bool) {
	i := slices.IndexFunc(p.Values, func(v PolicyValue) bool { return v.Name == name && v.Locked == locked })
	if i < 0 {
		return PolicyValue{}, false
	}
	return p.Values[i], true
}

// Lock returns what a name is locked to; its zero value where it is not.
func (p Policy) Lock(name string) PolicyValue {
	v, _ := p.Value(name, true)
	return v
}

// ForbidsDailyCheck reports whether the daily check is neither offered nor made.
func (p Policy) ForbidsDailyCheck() bool { return p.Lock(PolicyDailyCheck).Text == DailyCheckOff }

// NoDailyCheck is why there is to be no daily check; nil where there may be one.
func (p Policy) NoDailyCheck() error {
	if !p.ForbidsDailyCheck() {
		return nil
	}
	return &DailyCheckForbiddenError{From: p.Lock(PolicyDailyCheck).From}
}

// PolicyOf is the name of the policy about a setting of the person; empty for a field that is no such setting.
func PolicyOf(f Field) string {
	switch f {
	case FieldLanguage:
		return PolicyLanguage
	case FieldTheme:
		return PolicyTheme
	case FieldAdminBrowser:
		return PolicyAdminBrowser
	case FieldUserBrowser:
		return PolicyUserBrowser
	case FieldNotify:
		return PolicyNotify
	case FieldLog:
		return PolicyLog
	default:
		return ""
	}
}

// settingFields are those of Settings.
var settingFields = []Field{FieldLanguage, FieldTheme, FieldAdminBrowser, FieldUserBrowser, FieldNotify, FieldLog}

// LocksSetting reports whether a setting of the person is locked.
func (p Policy) LocksSetting(f Field) bool { return p.Lock(PolicyOf(f)).Locked }

// Settle returns the settings that count: what is locked, else what the person chose, else what is recommended.
func (p Policy) Settle(s Settings) Settings {
	for _, f := range settingFields {
		recommended, _ := p.Value(PolicyOf(f), false)
		value := cmp.Or(p.Lock(PolicyOf(f)).Text, s.value(f), recommended.Text)
		if value == usual(f) {
			value = ""
		}
		s, _ = s.With(f, value)
	}
	return s
}

// Explicit is a choice of the person as it is kept: where something is recommended, what counts without any choice is a choice too.
func (p Policy) Explicit(f Field, value string) string {
	if _, recommended := p.Value(PolicyOf(f), false); recommended && value == "" {
		return usual(f)
	}
	return value
}

// usual is the word for what counts where nobody chose a setting.
func usual(f Field) string {
	switch f {
	case FieldNotify:
		return UsualNotify
	case FieldLog:
		return string(LogInfo)
	default:
		return UsualSystem
	}
}

// NoCloud is why there is no cloud of a name: it is not allowed, or nobody knows it.
func (p Policy) NoCloud(name string) error {
	if allowed := p.Lock(PolicyAllowedClouds); allowed.Locked && !slices.Contains(allowed.List, name) {
		return &CloudsForbiddenError{Cloud: name, Allowed: allowed.List, From: allowed.From}
	}
	return &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrUnknownCloud}
}

// CloudsForbiddenError means that the administrator of the computer does not allow the cloud that is needed.
type CloudsForbiddenError struct {
	// Cloud is its name; empty where the clouds that are allowed do not know what was asked for.
	Cloud string
	// Allowed are those that are; none where the policy can't be used.
	Allowed []string
	// From is the policy.
	From string
}

// Error implements error.
func (e *CloudsForbiddenError) Error() string { return "the cloud is not allowed by " + e.From }

// DailyCheckForbiddenError means that the administrator of the computer does not allow the daily check.
type DailyCheckForbiddenError struct {
	// From is the policy.
	From string
}

// Error implements error.
func (e *DailyCheckForbiddenError) Error() string {
	return "the daily check is not allowed by " + e.From
}

// PolicyFault names what is wrong with a policy; its words are in the translations under "policy.fault.<fault>". A value that no preset could hold
// has a [PresetFault] instead.
type PolicyFault string

// The faults. The args of the problem that they make are Place, Line, Name, Value and Known, as far as they apply.
const (
	PolicyUnreadable  PolicyFault = "unreadable"
	PolicyChangeable  PolicyFault = "changeable"
	PolicySyntax      PolicyFault = "syntax"
	PolicyUnknown     PolicyFault = "unknown"
	PolicyType        PolicyFault = "type"
	PolicyEmpty       PolicyFault = "empty"
	PolicyNoChoice    PolicyFault = "choice"
	PolicyPath        PolicyFault = "path"
	PolicyOnlyLocked  PolicyFault = "only-locked"
	PolicyCloud       PolicyFault = "cloud"
	PolicyPresetFault PolicyFault = "preset" // what it is has a PresetFault
)

// The args of a KindPolicy problem that hold its fault, that say that the fault is a PresetFault, and that no cloud is allowed because of it.
const (
	PolicyFaultArg  = "Fault"
	PolicyPresetArg = "Preset"
	PolicyFatalArg  = "NoCloud"
)
