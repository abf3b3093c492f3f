package keyvault

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// seen is what was seen of a call on its way, which the errors of the SDK leave out.
type seen struct {
	mu     sync.Mutex
	status int
	tenant string
	// id is the x-ms-request-id of the last answer.
	id string
	// lost is why the last request had no answer; nil where it had one.
	lost error
}

type seenKey struct{}

// watched returns a ctx whose requests note what is seen of them.
func watched(ctx context.Context) (context.Context, *seen) {
	s := &seen{}
	return context.WithValue(ctx, seenKey{}, s), s
}

func (s *seen) note(status int, tenant, id string, lost error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.id, s.lost = status, id, lost
	if tenant != "" {
		s.tenant = tenant
	}
}

// transport sends the requests of the SDK through the cloud's own channel.
type transport struct{ client *http.Client }

// Do implements policy.Transporter. Its errors are bare ones: the SDK puts texts of theirs into its own.
func (t *transport) Do(r *http.Request) (*http.Response, error) {
	watching, _ := r.Context().Value(seenKey{}).(*seen)
	if watching == nil {
		watching = &seen{}
	}
	answer, err := t.client.Do(r) //nolint:gosec // the channel lets through the cloud's own hosts alone
	if err != nil {
		cause := auth.Classify(err)
		watching.note(0, "", "", cause)
		return nil, lostError{cause}
	}
	id, tenant := requestID(answer.Header.Get("x-ms-request-id")), ""
	if answer.StatusCode == http.StatusUnauthorized {
		signedIn := r.Header.Get("Authorization") != ""
		tenant, err = challenged(answer.Header, signedIn)
		if err != nil || !signedIn {
			_ = answer.Body.Close() // what it says is of no use, and the SDK leaves it open where no sign-in comes of it
			answer.Body = http.NoBody
		}
	}
	watching.note(answer.StatusCode, tenant, id, nil)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// lostError says why a request had no answer.
type lostError struct{ cause error }

func (e lostError) Error() string { return e.cause.Error() }

func (e lostError) Unwrap() error { return e.cause }

// challengeError says that an answer asks for no sign-in that there could be. Trying again would bring the same.
type challengeError struct{}

func (challengeError) Error() string { return connector.ErrVaultTenant.Error() }

// NonRetriable keeps the SDK from trying again.
func (challengeError) NonRetriable() {}

var (
	challengePart = lazyregexp.New(`(\w+)="([^"]*)"`)
	authorization = lazyregexp.New(`^https://[0-9A-Za-z.:-]+/([0-9A-Za-z][0-9A-Za-z.-]{0,252})/?$`)
	resource      = lazyregexp.New(`^https://[0-9A-Za-z.:-]+/?$`)
	requestIDForm = lazyregexp.New(`^[0-9A-Za-z-]{1,64}$`)
)

// challenged reads which tenant an answer asks to sign in to, and leaves nothing in the header but that and the resource: whatever answers in place of
// a vault, the SDK is shown the form that Microsoft documents alone.
// https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
func challenged(header http.Header, signedIn bool) (tenant string, err error) {
	given := map[string]string{}
	for _, part := range challengePart.FindAllStringSubmatch(header.Get("WWW-Authenticate"), -1) {
		given[part[1]] = part[2]
	}
	if signedIn && (len(given) == 0 || given["claims"] != "") {
		return "", nil // the sign-in was not enough, and why is elsewhere
	}
	at, wanted := authorization.FindStringSubmatch(given["authorization"]), strings.TrimSuffix(cmp.Or(given["scope"], given["resource"]), "/.default")
	if at == nil || !resource.MatchString(wanted) {
		return "", challengeError{}
	}
	header.Set("WWW-Authenticate", `Bearer authorization="`+given["authorization"]+`", resource="`+wanted+`"`)
	return at[1], nil
}

// requestID is the ID that an answer has, for support; empty where it is no ID.
func requestID(id string) string {
	if !requestIDForm.MatchString(id) {
		return ""
	}
	return id
}
