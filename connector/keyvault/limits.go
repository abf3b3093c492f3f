package keyvault

import "partner-center-connector/connector"

// What a key vault keeps. The SDK leaves it to the caller to send nothing else.
// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
const (
	maxValue = 25 * 1024
	maxTags  = 15
	maxTag   = 256 // characters of a tag's name, and of its value
)

// fits reports whether a key vault keeps a secret of that size.
func fits(s connector.VaultSecret) bool {
	if len(s.Value.Reveal()) > maxValue || len(s.Tags) > maxTags {
		return false
	}
	for key, value := range s.Tags {
		if len([]rune(key)) > maxTag || len([]rune(value)) > maxTag {
			return false
		}
	}
	return true
}
