package rehearsal

import (
	"net/http"
	"strings"
	"time"
)

// deletedDays is how long a deleted secret can be recovered.
const deletedDays = 90

// deleteSecret deletes a secret so that it can be recovered, and keeps its name.
// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
func (c *Cloud) deleteSecret(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	kept, v := r.find(w)
	if v == nil {
		return
	}
	key := strings.ToLower(r.secret)
	delete(r.vault.secrets, key)
	r.vault.deleted[key] = kept
	c.writeDeleted(w, r, kept)
}

func (c *Cloud) writeDeleted(w http.ResponseWriter, r keyVaultRequest, kept *keptSecret) {
	body := c.secretBody(r, kept, kept.newest(), false)
	now := c.now().UTC()
	body["recoveryId"] = "https://" + r.name + "." + c.keyVaults.suffix + "/deletedsecrets/" + kept.name
	body["deletedDate"], body["scheduledPurgeDate"] = now.Unix(), now.AddDate(0, 0, deletedDays).Unix()
	writeJSON(w, http.StatusOK, body)
}

// findDeleted finds the deleted secret that the path names, and answers where there is none.
func (c *Cloud) findDeleted(w http.ResponseWriter, r keyVaultRequest) *keptSecret {
	key := strings.ToLower(r.secret)
	kept := r.vault.deleted[key]
	if kept == nil && r.fault.deleted && r.vault.secrets[key] == nil {
		now := c.now().UTC().Truncate(time.Second)
		kept = &keptSecret{name: r.secret, versions: []*secretVersion{{ID: newVersion(), Created: now, Updated: now}}}
	}
	if kept == nil {
		secretNotFound(w, r.secret)
	}
	return kept
}

func (c *Cloud) getDeleted(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	if kept := c.findDeleted(w, r); kept != nil {
		c.writeDeleted(w, r, kept)
	}
}

func (c *Cloud) purgeSecret(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	if kept := c.findDeleted(w, r); kept != nil {
		delete(r.vault.deleted, strings.ToLower(r.secret))
		w.WriteHeader(http.StatusNoContent)
	}
}

func (c *Cloud) recoverSecret(w http.ResponseWriter, r keyVaultRequest) {
	c.keyVaults.mu.Lock()
	defer c.keyVaults.mu.Unlock()
	kept := c.findDeleted(w, r)
	if kept == nil {
		return
	}
	key := strings.ToLower(r.secret)
	delete(r.vault.deleted, key)
	r.vault.secrets[key] = kept
	writeJSON(w, http.StatusOK, c.secretBody(r, kept, kept.newest(), false))
}
