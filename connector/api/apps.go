package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Limits of what is read of an app's consents.
const (
	// maxAPIs is of how many APIs the names are looked up.
	maxAPIs = 10
	// maxDisplayName is how many characters of a name are kept: whoever publishes an app chooses them.
	maxDisplayName = 120
)

// servicePrincipal is an app in a tenant. https://learn.microsoft.com/graph/api/resources/serviceprincipal
type servicePrincipal struct {
	ID                string `json:"id"`
	AppID             string `json:"appId"`
	DisplayName       string `json:"displayName"`
	AccountEnabled    *bool  `json:"accountEnabled"`
	VerifiedPublisher *struct {
		DisplayName string `json:"displayName"`
	} `json:"verifiedPublisher"`
}

// DirectoryApp gets the app with a client ID; the zero DirectoryApp where the tenant has none. Its error is a *connector.APIError.
// https://learn.microsoft.com/graph/api/serviceprincipal-get
func (c *Graph) DirectoryApp(ctx context.Context, token auth.Secret, clientID string) (connector.DirectoryApp, error) {
	address := "/v1.0/servicePrincipals(appId='" + url.PathEscape(odataString(clientID)) + "')?$select=id,appId,displayName,accountEnabled,verifiedPublisher"
	var body servicePrincipal
	call := newGraphCall(address, token)
	if _, err := c.rest.get(ctx, call, &body); err != nil {
		if isAbsent(err) {
			err = nil
		}
		return connector.DirectoryApp{}, err
	}
	if body.ID == "" || !strings.EqualFold(body.AppID, clientID) {
		return connector.DirectoryApp{}, badGraphAnswer(call)
	}
	app := connector.DirectoryApp{
		ID: body.ID, ClientID: body.AppID, Name: connector.Bounded(body.DisplayName, maxDisplayName),
		Disabled: body.AccountEnabled != nil && !*body.AccountEnabled,
	}
	if body.VerifiedPublisher != nil {
		app.Publisher = connector.Bounded(body.VerifiedPublisher.DisplayName, maxDisplayName)
	}
	return app, nil
}

// isAbsent reports whether Graph says that there is no such object. A proxy's page does not say so.
func isAbsent(err error) bool {
	var e *connector.APIError
	return errors.As(err, &e) && e.Status == http.StatusNotFound && e.Code == "Request_ResourceNotFound"
}

// odataString is a value as it stands between the quotation marks of a string of OData.
func odataString(value string) string { return strings.ReplaceAll(value, "'", "''") }

func badGraphAnswer(call getCall) error {
	return &connector.APIError{Service: auth.Graph, Status: http.StatusOK, Cause: auth.ErrBadAnswer, CorrelationID: call.CorrelationID}
}

// permissionGrant is a consent. https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant
type permissionGrant struct {
	ClientID    string `json:"clientId"`
	ConsentType string `json:"consentType"`
	PrincipalID string `json:"principalId"`
	ResourceID  string `json:"resourceId"`
	Scope       string `json:"scope"`
}

// Grants gets the consents to an app, and looks up which APIs they are for. Its error is a *connector.APIError.
// https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
func (c *Graph) Grants(ctx context.Context, token auth.Secret, a connector.DirectoryApp) ([]connector.Grant, error) {
	found, err := c.permissionGrants(ctx, token, a.ID)
	if err != nil {
		return nil, err
	}
	apis := map[string]servicePrincipal{}
	grants := []connector.Grant{}
	for _, g := range found {
		if _, known := apis[g.ResourceID]; !known && len(apis) < maxAPIs {
			apis[g.ResourceID] = c.apiOf(ctx, token, g.ResourceID)
		}
		api := apis[g.ResourceID]
		grants = append(grants, connector.Grant{
			APIID: api.AppID, API: connector.Bounded(api.DisplayName, maxDisplayName), Principal: g.PrincipalID, Scopes: strings.Fields(g.Scope),
		})
	}
	return grants, nil
}

// permissionGrants gets them page by page, and refuses what is for another app or for nobody in particular.
func (c *Graph) permissionGrants(ctx context.Context, token auth.Secret, principal string) ([]permissionGrant, error) {
	all := []permissionGrant{}
	target := "/v1.0/oauth2PermissionGrants?$filter=clientId%20eq%20'" + url.QueryEscape(odataString(principal)) + "'"
	for range maxPages {
		var page struct {
			Value []permissionGrant `json:"value"`
			Next  string            `json:"@odata.nextLink"`
		}
		call := newGraphCall(target, token)
		if _, err := c.rest.get(ctx, call, &page); err != nil {
			return nil, err
		}
		for _, g := range page.Value {
			wide := g.ConsentType == "AllPrincipals" && g.PrincipalID == ""
			if g.ClientID != principal || !wide && (g.ConsentType != "Principal" || g.PrincipalID == "") {
				return nil, badGraphAnswer(call)
			}
		}
		all = append(all, page.Value...)
		if page.Next == "" {
			return all, nil
		}
		target = page.Next
	}
	// What was not read to its end might have what seems to be lacking.
	return nil, &connector.APIError{Service: auth.Graph, Status: http.StatusOK, Cause: auth.ErrBadAnswer}
}

// apiOf gets an API by its object ID; the zero value where it can't be read.
func (c *Graph) apiOf(ctx context.Context, token auth.Secret, id string) servicePrincipal {
	var body servicePrincipal
	_, err := c.rest.get(ctx, newGraphCall("/v1.0/servicePrincipals/"+url.PathEscape(id)+"?$select=id,appId,displayName", token), &body)
	if err != nil || body.ID != id {
		return servicePrincipal{}
	}
	return body
}
