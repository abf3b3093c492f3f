package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// maxPages bounds the paging of memberships, at up to 999 a page.
const maxPages = 20

// Graph implements connector.Graph. It is safe for concurrent use.
type Graph struct{ rest *restClient }

var _ connector.Graph = (*Graph)(nil)

// NewGraph makes a client of the Graph at base, such as https://graph.microsoft.com.
func NewGraph(base string, client *http.Client) *Graph {
	return &Graph{rest: newRESTClient(auth.Graph, base, client)}
}

// Me gets the signed-in account. Its error is a *connector.APIError.
// https://learn.microsoft.com/graph/api/user-get
func (c *Graph) Me(ctx context.Context, token auth.Secret) (connector.Me, error) {
	var body struct {
		ID                string `json:"id"`
		UserPrincipalName string `json:"userPrincipalName"`
		Mail              string `json:"mail"`
		DisplayName       string `json:"displayName"`
	}
	call := newGraphCall("/v1.0/me?$select=id,userPrincipalName,mail,displayName", token)
	call.Name = connector.CallMe
	if _, err := c.rest.get(ctx, call, &body); err != nil {
		return connector.Me{}, err
	}
	if body.ID == "" {
		return connector.Me{}, &connector.APIError{
			Service: auth.Graph, Status: http.StatusOK, Cause: auth.ErrBadAnswer, CorrelationID: call.CorrelationID,
		}
	}
	return connector.Me{ID: body.ID, UPN: body.UserPrincipalName, Mail: body.Mail, Name: body.DisplayName}, nil
}

// Membership reads the groups and directory roles of the signed-in account, nested ones included. What was
// given without names is nil and no error. Its error is a *connector.APIError.
// https://learn.microsoft.com/graph/api/user-list-transitivememberof
func (c *Graph) Membership(ctx context.Context, token auth.Secret) (connector.Membership, error) {
	objects, complete := []object{}, false
	target := "/v1.0/me/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999"
	for range maxPages {
		var page struct {
			Value []object `json:"value"`
			Next  string   `json:"@odata.nextLink"`
		}
		if _, err := c.rest.get(ctx, newGraphCall(target, token), &page); err != nil {
			return connector.Membership{}, err
		}
		objects = append(objects, page.Value...)
		if page.Next == "" {
			complete = true
			break
		}
		target = page.Next
	}
	return connector.Membership{Roles: roles(objects, complete), Administrator: administrator(objects, complete)}, nil
}

// newGraphCall carries an ID of its own, which Graph echoes.
// https://learn.microsoft.com/graph/best-practices-concept#reliability-and-support
func newGraphCall(target string, token auth.Secret) getCall {
	id := uuid.NewString()
	header := http.Header{}
	header.Set("client-request-id", id)
	header.Set("return-client-request-id", "true")
	return getCall{Target: target, Token: token, Header: header, CorrelationID: id}
}
