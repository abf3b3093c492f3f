package rehearsal

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The service principals of the two APIs are in every tenant. Their names are those that Entra shows.
var apiPrincipals = map[resource]struct{ appID, name string }{
	graph:         {"00000003-0000-0000-c000-000000000000", "Microsoft Graph"},
	partnerCenter: {"fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "Microsoft Partner Center"},
}

// principalID is the object ID of an app's service principal in a tenant: always the same.
func principalID(tenantID, appID string) string {
	sum := sha256.Sum256([]byte(tenantID + " " + strings.ToLower(appID)))
	b := sum[:16]
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// appKey is the client ID in an address like /v1.0/servicePrincipals(appId='…').
func appKey(r *http.Request) (appID string, ok bool) {
	appID, opens := strings.CutPrefix(r.PathValue("key"), "servicePrincipals(appId='")
	appID, closes := strings.CutSuffix(appID, "')")
	return appID, opens && closes
}

// byKey answers for what is addressed by an alternate key.
func (c *Cloud) byKey(w http.ResponseWriter, r *http.Request) {
	if _, ok := appKey(r); !ok {
		c.noSuchPath(w, r)
		return
	}
	c.graphHandler("servicePrincipal", c.servicePrincipal)(w, r)
}

// servicePrincipal is an app in the tenant, by its object ID or its client ID. It needs Application.Read.All.
// https://learn.microsoft.com/graph/api/serviceprincipal-get
func (c *Cloud) servicePrincipal(w http.ResponseWriter, r *http.Request, t *accessToken) {
	id := r.PathValue("id")
	appID, _ := appKey(r)
	if !t.scopes[scopeAppRead] && !t.scopes[scopeDirectoryRead] {
		graphError(w, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
		return
	}
	for _, object := range c.principals(t.tenant) {
		if object["id"] == id || strings.EqualFold(fmt.Sprint(object["appId"]), appID) {
			writeJSON(w, http.StatusOK, chosen(r.URL.Query(), object))
			return
		}
	}
	graphError(w, http.StatusNotFound, "Request_ResourceNotFound", "Resource '"+cut(cmp.Or(id, appID))+"' does not exist or one of its queried reference-property objects are not present.")
}

// principals are the service principals of a tenant: those of the APIs, and those of the apps that somebody there has consented to.
func (c *Cloud) principals(t tenant) []map[string]any {
	all := []map[string]any{}
	object := func(appID, name string) {
		all = append(all, map[string]any{
			"@odata.context": c.back.origin + "/v1.0/$metadata#servicePrincipals/$entity", "id": principalID(t.id, appID), "appId": appID,
			"displayName": name, "appDisplayName": name, "accountEnabled": true, "verifiedPublisher": map[string]any{"displayName": nil},
		})
	}
	for _, r := range []resource{graph, partnerCenter} {
		object(apiPrincipals[r].appID, apiPrincipals[r].name)
	}
	for _, app := range c.clients {
		if len(c.ledger.consentsTo(t.id, app.id)) > 0 {
			object(app.id, app.name)
		}
	}
	return all
}

// grants lists the consents in the tenant, or those to one app, for those who may read them. Entra asks for a directory role of the account,
// too; here it does not.
// https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
func (c *Cloud) grants(w http.ResponseWriter, r *http.Request, t *accessToken) {
	if !t.scopes[scopeDirectoryRead] && !t.scopes[scopeGrantRead] {
		graphError(w, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
		return
	}
	wanted, filtered, ok := clientFilter(r.URL.Query().Get("$filter"))
	if !ok {
		graphError(w, http.StatusBadRequest, "BadRequest", "Unsupported or invalid query filter clause specified.")
		return
	}
	all := []map[string]any{}
	for _, app := range c.clients {
		if id := principalID(t.tenant.id, app.id); !filtered || id == wanted {
			all = append(all, c.grantsTo(t.tenant, app)...)
		}
	}
	c.writeCollection(w, r, "oauth2PermissionGrants", all)
}

// clientFilter reads a filter for the consents to one app.
func clientFilter(filter string) (id string, filtered, ok bool) {
	if filter == "" {
		return "", false, true
	}
	id, opens := strings.CutPrefix(filter, "clientId eq '")
	id, closes := strings.CutSuffix(id, "'")
	return id, true, opens && closes && !strings.Contains(id, "'")
}

// grantsTo are the consents to an app in a tenant: one for each API and each person, or the whole tenant. The scopes of the sign-in stand
// with Graph's.
func (c *Cloud) grantsTo(t tenant, app *registration) []map[string]any {
	list := []map[string]any{}
	consents := c.ledger.consentsTo(t.id, app.id)
	for _, person := range slices.Sorted(maps.Keys(consents)) {
		for _, r := range []resource{graph, partnerCenter} {
			names := []string{}
			for _, name := range consents[person] {
				api, short, named := strings.Cut(name, "/")
				if !named {
					api, short = string(graph), name
				}
				if api == string(r) {
					names = append(names, short)
				}
			}
			if len(names) == 0 {
				continue
			}
			grant := map[string]any{
				"id": principalID(app.id, person+string(r)), "clientId": principalID(t.id, app.id), "consentType": "AllPrincipals", "principalId": nil,
				"resourceId": principalID(t.id, apiPrincipals[r].appID), "scope": strings.Join(names, " "),
			}
			if person != "" {
				grant["consentType"], grant["principalId"] = "Principal", person
			}
			list = append(list, grant)
		}
	}
	return list
}

// consentsTo are the scopes that were consented to for an app in a tenant, by the person whom they are for; empty means the whole tenant.
func (l *ledger) consentsTo(tenantID, clientID string) map[string][]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := map[string][]string{}
	for key, scopes := range l.consents {
		if key.tenant == tenantID && key.client == clientID {
			found[key.person] = slices.Sorted(maps.Keys(scopes))
		}
	}
	return found
}

// writeCollection sends a page of a collection, with the address of the next one.
func (c *Cloud) writeCollection(w http.ResponseWriter, r *http.Request, name string, all []map[string]any) {
	from, err := strconv.Atoi(cmp.Or(r.URL.Query().Get("$skiptoken"), "0"))
	if err != nil || from < 0 || from > len(all) {
		graphError(w, http.StatusBadRequest, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.")
		return
	}
	to := min(from+pageSize(r.URL.Query()), len(all))
	body := map[string]any{"@odata.context": c.back.origin + "/v1.0/$metadata#" + name, "value": all[from:to]}
	if to < len(all) {
		q := r.URL.Query()
		q.Set("$skiptoken", strconv.Itoa(to))
		body["@odata.nextLink"] = c.back.origin + r.URL.Path + "?" + q.Encode()
	}
	writeJSON(w, http.StatusOK, body)
}
