package auth

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strconv"
	"sync"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
)

// The parts of a cache in MSAL's format that a session goes on with. MSAL finds no refresh token without the metadata of its app.
// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/base/storage/items.go
const (
	accessTokens  = "AccessToken"
	refreshTokens = "RefreshToken"
	appMetadata   = "AppMetadata"
)

// tokenCache are the parts of a cache in MSAL's format, each with its entries by their key. It is replaced and never changed.
type tokenCache map[string]map[string]json.RawMessage

// readTokenCache takes apart what MSAL, or an earlier version of this program, has written. A part of an unexpected form is as if it
// were not there; ok is false where the whole is no object.
func readTokenCache(data []byte) (c tokenCache, ok bool) {
	var odd *json.UnmarshalTypeError
	if err := json.Unmarshal(data, &c); err != nil && !errors.As(err, &odd) || c == nil {
		return nil, false
	}
	maps.DeleteFunc(c, func(part string, entries map[string]json.RawMessage) bool {
		return len(entries) == 0 || part != accessTokens && part != refreshTokens && part != appMetadata
	})
	return c, true
}

// with returns the cache changed as after differs from before.
func (c tokenCache) with(before, after tokenCache) tokenCache {
	sum := tokenCache{}
	for _, part := range []string{accessTokens, refreshTokens, appMetadata} {
		entries := maps.Clone(c[part])
		if entries == nil {
			entries = map[string]json.RawMessage{}
		}
		for key := range before[part] {
			if _, still := after[part][key]; !still {
				delete(entries, key)
			}
		}
		for key, entry := range after[part] {
			if !sameToken(before[part][key], entry) {
				entries[key] = entry
			}
		}
		if len(entries) > 0 {
			sum[part] = entries
		}
	}
	return sum
}

// sameToken reports whether two entries are of one token: MSAL may have written the same one in other words.
func sameToken(a, b json.RawMessage) bool {
	var before, after struct {
		Secret string `json:"secret"`
	}
	return json.Unmarshal(a, &before) == nil && json.Unmarshal(b, &after) == nil && before.Secret != "" && before == after
}

// only returns the cache with those access tokens alone that want accepts.
func (c tokenCache) only(want func(accessToken) bool) tokenCache {
	slim := maps.Clone(c)
	delete(slim, accessTokens)
	for key, entry := range c[accessTokens] {
		var t accessToken
		if json.Unmarshal(entry, &t) != nil || !want(t) {
			continue
		}
		if slim[accessTokens] == nil {
			slim[accessTokens] = map[string]json.RawMessage{}
		}
		slim[accessTokens][key] = entry
	}
	return slim
}

// using returns the cache with the refresh tokens of another one.
func (c tokenCache) using(other tokenCache) tokenCache {
	sum := maps.Clone(c)
	sum[refreshTokens] = other[refreshTokens]
	return sum
}

// accessToken is what counts of an entry of MSAL's.
type accessToken struct {
	Scopes  string      `json:"target"`
	Expires json.Number `json:"expires_on"`
}

// lastsUntil reports whether the token is good at a time.
func (t accessToken) lastsUntil(at time.Time) bool {
	seconds, err := strconv.ParseInt(t.Expires.String(), 10, 64)
	return err == nil && time.Unix(seconds, 0).After(at)
}

// sessionCache has the tokens of a Session, in memory.
type sessionCache struct {
	mu sync.Mutex
	// newest are those that MSAL has got, kept those that are stored; kept is nil before Save.
	newest, kept tokenCache
	// version counts what MSAL has made of newest; keptVersion is that of kept.
	version, keptVersion int
	// lost says that MSAL's newest tokens could not be taken over.
	lost bool
}

// view is what one call of MSAL begins with: with fresh no access token, so that it has to use the refresh token; and that is the stored one
// as long as there is one, unless newest is set.
func (c *sessionCache) view(fresh, newest bool) *cacheView {
	c.mu.Lock()
	defer c.mu.Unlock()
	v := &cacheView{cache: c, before: c.newest, version: c.version}
	if c.kept != nil && !newest {
		v.before, v.version = c.newest.using(c.kept), c.keptVersion
	}
	if fresh {
		v.before = v.before.only(func(accessToken) bool { return false })
	}
	return v
}

// take takes over what a call of MSAL has changed.
func (c *sessionCache) take(before, after tokenCache) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.newest, c.lost = c.newest.with(before, after), false
	c.version++
}

func (c *sessionCache) lose() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = true
}

// state returns the newest tokens and their version.
func (c *sessionCache) state() (newest tokenCache, version int, lost bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.newest, c.version, c.lost
}

// stored says that the tokens of a version are stored.
func (c *sessionCache) stored(tokens tokenCache, version int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept, c.keptVersion = tokens, version
}

// pending reports whether MSAL has got something that is not stored.
func (c *sessionCache) pending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.version != c.keptVersion
}

// cacheView is a sessionCache as one call of MSAL sees it, so that several calls may begin with the same refresh token. It never returns an
// error from Export, because MSAL would throw the fresh token away.
type cacheView struct {
	cache   *sessionCache
	before  tokenCache
	version int
}

// Replace implements cache.ExportReplace. MSAL calls it twice a call.
func (v *cacheView) Replace(_ context.Context, into cache.Unmarshaler, _ cache.ReplaceHints) error {
	if len(v.before) == 0 {
		return nil
	}
	data, err := json.Marshal(v.before)
	if err != nil {
		return err
	}
	return into.Unmarshal(data)
}

// Export implements cache.ExportReplace.
func (v *cacheView) Export(_ context.Context, from cache.Marshaler, _ cache.ExportHints) error {
	if after, ok := exported(from); ok {
		v.cache.take(v.before, after)
	} else {
		v.cache.lose()
	}
	return nil
}

func exported(from cache.Marshaler) (tokenCache, bool) {
	data, err := from.Marshal()
	if err != nil {
		return nil, false
	}
	return readTokenCache(data)
}

// newer reports whether another call has got newer tokens than those that this one began with.
func (v *cacheView) newer() bool {
	_, version, _ := v.cache.state()
	return version != v.version
}
