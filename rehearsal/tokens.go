package rehearsal

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// strikesAt reports whether the scenario's fault hits a token request.
func (c *Cloud) strikesAt(place string, f *fault, t tokenRequest, g grant) bool {
	if f.publicOnly && t.app.kind != publicClient || c.now().Sub(g.signedIn) < f.since {
		return false
	}
	if f.only != noResource {
		set, bad := c.parseScopes(t.form.Get("scope"))
		if bad != nil || !slices.Contains(set.resources(), f.only) {
			return false
		}
	}
	return c.hits(place, f.times)
}

// grantTokens makes the answer of the token endpoint for a signed-in person.
func (c *Cloud) grantTokens(t tokenRequest, g grant) (map[string]any, *fault) {
	set, f := c.tokenScopes(t.form.Get("scope"), g)
	if f != nil {
		return nil, f
	}
	r := set.resources()[0]
	wide, own := c.consentKeys(g)
	if missing := c.ledger.missing(wide, own, names(r, set.api[r])); len(missing) > 0 {
		return nil, &fault{code: 65001, oauth: "invalid_grant", suberror: "consent_required", text: "The user or administrator has not consented to use the application with ID '" + g.app.id + "'. Send an interactive authorization request for this user and resource."}
	}
	body, f := c.accessAnswer(r, g, set)
	if f != nil {
		return nil, f
	}
	if g.scopes.has(scopeOffline) {
		text := c.journal.issue(kindRefreshToken, "1.practice."+strings.Repeat(newSecret(), c.current().refreshSize()))
		c.ledger.addRefresh(text, &refreshToken{grant: g, used: c.now()})
		body["refresh_token"] = text
	}
	if g.scopes.has(scopeOpenID) {
		text, err := signV2(c.idClaims(g))
		if err != nil {
			return nil, signingFault(err)
		}
		body["id_token"] = c.journal.issue(kindIDToken, text)
	}
	if t.form.Get("client_info") == "1" {
		body["client_info"] = clientInfo(g.person)
	}
	if change := c.current().hooks.answer; change != nil {
		change(r, body)
	}
	return body, nil
}

func signingFault(err error) *fault {
	return &fault{code: 90033, oauth: "server_error", status: 500, text: "The practice cloud could not sign a token: " + err.Error() + "."}
}

// tokenScopes checks the scope parameter of a token call: one resource, within what was signed in for.
func (c *Cloud) tokenScopes(text string, g grant) (scopeSet, *fault) {
	set, f := c.parseScopes(text)
	if f != nil {
		return set, f
	}
	switch found := set.resources(); len(found) {
	case 0:
		// Which resource a call without one gets is documented as "the first one of the sign-in".
		first := append(g.scopes.resources(), graph)[0]
		set.api[first] = slices.Clone(g.scopes.api[first])
		if base, asked := g.scopes.base[first]; asked {
			set.base[first] = base
		}
		if len(set.api[first]) == 0 {
			set.api[first] = []string{scopeUserRead}
		}
	case 1:
	default:
		return set, &fault{code: 700022, oauth: "invalid_request", text: "Invalid multiple resources scope: the provided value for the input parameter scope contains more than one resource."}
	}
	if set.all {
		set = c.consented(set, g)
	}
	return set, nil
}

// consented narrows .default to what was consented to.
func (c *Cloud) consented(set scopeSet, g grant) scopeSet {
	r := set.resources()[0]
	wide, own := c.consentKeys(g)
	kept := []string{}
	for _, n := range set.api[r] {
		if c.ledger.granted(wide, own, string(r)+"/"+n) {
			kept = append(kept, n)
		}
	}
	if len(kept) > 0 {
		set.api[r] = kept
	}
	return set
}

func (c *Cloud) consentKeys(g grant) (wide, own consentKey) {
	v := &visit{tenant: g.tenant, app: g.app, session: &session{person: g.person}}
	return c.wide(v), ownKey(v)
}

func names(r resource, short []string) []string {
	return scopeSet{api: map[resource][]string{r: short}}.names()
}

// accessAnswer makes the part of the answer that is about the access token.
func (c *Cloud) accessAnswer(r resource, g grant, set scopeSet) (map[string]any, *fault) {
	now := c.now()
	token := &accessToken{
		resource: r, person: g.person, tenant: g.tenant, scopes: map[string]bool{}, mfa: g.mfa, expires: now.Add(accessTokenLife),
		aadGraph: c.current().hooks.aadGraph && r == partnerCenter, app: g.app, signIn: g.scopes,
	}
	for _, n := range set.api[r] {
		token.scopes[n] = true
	}
	text, err := c.accessText(r, g, set, now)
	if err != nil {
		return nil, signingFault(err)
	}
	c.ledger.addAccess(c.journal.issue(kindAccessToken, text), token, now)
	granted := append(c.full(r, set), withoutOffline(g.scopes.oidc)...)
	return map[string]any{
		"token_type": "Bearer", "scope": strings.Join(granted, " "), "expires_in": int(accessTokenLife.Seconds()),
		"ext_expires_in": int(accessTokenLife.Seconds()), "access_token": text,
	}, nil
}

// withoutOffline: offline_access is not named in answers; the refresh token is its proof.
func withoutOffline(oidc []string) []string {
	return slices.DeleteFunc(slices.Clone(oidc), func(s string) bool { return s == scopeOffline })
}

// accessText makes the token itself: of the first version's form, as the two APIs ask for it.
// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
func (c *Cloud) accessText(r resource, g grant, set scopeSet, now time.Time) (string, error) {
	h := c.current().hooks
	if h.opaque {
		return "opaque." + newSecret() + newSecret(), nil
	}
	amr := []string{"pwd"}
	if g.mfa {
		amr = append(amr, "mfa")
	}
	audience := c.audiences()[r]
	if h.audience != "" && r == partnerCenter {
		audience = h.audience
	}
	return signV1(map[string]any{
		"aud": audience, "iss": c.stsIssuer(g.tenant.id), "iat": now.Unix(), "nbf": now.Unix(),
		"exp": now.Add(accessTokenLife).Unix(), "acr": "1", "amr": amr, "appid": g.app.id, "appidacr": appidacr(g.app.kind),
		"name": g.person.Name, "oid": g.person.ObjectID, "scp": strings.Join(set.api[r], " "), "sub": pairwise(g.person, g.app),
		"tid": g.tenant.id, "unique_name": g.person.UPN, "upn": g.person.graphUPN, "uti": newSecret()[:22], "ver": "1.0",
	})
}

func appidacr(k clientKind) string {
	return map[clientKind]string{publicClient: "0", secretClient: "1", certificateClient: "2"}[k]
}

// pairwise is sub: another one for each app.
func pairwise(p *person, app *registration) string {
	sum := sha256.Sum256([]byte(p.ObjectID + app.id))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// idClaims are the claims of the ID token. Those that say who it is need the scopes profile and email. For tid the page of access tokens wants
// profile as well, that of ID tokens nothing.
// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
func (c *Cloud) idClaims(g grant) map[string]any {
	now := c.now()
	claims := map[string]any{
		"ver": "2.0", "iss": c.issuer(g.tenant.id), "aud": g.app.id, "tid": g.tenant.id, "sub": pairwise(g.person, g.app),
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix(), "uti": newSecret()[:22],
	}
	if g.scopes.has(scopeProfile) {
		claims["oid"], claims["preferred_username"], claims["name"] = g.person.ObjectID, g.person.UPN, g.person.Name
	}
	// Guests have it by default.
	if g.scopes.has(scopeEmail) || g.person.isGuest() {
		claims["email"] = g.person.UPN
	}
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	if g.person.isGuest() {
		claims["idp"] = c.stsIssuer(g.person.TenantID)
	}
	if c.current().hooks.optionalClaims {
		addOptional(claims, g.person)
	}
	if change := c.current().hooks.idToken; change != nil {
		claims = maps.Clone(claims)
		change(claims)
	}
	return claims
}

// addOptional adds what only a registration gets that asks for it: acct is an optional claim, and wids needs groupMembershipClaims.
// https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
func addOptional(claims map[string]any, p *person) {
	claims["wids"], claims["acct"] = p.wids(), 0
	if p.isGuest() {
		claims["acct"] = 1
	}
}

// clientInfo names the account in its home tenant: uid.utid.
func clientInfo(p *person) string {
	data, _ := json.Marshal(map[string]string{"uid": p.homeObjectID(), "utid": p.TenantID}) // plain strings always encode
	return base64.RawURLEncoding.EncodeToString(data)
}

// appOnly answers the client credentials grant, which a registration's secret or certificate can be tried with.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
func (c *Cloud) appOnly(t tokenRequest) (map[string]any, *fault) {
	if t.app.kind == publicClient {
		return nil, clientUnproven()
	}
	text := t.form.Get("scope")
	if text == "" {
		return nil, missingParameter("scope")
	}
	if audience := c.azureScope(text); audience != "" {
		return c.azureTokens(t, audience)
	}
	set, f := c.parseScopes(text)
	if f != nil {
		return nil, f
	}
	// OpenID Connect scopes beside .default do no harm: MSAL sends them here, too.
	if !set.all || len(set.resources()) != 1 {
		return nil, &fault{code: 1002012, oauth: "invalid_scope", text: "The provided value for scope " + cut(text) + " is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier."}
	}
	r, now := set.resources()[0], c.now()
	token, err := signV1(map[string]any{
		"aud": c.audiences()[r], "iss": c.stsIssuer(t.tenant.id), "iat": now.Unix(), "nbf": now.Unix(),
		"exp": now.Add(accessTokenLife).Unix(), "appid": t.app.id, "appidacr": appidacr(t.app.kind), "tid": t.tenant.id, "ver": "1.0",
		"idtyp": "app", "uti": newSecret()[:22],
	})
	if err != nil {
		return nil, signingFault(err)
	}
	c.ledger.addAccess(c.journal.issue(kindAccessToken, token), &accessToken{
		resource: r, tenant: t.tenant, scopes: map[string]bool{}, expires: now.Add(accessTokenLife),
	}, now)
	return map[string]any{
		"token_type": "Bearer", "expires_in": int(accessTokenLife.Seconds()), "ext_expires_in": int(accessTokenLife.Seconds()), "access_token": token,
	}, nil
}
