package view

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/lazyregexp"
)

// tenantName is what people call the tenant: its domain, or else its ID.
func tenantName(t *auth.Tenant) string {
	if t == nil {
		return ""
	}
	return t.Label()
}

// cloudText names a cloud. One from a file is named as such.
func cloudText(t auth.Tenant) Text {
	if t.CloudFromFile {
		return text("common.cloud.file", "Name", t.Cloud)
	}
	switch t.Cloud {
	case "global", "usgov", "china":
		return text("common.cloud." + t.Cloud)
	}
	return text("common.cloud.other", "Name", t.Cloud)
}

// regionText names the region that discovery told, by its code where the code is not a known one; empty for none.
func regionText(t auth.Tenant) Text {
	switch t.Region {
	case "":
		return Text{}
	case "EU", "NA", "AS", "WW":
		return text("common.region." + t.Region)
	case "USGov", "USG":
		return text("common.region.USGov")
	}
	return text("common.region.other", "Code", t.Region)
}

// stepText names a step as the rail does.
func stepText(step connector.Step) Text { return text("rail." + step.Name()) }

// kindText names the kind of a client.
func kindText(k auth.ClientKind) Text { return text("common.kind." + string(k)) }

// reasonText returns why something can't be done; empty for no reason.
func reasonText(r wizard.Reason) Text {
	if r == "" {
		return Text{}
	}
	return text("reason." + string(r))
}

// unless disables the button when there is a reason.
func unless(reason Text, b Button) Button {
	b.Disabled, b.Reason = !reason.Empty(), reason
	return b
}

// plainName is a name that every shell takes unchanged between double quotes.
var plainName = lazyregexp.New(`^[\p{L}\p{N}][\p{L}\p{N} ._@(),:/-]*$`)

// tokenCommand is the command that hands an access token of a connector to a script.
func tokenCommand(s wizard.State, c connector.Connector) string {
	name := c.ID
	if plainName.MatchString(c.Name) && connector.NameReason(c.Name) == "" && !s.NameTaken(c.Name, c.ID) {
		name = `"` + c.Name + `"`
	}
	return strings.TrimSpace("pcc token " + name + " " + s.CommandFlags)
}
