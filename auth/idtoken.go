package auth

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// clockSkew is by how much this computer's clock may be ahead when an ID token's end is judged.
const clockSkew = 5 * time.Minute

// idTokenAlgorithm is the only one that Entra signs ID tokens with: id_token_signing_alg_values_supported in the document of every tenant.
const idTokenAlgorithm = "RS256"

// idToken is the content of an ID token. Its signature is not checked: it comes over TLS from the token endpoint, where OpenID
// Connect allows that, https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation (point 6). One that does not even claim to be signed
// as Entra signs (point 7) is no token of Entra's.
// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
type idToken struct {
	Issuer            string
	Audience          string
	Subject           string
	TenantID          string
	ObjectID          string
	Nonce             string
	PreferredUsername string
	Name              string
	IdentityProvider  string
	Acct              string
	// Roles is nil where the claim is missing.
	Roles []string
	// IssuedAt and Expires are in Unix seconds, 0 where they are missing.
	IssuedAt, Expires int64
}

// clientInfo is the account's key in its home tenant.
type clientInfo struct {
	UID  string `json:"uid"`
	UTID string `json:"utid"`
}

// decodeIDToken reads a JWT's claims. A claim of an unexpected type is as if it were not there: whether what is there is enough, those
// who compare it decide. Its error is ErrIDToken, also for a token that is encrypted, or signed otherwise than
// Entra signs.
func decodeIDToken(raw string) (*idToken, error) {
	header, claims, err := decodeJWT(raw)
	if err != nil || header.text("alg") != idTokenAlgorithm {
		return nil, ErrIDToken
	}
	return &idToken{
		Issuer: claims.text("iss"), Audience: claims.oneText("aud"), Subject: claims.text("sub"),
		TenantID: claims.text("tid"), ObjectID: claims.text("oid"), Nonce: claims.text("nonce"),
		PreferredUsername: claims.text("preferred_username"), Name: claims.text("name"), IdentityProvider: claims.text("idp"),
		Acct: claims.numberText("acct"), Roles: claims.texts("wids"),
		IssuedAt: unixSeconds(claims.numberText("iat")), Expires: unixSeconds(claims.numberText("exp")),
	}, nil
}

// decodeJWT returns the first two parts of a JWT, signed or not. Its error is ErrBadAnswer.
func decodeJWT(raw string) (header, claims jsonFields, err error) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return nil, nil, ErrBadAnswer
	}
	for i, fields := range []*jsonFields{&header, &claims} {
		data, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return nil, nil, ErrBadAnswer
		}
		if *fields, err = jsonObject(data); err != nil {
			return nil, nil, ErrBadAnswer
		}
	}
	return header, claims, nil
}

// readClientInfo returns the zero value for anything that it cannot read.
func readClientInfo(raw string) clientInfo {
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(raw, "="))
	if err != nil {
		return clientInfo{}
	}
	var info clientInfo
	if json.Unmarshal(data, &info) != nil || info.UID == "" {
		return clientInfo{}
	}
	if info.UTID == "" {
		info.UTID = info.UID
	}
	return info
}

func (c clientInfo) encode() string {
	data, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// claims are what the rest of the program sees of the token.
func (t idToken) claims(info clientInfo, homeAccountID string) IDClaims {
	c := IDClaims{
		Issuer:            t.Issuer,
		Audience:          t.Audience,
		Subject:           t.Subject,
		TenantID:          strings.ToLower(t.TenantID),
		ObjectID:          strings.ToLower(t.ObjectID),
		PreferredUsername: t.PreferredUsername,
		Name:              t.Name,
		HomeTenant:        strings.ToLower(info.UTID),
		Acct:              t.Acct,
		Roles:             t.Roles,
		HomeAccountID:     homeAccountID,
		IssuedAt:          t.IssuedAt,
	}
	if t.IdentityProvider != t.Issuer {
		c.IdentityProvider = t.IdentityProvider
		c.Federated = !isEntraIssuer(t.IdentityProvider, t.Issuer)
	}
	return c
}

// isEntraIssuer reports whether idp is an Entra tenant: its issuer in the form of v1 or v2 tokens.
// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#payload-claims (idp)
func isEntraIssuer(idp, issuer string) bool {
	if idp == "" {
		return true
	}
	u, err := url.Parse(idp)
	if err != nil {
		return false
	}
	switch host := strings.ToLower(u.Host); host {
	case "":
		return false
	case "sts.windows.net", "sts.chinacloudapi.cn":
		return true
	default:
		own, err := url.Parse(issuer)
		return err == nil && strings.EqualFold(host, own.Host)
	}
}

// unixSeconds returns 0 for what is no number.
func unixSeconds(number string) int64 {
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || !(f > 0 && f < 1<<40) {
		return 0
	}
	return int64(f)
}

// verify compares the token with what was asked for; a bare Err… value says what is wrong. The tenant comes first, because an
// answer of another tenant has another issuer, too, and that is what people must hear.
func (c IDClaims) verify(t Tenant, a App) error {
	switch {
	case c.TenantID == "" || c.TenantID != strings.ToLower(t.ID):
		return &TenantError{Expected: t.Label(), Actual: c.TenantID}
	case c.Issuer == "" || c.Issuer != t.Issuer:
		return ErrIssuer
	case c.Audience == "" || !strings.EqualFold(c.Audience, a.ClientID):
		return ErrAudience
	}
	return nil
}

// refreshed compares the ID token of a refresh with that of the sign-in; a bare Err… value says what differs. A sign-in that was saved by an
// older version has no subject, and its object ID is used instead.
// https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
func (c IDClaims) refreshed(t *idToken) error {
	switch {
	case !strings.EqualFold(t.TenantID, c.TenantID):
		return ErrTenant
	case t.Issuer != c.Issuer:
		return ErrIssuer
	case !strings.EqualFold(t.Audience, c.Audience):
		return ErrAudience
	case c.Subject != "" && t.Subject != c.Subject, c.Subject == "" && t.ObjectID != "" && !strings.EqualFold(t.ObjectID, c.ObjectID):
		return ErrSubject
	}
	return nil
}

// amrOf reads the authentication methods from an access token, as a hint only: clients are told not to read it, and it may
// have any form. Nil when it can't be read.
// https://learn.microsoft.com/entra/identity-platform/access-tokens
func amrOf(accessToken string) []string {
	_, fields, err := decodeJWT(accessToken)
	if err != nil {
		return nil
	}
	var methods []string
	if json.Unmarshal(fields["amr"], &methods) != nil {
		if one := fields.text("amr"); one != "" {
			return []string{one}
		}
		return nil
	}
	return methods
}
