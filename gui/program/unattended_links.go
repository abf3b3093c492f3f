package program

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// mostReopenings is how often the product's settings are opened again for its second link.
const mostReopenings = 3

// twoLinks goes the way of the two links that the practice product makes: in the product as a visitor without a browser, in the wizard by the
// controls of the real window, and with each link in a browser.
type twoLinks struct {
	*unattended
	product *visitor.Product
	facts   rehearsal.ProductFacts
}

// walkLinks goes from the home screen to a connector that the practice product keeps, and has that synchronize.
func (u *unattended) walkLinks(ctx context.Context) error {
	facts := u.cloud.Facts().Product
	product, err := visitor.New().OpenProduct(ctx, facts.Page)
	if err != nil {
		return err
	}
	l := &twoLinks{unattended: u, product: product, facts: facts}
	for _, step := range []func(context.Context) error{l.begin, l.first, l.admin, l.user, l.finish, l.prove} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (l *twoLinks) begin(ctx context.Context) error {
	if err := l.home(ctx); err != nil {
		return err
	}
	return l.press("new-links")
}

// first fills in the first page, where all is filled in already.
func (l *twoLinks) first(ctx context.Context) error {
	if err := l.at(ctx, connector.StepLinks); err != nil {
		return err
	}
	if err := l.until(ctx, "the first page complete", func(s wizard.State) bool { return s.Blocked() == "" }); err != nil {
		return err
	}
	if err := l.product.NewConnector(ctx); err != nil {
		return err
	}
	return l.leave(ctx, connector.StepLinks)
}

func (l *twoLinks) at(ctx context.Context, step connector.Step) error {
	return l.until(ctx, step.Name(), func(s wizard.State) bool { return s.Wizard.Open && s.Wizard.Draft.Step == step })
}

func (l *twoLinks) admin(ctx context.Context) error {
	if err := l.at(ctx, connector.StepLinkAdmin); err != nil {
		return err
	}
	if err := l.paste(ctx, l.product.AdminLink); err != nil {
		return err
	}
	if !l.holds(link.Admin) { // the product's buttons may each make the other link
		if err := l.paste(ctx, l.secondLink); err != nil {
			return err
		}
	}
	return l.open(ctx, connector.StepLinkAdmin, link.Admin, "start-default")
}

func (l *twoLinks) user(ctx context.Context) error {
	if err := l.at(ctx, connector.StepLinkUser); err != nil {
		return err
	}
	if !l.holds(link.User) {
		if err := l.paste(ctx, l.secondLink); err != nil {
			return err
		}
	}
	for _, id := range []string{"additions", string(connector.TickAddHint), string(connector.TickAddPrompt)} {
		if err := l.pressSoon(ctx, id); err != nil {
			return err
		}
	}
	return l.open(ctx, connector.StepLinkUser, link.User, "start-private")
}

// holds reports whether the program has the link.
func (l *twoLinks) holds(kind link.Kind) bool {
	s, _ := l.newest()
	return s.Wizard.Links.Held[kind]
}

// secondLink does what opens the product's second button: back to the list, and the settings again, without saving.
func (l *twoLinks) secondLink(ctx context.Context) (string, error) {
	for range mostReopenings {
		if err := l.product.Reopen(ctx); err != nil {
			return "", err
		}
		made, err := l.product.UserLink(ctx)
		if !errors.Is(err, visitor.ErrNoButton) {
			return made, err
		}
	}
	return "", fmt.Errorf("%s: %w", l.facts.UserButton, visitor.ErrNoButton)
}

// paste makes a link in the product, as the scenario wants it, and has the program read it.
func (l *twoLinks) paste(ctx context.Context, makes func(context.Context) (string, error)) error {
	made, err := makes(ctx)
	if err != nil {
		return err
	}
	if l.cloud.Facts().SavesEarly {
		if err := l.product.Save(ctx); err != nil {
			return err
		}
	}
	l.send(wizard.Edited{Field: connector.FieldLinks, Value: made})
	if err := l.pressSoon(ctx, "read-links"); err != nil {
		return err
	}
	return l.until(ctx, "reading the link", func(s wizard.State) bool { return s.Wizard.Links.Text.Empty() && !s.Wizard.Links.Reading.Running })
}

// open opens a link, waits until the product has its answer, and tells the program what the product said.
func (l *twoLinks) open(ctx context.Context, step connector.Step, kind link.Kind, button string) error {
	of := func(s wizard.State) wizard.Consent { return s.Wizard.LinkConsent(kind) }
	received, refused := l.answers(kind)
	if err := l.consent(ctx, step, button, of); err != nil {
		return err
	}
	if err := l.until(ctx, "the product's page", func(wizard.State) bool { return l.answered(kind, received, refused) }); err != nil {
		return err
	}
	if now, _ := l.answers(kind); now == received {
		return fmt.Errorf("%s", l.tr.Text("start.answer-refused", map[string]any{"Product": l.facts.Name}))
	}
	if err := connector.Sleep(ctx, browserPause); err != nil {
		return err
	}
	l.screen(ctx, step.Name()+"-product")
	l.waits = false
	l.send(wizard.ComeForward{}) // no answer brings the window to the front: the person goes back to it
	if err := l.pressSoon(ctx, "report-"+string(kind)); err != nil {
		return err
	}
	told := func(s wizard.State) bool { return s.Wizard.Draft.Links.Told(kind) }
	if err := l.until(ctx, "the report", told); err != nil {
		return err
	}
	return l.leave(ctx, step)
}

// answered reports whether the product has received more answers by the link, or refused more. An answer with an error that can be copied is told
// of first.
func (l *twoLinks) answered(kind link.Kind, received, refused int) bool {
	nowReceived, nowRefused := l.answers(kind)
	return nowReceived > received || nowRefused > refused && len(l.cloud.Journal().ErrorPages) == l.told
}

// answers counts the answers by that link that the product has received, and those that it has refused.
func (l *twoLinks) answers(kind link.Kind) (received, refused int) {
	for _, r := range l.cloud.Journal().Requests {
		switch {
		case r.Endpoint != "product-"+string(kind):
		case r.Status < 300:
			received++
		default:
			refused++
		}
	}
	return received, refused
}

// finish does the rest in the product, and keeps the connector here.
func (l *twoLinks) finish(ctx context.Context) error {
	if err := l.at(ctx, connector.StepLinkFinish); err != nil {
		return err
	}
	if err := l.product.Save(ctx); err != nil {
		return err
	}
	if err := l.pressSoon(ctx, string(connector.TickLinkSaved)); err != nil {
		return err
	}
	if err := l.until(ctx, "the last page complete", func(s wizard.State) bool { return s.Blocked() == "" }); err != nil {
		return err
	}
	if err := l.leave(ctx, connector.StepLinkFinish); err != nil {
		return err
	}
	return l.until(ctx, "saving", func(s wizard.State) bool { return s.Wizard.Saved != nil })
}

// prove has the product synchronize, and looks whether the two sign-ins had cookies of their own.
func (l *twoLinks) prove(ctx context.Context) error {
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	l.picture("saved")
	said, err := l.product.Sync(ctx)
	if err != nil {
		return err
	}
	if said != "" {
		return fmt.Errorf("%s", l.tr.Text("start.sync-failed", map[string]any{"Product": l.facts.Name, "Answer": said}))
	}
	if !apart(l.cloud.Journal(), l.facts.ClientID) {
		return fmt.Errorf("%s", l.tr.Text("start.sign-ins-together", nil))
	}
	_, _ = fmt.Fprintln(l.out, l.tr.Text("start.sign-ins-apart", nil))
	s, _ := l.newest()
	_, _ = fmt.Fprintln(l.out, l.tr.Text("start.linked", map[string]any{"Name": s.Wizard.Saved.Name, "Product": l.facts.Name}))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.saved = true
	return nil
}

// apart reports whether an app's sign-ins for the admin consent and those for the user consent were made in windows that share no cookies.
func apart(j rehearsal.Journal, clientID string) bool {
	admins, users := []int{}, []int{}
	for _, s := range j.SignIns {
		switch {
		case s.ClientID != clientID:
		case s.Admin:
			admins = append(admins, s.Jar)
		default:
			users = append(users, s.Jar)
		}
	}
	shared := func(jar int) bool { return slices.Contains(admins, jar) }
	return len(admins) > 0 && len(users) > 0 && !slices.ContainsFunc(users, shared) && !j.AdminCookieSeenAtUserConsent
}
