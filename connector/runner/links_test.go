package runner

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

const (
	productState = "c3RhdGUtb2YtYW5vdGhlci1wcm9kdWN0"
	productNonce = "bm9uY2Utb2YtYW5vdGhlci1wcm9kdWN0"
	productBack  = "https%3A%2F%2Fapp.product.example%2Fback%3Fcompany%3D7"
	tenantPath   = "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111"

	adminLink = tenantPath + "/v2.0/adminconsent?state=" + productState + "&client_id=" + clientID + "&scope=openid+profile&redirect_uri=" + productBack
	userLink  = tenantPath + "/oauth2/v2.0/authorize?client_id=" + clientID + "&response_type=code&redirect_uri=" + productBack +
		"&scope=openid%20offline_access&state=" + productState + "&nonce=" + productNonce
)

// linksDraft is a draft that tells of the links in a text, and is on the world's disk.
func (w *world) linksDraft(t *testing.T, id, text string) connector.Draft {
	t.Helper()
	d := connector.NewLinksDraft("")
	d.ID, d.Step, d.Tenant, d.UPN = id, connector.StepLinks, &tenantA, "integration@contoso.example"
	found, refused := link.Read(text, w.All())
	if len(refused) > 0 {
		t.Fatalf("refused: %+v", refused)
	}
	for _, l := range found {
		*d.Links = d.Links.Read(l.Facts, day)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.drafts[id] = d
	return d
}

// linkRunner is a runner whose effects are performed by hand.
type linkRunner struct {
	*Runner
	t     *testing.T
	world *world
}

func newLinkRunner(t *testing.T, w *world, ports connector.Ports) linkRunner {
	t.Helper()
	r := linkRunner{New(ports, nil, func(wizard.State) {}), t, w}
	r.ending = t.Context().Done()
	r.limits.linger = 0
	return r
}

func (r linkRunner) read(ctx context.Context, d connector.Draft, text string) {
	r.perform(ctx, wizard.ReadLinkText{Attempt: 1, Draft: d, Text: auth.NewSecret(text)})
}

// settled waits for everything that was begun, and returns what came of it.
func (r linkRunner) settled() []wizard.Event {
	r.work.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	events := r.queue
	r.queue = nil
	return events
}

// lastOf is the last event of its type.
func lastOf[E wizard.Event](t *testing.T, events []wizard.Event) E {
	t.Helper()
	for _, e := range slices.Backward(events) {
		if e, ok := e.(E); ok {
			return e
		}
	}
	var none E
	t.Fatalf("no %T in %+v", none, events)
	return none
}

// inKeychain is what the keychain holds of a draft's links.
func (w *world) inKeychain(t *testing.T, draftID string) (admin, user string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	secret, there := w.secrets["draft-"+draftID]
	if !there {
		return "", ""
	}
	var both struct{ Admin, User string }
	if err := json.Unmarshal([]byte(secret.Reveal()), &both); err != nil {
		t.Fatal(err)
	}
	return both.Admin, both.User
}

func (w *world) keychainHas(t *testing.T, draftID, admin, user string) {
	t.Helper()
	if gotAdmin, gotUser := w.inKeychain(t, draftID); gotAdmin != admin || gotUser != user {
		t.Errorf("the keychain holds %q and %q, want %q and %q", gotAdmin, gotUser, admin, user)
	}
}

func (*world) holds(t *testing.T, got wizard.LinksHeld, unkept connector.ProblemKind, kinds ...link.Kind) {
	t.Helper()
	kind := connector.ProblemKind("")
	if got.Unkept != nil {
		kind = got.Unkept.Kind
	}
	if kind != unkept || len(got.Held) != len(kinds) {
		t.Errorf("held: %v, unkept: %q; want %v, %q", got.Held, kind, kinds, unkept)
	}
	for _, k := range kinds {
		if !got.Held[k] {
			t.Errorf("%s is not held", k)
		}
	}
}

func TestTwoLinksInOnePaste(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", "")
	r := newLinkRunner(t, w, w.ports())
	r.read(t.Context(), d, "Hello,\nfirst: "+adminLink+"\nthen: <"+userLink+">\n")
	events := r.settled()
	read := lastOf[wizard.LinksRead](t, events)
	if read.Attempt != 1 || read.DraftID != "d" || !read.At.Equal(day) || len(read.Refused) != 0 || read.Unkept != nil {
		t.Errorf("%+v", read)
	}
	if read.Admin == nil || read.Admin.Kind != link.Admin || read.User == nil || read.User.Kind != link.User || read.User.ClientID != clientID {
		t.Errorf("%+v, %+v", read.Admin, read.User)
	}
	w.holds(t, lastOf[wizard.LinksHeld](t, events), "", link.Admin, link.User)
	w.keychainHas(t, "d", adminLink, userLink)
}

// TestTheSecondPasteReplacesTheFirst holds that the other link stays, and that what is opened and kept is the newest.
func TestTheSecondPasteReplacesTheFirst(t *testing.T) {
	w := newWorld()
	newer := adminLink + "&newer=1"
	d := w.linksDraft(t, "d", newer+"\n"+userLink)
	r := newLinkRunner(t, w, w.ports())
	r.read(t.Context(), d, adminLink+"\n"+userLink)
	r.read(t.Context(), d, newer)
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "", link.Admin, link.User)
	w.keychainHas(t, "d", newer, userLink)
	for kind, want := range map[link.Kind]string{link.Admin: newer, link.User: userLink} {
		if got := r.links.of("d").known[kind].Address.Reveal(); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

// TestALinkMadeAnewIsTold: one with the same facts and another state is another one, while the same one, pasted again, is not.
func TestALinkMadeAnewIsTold(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink+"\n"+userLink)
	r := newLinkRunner(t, w, w.ports())
	for _, c := range []struct {
		text string
		anew []link.Kind
	}{
		{adminLink + "\n" + userLink, nil},
		{adminLink + "\n" + userLink, nil},
		{userLink + "0", []link.Kind{link.User}},
		{adminLink + "&newer=1\n" + userLink + "0", []link.Kind{link.Admin}},
	} {
		r.read(t.Context(), d, c.text)
		if got := lastOf[wizard.LinksRead](t, r.settled()); !slices.Equal(got.Anew, c.anew) {
			t.Errorf("%s: %v", c.text, got.Anew)
		}
	}
	// What was forgotten has nothing that could be taken over.
	r.perform(t.Context(), wizard.DropLink{DraftID: "d", Kind: link.User})
	r.read(t.Context(), d, userLink)
	if got := lastOf[wizard.LinksRead](t, r.settled()); len(got.Anew) != 0 {
		t.Errorf("%v", got.Anew)
	}
}

func TestALinkToElsewhereIsNotHeld(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", "")
	r := newLinkRunner(t, w, w.ports())
	r.read(t.Context(), d, "https://login.microsoftonline.com.evil.example/common/adminconsent?client_id="+clientID+"&redirect_uri="+productBack)
	read := lastOf[wizard.LinksRead](t, r.settled())
	if read.Admin != nil || len(read.Refused) != 1 || read.Refused[0].Kind != connector.KindLink {
		t.Errorf("%+v", read)
	}
	if len(r.links.of("d").known) != 0 || len(w.secrets) != 0 || len(w.log) != 0 {
		t.Errorf("%d held, %d in the keychain, %v", len(r.links.of("d").known), len(w.secrets), w.log)
	}
}

// TestLinksWithoutAKeychain holds that the links are there until the end of the program, and that the reason is told.
func TestLinksWithoutAKeychain(t *testing.T) {
	for kind, err := range map[connector.ProblemKind]error{
		"keychain-missing": connector.ErrKeychainMissing, "keychain-locked": connector.ErrKeychainLocked, "keychain-full": connector.ErrKeychainFull,
		"keychain-slow": connector.ErrKeychainSlow, "keychain-broken": connector.ErrKeychainBroken,
	} {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld()
			d := w.linksDraft(t, "d", adminLink)
			w.fail["put draft-d"] = err
			r := newLinkRunner(t, w, w.ports())
			r.read(t.Context(), d, adminLink)
			w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), kind, link.Admin)
			if len(w.secrets) != 0 {
				t.Error("the keychain has something")
			}
			r.perform(t.Context(), wizard.OpenLink{Opening: wizard.Opening{Attempt: 2, Draft: d, Way: wizard.WayDefault}, Kind: link.Admin})
			w.comesTo(t, "open default")
			r.stop(2)
			if got := w.asked[0].Address.Reveal(); got != adminLink {
				t.Errorf("it opens %q", got)
			}
			// The next one tells what was wrong with the last.
			r.settled()
			r.read(t.Context(), d, adminLink)
			events := r.settled()
			if read := lastOf[wizard.LinksRead](t, events); read.Unkept == nil || read.Unkept.Kind != kind {
				t.Errorf("told with the next reading: %+v", read.Unkept)
			}
			w.holds(t, lastOf[wizard.LinksHeld](t, events), "", link.Admin)
			w.keychainHas(t, "d", adminLink, "")
		})
	}
}

// unreadable is a keychain that can't be read.
type unreadable struct {
	*world
	err error
}

func (v unreadable) Get(context.Context, string) (auth.Secret, error) { return auth.Secret{}, v.err }

// TestWhatCannotBeReadIsNotWrittenOver: the keychain may have the other link.
func TestWhatCannotBeReadIsNotWrittenOver(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink)
	r := newLinkRunner(t, w, withVault(w, unreadable{w, connector.ErrKeychainLocked}))
	r.read(t.Context(), d, adminLink)
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "keychain-locked", link.Admin)
	if len(w.log) != 0 {
		t.Errorf("%v", w.log)
	}
}

// TestLinksAfterARestart looks what is held of two links after the program was killed.
func TestLinksAfterARestart(t *testing.T) {
	both := `{"admin":"` + adminLink + `","user":"` + userLink + `"}`
	for name, c := range map[string]struct {
		stored string
		err    error
		held   []link.Kind
		unkept connector.ProblemKind
		left   string
	}{
		"with a keychain":            {both, nil, []link.Kind{link.Admin, link.User}, "", both},
		"without":                    {"", connector.ErrKeychainMissing, nil, "keychain-missing", ""},
		"locked":                     {"", connector.ErrKeychainLocked, nil, "keychain-locked", ""},
		"nothing kept":               {"", nil, nil, "", ""},
		"one kept":                   {`{"user":"` + userLink + `"}`, nil, []link.Kind{link.User}, "", `{"user":"` + userLink + `"}`},
		"an older one kept":          {`{"admin":"` + adminLink + `&prompt=consent","user":"` + userLink + `"}`, nil, []link.Kind{link.User}, "", `{"user":"` + userLink + `"}`},
		"swapped":                    {`{"admin":"` + userLink + `","user":"` + adminLink + `"}`, nil, nil, "", ""},
		"no link":                    {`{"admin":"https://evil.example/"}`, nil, nil, "", ""},
		"a link with words about it": {`{"admin":"Here: ` + adminLink + `"}`, nil, nil, "", ""},
		"junk":                       {"junk", nil, nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.linksDraft(t, "d", adminLink+"\n"+userLink)
			if c.stored != "" {
				w.secrets["draft-d"] = auth.NewSecret(c.stored)
			}
			ports := w.ports()
			if c.err != nil {
				ports.Vault = unreadable{w, c.err}
			}
			r := newLinkRunner(t, w, ports)
			r.perform(t.Context(), wizard.FindLinks{DraftID: "d"})
			w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), c.unkept, c.held...)
			left := w.secrets["draft-d"]
			var got, want storedLinks
			_ = json.Unmarshal([]byte(left.Reveal()), &got)
			_ = json.Unmarshal([]byte(c.left), &want)
			if got != want || left.Empty() != (c.left == "") {
				t.Errorf("the keychain holds %q", left.Reveal())
			}
		})
	}
}

// TestFindingLinksLeavesAClientSecretAlone: a draft of our own has that one in the same place.
func TestFindingLinksLeavesAClientSecretAlone(t *testing.T) {
	w := newWorld()
	w.drafts["d"], w.secrets["draft-d"] = connector.Draft{ID: "d"}, auth.NewSecret("client secret")
	r := newLinkRunner(t, w, w.ports())
	r.perform(t.Context(), wizard.FindLinks{DraftID: "d"})
	r.settled()
	if w.secrets["draft-d"].Reveal() != "client secret" {
		t.Error("it is gone")
	}
}
