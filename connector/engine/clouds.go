package engine

import (
	"context"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/api"
)

// clouds makes the clients of each cloud.
type clouds struct{ all []auth.Cloud }

func (c clouds) Cloud(name string) (auth.Cloud, bool) {
	for _, cloud := range c.all {
		if cloud.Name == name {
			return cloud, true
		}
	}
	return auth.Cloud{}, false
}

func (c clouds) All() []auth.Cloud { return c.all }

func (c clouds) PartnerCenter(cloud auth.Cloud) connector.PartnerCenter {
	client, err := auth.HTTPClient(cloud)
	if err != nil {
		return unreachable{err}
	}
	return api.NewPartnerCenter(cloud.PartnerCenter, client)
}

func (c clouds) Graph(cloud auth.Cloud) connector.Graph {
	client, err := auth.HTTPClient(cloud)
	if err != nil {
		return unreachable{err}
	}
	return api.NewGraph(cloud.Graph, client)
}

// unreachable answers for a cloud whose client could not be made: its CA file can't be read any more.
type unreachable struct{ err error }

func (u unreachable) fail() error { return &connector.APIError{Cause: u.err} }

func (u unreachable) Organization(context.Context, auth.Secret) (connector.Organization, error) {
	return connector.Organization{}, u.fail()
}

func (u unreachable) Customers(context.Context, auth.Secret) (connector.Customers, error) {
	return connector.Customers{}, u.fail()
}

func (u unreachable) AppMFA(context.Context, auth.Secret, string) ([]connector.MFADay, error) {
	return nil, u.fail()
}

func (u unreachable) DirectoryApp(context.Context, auth.Secret, string) (connector.DirectoryApp, error) {
	return connector.DirectoryApp{}, u.fail()
}

func (u unreachable) Grants(context.Context, auth.Secret, connector.DirectoryApp) ([]connector.Grant, error) {
	return nil, u.fail()
}

func (u unreachable) Me(context.Context, auth.Secret) (connector.Me, error) {
	return connector.Me{}, u.fail()
}

func (u unreachable) Membership(context.Context, auth.Secret) (connector.Membership, error) {
	return connector.Membership{}, u.fail()
}
