package runner

import (
	"context"
	"reflect"
	"testing"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// given is a link of a kind, of which somebody told at an hour; never for a negative one.
func given(kind link.Kind, clientID string, hour int) *connector.ProductLink {
	l := &connector.ProductLink{Facts: link.Facts{Kind: kind, ClientID: clientID}, Read: day}
	if hour >= 0 {
		l.Reported = atHour(hour)
	}
	return l
}

// TestSavingTwoLinks holds what becomes of a draft with two links: nothing is claimed but what was told, and nothing that the keychain has.
func TestSavingTwoLinks(t *testing.T) {
	w := newWorld()
	ports := w.ports()
	ports.Products = []connector.Product{{ID: "p", Name: "Product"}}
	r := New(ports, nil, nil)
	admin, user := given(link.Admin, clientID, 1), given(link.User, clientID, 2)
	d := connector.Draft{
		ID: "d", Name: "Contoso", Tenant: &tenantA, UPN: "integration@contoso.example", Role: connector.RoleAdminAgent,
		Links: &connector.Links{Product: "p", Admin: admin, User: user, Finished: atHour(3)},
	}
	out := r.saved(context.Background(), wizard.SaveConnector{Attempt: 2, Draft: d, Checks: []connector.Check{
		{ID: connector.CheckLinkApp, State: connector.CheckPassed, At: day}, {ID: connector.CheckLinkAdmin, State: connector.CheckPending},
	}}, nil)
	want := connector.Connector{
		ID: "d", Name: "Contoso", Origin: connector.OriginLink, Tenant: tenantA, ClientID: clientID, Role: connector.RoleAdminAgent,
		User:   connector.Identity{TenantID: tenantA.ID, UPN: "integration@contoso.example"},
		Admin:  connector.Admin{Status: connector.AdminTold, At: atHour(1)},
		Health: connector.HealthKept, Checks: []connector.Check{{ID: connector.CheckLinkApp, State: connector.CheckPassed, At: day}}, Checked: day,
		Saved: day, Consented: atHour(2),
		Links: &connector.Links{Product: "p", Name: "Product", Admin: admin, User: user, Finished: atHour(3)},
		History: []connector.Past{
			{What: connector.HappenedConsent, From: atHour(2), To: atHour(2), Count: 1},
			{What: connector.HappenedCheck, Health: connector.HealthKept, From: day, To: day, Count: 1},
		},
	}
	if out.Problem != nil || out.Connector == nil || !reflect.DeepEqual(*out.Connector, want) || !reflect.DeepEqual(w.connectors["d"], want) {
		t.Fatalf("%+v\n%+v", out.Problem, out.Connector)
	}
	if len(w.secrets) != 0 || !out.Connector.RefreshTokenEnd().IsZero() || !out.Connector.LastDay().IsZero() {
		t.Errorf("the keychain has %d items", len(w.secrets))
	}
}

// TestWhatCannotBeSavedOfTwoLinks holds where the reason is mended.
func TestWhatCannotBeSavedOfTwoLinks(t *testing.T) {
	w := newWorld()
	w.connectors["o"] = connector.Connector{ID: "o", Name: "Taken"}
	w.fail["list d"] = connector.ErrListNewer
	r := New(w.ports(), nil, nil)
	links := &connector.Links{User: given(link.User, clientID, -1)}
	for _, tt := range []struct {
		draft connector.Draft
		kind  connector.ProblemKind
		step  connector.Step
	}{
		{connector.Draft{ID: "n", Name: "New", Links: links}, connector.KindConsentMissing, connector.StepAdmin},
		{connector.Draft{ID: "n", Name: "New", Tenant: &tenantA, Links: &connector.Links{}}, connector.KindConsentMissing, connector.StepAdmin},
		{connector.Draft{ID: "n", Name: "taken", Tenant: &tenantA, Links: links}, connector.KindNameTaken, connector.StepLinks},
		{connector.Draft{ID: "d", Name: "New", Tenant: &tenantA, Links: links}, connector.KindListNewer, connector.StepLinkFinish},
	} {
		out := r.saved(context.Background(), wizard.SaveConnector{Attempt: 2, Draft: tt.draft}, nil)
		if out.Connector != nil || out.Problem == nil || out.Problem.Kind != tt.kind || out.Problem.Step != tt.step {
			t.Errorf("%+v: %+v", tt.draft, out.Problem)
		}
	}
}

// TestARenewalOfLinksKeepsWhatItSaysNothingOf renews the links of a connector, one of them or both.
func TestARenewalOfLinksKeepsWhatItSaysNothingOf(t *testing.T) {
	const other = "22222222-2222-4222-8222-222222222222"
	before := connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 2), Finished: atHour(3)}
	for name, tt := range map[string]struct {
		draft connector.Links
		want  connector.Links
	}{
		"both are told of": {
			connector.Links{Product: "p", Admin: given(link.Admin, clientID, 5), User: given(link.User, clientID, 6), Finished: atHour(7)},
			connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 5), User: given(link.User, clientID, 6), Finished: atHour(7)},
		},
		"one alone is told of": {
			connector.Links{Product: "p", Admin: given(link.Admin, clientID, -1), User: given(link.User, clientID, 6)},
			connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 6), Finished: atHour(3)},
		},
		"one alone was read": {
			connector.Links{Product: "p", User: given(link.User, clientID, 6)},
			connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 6), Finished: atHour(3)},
		},
		"another app": {
			connector.Links{Product: "p", User: given(link.User, other, 6)},
			connector.Links{Product: "p", Name: "Product", User: given(link.User, other, 6)},
		},
		"another product": { // the consents are to the same app registration
			connector.Links{Name: "Product", User: given(link.User, clientID, 6)},
			connector.Links{Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 6)},
		},
		"one is told of that was gone on without": {
			connector.Links{Product: "p", NotConfirmed: map[link.Kind]bool{link.Admin: true}, User: given(link.User, clientID, 6)},
			connector.Links{
				Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 6),
				NotConfirmed: map[link.Kind]bool{}, Finished: atHour(3),
			},
		},
		"a reminder": {
			connector.Links{Product: "p", Remind: connector.DayOf(day)},
			connector.Links{Product: "p", Name: "Product", Admin: before.Admin, User: before.User, Finished: atHour(3), Remind: connector.DayOf(day)},
		},
	} {
		links := before
		c := connector.Connector{ID: "c", Links: &links}
		got := withLinks(c, connector.Draft{Renews: "c", Tenant: &tenantA, Links: &tt.draft}, "", nil, day)
		if !reflect.DeepEqual(*got.Links, tt.want) || !reflect.DeepEqual(links, before) {
			t.Errorf("%s: %+v", name, *got.Links)
		}
		if user := tt.want.User; !got.Consented.Equal(user.Reported) || got.ClientID != user.ClientID {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestAnotherUserTakesNothingOver holds that what one integration user has consented to is not told of the next one.
func TestAnotherUserTakesNothingOver(t *testing.T) {
	before := connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 2), Finished: atHour(3)}
	for name, tt := range map[string]struct {
		draft connector.Links
		want  connector.Links
	}{
		"nothing is told": {
			connector.Links{Product: "p", Admin: given(link.Admin, clientID, -1), User: given(link.User, clientID, -1), NotConfirmed: map[link.Kind]bool{link.User: true}},
			connector.Links{
				Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, -1),
				NotConfirmed: map[link.Kind]bool{link.User: true},
			},
		},
		"no user link was read": {
			connector.Links{Product: "p", Admin: given(link.Admin, clientID, 5)},
			connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 5), User: given(link.User, clientID, -1)},
		},
		"the new one is told of": {
			connector.Links{Product: "p", User: given(link.User, clientID, 6), Finished: atHour(7)},
			connector.Links{Product: "p", Name: "Product", Admin: given(link.Admin, clientID, 1), User: given(link.User, clientID, 6), Finished: atHour(7)},
		},
	} {
		links := before
		got := withLinks(connector.Connector{ID: "c", Links: &links}, connector.Draft{
			Renews: "c", Replaces: "older@contoso.example", UPN: "newer@contoso.example", Tenant: &tenantA, Links: &tt.draft,
		}, "", nil, day)
		if !reflect.DeepEqual(*got.Links, tt.want) || !got.Consented.Equal(tt.want.User.Reported) || got.User.UPN != "newer@contoso.example" {
			t.Errorf("%s: %+v, consented %s", name, *got.Links, got.Consented)
		}
	}
}

// TestLinksOfADraftAreChecked holds what the effect brings.
func TestLinksOfADraftAreChecked(t *testing.T) {
	w := newWorld()
	r := New(w.ports(), nil, nil)
	d := connector.Draft{ID: "d", Tenant: &tenantA, Links: &connector.Links{User: given(link.User, clientID, -1)}}
	r.perform(t.Context(), wizard.CheckLinks{Attempt: 4, Draft: d})
	r.work.Wait()
	made := []string{}
	for _, e := range r.queue {
		switch e := e.(type) {
		case wizard.CheckDone:
			made = append(made, string(e.Check.ID)+" "+string(e.Check.State))
		case wizard.ChecksDone:
			made = append(made, "done")
			if e.Attempt != 4 || e.Problem != nil || !e.Now.Equal(day) {
				t.Errorf("%+v", e)
			}
		}
	}
	want := []string{
		"link-app running", "link-app unknown", "link-admin running", "link-admin unknown", "link-user running", "link-user unknown",
		"link-mfa running", "link-mfa unknown", "done",
	}
	if !reflect.DeepEqual(made, want) {
		t.Errorf("%q", made)
	}
}
