package viewtest

import "partner-center-connector/connector"

// Products are two products with links of their own: one of which everything is known, and one that has nothing but a name.
func Products() []connector.Product {
	return []connector.Product{Product(), {ID: "contosolinks", Name: "Contoso Links"}}
}

// HelpTopics returns all topics of the help window but those of single problems.
func HelpTopics() []string {
	return []string{
		"home", "before", "account", "mfa", "connector", "admin", "user", "check", "links", "link-admin", "link-user", "link-finish", "detail", "enforcement", "problems",
		"new-computer", "screen-reader", "settings", "after-save", "server", "report",
	}
}
