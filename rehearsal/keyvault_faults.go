package rehearsal

import (
	"maps"
	"net/http"
	"slices"
	"sync"
)

// keyVaultFault is what goes wrong in the key vault of a name; its zero value is nothing.
type keyVaultFault struct {
	// status, outer, inner and text are an answer that says no, to times requests with a good token, from the first one on; 0 means all.
	status             int
	outer, inner, text string
	retryAfter, times  int
	manner             manner
	// only are the rights that there are; nil for all. What is not among them is refused with inner, or with ForbiddenByRbac.
	only []string
	// otherTenant is a vault of the other tenant; resource is what its challenge names instead of its own; challenge is a whole one that is none.
	otherTenant         bool
	resource, challenge string
	// revoked lets no token count.
	revoked bool
	// deleted says that every name that there is no secret of is that of a deleted one; disabled that every secret is switched off.
	deleted, disabled bool
}

func (f keyVaultFault) allows(right string) bool {
	return f.only == nil || slices.Contains(f.only, right)
}

// keyVaultFaults are the names of the vaults in which something goes wrong. In every other one all goes well.
var keyVaultFaults = sync.OnceValue(func() map[string]keyVaultFault {
	throttled := keyVaultFault{
		status: http.StatusTooManyRequests, outer: "Throttled", retryAfter: 40,
		text: "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached",
	}
	busy := throttled
	busy.retryAfter, busy.times = 1, 1
	return map[string]keyVaultFault{
		"throttled":     throttled,
		"busy":          busy,
		"no-rights":     {only: []string{}},
		"list-only":     {only: []string{"readMetadata/action"}},
		"read-only":     {only: []string{"readMetadata/action", "getSecret/action"}},
		"write-only":    {only: []string{"setSecret/action", "update/action"}},
		"by-policy":     {only: []string{}, inner: "ForbiddenByPolicy"},
		"firewall":      {status: http.StatusForbidden, outer: "Forbidden", inner: "ForbiddenByFirewall", text: "Client address is not authorized and caller is not a trusted service."},
		"private":       {status: http.StatusForbidden, outer: "Forbidden", inner: "ForbiddenByConnection", text: "Public network access is disabled and request is not from a trusted service nor via an approved private link."},
		"deleted":       {deleted: true},
		"disabled":      {disabled: true},
		"other-tenant":  {otherTenant: true},
		"revoked":       {revoked: true},
		"other-address": {resource: "https://vault.elsewhere.invalid"},
		"no-challenge":  {challenge: `Bearer realm="practice"`},
		"down":          {status: http.StatusServiceUnavailable, outer: "ServiceUnavailable", text: "The service is not available."},
		"gateway":       {status: http.StatusForbidden, manner: htmlPage},
		"garbled":       {status: http.StatusOK, manner: htmlPage},
		"cut-off":       {status: http.StatusOK, manner: dropped},
		"silent":        {status: http.StatusOK, manner: silent},
	}
})

// KeyVaultFaults returns the names of the key vaults in which something goes wrong.
func KeyVaultFaults() []string { return slices.Sorted(maps.Keys(keyVaultFaults())) }
