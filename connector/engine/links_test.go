package engine_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// buyer sets up a connector in the practice product, and has its links opened by the program.
type buyer struct {
	*person
	product *visitor.Product
}

// TestLinksScenarios drives every scenario about another product's links through the engine: what can be seen is shown before anything is opened,
// or when the person tells of it, what can't be seen shows at the product's synchronization, and no link is left anywhere.
func TestLinksScenarios(t *testing.T) {
	for _, s := range rehearsal.Scenarios() {
		if s.Shows != rehearsal.PlaceLinks {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			want, known := linksEnd[s.Name]
			if !known {
				t.Fatal("nobody says how it ends")
			}
			b := sitDownToBuy(t, s.Name)
			got, problem := b.play()
			switch {
			case s.ProblemKind != "":
				if problem == nil || string(problem.Kind) != s.ProblemKind || problem.Code != s.Code {
					t.Errorf("met %+v (%s), want %s %s", problem, got, s.ProblemKind, s.Code)
				}
			case problem != nil:
				t.Errorf("met %+v", problem)
			}
			if got != want {
				t.Errorf("it ends with %q, want %q", got, want)
			}
			if leaked := b.w.leaks(t); len(leaked) > 0 {
				t.Errorf("secrets on disk: %v", leaked)
			}
			if b.w.cloud.Journal().AdminCookieSeenAtUserConsent {
				t.Error("the user's link shared its cookies with the administrator's")
			}
		})
	}
}

// Where it ends: before a link is opened, at the page that a link led to, or with what the product's synchronization says.
const (
	endsBefore   = "not opened"
	endsAtButton = "no second link"
	endsAtPage   = "the product's page"
	endsWell     = ""
)

var linksEnd = map[string]string{
	"links-good": endsWell, "links-second-disabled": endsWell, "links-swapped": endsWell, "links-saved-early": endsAtButton, "links-wrong-tenant": endsBefore,
	"links-look-alike": endsBefore, "links-admin-elsewhere": endsAtPage, "links-need-admin": endsAtPage,
	"links-common":            "403 Access denied. The organization is not a partner.",
	"links-admin-signs-twice": "2032 The supplied role does not have the rights to perform the requested operation.",
	"links-no-mfa":            "900421 The token has no proof of multifactor authentication.",
}

func sitDownToBuy(t *testing.T, scenario string) *buyer {
	t.Helper()
	w := newWorld(t, scenario)
	f := w.cloud.Facts().Product
	w.engine.Ports.Products = []connector.Product{{ID: "practice", Name: f.Name, Path: f.Path, AdminButton: f.AdminButton, RedirectHosts: []string{f.RedirectHost}}}
	product, err := visitor.New().OpenProduct(t.Context(), f.Page)
	if err == nil {
		err = product.NewConnector(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	p := sitDownWatched(t, w, func(s wizard.State) {
		shown := fmt.Sprintf("%+v", s)
		if slices.ContainsFunc(w.linkSecrets(), func(secret string) bool { return strings.Contains(shown, secret) }) {
			t.Errorf("a state tells a link: %s", shown)
		}
	})
	return &buyer{p, product}
}

// play goes the whole way, and returns where it ended, and the problem that was shown there.
func (b *buyer) play() (string, *connector.Problem) {
	b.t.Helper()
	b.press("new-links")
	b.until("the wizard", func(s wizard.State) bool { return s.Wizard.Open })
	b.fill(connector.FieldTenant, b.facts.Domain)
	b.fill(connector.FieldUPN, b.facts.IntegrationUPN)
	b.press("main")
	for _, one := range []struct {
		kind   link.Kind
		button string
	}{{link.Admin, "start-default"}, {link.User, "start-private"}} {
		if end, p := b.provide(one.kind); end != endsWell {
			return end, p
		}
		if p := b.open(one.kind, one.button); p != nil {
			return endsAtPage, p
		}
		b.press("main")
	}
	return b.finish(), nil
}

// provide makes the link of the page, and has it read; both links where the product mixes them up.
func (b *buyer) provide(kind link.Kind) (string, *connector.Problem) {
	b.t.Helper()
	for _, makes := range []func() (string, error){b.adminLink, b.userLink} {
		if b.rest().Wizard.Links.Held[kind] {
			break
		}
		made, err := makes()
		switch {
		case errors.Is(err, visitor.ErrNoButton):
			return endsAtButton, nil
		case err != nil:
			b.t.Fatal(err)
		case made == "":
			continue
		}
		if b.w.cloud.Facts().SavesEarly {
			if err := b.product.Save(b.t.Context()); err != nil {
				b.t.Fatal(err)
			}
		}
		if p := b.read(made); p != nil {
			b.cannotOpen()
			return endsBefore, p
		}
	}
	return endsWell, nil
}

// adminLink makes the first link, once.
func (b *buyer) adminLink() (string, error) {
	for _, made := range b.w.cloud.Journal().Links {
		if made.Address != "" {
			return "", nil
		}
	}
	return b.product.AdminLink(b.t.Context())
}

// userLink makes the second one, after the settings were opened again as often as it takes.
func (b *buyer) userLink() (made string, err error) {
	for range 3 {
		if err := b.product.Reopen(b.t.Context()); err != nil {
			return "", err
		}
		if made, err = b.product.UserLink(b.t.Context()); !errors.Is(err, visitor.ErrNoButton) {
			break
		}
	}
	return made, err
}

// read has the program read what was copied, and returns why it is not taken.
func (b *buyer) read(text string) *connector.Problem {
	b.t.Helper()
	b.runner.Send(wizard.Edited{Field: connector.FieldLinks, Value: text})
	b.press("read-links")
	b.until("the text was read", func(s wizard.State) bool { return s.Wizard.Links.Text.Empty() && !s.Wizard.Links.Reading.Running })
	s := b.rest()
	for _, p := range append(slices.Clone(s.Wizard.Links.Refused), s.LinkDifferences()...) {
		return &p
	}
	return nil
}

// cannotOpen checks that no link can be opened, and that none was.
func (b *buyer) cannotOpen() {
	b.t.Helper()
	for _, button := range buttonsOf(reflect.ValueOf(view.Project(b.rest()))) {
		if strings.HasPrefix(button.ID, "start-") && !button.Disabled {
			b.t.Errorf("%s can be pressed", button.ID)
		}
	}
	if j := b.w.cloud.Journal(); j.Count("adminconsent")+j.Count("authorize") != 0 {
		b.t.Error("a link was opened")
	}
}

// open opens the link of the page, and tells the program what the product's page says. It returns the problem that an error on it is explained as.
func (b *buyer) open(kind link.Kind, button string) *connector.Problem {
	b.t.Helper()
	b.press(button)
	var page visitor.Page
	select {
	case page = <-b.w.browsers.product:
	case <-time.After(restTime):
		b.t.Fatal("no window came to the product")
	}
	s := b.until("the browser asked", func(s wizard.State) bool {
		return s.Wizard.Admin.Started || s.Wizard.User.Started || !s.Wizard.Draft.Links.Of(kind).Started.IsZero()
	})
	b.inVain[s.Wizard.Admin.Attempt], b.inVain[s.Wizard.User.Attempt] = true, true
	if page.ErrorText() != "" {
		b.tellOfError()
		return b.until("the explanation", func(s wizard.State) bool { return s.Wizard.Told.Explained }).Wizard.Told.Problem
	}
	b.press("report-" + string(kind))
	b.until("the report", func(s wizard.State) bool { return s.Wizard.Draft.Links.Told(kind) })
	return nil
}

// finish saves in the product and here, and returns what the product's synchronization says. The links are gone from the keychain then.
func (b *buyer) finish() string {
	b.t.Helper()
	if err := b.product.Save(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	b.runner.Send(wizard.Ticked{Field: connector.TickLinkSaved, On: true})
	b.press("main")
	saved := b.until("saving", func(s wizard.State) bool { return s.Wizard.Saved != nil }).Wizard.Saved
	if saved.Origin != connector.OriginLink || saved.Links == nil || !saved.Links.Told(link.User) {
		b.t.Errorf("saved as %+v", saved)
	}
	said, err := b.product.Sync(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return said
}
