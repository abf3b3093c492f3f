package auth

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// lateCloud is a cloud that answers after a time: that it knows the tenant, that it does not, or, where status is 0, never.
type lateCloud struct {
	cloud  Cloud
	after  time.Duration
	status int
}

func late(name string, after time.Duration, status int) lateCloud {
	login := "https://login." + name + ".example"
	return lateCloud{Cloud{Name: name, Login: login, InstanceName: name + ".example", FromFile: strings.HasPrefix(name, "file")}, after, status}
}

const (
	knows  = http.StatusOK
	not    = http.StatusBadRequest
	silent = 0
)

func (l lateCloud) RoundTrip(r *http.Request) (*http.Response, error) {
	after := time.After(l.after)
	if l.status == silent {
		after = nil
	}
	select {
	case <-after:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	document := map[string]any{"error": "invalid_tenant", "error_codes": []int{90002}}
	if l.status == knows {
		document = map[string]any{
			"issuer": l.cloud.Login + "/" + entraTenant + "/v2.0", "cloud_instance_name": l.cloud.InstanceName,
			"authorization_endpoint": l.cloud.Login + "/a", "token_endpoint": l.cloud.Login + "/t",
		}
	}
	body, err := json.Marshal(document)
	return &http.Response{StatusCode: l.status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(string(body)))}, err
}

// TestHowLongCloudsAreWaitedFor: only a cloud that knows the tenant hurries the others, and then not too much: a second one that knows it
// has to be shown, too.
func TestHowLongCloudsAreWaitedFor(t *testing.T) {
	const instant = 0
	for name, c := range map[string]struct {
		clouds []lateCloud
		found  []string
		want   error
		took   time.Duration
	}{
		"a quick no, and a slow yes": {
			[]lateCloud{late("one", instant, not), late("two", 19*time.Second, knows)}, []string{"two"}, nil, 19 * time.Second,
		},
		"a slow yes, and quick noes": {
			[]lateCloud{late("one", 19*time.Second, knows), late("two", instant, not), late("file", instant, not)}, []string{"one"}, nil, 19 * time.Second,
		},
		"a quick yes, and a yes just in time": {
			[]lateCloud{late("one", time.Second, knows), late("two", 3900*time.Millisecond, knows)}, []string{"one", "two"}, nil, 3900 * time.Millisecond,
		},
		"a quick yes, and one too late": {
			[]lateCloud{late("one", time.Second, knows), late("two", 4100*time.Millisecond, knows)}, []string{"one"}, nil, 4 * time.Second,
		},
		"a quick yes from a file, and one just in time": {
			[]lateCloud{late("one", 600*time.Millisecond, knows), late("file", instant, knows)}, []string{"one", "file"}, nil, 600 * time.Millisecond,
		},
		"a quick yes from a file, and one too late": {
			[]lateCloud{late("one", 800*time.Millisecond, knows), late("file", instant, knows)}, []string{"file"}, nil, 700 * time.Millisecond,
		},
		"a quick yes from a file, and silence": {
			[]lateCloud{late("one", instant, silent), late("file", instant, knows)}, []string{"file"}, nil, 700 * time.Millisecond,
		},
		"two yeses, of which the second hurries nobody": {
			[]lateCloud{late("one", instant, knows), late("file", 2*time.Second, knows), late("three", 2900*time.Millisecond, knows)},
			[]string{"one", "file", "three"},
			nil, 2900 * time.Millisecond,
		},
		"a quick no, and silence": {
			[]lateCloud{late("one", instant, not), late("two", instant, silent)}, nil, ErrUnknownTenant, 20 * time.Second,
		},
		"noes": {[]lateCloud{late("one", instant, not), late("two", time.Second, not)}, nil, ErrUnknownTenant, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var clouds []Cloud
				for _, l := range c.clouds {
					clouds = append(clouds, l.cloud)
					useTransport(l.cloud, l)
				}
				began := time.Now()
				found, err := NewDirectory(clouds).FindTenant(context.Background(), entraTenant)
				took := time.Since(began)
				var names []string
				for _, tenant := range found {
					names = append(names, tenant.Cloud)
				}
				if !errors.Is(err, c.want) || !slices.Equal(names, c.found) || took != c.took {
					t.Errorf("%v, %v after %v; want %v, %v after %v", names, err, took, c.found, c.want, c.took)
				}
			})
		})
	}
}
