package report

import (
	"runtime"
	"strings"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// MaxConnectors is how many connectors are in a report at the most: somebody reads it.
const MaxConnectors = 50

// maxHistory is how many entries of a connector's history are.
const maxHistory = 20

// The kinds of keychain.
const (
	KeychainGnome   = "gnome-keyring"
	KeychainKWallet = "kwallet"
	KeychainKeePass = "keepassxc"
	KeychainOther   = other
	KeychainNone    = "none"
	KeychainWindows = "credential-manager"
	KeychainMac     = "macos-keychain"
)

// Source is what a report is made of. Most of what is in it does not come through.
type Source struct {
	Now     time.Time
	Version string
	Build   connector.Build
	System  System
	// Keychain is one of the Keychain constants.
	Keychain   string
	Settings   connector.Settings
	Languages  []assets.Language
	Browsers   []browser.Browser
	Proxies    []connector.Proxy
	Preset     connector.Preset
	Schedule   *connector.Schedule
	Shown      []connector.Problem
	ListErr    error
	Connectors []connector.Connector
	// Whole reads a connector with its checks and its history; nil where Connectors has them.
	Whole  func(id string) (connector.Connector, error)
	Drafts []connector.Draft
	Log    []string
}

// urgent are the connectors that a report is about, in the order in which the lists show them.
func urgent(all []connector.Connector, now time.Time) []connector.Connector {
	first := []connector.Connector{}
	for _, at := range view.ByUrgency(all, now)[:min(len(all), MaxConnectors)] {
		first = append(first, all[at])
	}
	return first
}

// healths are the words for a connector.
var healths = []connector.Health{
	connector.HealthSignIn, connector.HealthExpired, connector.HealthAttention, connector.HealthUnknown, connector.HealthKept, connector.HealthNew,
	connector.HealthGood,
}

// Report takes what may be told.
func (s Source) Report() Report {
	r := Report{
		Format: Format, Made: stamp(s.Now), Program: s.program(), System: s.System.shaped(),
		Keychain: word(s.Keychain, KeychainGnome, KeychainKWallet, KeychainKeePass, KeychainNone, KeychainWindows, KeychainMac),
		Settings: s.settings(), Browsers: browsers(s.Browsers), Proxies: proxies(s.Proxies),
		Preset: s.Preset.Path != "", PresetProblem: problem(s.Preset.Problem), Schedule: schedule(s.Schedule),
		Shown: []Problem{}, ListProblem: problem(problems.Of(s.ListErr, s.Now)), Connectors: []Connector{}, Count: len(s.Connectors), Drafts: []Draft{},
	}
	for _, p := range s.Shown {
		r.Shown = append(r.Shown, *problem(&p))
	}
	for _, c := range urgent(s.Connectors, s.Now) {
		r.Connectors = append(r.Connectors, s.connector(s.whole(c)))
	}
	for _, d := range s.Drafts {
		r.Drafts = append(r.Drafts, draft(d))
	}
	r.Log = lines(s.Log)
	return r
}

func (s Source) program() Program {
	return Program{
		Version: s.Version, Commit: commit.FindString(s.Build.Commit), Modified: s.Build.Changed(), Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH,
	}
}

// whole is a connector with its checks and its history, where those can be read.
func (s Source) whole(c connector.Connector) connector.Connector {
	if s.Whole == nil {
		return c
	}
	if read, err := s.Whole(c.ID); err == nil {
		return read
	}
	return c
}

func (s Source) settings() Settings {
	tags := []string{}
	for _, l := range s.Languages {
		tags = append(tags, l.Tag)
	}
	return Settings{
		Language: word(s.Settings.Language, tags...), Theme: word(s.Settings.Theme, connector.ThemeLight, connector.ThemeDark),
		AdminBrowser: browserID(s.Settings.AdminBrowser), UserBrowser: browserID(s.Settings.UserBrowser),
		Notify: word(s.Settings.Notify, connector.NotifyOff), Log: word(s.Settings.Log, connector.LogOff, connector.LogInfo, connector.LogDebug),
	}
}

func browserID(id string) string { return word(id, browser.IDs()...) }

func browsers(all []browser.Browser) []Browser {
	list := []Browser{}
	for _, b := range all {
		policies := []string{}
		for _, from := range b.PolicyFrom {
			name, _, _ := strings.Cut(from, " ") // its place stands behind it
			policies = append(policies, word(name, browser.PolicyNames()...))
		}
		list = append(list, Browser{
			ID: browserID(b.ID), Family: word(b.Family, browser.Chromium, browser.Firefox, browser.Other),
			Packaging: word(b.Packaging, browser.Native, browser.Snap, browser.Flatpak), Default: b.Default,
			Policy: word(b.Policy, browser.PolicyUnknown, browser.PolicyForbidsPrivate, browser.PolicyForbidsBoth), Policies: policies,
		})
	}
	return list
}

func proxies(all []connector.Proxy) []string {
	list := []string{}
	for _, p := range all {
		list = append(list, word(p.Found.Source, proxy.Sources()...))
	}
	return list
}

func schedule(s *connector.Schedule) Schedule {
	if s == nil {
		return Schedule{}
	}
	return Schedule{
		Kind:      word(s.Kind, connector.ScheduleSystemd, connector.ScheduleCron, connector.ScheduleWindows, connector.ScheduleLaunchd),
		Installed: s.Installed, Active: s.Active, Changed: len(s.Changed), Next: stamp(s.Next), Last: stamp(s.Last.At), LastExitCode: s.Last.ExitCode,
		LastChecked: s.Last.Checked, LastSkipped: s.Last.Skipped, LastFailed: s.Last.Failed, LastProblem: kind(s.Last.Problem),
	}
}

func kind(k connector.ProblemKind) string { return word(k, problems.Kinds()...) }

func (s Source) connector(c connector.Connector) Connector {
	out := Connector{
		ID: id(c.ID), Origin: word(c.Origin, connector.OriginLink, connector.OriginVault, connector.OriginTaken),
		Health: health(checks.HealthAt(c, s.Now)), TenantID: id(c.Tenant.ID), Cloud: cloud(c.Tenant), ClientID: id(c.ClientID), ClientKind: clientKind(c.ClientKind),
		Role: word(c.Role, connector.Roles...),
		AdminConsent: word(c.Admin.Status, connector.AdminReported, connector.AdminNotConfirmed,
			connector.AdminTold),
		WithGroups: c.WithGroups, Scopes: []string{}, Copies: len(c.Copies), Saved: stamp(c.Saved), Consented: stamp(c.Consented), Refreshed: stamp(c.Refreshed),
		Checked: stamp(c.Checked), SecretExpires: stamp(c.SecretExpires.Time()), Checks: []Check{}, History: []Past{},
	}
	for _, scope := range c.Scopes {
		out.Scopes = append(out.Scopes, word(scope, auth.MoreScopes()...))
	}
	for _, made := range c.Checks {
		out.Checks = append(out.Checks, check(made))
	}
	for _, p := range c.History[max(0, len(c.History)-maxHistory):] {
		out.History = append(out.History, past(p))
	}
	return out
}

func health(h connector.Health) string { return word(h, healths...) }

func clientKind(k auth.ClientKind) string {
	return word(k, auth.PublicClient, auth.SecretClient, auth.CertificateClient)
}

// cloud names no cloud of a file: somebody gave it its name.
func cloud(t auth.Tenant) string {
	if t.CloudFromFile {
		return "file"
	}
	return word(t.Cloud, cloudNames()...)
}

func check(c connector.Check) Check {
	return Check{ID: word(c.ID, checkIDs()...), State: word(c.State, checkStates...), At: stamp(c.At), Problem: problem(c.Problem)}
}

func past(p connector.Past) Past {
	return Past{
		What: word(p.What, connector.HappenedConsent, connector.HappenedCheck, connector.HappenedUnchecked, connector.HappenedRefused, connector.HappenedCredential,
			connector.HappenedCopy, connector.HappenedMove, connector.HappenedTakeBack),
		Health: health(p.Health), Problem: kind(p.Problem), Scheduled: p.Scheduled, From: stamp(p.From), To: stamp(p.To), Count: p.Count,
	}
}

func draft(d connector.Draft) Draft {
	out := Draft{
		ID: id(d.ID), Page: d.Step.Page(), ClientID: id(d.ClientID), ClientKind: clientKind(d.ClientKind), Created: stamp(d.Created), Renews: id(d.Renews),
		Links: d.Links != nil,
	}
	if d.Tenant != nil {
		out.TenantID, out.Cloud = id(d.Tenant.ID), cloud(*d.Tenant)
	}
	return out
}
