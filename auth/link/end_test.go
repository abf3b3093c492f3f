package link

import (
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// TestReadComesToAnEnd reads texts that have as many addresses, layers and lines as can be.
func TestReadComesToAnEnd(t *testing.T) {
	for _, unit := range []string{
		"%25", "&amp;amp;=3D \n", "http:/", "http://", "https://a/", "https%3A%2F%2F", "a=%3D\n> ", "/v2/url?u=-25", "/v3/__*__;JSUl", "aHR0cDov", "\\u0026", "687474703a",
		"https://protect.x/http%3A ", "https://login.microsoftonline.com/common/adminconsent?", "https://x/?u=https%253A%252F%252F", "<https://x\n", "https://x/ü", "https://üü",
		"javascript:", user + "\n", safeLinks(user) + " ", "a.b/adminconsent?", "&a\n", "\n\n", " openid",
	} {
		for _, before := range []string{user, "https://login.microsoftonline.com/common/adminconsent?client_id=" + clientID + "&scope=openid"} {
			text := before + strings.Repeat(unit, (32<<10-len(before))/len(unit))
			found, refused := Read(text, auth.BuiltinClouds())
			if len(found) > 1 || len(found) == 1 && found[0].Kind != User || len(refused) > maxPieces {
				t.Errorf("%q: %v, %v", unit, found, refused)
			}
		}
	}
	// The longest text of all, with gateways in gateways.
	unit := safeLinks(safeLinks(safeLinks(user))) + " "
	found, refused := Read(strings.Repeat(unit, MaxText/len(unit)), auth.BuiltinClouds())
	if len(found) != 1 || found[0].Address.Reveal() != user || len(refused) != 0 {
		t.Errorf("%v, %v", found, refused)
	}
}
