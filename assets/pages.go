package assets

// Pages returns the names of the wizard's pages, in their order: connector.Step.Name has the same, held by a test. A sentence names a page by
// {{page `user`}}, which becomes its number, so that a page put in the middle leaves no sentence wrong.
func Pages() []string {
	return []string{"before", "account", "mfa", "connector", "admin", "user", "check"}
}
