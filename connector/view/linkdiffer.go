package view

import (
	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// linkDifference says what the two links of another product differ in, from each other or from what is known.
func linkDifference(args map[string]string) Text {
	difference := args[connector.LinkDifferenceArg]
	var first, second any = args["First"], args["Second"]
	if connector.LinkDifference(difference) == connector.LinksCloud {
		first, second = cloudText(auth.Tenant{Cloud: args["First"]}), cloudText(auth.Tenant{Cloud: args["Second"]})
	}
	return text("links.differ."+difference, "First", first, "Second", second, "Admin", args[connector.LinkKindArg] == string(link.Admin))
}

// linkFault says why a link of another product is refused.
func linkFault(args map[string]string) Text {
	return text("link.fault."+args[connector.LinkFaultArg],
		"Host", args["Host"], "Parameter", args["Parameter"], "Admin", args[connector.LinkKindArg] == string(link.Admin))
}
