package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// discoveryTime is how long one cloud has for its answer.
	discoveryTime = 20 * time.Second
	// otherCloudsTime is how long the other clouds have once one of them knows the tenant; where that one comes from a clouds
	// file, which is for networks that may not reach the built-in ones at all, they have fileCloudTime.
	otherCloudsTime = 3 * time.Second
	fileCloudTime   = 700 * time.Millisecond
)

// Directory finds tenants in a list of clouds.
type Directory struct {
	clouds []Cloud
	now    func() time.Time
	others time.Duration

	mu     sync.Mutex
	offset time.Duration
}

// NewDirectory makes a Directory of clouds; the order of the answers is theirs.
func NewDirectory(clouds []Cloud) *Directory {
	return &Directory{clouds: append([]Cloud(nil), clouds...), now: time.Now, others: otherCloudsTime}
}

// WithClock makes now are in for this computer's clock, and returns d.
func (d *Directory) WithClock(now func() time.Time) *Directory {
	d.now = now
	return d
}

// ClockOffset returns by how much the service's clock was ahead of this computer's in the last FindTenant: the largest
// difference among the clouds that answered, negative when this computer's clock is ahead, 0 when none answered. Sign-ins begin
// to fail at about five minutes.
func (d *Directory) ClockOffset() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.offset
}

// FindTenant asks all clouds at once for a tenant by domain or ID; NormalizeTenantInput says what it forgives. More than one
// tenant comes back when several clouds claim it. A cloud that can't be reached is left out when another knows the tenant, and named in Unasked
// when another does not know it; it is the error where none answered, or where one that did says that the tenant is there. Errors are *Error with
// Cause ErrBadInput, ErrUnknownTenant, ErrNetwork, ErrDNS, ErrTLS, ErrProxyAuth, ErrTimeout, ErrBadAnswer or context.Canceled; Cause is nil for
// an answer that is an error of the service. A *CloudsFileError says that a clouds file has another instance_name than its cloud.
func (d *Directory) FindTenant(ctx context.Context, domainOrID string) ([]Tenant, error) {
	asked, err := NormalizeTenantInput(domainOrID)
	if err != nil {
		return nil, err
	}
	answers := d.askAll(ctx, asked)
	d.keepOffset(answers)
	var found []Tenant
	for _, a := range answers {
		if a.err == nil {
			found = append(found, a.tenant)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, &Error{Stage: StageDiscovery, Cause: Classify(err)}
	}
	return nil, d.notFound(answers)
}

// notFound is the error where no cloud has described the tenant.
func (d *Directory) notFound(answers []cloudAnswer) error {
	if err := d.pointedElsewhere(answers); err != nil {
		return err
	}
	unknown := (*Error)(nil)
	unasked := []string{}
	for i, a := range answers {
		var e *Error
		switch {
		case errors.Is(a.err, ErrUnknownTenant) && unknown == nil && errors.As(a.err, &e):
			unknown = e
		case !errors.Is(a.err, ErrUnknownTenant):
			unasked = append(unasked, strings.TrimPrefix(d.clouds[i].Login, "https://"))
		}
	}
	switch {
	case unknown != nil:
		e := *unknown
		e.Cause, e.Unasked = ErrUnknownTenant, unasked
		return &e
	case len(answers) > 0:
		return answers[0].err
	}
	return &Error{Stage: StageDiscovery, Cause: ErrUnknownTenant}
}

// pointedElsewhere is the error of the cloud that another one says has the tenant, where that cloud could not be asked. But where a cloud from
// a file issues the tenant's tokens itself, under whichever cloud's name, it says what is wrong in that file.
func (d *Directory) pointedElsewhere(answers []cloudAnswer) error {
	for i, a := range answers {
		var other *otherInstanceError
		if !errors.As(a.err, &other) {
			continue
		}
		if other.own && d.clouds[i].FromFile {
			return wrongInstance(d.clouds[i], other.instance)
		}
		named := slices.IndexFunc(d.clouds, func(c Cloud) bool { return strings.EqualFold(c.InstanceName, other.instance) })
		var e *Error
		if named >= 0 && errors.As(answers[named].err, &e) && !errors.Is(e, ErrUnknownTenant) {
			failed := *e
			failed.Hosts = d.clouds[named].Hosts()
			return &failed
		}
	}
	return nil
}

// wrongInstance says that a clouds file has another instance_name than its cloud.
func wrongInstance(c Cloud, instance string) error {
	says := "has no cloud_instance_name"
	if instance != "" {
		says = fmt.Sprintf("says %q", cleanDescription(instance, nil))
	}
	return &CloudsFileError{
		Path: c.file, Key: cloudEntry{Name: c.Name}.key(0, "instance_name"),
		Reason: fmt.Sprintf("is %q, but the discovery document of %s %s", c.InstanceName, c.Login, says),
	}
}

// cloudAnswer is what one cloud said; offset is 0 when it said no time.
type cloudAnswer struct {
	tenant Tenant
	err    error
	offset time.Duration
}

// askAll asks the clouds in parallel and returns their answers in the order of the clouds.
func (d *Directory) askAll(ctx context.Context, asked string) []cloudAnswer {
	ctx, cancel := context.WithTimeout(ctx, discoveryTime)
	defer cancel()
	answers := make([]cloudAnswer, len(d.clouds))
	var wait sync.WaitGroup
	var first sync.Once
	var hurry *time.Timer
	for i, c := range d.clouds {
		wait.Go(func() {
			answers[i] = d.ask(ctx, c, asked)
			if answers[i].err == nil {
				first.Do(func() { hurry = time.AfterFunc(d.patience(c), cancel) })
			}
		})
	}
	wait.Wait()
	if hurry != nil {
		hurry.Stop()
	}
	return answers
}

// patience is how long the other clouds have once found knows the tenant.
func (d *Directory) patience(found Cloud) time.Duration {
	if found.FromFile {
		return min(d.others, fileCloudTime)
	}
	return d.others
}

func (d *Directory) ask(ctx context.Context, c Cloud, asked string) cloudAnswer {
	fail := func(err error) cloudAnswer {
		return cloudAnswer{err: &Error{Stage: StageDiscovery, Cause: Classify(err)}}
	}
	client, err := HTTPClient(c)
	if err != nil {
		return fail(ErrTLS) // the cloud's CA file, which was there when the clouds file was read, is gone
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Login+"/"+asked+discoveryPath, nil)
	if err != nil {
		return fail(ErrBadInput)
	}
	r.Header.Set("Accept", "application/json")
	sent := d.now()
	response, err := client.Do(r)
	if err != nil {
		return fail(err)
	}
	offset := clockOffset(response.Header, sent, d.now())
	body, err := readAnswer(response)
	if err != nil {
		return fail(err)
	}
	tenant, err := readDiscovery(c, asked, response.StatusCode, response.Header, body)
	return cloudAnswer{tenant: tenant, err: err, offset: offset}
}

func (d *Directory) keepOffset(answers []cloudAnswer) {
	largest := time.Duration(0)
	for _, a := range answers {
		if a.offset.Abs() > largest.Abs() {
			largest = a.offset
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.offset = largest
}

// clockOffset compares the Date of an answer, which has whole seconds, with the middle of the time that it took. A difference
// below two seconds is none.
func clockOffset(header http.Header, sent, received time.Time) time.Duration {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	offset := date.Sub(sent.Add(received.Sub(sent) / 2))
	if offset.Abs() < 2*time.Second {
		return 0
	}
	return offset
}
