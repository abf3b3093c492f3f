package connector

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth/link"
)

// TestLinksReadFromAListAreBounded checks that whoever changes a list by hand can't have what is shown steer a terminal, or fill the screen, and
// that nothing which a link alone has comes back from it.
func TestLinksReadFromAListAreBounded(t *testing.T) {
	scopes := `"a"` + strings.Repeat(`,"a"`, 80)
	text := `{"product":"p\u0007","name":"` + strings.Repeat("n", 200) + `","remind":"2027-01-08",
		"notConfirmed":{"admin":true,"other":true},
		"admin":{"kind":"user","cloud":"global","host":"login\u202e.example\u2028","tenant":"` + strings.Repeat("t", 400) + `","clientId":"c\n",
			"redirect":"https://p.example/done?state=secret#x","scopes":[` + scopes + `],"prompt":"login","loginHint":"u@x","resource":"` + strings.Repeat("r", 400) + `","browser":"Edge\u001b[2J",
			"read":"2026-11-23T09:30:00Z","reported":"2026-11-23T09:34:00Z","private":true}}`
	got := Links{}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	read := time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC)
	want := Links{
		Product: "p", Name: strings.Repeat("n", 119) + "…", Remind: Day{2027, time.January, 8}, NotConfirmed: map[link.Kind]bool{link.Admin: true},
		Admin: &ProductLink{
			Facts: link.Facts{
				Kind: link.Admin, Cloud: "global", Host: "login.example", Tenant: strings.Repeat("t", 299) + "…", ClientID: "c",
				Redirect: "https://p.example/done", Scopes: got.Admin.Scopes, Prompt: "login", LoginHint: "u@x",
				Resource: strings.Repeat("r", 299) + "…",
			},
			Read: read, Reported: read.Add(4 * time.Minute), Private: true, Browser: "Edge[2J",
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\n%+v", got, got.Admin)
	}
	if len(got.Admin.Scopes) != 50 {
		t.Errorf("%d scopes", len(got.Admin.Scopes))
	}
}

// TestLinksComeBackAsTheyWere checks that nothing is lost of what this program wrote.
func TestLinksComeBackAsTheyWere(t *testing.T) {
	at := time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC)
	of := func(kind link.Kind) *ProductLink {
		return &ProductLink{
			Facts: link.Facts{
				Kind: kind, Cloud: "usgov", Host: "login.microsoftonline.us", Tenant: "contoso.example", ClientID: "c", Redirect: "https://p.example/" + string(kind),
				Scopes: []string{"openid", "https://api.partnercenter.microsoft.com/user_impersonation"}, ResponseType: "code", Prompt: "consent", LoginHint: "u@contoso.example",
			},
			Read: at, Started: at.Add(1), Ended: at.Add(2), Reported: at.Add(3), Private: kind == link.User, Browser: "Größe 1",
		}
	}
	want := Links{
		Product: "p", Name: "Produkt für Partner", Admin: of(link.Admin), User: of(link.User), Finished: at.Add(4), Remind: Day{2027, time.February, 3},
		NotConfirmed: map[link.Kind]bool{link.User: true},
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got := Links{}
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%s\n%+v", err, text, got)
	}
}

// TestARenewalIsWhatTheReminderWasFor: one whose day has come is over with it, and any other stays.
func TestARenewalIsWhatTheReminderWasFor(t *testing.T) {
	c := Connector{ID: "c", Origin: OriginLink, Links: &Links{Remind: Day{2026, time.November, 23}}}
	for now, want := range map[time.Time]Day{
		time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC): {2026, time.November, 23},
		time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC): {},
		time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC): {},
	} {
		if got := RenewalOf(c, "", now).Links.Remind; got != want {
			t.Errorf("on %s: %v, want %v", now, got, want)
		}
	}
	if c.Links.Remind != (Day{2026, time.November, 23}) {
		t.Errorf("the saved one has %v", c.Links.Remind)
	}
}

func TestAReminderComesOnItsDay(t *testing.T) {
	c := Connector{Origin: OriginLink, Links: &Links{Remind: Day{2026, time.November, 23}}}
	for now, want := range map[time.Time]bool{
		time.Date(2026, time.November, 22, 23, 59, 0, 0, time.UTC): false,
		time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC):   true,
		time.Date(2027, time.November, 1, 0, 0, 0, 0, time.UTC):    true,
		{}: false,
	} {
		if got := c.Reminds(now); got != want {
			t.Errorf("%s: %v", now, got)
		}
	}
	day := time.Date(2027, time.November, 1, 0, 0, 0, 0, time.UTC)
	for _, none := range []Connector{{Origin: OriginLink}, {Origin: OriginLink, Links: &Links{}}, {Links: c.Links}} {
		if none.Reminds(day) || !none.Reminder().IsZero() {
			t.Errorf("%+v reminds", none)
		}
	}
}

func TestWhatAnotherProductKeepsHasNoCredential(t *testing.T) {
	want := Abilities{Check: true, Renew: true, Rename: true, Record: true}
	if got := (Connector{Origin: OriginLink}).Can(); got != want {
		t.Errorf("%+v", got)
	}
}
