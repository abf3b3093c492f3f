package rehearsal

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a key vault keeps.
// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
const (
	maxSecretValue = 25 * 1024
	maxSecretTags  = 15
	maxSecretTag   = 256
)

var secretName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Za-z-]{1,127}$`) })

// keyVault is one key vault. Names of secrets count in any case.
type keyVault struct {
	secrets map[string]*keptSecret
	deleted map[string]*keptSecret
}

// keptSecret is a secret with all its versions, the newest last.
type keptSecret struct {
	name     string
	versions []*secretVersion
}

// secretVersion is one version of a secret.
type secretVersion struct {
	ID               string
	Value            string
	ContentType      string
	Tags             map[string]string
	Created, Updated time.Time
}

func (s *keptSecret) newest() *secretVersion { return s.versions[len(s.versions)-1] }

// find is the version of an ID, the newest for an empty one; nil where there is none.
func (s *keptSecret) find(id string) *secretVersion {
	if s == nil {
		return nil
	}
	if id == "" {
		return s.newest()
	}
	for _, v := range s.versions {
		if strings.EqualFold(v.ID, id) {
			return v
		}
	}
	return nil
}

func (k *keyVaults) vault(name string) *keyVault {
	k.mu.Lock()
	defer k.mu.Unlock()
	v := k.vaults[name]
	if v == nil {
		v = &keyVault{secrets: map[string]*keptSecret{}, deleted: map[string]*keptSecret{}}
		k.vaults[name] = v
	}
	return v
}

// wantedSecret is the body of a request that writes.
type wantedSecret struct {
	Value       *string           `json:"value"`
	ContentType string            `json:"contentType"`
	Tags        map[string]string `json:"tags"`
}

// readWanted reads the body; why is empty where it can be kept.
func readWanted(r *http.Request) (wanted wantedSecret, why string) {
	data, err := io.ReadAll(r.Body)
	if err != nil || json.Unmarshal(data, &wanted) != nil {
		return wanted, "Request body not well formed."
	}
	if len(wanted.Tags) > maxSecretTags {
		return wanted, "Too many tags."
	}
	for key, value := range wanted.Tags {
		if len([]rune(key)) > maxSecretTag || len([]rune(value)) > maxSecretTag {
			return wanted, "Tag is too long."
		}
	}
	return wanted, ""
}

// setSecret writes a new version.
// https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret/set-secret
func (c *Cloud) setSecret(w http.ResponseWriter, r keyVaultRequest) {
	wanted, why := readWanted(r.Request)
	switch {
	case why != "":
	case !secretName().MatchString(r.secret):
		why = "The request URI contains an invalid name: " + cut(r.secret)
	case wanted.Value == nil:
		why = "Property value is required."
	case len(*wanted.Value) > maxSecretValue:
		why = "Secret value is too long."
	}
	if why != "" {
		keyVaultError(w, http.StatusBadRequest, "BadParameter", "", why)
		return
	}
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	key := strings.ToLower(r.secret)
	kept := r.vault.secrets[key]
	if r.vault.deleted[key] != nil || kept == nil && r.fault.deleted {
		keyVaultError(w, http.StatusConflict, "Conflict", "ObjectIsDeletedButRecoverable", "Secret "+r.secret+" is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.")
		return
	}
	if kept == nil {
		kept = &keptSecret{name: r.secret}
		r.vault.secrets[key] = kept
	}
	// A vault tells times in whole seconds.
	now := c.now().UTC().Truncate(time.Second)
	kept.versions = append(kept.versions, &secretVersion{
		ID: newVersion(), Value: *wanted.Value, ContentType: wanted.ContentType, Tags: wanted.Tags, Created: now, Updated: now,
	})
	writeJSON(w, http.StatusOK, c.secretBody(r, kept, kept.newest(), true))
}

func newVersion() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// secretBody is a version as answers have it.
func (c *Cloud) secretBody(r keyVaultRequest, s *keptSecret, v *secretVersion, value bool) map[string]any {
	body := map[string]any{
		"id": "https://" + r.name + "." + c.keyVaults.suffix + "/secrets/" + s.name + "/" + v.ID,
		"attributes": map[string]any{
			"enabled": !r.fault.disabled, "created": v.Created.Unix(), "updated": v.Updated.Unix(),
			"recoveryLevel": "Recoverable+Purgeable", "recoverableDays": deletedDays,
		},
	}
	if len(v.Tags) > 0 {
		body["tags"] = v.Tags
	}
	if v.ContentType != "" {
		body["contentType"] = v.ContentType
	}
	if value {
		body["value"] = v.Value
	}
	return body
}

// find finds what the path of a request names, and answers where there is none.
func (r keyVaultRequest) find(w http.ResponseWriter) (*keptSecret, *secretVersion) {
	kept := r.vault.secrets[strings.ToLower(r.secret)]
	v := kept.find(r.version)
	if v == nil {
		secretNotFound(w, strings.TrimSuffix(r.secret+"/"+r.version, "/"))
	}
	return kept, v
}

func secretNotFound(w http.ResponseWriter, name string) {
	keyVaultError(w, http.StatusNotFound, "SecretNotFound", "", "A secret with (name/id) "+cut(name)+" was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.")
}

func (c *Cloud) getSecret(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	kept, v := r.find(w)
	switch {
	case v == nil:
	case r.fault.disabled:
		keyVaultError(w, http.StatusForbidden, "Forbidden", "SecretDisabled", "Operation get is not allowed on a disabled secret.")
	default:
		writeJSON(w, http.StatusOK, c.secretBody(r, kept, v, true))
	}
}

// updateSecret changes what a version has beside its value.
// https://learn.microsoft.com/rest/api/keyvault/secrets/update-secret/update-secret
func (c *Cloud) updateSecret(w http.ResponseWriter, r keyVaultRequest) {
	wanted, why := readWanted(r.Request)
	if why != "" {
		keyVaultError(w, http.StatusBadRequest, "BadParameter", "", why)
		return
	}
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	kept, v := r.find(w)
	if v == nil {
		return
	}
	if wanted.Tags != nil {
		v.Tags = wanted.Tags
	}
	v.Updated = c.now().UTC().Truncate(time.Second)
	writeJSON(w, http.StatusOK, c.secretBody(r, kept, v, false))
}

// keyVaultPage is how many things a page of a list holds at most. The service's own number is larger; clients must follow nextLink whatever it is.
const keyVaultPage = 2

// listVersions lists the versions of a secret, without their values. That a name which is not there has an empty list is not documented.
// https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret-versions/get-secret-versions
func (c *Cloud) listVersions(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	all := []map[string]any{}
	if kept := r.vault.secrets[strings.ToLower(r.secret)]; kept != nil {
		for _, v := range kept.versions {
			all = append(all, c.secretBody(r, kept, v, false))
		}
	}
	// They come in no order of time.
	slices.SortFunc(all, func(a, b map[string]any) int { return strings.Compare(a["id"].(string), b["id"].(string)) })
	c.writePage(w, r, all)
}

// listSecrets lists the secrets of a vault: the newest version of each, without saying which.
func (c *Cloud) listSecrets(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	all := []map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(r.vault.secrets)) {
		kept := r.vault.secrets[key]
		body := c.secretBody(r, kept, kept.newest(), false)
		body["id"] = strings.TrimSuffix(body["id"].(string), "/"+kept.newest().ID)
		all = append(all, body)
	}
	c.writePage(w, r, all)
}

func (c *Cloud) writePage(w http.ResponseWriter, r keyVaultRequest, all []map[string]any) {
	q := r.URL.Query()
	at, err := strconv.Atoi(q.Get("$skiptoken"))
	if err != nil || at < 0 || at > len(all) {
		at = 0
	}
	end := min(at+keyVaultPage, len(all))
	var next *string
	if end < len(all) {
		q.Set("$skiptoken", strconv.Itoa(end))
		link := "https://" + r.name + "." + c.keyVaults.suffix + r.URL.Path + "?" + q.Encode()
		next = &link
	}
	writeJSON(w, http.StatusOK, map[string]any{"value": all[at:end], "nextLink": next})
}

// KeptSecret is a version of a secret in a practice key vault.
type KeptSecret struct {
	Version, Value string
	Tags           map[string]string
	Created        time.Time
}

// KeptSecrets returns the versions of a secret in a practice key vault, the oldest first; nil where there is none, or it was deleted.
func (c *Cloud) KeptSecrets(keyVault, secret string) []KeptSecret {
	v := c.keyVaults.vault(strings.ToLower(keyVault))
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	kept := v.secrets[strings.ToLower(secret)]
	if kept == nil {
		return nil
	}
	all := []KeptSecret{}
	for _, v := range kept.versions {
		all = append(all, KeptSecret{v.ID, v.Value, maps.Clone(v.Tags), v.Created})
	}
	return all
}

// KeptNames returns the names of the secrets in a practice key vault, in alphabetical order.
func (c *Cloud) KeptNames(keyVault string) []string {
	v := c.keyVaults.vault(strings.ToLower(keyVault))
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	names := []string{}
	for _, kept := range v.secrets {
		names = append(names, kept.name)
	}
	slices.Sort(names)
	return names
}
