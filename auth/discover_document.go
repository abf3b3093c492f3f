package auth

import (
	"net/http"
	"net/url"
	"strings"

	"partner-center-connector/auth/proxy"
)

// discoveryPath is the path of a tenant's discovery document, after the sign-in host and the tenant.
// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri
const discoveryPath = "/v2.0/.well-known/openid-configuration"

// otherInstanceError is ErrUnknownTenant of a sign-in service that describes the tenant as one of another cloud.
type otherInstanceError struct {
	// instance is the cloud_instance_name of that cloud.
	instance string
	// own reports whether the tenant's issuer is this very sign-in service all the same.
	own bool
}

// Error implements error.
func (*otherInstanceError) Error() string { return ErrUnknownTenant.Error() }

// Unwrap gives ErrUnknownTenant to errors.Is.
func (*otherInstanceError) Unwrap() error { return ErrUnknownTenant }

// readDiscovery reads what c's sign-in service said of the tenant asked, a domain or a GUID. Errors are *Error: Cause
// ErrUnknownTenant when c does not know it, ErrBadAnswer when what it said cannot be used.
func readDiscovery(c Cloud, asked string, status int, header http.Header, body []byte) (Tenant, error) {
	if status != http.StatusOK {
		return Tenant{}, discoveryFailure(status, header, body)
	}
	bad := failureOf(status, header, ErrBadAnswer)
	bad.Stage = StageDiscovery
	fields, err := jsonObject(body)
	if err != nil {
		return Tenant{}, bad
	}
	// A sign-in service also describes tenants of other clouds; those clouds are asked themselves.
	if instance := fields.text("cloud_instance_name"); !strings.EqualFold(instance, c.InstanceName) {
		other := &otherInstanceError{instance: instance, own: tenantOfIssuer(c, fields.text("issuer")) != ""}
		return Tenant{}, &Error{Stage: StageDiscovery, Cause: other, Status: status}
	}
	t := Tenant{
		Cloud: c.Name, CloudFromFile: c.FromFile,
		Region: fields.text("tenant_region_scope"), SubScope: fields.text("tenant_region_sub_scope"),
		Issuer: fields.text("issuer"), Authorize: fields.text("authorization_endpoint"), Token: fields.text("token_endpoint"),
	}
	t.ID = tenantOfIssuer(c, t.Issuer)
	if t.ID == "" || !isOnLogin(c, t.Token) || !isBrowserPage(c, t.Authorize) {
		return Tenant{}, bad
	}
	if c.FromFile {
		t.PartnerCenterPortal, t.EntraPortal, t.PartnerCenter, t.Graph = c.PartnerCenterPortal, c.EntraPortal, c.PartnerCenter, c.Graph
	}
	if !IsTenantID(asked) {
		t.Domain = asked
	} else if t.ID != asked {
		return Tenant{}, bad
	}
	return t, nil
}

// discoveryFailure tells "no such tenant" from a sign-in service that could not answer. A tenant that is not there is
// invalid_tenant, or invalid_request where the service does not even take it for a name.
func discoveryFailure(status int, header http.Header, body []byte) *Error {
	e := readFailure(status, header, body, nil)
	e.Stage = StageDiscovery
	refused := status == http.StatusBadRequest || status == http.StatusNotFound
	if refused && (e.OAuth == "invalid_tenant" || e.OAuth == "invalid_request") {
		e.Cause = ErrUnknownTenant
	}
	return e
}

// tenantOfIssuer returns the tenant's GUID, lower case, from an issuer of the form <login>/<guid>/v2.0; else nothing.
func tenantOfIssuer(c Cloud, issuer string) string {
	if !isOnLogin(c, issuer) {
		return ""
	}
	u, err := url.Parse(issuer)
	if err != nil {
		return ""
	}
	id, rest, _ := strings.Cut(strings.TrimPrefix(strings.ToLower(u.Path), "/"), "/")
	if rest != "v2.0" || !IsTenantID(id) {
		return ""
	}
	return id
}

// isOnLogin reports whether address is https on c's sign-in host, with no user name in it.
func isOnLogin(c Cloud, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil {
		return false
	}
	login, err := url.Parse(c.Login)
	return err == nil && proxy.HostPort(u) == proxy.HostPort(login)
}

// isBrowserPage reports whether address may be opened in a browser: on c's sign-in host, or http on a literal loopback address.
func isBrowserPage(c Cloud, address string) bool {
	if isOnLogin(c, address) {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && u.User == nil && IsLoopbackHTTP(u)
}
