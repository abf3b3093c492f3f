package engine_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

// row is what became of a scenario.
type row struct {
	scenario, where, kind, code, actor, step, first, led string
}

type table struct {
	mu   sync.Mutex
	rows []row
}

func (t *table) add(r row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, r)
}

func (t *table) String() string {
	slices.SortFunc(t.rows, func(a, b row) int { return cmp.Compare(a.scenario, b.scenario) })
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "scenario\twhere\tkind\tcode\tactor\tstep\tsaved as\tdone as told")
	for _, r := range t.rows {
		r.led = strings.TrimPrefix(r.led, ", ")
		_, _ = fmt.Fprintln(w, strings.Join([]string{r.scenario, r.where, r.kind, r.code, r.actor, r.step, r.first, r.led}, "\t"))
	}
	_ = w.Flush()
	return "\n" + text.String()
}

// TestScenarios drives every scenario of the practice cloud through the engine: what goes wrong is shown where and as the scenario
// says, nothing is saved that must not be, and doing what is said leads to a connector.
func TestScenarios(t *testing.T) {
	running := goleak.IgnoreCurrent()
	results := &table{}
	t.Run("each", func(t *testing.T) {
		for _, s := range rehearsal.Scenarios() {
			if s.Shows == rehearsal.PlaceLinks {
				continue // they are about links of another product
			}
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				results.add(play(t, s))
			})
		}
	})
	t.Log(results)
	goleak.VerifyNone(t, running)
}

func play(t *testing.T, s rehearsal.Scenario) row {
	t.Helper()
	w := newWorld(t, s.Name)
	p := sitDown(t, w)
	p.begin()
	found := p.goOn()
	if got, want := w.browsers.lastPages(t, len(lastPages(s))), lastPages(s); !slices.Equal(got, want) {
		t.Errorf("the browsers show %v instead of %v", got, want)
	}
	r := row{scenario: s.Name, where: string(s.Shows)}
	switch s.Shows {
	case rehearsal.PlaceNone:
		p.nothingWrong(found)
		r.first = string(p.rest().Wizard.Saved.Health)
	case rehearsal.PlaceLater:
		p.later(s, &r, found)
	case rehearsal.PlaceCheck:
		m := p.expect(s, &r, found)
		weight := p.outcome(found)
		r.first = cmp.Or(map[connector.Weight]string{connector.WeightNever: "not saved"}[weight], string(weight))
		p.lead(&r, m)
		if weight != connector.WeightNever {
			savedAnyway(t, s, weight, &r)
		}
	default:
		m := p.expect(s, &r, found)
		p.nothingKept()
		r.first = "not saved"
		p.lead(&r, m)
		if s.Shows == rehearsal.PlaceProbe && p.facts.ClientKind != string(auth.PublicClient) {
			inSpite(t, s, &r)
		}
	}
	if leaked := w.leaks(t); len(leaked) > 0 {
		t.Errorf("secrets on disk: %v", leaked)
	}
	if w.cloud.Journal().AdminCookieSeenAtUserConsent {
		t.Error("the user consent shared its cookies with the admin consent")
	}
	return r
}

// lastPages are the pages that the browsers show at the end of the consents, until something goes wrong.
func lastPages(s rehearsal.Scenario) []auth.Page {
	bad := auth.PageFailed
	switch kind := connector.ProblemKind(s.ProblemKind); {
	case s.Stays:
		bad = pageMicrosofts
	case kind == connector.KindDeclined:
		bad = auth.PageDeclined
	case kind == connector.KindWrongTenant:
		bad = auth.PageWrongTenant
	default:
	}
	switch {
	case s.Shows == rehearsal.PlaceFind, s.Shows == rehearsal.PlaceProbe:
		return nil
	case s.Shows == rehearsal.PlaceAdmin:
		return []auth.Page{bad}
	case s.Name == "closed-window":
		return []auth.Page{auth.PageAdminDone}
	case s.Shows == rehearsal.PlaceUser:
		return []auth.Page{auth.PageAdminDone, bad}
	}
	return []auth.Page{auth.PageAdminDone, auth.PageUserDone}
}

// nothingWrong checks that a connector was saved and nothing was shown.
func (p *person) nothingWrong(found []met) {
	p.t.Helper()
	s := p.rest()
	if len(found) > 0 || s.Wizard.Saved == nil {
		p.t.Fatalf("nothing should go wrong, but %s", describe(found))
	}
	p.healthy(*s.Wizard.Saved)
}

// healthy checks that a connector is kept and well.
func (p *person) healthy(c connector.Connector) {
	p.t.Helper()
	if c.Health != connector.HealthNew && c.Health != connector.HealthGood {
		p.t.Errorf("saved as %q: %+v", c.Health, c.Checks)
	}
	p.kept(c)
}

func (p *person) kept(c connector.Connector) {
	p.t.Helper()
	list, err := p.w.engine.Store.Connectors()
	if err != nil || len(list) != 1 || list[0].ID != c.ID || list[0].Health != c.Health {
		p.t.Errorf("the list on disk: %v %+v", err, list)
	}
	if ids := p.w.vault.ids(); !slices.Equal(ids, []string{c.ID}) {
		p.t.Errorf("the keychain holds %v", ids)
	}
}

// nothingKept checks that there is no connector, neither in the list nor in the keychain.
func (p *person) nothingKept() {
	p.t.Helper()
	list, err := p.w.engine.Store.Connectors()
	if err != nil || len(list) > 0 || len(p.w.vault.ids()) > 0 {
		p.t.Errorf("something was saved: %v %v %v", err, list, p.w.vault.ids())
	}
}

func describe(found []met) string {
	words := []string{}
	for _, m := range found {
		words = append(words, fmt.Sprintf("at %s: %s %v (%s, %s, page %v) %s", m.place, m.problem.Kind, m.ids(), m.problem.Code, m.problem.Actor, m.problem.Step, m.problem.Raw))
	}
	return strings.Join(words, "; ")
}

// expect finds the problem that the scenario is about among those that are shown, and checks that it is told as it should be.
func (p *person) expect(s rehearsal.Scenario, r *row, found []met) met {
	p.t.Helper()
	for _, m := range found {
		if m.place != s.Shows || string(m.problem.Kind) != s.ProblemKind || s.Check != "" && !slices.Contains(m.ids(), s.Check) {
			continue
		}
		if s.Code != "" && m.problem.Code != s.Code {
			p.t.Errorf("shown with the code %q instead of %q", m.problem.Code, s.Code)
		}
		if m.problem.Actor == "" || m.problem.At.IsZero() {
			p.t.Errorf("nobody has to act, or at no time: %+v", m.problem)
		}
		r.kind, r.code, r.actor, r.step = string(m.problem.Kind), m.problem.Code, string(m.problem.Actor), m.problem.Step.Name()
		if s.Check != "" {
			r.where += "/" + s.Check
		}
		return m
	}
	p.t.Fatalf("want %s %s at %s, but %s", s.ProblemKind, s.Check, s.Shows, cmp.Or(describe(found), "nothing went wrong"))
	return met{}
}

// lead checks that the scenario over, doing what the card says leads to a connector that is well.
func (p *person) lead(r *row, m met) {
	p.t.Helper()
	if err := p.w.cloud.SetScenario("good"); err != nil {
		p.t.Fatal(err)
	}
	step := p.follow(m)
	if want := m.problem.Step; step != want && want != connector.NoStep {
		p.t.Errorf("%s is to be mended on page %v, but its button leads to %v", m.problem.Kind, want, step)
	}
	r.led = step.Name()
	if p.rename() {
		r.led += ", " + connector.StepAccount.Name()
	}
	p.complete(r, p.goOn())
}

// complete saves the connector, with a warning if there is no more than that, and checks that it is well.
func (p *person) complete(r *row, found []met) connector.Connector {
	p.t.Helper()
	s := p.rest()
	if len(found) > 0 && s.Wizard.Draft.Step == connector.StepCheck && connector.Heaviest(s.Wizard.Checks) == connector.WeightWarning {
		r.led += ", with a warning"
		p.press("main")
		s = p.rest()
	}
	if s.Wizard.Saved == nil {
		p.t.Fatalf("by way of %s it came to %s", r.led, describe(found))
	}
	p.healthy(*s.Wizard.Saved)
	r.led += ": " + string(s.Wizard.Saved.Health)
	return *s.Wizard.Saved
}

// rename names the account that is all right once the scenario is over, where another one was practiced with: what an administrator
// fixes in an account has another account for its picture here.
func (p *person) rename() bool {
	p.t.Helper()
	s := p.rest()
	if s.Wizard.Draft.UPN == p.w.cloud.Facts().IntegrationUPN || s.Wizard.Draft.Step <= connector.StepAccount {
		return false
	}
	p.press("rail-account")
	return true
}

// inSpite goes on though the probe says that the client secret or certificate is wrong: the user consent says it again.
func inSpite(t *testing.T, s rehearsal.Scenario, r *row) {
	t.Helper()
	p := sitDown(t, newWorld(t, s.Name))
	p.begin()
	for _, m := range p.goOn() {
		p.followed[m.again] = true
	}
	found := p.goOn()
	p.nothingKept()
	again := &row{}
	p.lead(again, p.expect(rehearsal.Scenario{Shows: rehearsal.PlaceUser, ProblemKind: s.ProblemKind, Code: s.Code}, again, found))
	r.led += ", in spite of it: user, " + again.led
}

// designed is what a check's outcome means for Save.
var designed = map[connector.CheckID]struct{ unknown, failed connector.Weight }{
	connector.CheckOurs:        {"", connector.WeightNever},
	connector.CheckTenant:      {"", connector.WeightNever},
	connector.CheckUser:        {connector.WeightAttention, connector.WeightNever},
	connector.CheckMember:      {connector.WeightWarning, connector.WeightNever},
	connector.CheckNotAdmin:    {connector.WeightWarning, connector.WeightAttention},
	connector.CheckPermissions: {connector.WeightAttention, connector.WeightNever},
	connector.CheckRefresh:     {"", connector.WeightNever},
	connector.CheckMFA:         {connector.WeightAttention, connector.WeightNever},
	connector.CheckPartner:     {connector.WeightAttention, connector.WeightAttention},
	connector.CheckRole:        {connector.WeightAttention, connector.WeightAttention},
	connector.CheckLasts:       {connector.WeightNone, connector.WeightAttention},
}

// outcome checks that the checks weigh what they should, and that nothing can be saved where one of them says never.
func (p *person) outcome(found []met) connector.Weight {
	p.t.Helper()
	for _, other := range found {
		for _, c := range other.checks {
			want := map[connector.CheckState]connector.Weight{
				connector.CheckFailed: designed[c.ID].failed, connector.CheckUnknown: designed[c.ID].unknown,
				connector.CheckWarning: connector.WeightWarning,
			}[c.State]
			if c.Weight != want {
				p.t.Errorf("%s %s weighs %q, want %q", c.ID, c.State, c.Weight, want)
			}
		}
	}
	s := p.rest()
	heaviest := connector.Heaviest(s.Wizard.Checks)
	if blocked := s.Blocked() == wizard.ReasonChecksNever; blocked != (heaviest == connector.WeightNever) {
		p.t.Errorf("blocked: %v, though the heaviest check says %q", blocked, heaviest)
	}
	if heaviest == connector.WeightNever {
		p.runner.Send(wizard.Save{})
		p.rest()
		p.nothingKept()
	}
	return heaviest
}

// savedAnyway plays the scenario once more, saves the connector in spite of it, and fixes it afterwards.
func savedAnyway(t *testing.T, s rehearsal.Scenario, weight connector.Weight, r *row) {
	t.Helper()
	w := newWorld(t, s.Name)
	p := sitDown(t, w)
	p.begin()
	p.goOn()
	p.press("main")
	saved := p.rest().Wizard.Saved
	if saved == nil || (saved.Health == connector.HealthAttention) != (weight == connector.WeightAttention) {
		t.Fatalf("saved as %+v", saved)
	}
	p.kept(*saved)
	p.openSaved()
	found := p.meets(p.rest())
	m := p.expect(rehearsal.Scenario{Shows: rehearsal.PlaceLater, ProblemKind: s.ProblemKind, Check: s.Check, Code: s.Code}, &row{}, found)
	p.mend(r, m)
}

// later saves a connector and looks at it again after minutes.
func (p *person) later(s rehearsal.Scenario, r *row, found []met) {
	p.t.Helper()
	p.nothingWrong(found)
	r.first = string(p.rest().Wizard.Saved.Health)
	p.openSaved()
	p.w.clock.forward(10 * time.Minute)
	p.checkNow("main")
	m := p.expect(s, r, p.meets(p.rest()))
	health := p.rest().Shown().Health
	if health == connector.HealthGood || health == connector.HealthNew {
		p.t.Errorf("it still counts as %q", health)
	}
	r.first += ", then " + string(health)
	p.mend(r, m)
}

// openSaved opens the connector that was just saved.
func (p *person) openSaved() {
	p.t.Helper()
	p.until("listed", func(s wizard.State) bool { return len(s.Home.Connectors) == 1 && len(s.Home.Drafts) == 0 })
	p.press("main")
}

// refusesAnother checks that a connector can't be renewed by another account than its own, and stays as it was.
func (p *person) refusesAnother(c connector.Connector, found []met) {
	p.t.Helper()
	p.expect(rehearsal.Scenario{Shows: rehearsal.PlaceCheck, ProblemKind: string(connector.KindOtherAccount), Check: string(connector.CheckUser)}, &row{}, found)
	p.runner.Send(wizard.Save{})
	if p.rest().Wizard.Saved != nil {
		p.t.Error("renewed by another account")
	}
	p.kept(c)
}

// checkNow presses a button and waits until the checks that it starts are in the list.
func (p *person) checkNow(id string) {
	p.t.Helper()
	before := p.rest().Shown().Checked
	p.press(id)
	p.until("checked", func(s wizard.State) bool { return s.Shown() != nil && s.Shown().Checked.After(before) })
}

// fix checks that a saved connector is well after what its card says was done.
func (p *person) mend(r *row, m met) {
	p.t.Helper()
	if err := p.w.cloud.SetScenario("good"); err != nil {
		p.t.Fatal(err)
	}
	before := p.rest().Shown()
	step := p.follow(m)
	if step == connector.StepUser {
		found := p.goOn()
		if before.User.UPN != p.w.cloud.Facts().IntegrationUPN {
			p.refusesAnother(*before, found)
			r.led += ", renewed only by " + before.User.UPN
			return
		}
		r.led += ", renewed"
		if saved := p.complete(r, found); saved.ID != before.ID {
			p.t.Error("the renewal made another connector")
		}
		return
	}
	s := p.until("checked", func(s wizard.State) bool { return s.Shown() != nil && s.Shown().Checked.After(before.Checked) })
	p.healthy(*s.Shown())
	r.led += ", checked: " + string(s.Shown().Health)
}
