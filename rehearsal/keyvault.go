package rehearsal

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// keyVaultDomain is below localhost, so that a name in it is never anybody else's (RFC 6761, 6.3).
const keyVaultDomain = "vault.localhost"

// keyVaults are the practice key vaults: every name below the suffix is one, empty when it is first asked for.
// https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups
type keyVaults struct {
	mu sync.Mutex
	// suffix is what the hosts end with, with the port.
	suffix string
	vaults map[string]*keyVault
	tokens map[string]azureToken
}

// azureToken is an access token for something in Azure.
type azureToken struct {
	audience string
	tenant   tenant
	expires  time.Time
}

func newKeyVaults() *keyVaults {
	return &keyVaults{vaults: map[string]*keyVault{}, tokens: map[string]azureToken{}}
}

// nameOf is the name of the key vault that a host is; empty where it is none.
func (k *keyVaults) nameOf(host string) string {
	name, suffix, _ := strings.Cut(strings.ToLower(host), ".")
	if suffix != k.suffix {
		return ""
	}
	return name
}

// resource is what a token for any of the key vaults is for.
func (k *keyVaults) resource() string { return "https://" + k.suffix }

// keyVaultRequest is a request whose token counts.
type keyVaultRequest struct {
	*http.Request
	// name is the vault's; secret and version are those of the path, in the form in which they were sent.
	name, secret, version string
	vault                 *keyVault
	fault                 keyVaultFault
}

// keyVaultHandler does what a vault does before it looks at anything: it wants a token, and asks its rights. The documents do not name the order.
func (c *Cloud) keyVaultHandler(endpoint, right string, next func(http.ResponseWriter, keyVaultRequest)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		note(w, func(entry *Request) { entry.Endpoint = "vault-" + endpoint })
		w.Header().Set(answerHeader, newGUID())
		w.Header().Set("x-ms-keyvault-service-version", "rehearsal")
		name := c.keyVaults.nameOf(r.Host)
		f := keyVaultFaults()[name]
		if c.challenge(w, r, f) || c.failKeyVault(w, r, name, f) {
			return
		}
		switch {
		case r.URL.Query().Get("api-version") == "":
			keyVaultError(w, http.StatusBadRequest, "BadParameter", "", "api-version must be specified")
		case !f.allows(right):
			keyVaultError(w, http.StatusForbidden, "Forbidden", cmp.Or(f.inner, "ForbiddenByRbac"), "Caller is not authorized to perform action on resource. If role assignments, deny assignments or role definitions were changed recently, please observe propagation time. Action: 'Microsoft.KeyVault/vaults/secrets/"+right+"'.")
		default:
			next(w, keyVaultRequest{r, name, r.PathValue("secret"), r.PathValue("version"), c.keyVaults.vault(name), f})
		}
	}
}

// challenge answers a request whose token is missing, or is none for this, and reports whether it did. A vault says where to get one, to anybody.
// https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
func (c *Cloud) challenge(w http.ResponseWriter, r *http.Request, f keyVaultFault) bool {
	_, text, given := strings.Cut(r.Header.Get("Authorization"), " ")
	token, known := c.keyVaults.token(text)
	of := practiceTenant
	if f.otherTenant {
		of = otherTenant
	}
	var why string
	switch {
	case !given:
		why = "AKV10000: Request is missing a Bearer or PoP token."
	case !known || c.now().After(token.expires):
		why = "[TokenExpired] Error validating token: 'IDX10223: Lifetime validation failed.'"
	case token.audience != c.keyVaults.resource():
		why = "AKV10022: Invalid audience. Expected " + c.keyVaults.resource() + ", found: " + cut(token.audience) + "."
	case token.tenant != of || f.revoked:
		why = "AKV10032: Invalid issuer. Expected one of " + c.stsIssuer(of.id) + ", found " + c.stsIssuer(token.tenant.id) + "."
	default:
		return false
	}
	w.Header().Set("WWW-Authenticate", cmp.Or(f.challenge,
		`Bearer authorization="`+c.back.origin+"/"+of.id+`", resource="`+cmp.Or(f.resource, c.keyVaults.resource())+`"`))
	keyVaultError(w, http.StatusUnauthorized, "Unauthorized", "", why)
	return true
}

// failKeyVault lets the vault's name have its say, and reports whether it did.
func (c *Cloud) failKeyVault(w http.ResponseWriter, r *http.Request, name string, f keyVaultFault) bool {
	if f.status == 0 || !c.hits("vault "+name, f.times) {
		return false
	}
	if f.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
	}
	if !c.misbehave(w, r, f.manner, f.status) {
		keyVaultError(w, f.status, f.outer, f.inner, f.text)
	}
	return true
}

// keyVaultError answers as a vault does when it says no.
// https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses#error-responses
func keyVaultError(w http.ResponseWriter, status int, code, inner, message string) {
	said := map[string]any{"code": code, "message": message}
	if inner != "" {
		said["innererror"] = map[string]string{"code": inner}
	}
	writeJSON(w, status, map[string]any{"error": said})
}

func (c *Cloud) keyVaultRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /secrets/{secret}", c.keyVaultHandler("set", "setSecret/action", c.setSecret))
	mux.HandleFunc("GET /secrets/{secret}", c.keyVaultHandler("get", "getSecret/action", c.getSecret))
	// Microsoft's client for Go puts a slash behind a name where it names no version.
	mux.HandleFunc("GET /secrets/{secret}/{$}", c.keyVaultHandler("get", "getSecret/action", c.getSecret))
	mux.HandleFunc("GET /secrets/{secret}/{version}", c.keyVaultHandler("get", "getSecret/action", c.getSecret))
	mux.HandleFunc("PATCH /secrets/{secret}/{version}", c.keyVaultHandler("update", "update/action", c.updateSecret))
	mux.HandleFunc("DELETE /secrets/{secret}", c.keyVaultHandler("delete", "delete", c.deleteSecret))
	mux.HandleFunc("GET /secrets", c.keyVaultHandler("list", "readMetadata/action", c.listSecrets))
	// The versions are listed below a name that is no version: versions have 32 digits.
	mux.HandleFunc("GET /secrets/{secret}/versions", c.keyVaultHandler("versions", "readMetadata/action", c.listVersions))
	mux.HandleFunc("GET /deletedsecrets/{secret}", c.keyVaultHandler("deleted", "readMetadata/action", c.getDeleted))
	mux.HandleFunc("DELETE /deletedsecrets/{secret}", c.keyVaultHandler("purge", "purge/action", c.purgeSecret))
	mux.HandleFunc("POST /deletedsecrets/{secret}/recover", c.keyVaultHandler("recover", "recover/action", c.recoverSecret))
	mux.HandleFunc("/", c.keyVaultHandler("", "", func(w http.ResponseWriter, _ keyVaultRequest) {
		keyVaultError(w, http.StatusNotFound, "NotFound", "", "The resource was not found.")
	}))
	return mux
}

// byHost sends the requests to key vaults to them, and all others of the back channel on.
func (c *Cloud) byHost() http.Handler {
	vaults, others := c.keyVaultRoutes(), c.backRoutes()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.keyVaults.nameOf(r.Host) != "" {
			vaults.ServeHTTP(w, r)
			return
		}
		others.ServeHTTP(w, r)
	})
}
