package connector

// DirectoryApp is an app as a tenant's directory has it: its service principal. The ID is that object's; empty where there is none.
type DirectoryApp struct {
	ID, ClientID, Name string
	// Publisher is the verified publisher; empty where it has none.
	Publisher string
	// Disabled says that nobody can sign in to it.
	Disabled bool
}

// Grant is a consent as a tenant's directory has it: the delegated permissions of one API.
type Grant struct {
	// APIID is the application ID of the API, and API its name; both are empty where that could not be read.
	APIID, API string
	// Principal is the object ID of the one account that it is for; empty for the whole tenant.
	Principal string
	Scopes    []string
}

// MFADay is how many calls an app made in the name of users on a day, and how many of them carried MFA.
type MFADay struct {
	Day            Day
	Total, WithMFA int
}
