package report

// Format names the shape of the JSON form; another shape gets another number.
const Format = "partner-center-connector/support-report/1"

// Report is everything that a support report may hold. A key of its JSON form is always there, and its name and meaning never change; times are
// RFC 3339 in UTC, and empty where there is none. A word that this version does not know is "other".
type Report struct {
	Format   string   `json:"format"`
	Made     string   `json:"made"`
	Program  Program  `json:"program"`
	System   System   `json:"system"`
	Settings Settings `json:"settings"`
	// Keychain is the kind of the keychain, one of the Keychain constants.
	Keychain string    `json:"keychain"`
	Browsers []Browser `json:"browsers"`
	// Proxies are who decided how Microsoft is reached: the sources of package proxy, without an address.
	Proxies []string `json:"proxies"`
	// Preset says that a vendor's preset is used, PresetProblem why one is not.
	Preset        bool     `json:"preset"`
	PresetProblem *Problem `json:"presetProblem"`
	Schedule      Schedule `json:"schedule"`
	// Shown are the problems that the program showed when the report was made.
	Shown []Problem `json:"shown"`
	// ListProblem is why the list of connectors could not be read, whole or in part.
	ListProblem *Problem `json:"listProblem"`
	// Connectors are the connectors that need somebody first, at the most MaxConnectors; Count is how many there are.
	Connectors []Connector `json:"connectors"`
	Count      int         `json:"count"`
	Drafts     []Draft     `json:"drafts"`
	// Log has the last lines of the program's log.
	Log []string `json:"log"`
}

// Program is the program that made the report.
type Program struct {
	Version string `json:"version"`
	// Commit is what it was built from; Modified says that files differed from that, as far as it is known.
	Commit   string `json:"commit"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// System is the operating system and its desktop.
type System struct {
	// Name is a distribution's ID, "windows" or "macos"; Version its own.
	Name    string `json:"name"`
	Version string `json:"version"`
	Kernel  string `json:"kernel"`
	// Desktop and Session are what the session calls itself: "GNOME", "wayland".
	Desktop string `json:"desktop"`
	Session string `json:"session"`
	// Elevated says that the program runs as root or as an elevated administrator.
	Elevated bool `json:"elevated"`
}

// Settings are the choices of the person.
type Settings struct {
	Language     string `json:"language"`
	Theme        string `json:"theme"`
	AdminBrowser string `json:"adminBrowser"`
	UserBrowser  string `json:"userBrowser"`
	// Notify and Log are empty where nobody has chosen: notifications are on then, and the log is at its usual level.
	Notify string `json:"notify"`
	Log    string `json:"log"`
}

// Browser is an installed browser.
type Browser struct {
	ID        string `json:"id"`
	Family    string `json:"family"`
	Packaging string `json:"packaging"`
	Default   bool   `json:"default"`
	// Policy is what the policies of the computer say about private windows, Policies their names, without the place where they stand.
	Policy   string   `json:"policy"`
	Policies []string `json:"policies"`
}

// Schedule is the daily check of this computer. LastProblem is why nothing could be checked at all.
type Schedule struct {
	Kind         string `json:"kind"`
	Installed    bool   `json:"installed"`
	Active       bool   `json:"active"`
	Changed      int    `json:"changed"`
	Next         string `json:"next"`
	Last         string `json:"last"`
	LastExitCode int    `json:"lastExitCode"`
	LastChecked  int    `json:"lastChecked"`
	LastSkipped  int    `json:"lastSkipped"`
	LastFailed   int    `json:"lastFailed"`
	LastProblem  string `json:"lastProblem"`
}

// Connector is a saved connector. It has no name: ID tells which one it is.
type Connector struct {
	ID       string `json:"id"`
	Origin   string `json:"origin"`
	Health   string `json:"health"`
	TenantID string `json:"tenantId"`
	// Cloud is the name of a built-in cloud, or "file" for one of a clouds file.
	Cloud        string   `json:"cloud"`
	ClientID     string   `json:"clientId"`
	ClientKind   string   `json:"clientKind"`
	Role         string   `json:"role"`
	AdminConsent string   `json:"adminConsent"`
	WithGroups   bool     `json:"withGroups"`
	Scopes       []string `json:"scopes"`
	// Copies is how many places in key vaults have a copy of its credential.
	Copies        int     `json:"copies"`
	Saved         string  `json:"saved"`
	Consented     string  `json:"consented"`
	Refreshed     string  `json:"refreshed"`
	Checked       string  `json:"checked"`
	SecretExpires string  `json:"secretExpires"`
	Checks        []Check `json:"checks"`
	// History are the last things that happened to it, the newest last.
	History []Past `json:"history"`
}

// Check is a check with its outcome.
type Check struct {
	ID      string   `json:"id"`
	State   string   `json:"state"`
	At      string   `json:"at"`
	Problem *Problem `json:"problem"`
}

// Problem is what went wrong, by its kind and the codes of the service.
type Problem struct {
	Kind          string `json:"kind"`
	Actor         string `json:"actor"`
	Code          string `json:"code"`
	OAuth         string `json:"oauth"`
	Suberror      string `json:"suberror"`
	CorrelationID string `json:"correlationId"`
	TraceID       string `json:"traceId"`
	At            string `json:"at"`
}

// Past is an entry of a connector's history.
type Past struct {
	What      string `json:"what"`
	Health    string `json:"health"`
	Problem   string `json:"problem"`
	Scheduled bool   `json:"scheduled"`
	From      string `json:"from"`
	To        string `json:"to"`
	Count     int    `json:"count"`
}

// Draft is a connector that is not saved yet.
type Draft struct {
	ID         string `json:"id"`
	Page       string `json:"page"`
	TenantID   string `json:"tenantId"`
	Cloud      string `json:"cloud"`
	ClientID   string `json:"clientId"`
	ClientKind string `json:"clientKind"`
	Created    string `json:"created"`
	// Renews is the ID of the connector whose user consent is given again.
	Renews string `json:"renews"`
	Links  bool   `json:"links"`
}
