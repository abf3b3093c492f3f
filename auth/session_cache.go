package auth

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
)

// sessionCache is where MSAL keeps its tokens: in memory, from where a Session stores them. It never returns an error from
// Export, because MSAL would throw the fresh token away.
type sessionCache struct {
	mu   sync.Mutex
	data []byte
	// kept is what is stored; empty before Save.
	kept []byte
	// version counts what MSAL made of data; keptVersion is that of kept.
	version, keptVersion int
	// fresh hides the access tokens from MSAL, so that it has to use the refresh token; fromKept gives it kept instead of data.
	fresh, fromKept bool
	// changed reports whether something is newer than what is stored, lost whether MSAL's newest tokens could not be taken over.
	changed bool
	lost    bool
}

// Replace implements cache.ExportReplace. MSAL calls it twice a call.
func (c *sessionCache) Replace(_ context.Context, into cache.Unmarshaler, _ cache.ReplaceHints) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.data) == 0 {
		return nil
	}
	data := c.data
	if c.fromKept {
		data = c.kept
	}
	if c.fresh {
		data = withoutAccessTokens(data)
	}
	return into.Unmarshal(data)
}

// Export implements cache.ExportReplace.
func (c *sessionCache) Export(_ context.Context, from cache.Marshaler, _ cache.ExportHints) error {
	data, err := from.Marshal()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.lost = true
		return nil
	}
	c.data, c.changed, c.lost = data, true, false
	c.version++
	return nil
}

func (c *sessionCache) setFresh(fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fresh = fresh
}

// state returns the data and whether it has still to be stored.
func (c *sessionCache) state() (data []byte, changed, lost bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.data, c.changed, c.lost
}

// stored reports whether everything that state returned is stored.
func (c *sessionCache) stored() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept, c.keptVersion, c.changed = c.data, c.version, false
}

// newest returns the version of MSAL's newest tokens, and whether it has still to be stored.
func (c *sessionCache) newest() (version int, pending bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.version, c.version != c.keptVersion
}

// useKept lets MSAL work on what is stored, as if it had made nothing newer.
func (c *sessionCache) useKept(kept bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fromKept = kept
}

// withoutAccessTokens takes the access tokens out of a cache in MSAL's format; what it can't read it leaves as it is.
// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/base/storage/items.go
func withoutAccessTokens(data []byte) []byte {
	fields, err := jsonObject(data)
	if err != nil {
		return data
	}
	delete(fields, "AccessToken")
	slim, err := json.Marshal(fields)
	if err != nil {
		return data
	}
	return slim
}

// hasRefreshToken reports whether a cache in MSAL's format holds one.
func hasRefreshToken(data []byte) bool {
	fields, err := jsonObject(data)
	if err != nil {
		return false
	}
	var tokens map[string]json.RawMessage
	return json.Unmarshal(fields["RefreshToken"], &tokens) == nil && len(tokens) > 0
}
