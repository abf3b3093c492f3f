package problems

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// soundProblem fails the test for a problem that could not be shown.
func soundProblem(t *testing.T, p *connector.Problem) {
	t.Helper()
	if p == nil {
		t.Fatal("no problem")
	}
	if !slices.Contains(Kinds(), p.Kind) || p.Actor == "" || p.Step < connector.NoStep || p.Step > connector.StepCheck {
		t.Errorf("kind, actor or step: %+v", p)
	}
	for _, s := range []string{p.Raw, p.Code, p.CorrelationID, p.TraceID} {
		if strings.ContainsFunc(s, unicode.IsControl) || len([]rune(s)) > maxRaw {
			t.Errorf("not one clean line: %q", s)
		}
	}
}

func FuzzProblemOfSignIn(f *testing.F) {
	f.Add("refresh", "invalid_grant", "consent_required", "AADSTS65001: x", 65001, 400, "t", "c", "2026-11-23 10:00:00Z")
	f.Add("", "", "", "", 0, 0, "", "", "")
	f.Add("user-consent", "access_denied", "cancel", "\x00\xff eyJhbGciOiJ.x", -1, 999, "\n", "\u202e", "x")
	f.Fuzz(func(t *testing.T, stage, oauth, suberror, description string, code, status int, trace, correlation, stamp string) {
		err := &auth.Error{
			Stage: auth.Stage(stage), OAuth: oauth, Suberror: suberror, Description: description, Codes: []int{code}, Status: status,
			TraceID: trace, CorrelationID: correlation, Timestamp: stamp,
		}
		soundProblem(t, Of(fmt.Errorf("x: %w", err), testNow))
		err.Codes = nil
		soundProblem(t, Of(err, testNow))
	})
}

func FuzzProblemOfAPI(f *testing.F) {
	f.Add("graph", 401, "InvalidAuthenticationToken", "expired", "c")
	f.Add("", 403, "900421", "MFA required", "")
	f.Add("partnercenter", 0, "\x00", "\xff", "\r\n")
	f.Fuzz(func(t *testing.T, service string, status int, code, description, correlation string) {
		soundProblem(t, Of(&connector.APIError{
			Service: auth.Resource(service), Status: status, Code: code, Description: description, CorrelationID: correlation,
		}, testNow))
		soundProblem(t, Of(errors.New(description), testNow))
	})
}

func FuzzLookUpCode(f *testing.F) {
	f.Add("AADSTS50076: x\nTrace ID: 0a0b0c0d-1111-4222-8333-444455556666")
	f.Add("900421")
	f.Add("need admin approval access_denied")
	f.Fuzz(func(t *testing.T, text string) {
		found := LookUpCode(text)
		if len(found) > maxFound {
			t.Errorf("%d found", len(found))
		}
		for i := range found {
			soundProblem(t, &found[i])
		}
	})
}
