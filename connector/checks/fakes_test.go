package checks

import (
	"context"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const (
	testTenant = "11111111-1111-4111-8111-111111111111"
	testOther  = "22222222-2222-4222-8222-222222222222"
	testObject = "33333333-3333-4333-8333-333333333333"
	testUPN    = "integration@contoso.onmicrosoft.com"
)

var testNow = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// script is a whole outside for the checks: everything is right unless a test changes it.
type script struct {
	in Input

	claims  auth.IDClaims
	verify  error
	verifed time.Time

	tokens    map[auth.Resource]auth.Token
	tokenErrs map[auth.Resource][]error // one for each call, the last one stays
	tokenLog  []string

	me         connector.Me
	meErr      error
	membership connector.Membership
	groupsErr  error

	organization connector.Organization
	orgErrs      []error
	orgCalls     int
	customers    connector.Customers
	custErr      error

	app            connector.DirectoryApp
	appErr         error
	directoryCalls int
	grants         []connector.Grant
	grantsErr      error
	report         []connector.MFADay
	reportErr      error

	keychain error
	keepErr  error
	keeps    int
	slept    []time.Duration
	now      time.Time
}

func newScript() *script {
	cloud := auth.Cloud{
		Name: "global", PartnerCenterResource: "https://api.partnercenter.microsoft.com", Graph: "https://graph.microsoft.com",
	}
	s := &script{
		claims: auth.IDClaims{
			Issuer: "https://login.example/" + testTenant + "/v2.0", Audience: "app", TenantID: testTenant, ObjectID: testObject,
			PreferredUsername: testUPN, Name: "Integration", HomeTenant: testTenant, HomeAccountID: "home",
		},
		tokens: map[auth.Resource]auth.Token{
			auth.PartnerCenter: {
				Value: auth.NewSecret("pc"), Scopes: cloud.Scopes(auth.PartnerCenter, true), ScopesGiven: true,
				RefreshToken: true, AMR: []string{"pwd", "mfa"},
			},
			auth.Graph: {Value: auth.NewSecret("graph"), Scopes: cloud.Scopes(auth.Graph, true), ScopesGiven: true, RefreshToken: true},
		},
		tokenErrs:    map[auth.Resource][]error{},
		me:           connector.Me{ID: testObject, UPN: testUPN, Mail: "integration@contoso.example", Name: "Integration"},
		membership:   connector.Membership{Roles: map[connector.Role]bool{connector.RoleAdminAgent: true}, Administrator: new(false)},
		organization: connector.Organization{TenantID: testTenant, Name: "Contoso", MFA: new(true), CorrelationID: "correlation-1"},
		customers:    connector.Customers{Total: 7, CorrelationID: "correlation-2"},
		now:          testNow,
	}
	s.in = Input{
		Tenant: auth.Tenant{ID: testTenant, Domain: "contoso.example"}, AdminTenant: testTenant, Cloud: cloud, UPN: testUPN, WithGroups: true, Role: connector.RoleAdminAgent,
		ClientKind: auth.SecretClient, SecretExpires: connector.Day{Year: 2027, Month: time.November, Day: 23},
		Session: scriptSession{s}, PartnerCenter: scriptPartner{s}, Graph: scriptGraph{s},
		KeychainTest: func(context.Context) error { return s.keychain },
		Now:          func() time.Time { return s.now }, Consented: testNow.Add(-10 * time.Minute),
		Sleep: func(ctx context.Context, d time.Duration) error {
			s.slept = append(s.slept, d)
			s.now = s.now.Add(d)
			return ctx.Err()
		},
	}
	return s
}

// make runs the checks and gives them by their ID.
func (s *script) make(ctx context.Context) map[connector.CheckID]connector.Check {
	made := map[connector.CheckID]connector.Check{}
	for _, c := range Run(ctx, s.in, nil) {
		made[c.ID] = c
	}
	return made
}

// renewed is a connector whose user consent has just been given again.
func (s *script) renewed() {
	s.saved()
	s.in.Saved.Consented = s.in.Consented.AddDate(0, -3, 0)
}

// saved is a connector that is checked again with the sign-in that it was saved with.
func (s *script) saved() {
	s.in.Saved = &connector.Connector{User: connector.Identity{TenantID: testTenant, ObjectID: testObject, UPN: testUPN}, Consented: s.in.Consented}
}

type scriptSession struct{ *script }

func (s scriptSession) Claims() auth.IDClaims { return s.claims }

func (s scriptSession) Verify(now time.Time) error {
	s.verifed = now
	return s.verify
}

func (s scriptSession) Token(_ context.Context, r auth.Resource, fresh bool) (auth.Token, error) {
	if fresh {
		s.tokenLog = append(s.tokenLog, string(r)+" fresh")
	} else {
		s.tokenLog = append(s.tokenLog, string(r))
	}
	err := error(nil)
	if errs := s.tokenErrs[r]; len(errs) > 0 {
		err = errs[0]
		if len(errs) > 1 {
			s.tokenErrs[r] = errs[1:]
		}
	}
	if err != nil {
		return auth.Token{}, err
	}
	return s.tokens[r], nil
}

func (s scriptSession) Keep(context.Context) error {
	s.keeps++
	return s.keepErr
}

func (s scriptSession) Credential() auth.Secret { return auth.NewSecret("credential") }

type scriptPartner struct{ *script }

func (s scriptPartner) Organization(context.Context, auth.Secret) (connector.Organization, error) {
	s.orgCalls++
	if len(s.orgErrs) == 0 {
		return s.organization, nil
	}
	err := s.orgErrs[0]
	if len(s.orgErrs) > 1 {
		s.orgErrs = s.orgErrs[1:]
	}
	if err != nil {
		return connector.Organization{}, err
	}
	return s.organization, nil
}

func (s scriptPartner) Customers(context.Context, auth.Secret) (connector.Customers, error) {
	return s.customers, s.custErr
}

func (s scriptPartner) AppMFA(context.Context, auth.Secret, string) ([]connector.MFADay, error) {
	return s.report, s.reportErr
}

type scriptGraph struct{ *script }

func (s scriptGraph) DirectoryApp(context.Context, auth.Secret, string) (connector.DirectoryApp, error) {
	s.directoryCalls++
	return s.app, s.appErr
}

func (s scriptGraph) Grants(context.Context, auth.Secret, connector.DirectoryApp) ([]connector.Grant, error) {
	return s.grants, s.grantsErr
}

func (s scriptGraph) Me(context.Context, auth.Secret) (connector.Me, error) { return s.me, s.meErr }

func (s scriptGraph) Membership(context.Context, auth.Secret) (connector.Membership, error) {
	return s.membership, s.groupsErr
}

// What services say no with.
func apiError(status int, code, description string) *connector.APIError {
	return &connector.APIError{Service: auth.PartnerCenter, Status: status, Code: code, Description: description, CorrelationID: "correlation-e"}
}

func noNetwork() *connector.APIError { return &connector.APIError{Cause: auth.ErrNetwork} }

func refreshError(oauth string, codes ...int) *auth.Error {
	return &auth.Error{Stage: auth.StageRefresh, OAuth: oauth, Codes: codes, Status: 400, Description: "said so"}
}
