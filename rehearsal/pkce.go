package rehearsal

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// challenge is a PKCE challenge; the zero value is that of a request without one.
type challenge struct{ text, method string }

// The lengths that a verifier, and so a plain challenge, may have (RFC 7636, 4.1).
const (
	shortestVerifier = 43
	longestVerifier  = 128
)

// The length of a challenge by S256, and the characters that it is made of.
const (
	hashedChallenge = 43
	base64URL       = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// check holds a challenge against what is documented: only single-page apps must send one, and a method needs one. Which number comes for a
// method that does not exist is not documented, nor which one comes for characters that no hash has.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes#aadsts-error-codes (50147, 501491)
func (p challenge) check(singlePage bool) *fault {
	switch {
	case p.text == "" && singlePage:
		return &fault{code: 9002325, oauth: "invalid_request", text: "Proof Key for Code Exchange is required for cross-origin authorization code redemption."}
	case p.text == "" && p.method != "":
		return &fault{code: 50147, oauth: "invalid_request", text: "The size of the code challenge parameter is not valid."}
	case p.method != "" && p.method != "plain" && p.method != "S256":
		return &fault{code: 90023, oauth: "invalid_request", text: "Unsupported 'code_challenge_method' value."}
	case p.text != "" && !p.fits():
		return &fault{code: 501491, oauth: "invalid_request", text: "Invalid size of Code_Challenge parameter."}
	}
	return nil
}

// fits reports whether a challenge has the form that its method wants. Padding is refused: https://github.com/MicrosoftDocs/azure-docs/issues/42906
func (p challenge) fits() bool {
	if p.method == "S256" {
		return len(p.text) == hashedChallenge && strings.Trim(p.text, base64URL) == ""
	}
	return len(p.text) >= shortestVerifier && len(p.text) <= longestVerifier
}

// meets reports whether a verifier answers the challenge; no method means plain. A verifier without a challenge does not count, lest a
// request lose its challenge on the way (RFC 9700, 2.1.1); what Entra says then is not documented.
func (p challenge) meets(verifier string) bool {
	if p.method == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return verifier == p.text
}
