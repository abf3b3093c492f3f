package runner

import (
	"context"
	"errors"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

type fakeSession struct {
	store    func(context.Context, auth.Secret) error
	token    auth.Token
	tokenErr error
	keepErr  error

	mu      sync.Mutex
	rotated bool
}

func (s *fakeSession) Claims() auth.IDClaims {
	return auth.IDClaims{TenantID: tenantA.ID, ObjectID: "oid", HomeTenant: tenantA.ID, PreferredUsername: "integration@contoso.example"}
}
func (s *fakeSession) Verify(time.Time) error { return nil }
func (s *fakeSession) Token(_ context.Context, _ auth.Resource, fresh bool) (auth.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.token
	t.Value = auth.NewSecret("access token")
	s.rotated = s.rotated || fresh
	return t, s.tokenErr
}

func (s *fakeSession) Keep(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.rotated || s.store == nil {
		return s.keepErr
	}
	if err := s.store(ctx, auth.NewSecret("rotated")); err != nil {
		return errors.Join(auth.ErrNotStored, err)
	}
	s.rotated = false
	return s.keepErr
}

func (s *fakeSession) Credential() auth.Secret { return auth.NewSecret("credential") }

type fakePartnerCenter struct{}

func (fakePartnerCenter) Organization(context.Context, auth.Secret) (connector.Organization, error) {
	yes := true
	return connector.Organization{TenantID: tenantA.ID, Name: "Contoso", MFA: &yes}, nil
}

func (fakePartnerCenter) Customers(context.Context, auth.Secret) (connector.Customers, error) {
	return connector.Customers{Total: 3}, nil
}

func (fakePartnerCenter) AppMFA(context.Context, auth.Secret, string) ([]connector.MFADay, error) {
	return nil, nil
}

type fakeGraph struct{}

func (fakeGraph) DirectoryApp(context.Context, auth.Secret, string) (connector.DirectoryApp, error) {
	return connector.DirectoryApp{}, nil
}

func (fakeGraph) Grants(context.Context, auth.Secret, connector.DirectoryApp) ([]connector.Grant, error) {
	return nil, nil
}

func (fakeGraph) Me(context.Context, auth.Secret) (connector.Me, error) {
	return connector.Me{ID: "oid", UPN: "integration@contoso.example"}, nil
}

func (fakeGraph) Membership(context.Context, auth.Secret) (connector.Membership, error) {
	return connector.Membership{}, nil
}
