package rehearsal

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// isHybrid reports whether a response_type asks for a code and an ID token, in whatever order.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-id-token-as-well-or-hybrid-flow
func isHybrid(responseType string) bool {
	words := strings.Fields(responseType)
	slices.Sort(words)
	return slices.Equal(words, []string{"code", "id_token"})
}

// usualMode is the response_mode of a request that names none: an ID token never comes in a query.
func (v *visit) usualMode() string {
	if v.hybrid {
		return "fragment"
	}
	return "query"
}

// checkResponseType holds response_type, and what it asks of the other parameters, against what is documented. Which OAuth error comes with 70007 is not.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes#aadsts-error-codes (70007, 700054)
func (v *visit) checkResponseType(q url.Values) *fault {
	kind := q.Get("response_type")
	switch {
	case kind == "":
		return missingParameter("response_type")
	case kind != "code" && !v.hybrid:
		return &fault{code: 700054, oauth: "unsupported_response_type", text: "response_type '" + cut(kind) + "' is not enabled for the application."}
	case v.hybrid && v.mode == "query":
		v.mode = v.usualMode()
		return &fault{code: 70007, oauth: "invalid_request", text: "'query' is not a supported value of 'response_mode' when requesting a token."}
	case v.hybrid && v.nonce == "":
		return missingParameter("nonce")
	}
	return nil
}

// frontToken is the ID token that comes along with a code, and is bound to it by c_hash.
// https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken
func (c *Cloud) frontToken(g grant, code string) (string, error) {
	claims := c.idClaims(g)
	claims["c_hash"] = codeHash(code)
	token, err := signV2(claims)
	if err != nil {
		return "", err
	}
	return c.journal.issue(kindIDToken, token), nil
}

// codeHash is the left half of the code's hash.
func codeHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
}
