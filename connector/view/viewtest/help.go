package viewtest

// HelpTopics returns all topics of the help window but those of single problems.
func HelpTopics() []string {
	return []string{
		"home", "before", "account", "mfa", "connector", "admin", "user", "check", "detail", "work365", "enforcement", "problems",
		"new-computer", "screen-reader", "settings",
	}
}
