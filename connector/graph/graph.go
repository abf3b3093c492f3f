// Package graph is the client of Microsoft Graph, as far as the checks need it. It only reads.
package graph

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/rest"
)

// maxPages bounds the paging of memberships, at up to 999 a page.
const maxPages = 20

// Client implements connector.Graph. It is safe for concurrent use.
type Client struct{ rest *rest.Client }

var _ connector.Graph = (*Client)(nil)

// New makes a client of the Graph at base, such as https://graph.microsoft.com.
func New(base string, client *http.Client) *Client {
	return &Client{rest: rest.New(auth.Graph, base, client)}
}

// Me gets the signed-in account. Its error is a *connector.APIError.
// https://learn.microsoft.com/graph/api/user-get
func (c *Client) Me(ctx context.Context, token auth.Secret) (connector.Me, error) {
	var body struct {
		ID                string `json:"id"`
		UserPrincipalName string `json:"userPrincipalName"`
		Mail              string `json:"mail"`
		DisplayName       string `json:"displayName"`
	}
	call := newCall("/v1.0/me?$select=id,userPrincipalName,mail,displayName", token)
	if _, err := c.rest.Get(ctx, call, &body); err != nil {
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
func (c *Client) Membership(ctx context.Context, token auth.Secret) (connector.Membership, error) {
	objects, complete := []object{}, false
	target := "/v1.0/me/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999"
	for range maxPages {
		var page struct {
			Value []object `json:"value"`
			Next  string   `json:"@odata.nextLink"`
		}
		if _, err := c.rest.Get(ctx, newCall(target, token), &page); err != nil {
			return connector.Membership{}, err
		}
		objects = append(objects, page.Value...)
		if page.Next == "" {
			complete = true
			break
		}
		target = page.Next
	}
	return connector.Membership{AdminAgents: adminAgents(objects, complete), Administrator: administrator(objects, complete)}, nil
}

// newCall carries an ID of its own, which Graph echoes.
// https://learn.microsoft.com/graph/best-practices-concept#reliability-and-support
func newCall(target string, token auth.Secret) rest.Call {
	id := uuid.NewString()
	header := http.Header{}
	header.Set("client-request-id", id)
	header.Set("return-client-request-id", "true")
	return rest.Call{Target: target, Token: token, Header: header, CorrelationID: id}
}
