package rehearsal

import (
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// What a program without a person signs in to Azure with: the workload identity of a practice cluster, and the managed identity of a practice
// machine.

// workloadClientID is the app that the workload's token is exchanged for.
const workloadClientID = "5e0a11c0-a000-4000-8000-000000000005"

const (
	workloadSubject = "system:serviceaccount:practice:connector"
	// exchangeAudience is what the token of a workload is made for.
	// https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
	exchangeAudience = "api://AzureADTokenExchange"
	identityPath     = "/msi/token"
)

// workloadRegistration is the app with a federated credential.
func workloadRegistration() *registration {
	return &registration{id: workloadClientID, name: "Practice workload", kind: workloadClient}
}

// clusterIssuer is who issues the tokens of the practice cluster's workloads.
func (c *Cloud) clusterIssuer() string { return c.back.origin + "/cluster" }

// workloadToken is what the practice cluster gives its workload. It is good as long as the certificates are.
func (c *Cloud) workloadToken() (string, error) {
	now := time.Now()
	text, err := signV2(map[string]any{
		"iss": c.clusterIssuer(), "sub": workloadSubject, "aud": exchangeAudience,
		"iat": now.Unix(), "nbf": now.Add(-certificateBefore).Unix(), "exp": now.Add(certificateAfter).Unix(),
	})
	if err != nil {
		return "", err
	}
	return c.journal.issue(kindAssertion, text), nil
}

// checkWorkload checks the token of a workload against the federated credential.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
func (c *Cloud) checkWorkload(t *tokenRequest, text string) *fault {
	if text == "" {
		return clientUnproven()
	}
	a, ok := parseAssertion(text)
	signer, err := tokenSigner()
	switch {
	case err != nil:
		return signingFault(err)
	case !ok || t.form.Get("client_assertion_type") != jwtBearer:
		return &fault{code: 50027, oauth: "invalid_client", text: "JWT token is invalid or malformed."}
	case a.body.Issuer != c.clusterIssuer() || a.body.Subject != workloadSubject || a.body.Audience != exchangeAudience || !a.signedBy(&signer.key.PublicKey):
		return &fault{code: 70021, oauth: "invalid_request", text: "No matching federated identity record found for presented assertion."}
	case !a.current(time.Now()):
		return &fault{code: 700024, oauth: "invalid_client", text: "Client assertion is not within its valid time range."}
	}
	return nil
}

// azureScope is the resource that a scope parameter asks a token for; empty where that is no key vault's.
func (c *Cloud) azureScope(text string) string {
	for _, word := range strings.Fields(text) {
		if strings.TrimSuffix(word, "/"+scopeDefault) == c.keyVaults.resource() {
			return c.keyVaults.resource()
		}
	}
	return ""
}

// azureText makes an access token for something in Azure.
func (c *Cloud) azureText(audience, clientID string, in tenant) (string, error) {
	now := c.now()
	text, err := signV1(map[string]any{
		"aud": audience, "iss": c.stsIssuer(in.id), "iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(accessTokenLife).Unix(),
		"appid": clientID, "tid": in.id, "ver": "1.0", "uti": newSecret()[:22],
	})
	if err != nil {
		return "", err
	}
	c.keyVaults.addToken(c.journal.issue(kindAccessToken, text), azureToken{audience: audience, tenant: in, expires: now.Add(accessTokenLife)})
	return text, nil
}

// azureTokens answers an app that asks for a token for key vaults.
func (c *Cloud) azureTokens(t tokenRequest, audience string) (map[string]any, *fault) {
	text, err := c.azureText(audience, t.app.id, t.tenant)
	if err != nil {
		return nil, signingFault(err)
	}
	return map[string]any{
		"token_type": "Bearer", "expires_in": int(accessTokenLife.Seconds()), "ext_expires_in": int(accessTokenLife.Seconds()), "access_token": text,
	}, nil
}

// managedIdentity gives the tokens of the practice machine's identity, in the manner of App Service.
// https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
func (c *Cloud) managedIdentity(w http.ResponseWriter, r *http.Request) {
	note(w, func(entry *Request) { entry.Endpoint = "managed-identity" })
	q := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-IDENTITY-HEADER")), []byte(c.machineSecret)) != 1 {
		writeJSON(w, http.StatusUnauthorized, map[string]any{"statusCode": http.StatusUnauthorized, "message": "The identity header is missing or wrong."})
		return
	}
	text, err := c.azureText(q.Get("resource"), workloadClientID, practiceTenant)
	if q.Get("api-version") == "" || q.Get("resource") == "" || err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"statusCode": http.StatusBadRequest, "message": "api-version and resource must be given."})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"access_token": text, "expires_on": strconv.FormatInt(c.now().Add(accessTokenLife).Unix(), 10), "resource": q.Get("resource"), "token_type": "Bearer",
		"client_id": workloadClientID,
	})
}

// AzureFacts are what a person, or a test, needs to use the practice key vaults.
type AzureFacts struct {
	// KeyVaultSuffix is what the hosts of the key vaults end with: every name below it is a vault.
	KeyVaultSuffix string
	// WorkloadClientID is the client ID of a workload identity, in the practice tenant, and WorkloadToken what it proves itself with.
	WorkloadClientID, WorkloadToken string
	// IdentityEndpoint and IdentityHeader are where the practice machine has its managed identity.
	IdentityEndpoint, IdentityHeader string
}

func (c *Cloud) azureFacts() AzureFacts {
	return AzureFacts{
		KeyVaultSuffix: c.keyVaults.suffix, WorkloadClientID: workloadClientID, WorkloadToken: c.workload,
		IdentityEndpoint: c.pages.origin + identityPath, IdentityHeader: c.machineSecret,
	}
}

// AzureToken makes an access token for key vaults, or for another audience if one is given, as Azure CLI has it of somebody who is signed in to a tenant.
func (c *Cloud) AzureToken(tenantID, audience string) (string, error) {
	in, ok := findTenant(tenantID)
	if !ok {
		in = practiceTenant
	}
	if audience == "" {
		audience = c.keyVaults.resource()
	}
	return c.azureText(audience, azureCLIClientID, in)
}

// azureCLIClientID is Azure CLI's own, the same everywhere.
const azureCLIClientID = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

func (k *keyVaults) addToken(text string, t azureToken) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tokens[text] = t
}

func (k *keyVaults) token(text string) (azureToken, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, ok := k.tokens[text]
	return t, ok
}
