package rehearsal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// graphPage is how many objects a page of a collection holds at most. Graph's own number is larger; clients must follow
// @odata.nextLink whatever it is.
const graphPage = 2

// graphHandler checks the access token, and lets the scenario have its say. Graph's error body:
// https://learn.microsoft.com/graph/errors
func (c *Cloud) graphHandler(endpoint string, next func(http.ResponseWriter, *http.Request, *accessToken)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		note(w, func(entry *Request) { entry.Endpoint = endpoint })
		graphHeaders(w, r)
		if f := c.current().hooks.graph; f != nil && f.meets(endpoint) && c.hits("graph", f.times) {
			c.failGraph(w, r, *f)
			return
		}
		token := c.bearer(r)
		if token == nil || token.resource != graph || c.now().After(token.expires) {
			graphError(w, http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is missing, has expired, or is for another audience.")
			return
		}
		if token.person == nil {
			graphError(w, http.StatusBadRequest, "BadRequest", "/me request is only valid with delegated authentication flow.")
			return
		}
		next(w, r, token)
	}
}

// graphHeaders names an answer, and gives back how the caller named the request. One without a name gets that of its answer, as answers of Graph show.
func graphHeaders(w http.ResponseWriter, r *http.Request) {
	id := newGUID()
	w.Header().Set("request-id", id)
	w.Header().Set(requestName, cmp.Or(r.Header.Get(requestName), id))
}

// bearer finds the access token of a request.
func (c *Cloud) bearer(r *http.Request) *accessToken {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil
	}
	return c.ledger.accessToken(text)
}

func (c *Cloud) failGraph(w http.ResponseWriter, r *http.Request, f apiFault) {
	if f.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
	}
	if !c.misbehave(w, r, f.manner, f.status) {
		graphError(w, f.status, f.code, f.text)
	}
}

func graphError(w http.ResponseWriter, status int, code, message string) {
	writeJSON(w, status, map[string]any{"error": map[string]any{
		"code": code, "message": message,
		"innerError": map[string]string{
			"date": time.Now().UTC().Format("2006-01-02T15:04:05"), "request-id": w.Header().Get("request-id"), requestName: w.Header().Get(requestName),
		},
	}})
}

// me needs User.Read. https://learn.microsoft.com/graph/api/user-get
func (c *Cloud) me(w http.ResponseWriter, r *http.Request, t *accessToken) {
	if !t.scopes[scopeUserRead] {
		graphError(w, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
		return
	}
	me := map[string]any{
		"@odata.context": c.back.origin + "/v1.0/$metadata#users/$entity", "id": t.person.ObjectID, "userPrincipalName": t.person.graphUPN,
		"mail": t.person.UPN, "displayName": t.person.Name, "userType": "Member",
	}
	if t.person.isGuest() {
		me["userType"] = "Guest"
	}
	writeJSON(w, http.StatusOK, chosen(r.URL.Query(), me))
}

// memberOf lists groups and directory roles. With User.Read alone only type and id are filled in. That the names of directory
// roles stay empty with GroupMember.Read.All, too, follows from Graph's rule for members that an app may not read.
// https://learn.microsoft.com/graph/api/user-list-transitivememberof
func (c *Cloud) memberOf(w http.ResponseWriter, r *http.Request, t *accessToken) {
	all := []map[string]any{}
	groups := t.person.groups
	if c.current().hooks.promotes && t.person.Role == RoleIntegration {
		groups = append(slices.Clone(groups), roleGlobalAdmin)
	}
	for _, g := range groups {
		if !g.nested || strings.HasSuffix(r.URL.Path, "/transitiveMemberOf") {
			all = append(all, chosen(r.URL.Query(), g.object(t.scopes)))
		}
	}
	c.writeCollection(w, r, "directoryObjects", all)
}

// pageSize obeys $top downwards only, since a server may always send less than asked for.
func pageSize(q url.Values) int {
	if n, err := strconv.Atoi(q.Get("$top")); err == nil && n > 0 && n < graphPage {
		return n
	}
	return graphPage
}

func (g group) object(scopes map[string]bool) map[string]any {
	o := map[string]any{"@odata.type": "#microsoft.graph.group", "id": g.id, "displayName": nil}
	readable := scopes[scopeGroupRead] || scopes[scopeDirectoryRead]
	if g.role {
		o["@odata.type"], o["roleTemplateId"] = "#microsoft.graph.directoryRole", nil
		readable = scopes[scopeDirectoryRead]
	}
	if readable {
		o["displayName"] = g.name
		if g.role {
			o["roleTemplateId"] = g.templateID
		}
	}
	return o
}

// chosen keeps what $select names; @odata annotations and id always come.
func chosen(q url.Values, o map[string]any) map[string]any {
	if q.Get("$select") == "" {
		return o
	}
	kept := map[string]any{}
	for k, v := range o {
		if strings.HasPrefix(k, "@") || k == "id" || contains(q.Get("$select"), k) {
			kept[k] = v
		}
	}
	return kept
}

func contains(list, word string) bool {
	for _, w := range strings.Split(list, ",") {
		if strings.EqualFold(strings.TrimSpace(w), word) {
			return true
		}
	}
	return false
}
