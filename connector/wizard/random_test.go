package wizard_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

const (
	monkeys      = uint64(400)
	monkeyEvents = 250
	monkeySecret = "this-client-secret-is-in-no-draft"
	monkeyTenant = "11111111-1111-4111-8111-111111111111"
	monkeyUPN    = "integration@contoso.example"
)

// monkey uses the program at random: it presses what is shown, sends what makes no sense, and lets the outside world answer early,
// late, twice or never.
type monkey struct {
	t      *testing.T
	random *rand.Rand
	// visits says that it mostly stays with a saved connector.
	visits bool
	// links says that it begins with two links of another product.
	links bool
	// wild is how many of a hundred events are not what somebody would do who wants to get on.
	wild  int
	state wizard.State
	// pending are the effects whose outcomes are still to come, or may come again.
	pending []wizard.Effect
	// more are events that come at once after the last one.
	more   []wizard.Event
	saved  []connector.Connector
	drafts map[string]connector.Draft
	// live are the attempts at a consent that were begun and neither stopped nor answered, by their kind.
	live map[string]map[int]bool
	// asked are the drafts of the user consents that were begun; given is that of the one that counts.
	asked map[int]connector.Draft
	given connector.Draft
	log   []string
	// reached counts what was come to, so that the test can't become blind; did are the types of the events that came to anything.
	reached map[string]int
	did     map[string]bool
}

// envMonkeys is how many more monkeys there are than usual, for make soak.
const envMonkeys = "SOAK_MONKEYS"

func TestRandomEvents(t *testing.T) {
	more, _ := strconv.ParseUint(os.Getenv(envMonkeys), 10, 32)
	reached, did := map[string]int{}, map[string]bool{}
	for seed := range monkeys + more {
		m := &monkey{
			t: t, random: rand.New(rand.NewPCG(seed, 0)), drafts: map[string]connector.Draft{},
			live: map[string]map[int]bool{"admin": {}, "user": {}}, reached: reached, did: did, asked: map[int]connector.Draft{}, visits: seed%8 == 6, wild: []int{5, 15, 30, 60}[seed%4],
		}
		var effects []wizard.Effect
		if seed%2 == 0 || m.visits {
			m.saved = []connector.Connector{monkeyConnector()}
		}
		if seed%16 == 6 {
			m.alter(m.saved[0].ID, func(c *connector.Connector) {
				c.Origin, c.Vault = connector.OriginVault, &connector.VaultPlace{URL: "https://contoso.vault.azure.net", Prefix: "pcc", Name: "saved"}
			})
		}
		m.links = seed%8 == 4 || seed%8 == 5
		m.state, effects = wizard.Machine{Products: monkeyProducts(), VaultSuffixes: monkeySuffixes, ChecksLasting: true}.Start(m.rehearsal(seed))
		m.take(effects)
		for range monkeyEvents {
			m.send(m.event())
			for len(m.more) > 0 && !t.Failed() {
				e := m.more[0]
				m.more = m.more[1:]
				m.send(e)
			}
			if t.Failed() {
				t.Fatalf("seed %d, the last events:\n%s", seed, strings.Join(m.log[max(0, len(m.log)-25):], "\n"))
			}
		}
	}
	t.Log(reached)
	for _, name := range eventTypes(t) {
		if !did[name] {
			t.Errorf("%s never came to anything", name)
		}
	}
	for _, what := range []string{"wizard.SaveConnector", "page 7", "saved", "renewal", "handover", "connector screen", "never", "wizard.OpenLink", "page 11", "links saved", "offer", "settings over a wizard", "settings over a wait"} {
		if reached[what] == 0 {
			t.Errorf("nobody ever came to %s: %v", what, reached)
		}
	}
}

// eventTypes are the names of all types of events, as the package declares them.
func eventTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == "scope" {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	if len(names) < 80 {
		t.Fatalf("only %d types of events", len(names))
	}
	return names
}

// send sends one event and holds what must be true of the step.
func (m *monkey) send(e wizard.Event) {
	m.log = append(m.log, fmt.Sprintf("page %v: %T %.160s", m.state.Wizard.Draft.Step, e, fmt.Sprintf("%+v", e)))
	before := m.state
	frozen := m.frozen(before)
	after, effects := wizard.Machine{}.Next(before, e)
	if m.frozen(before) != frozen {
		m.t.Errorf("%T changed the state that it was given", e)
	}
	if name := strings.TrimPrefix(fmt.Sprintf("%T", e), "wizard."); !m.did[name] {
		m.did[name] = len(effects) > 0 || !reflect.DeepEqual(before, after)
	}
	m.left(e, before, after)
	m.ended(e)
	m.state = after
	m.take(effects)
	m.look()
}

// frozen is a state as text, which a change in place would change.
func (m *monkey) frozen(s wizard.State) string {
	if len(m.log)%3 != 0 {
		return "" // it takes most of the time
	}
	text, err := json.Marshal(s)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}

// left holds that no page was left forwards that is blocked, or that lies behind one that is.
func (m *monkey) left(e wizard.Event, before, after wizard.State) {
	from, to := before.Wizard.Draft.Step, after.Wizard.Draft.Step
	switch e.(type) {
	case wizard.Forward, wizard.GoTo:
	default:
		return
	}
	if to <= from || !after.Wizard.Open {
		return
	}
	for p := before.Wizard.FirstStep(); p < to; p++ {
		if reason := before.BlockedAt(p); reason != "" {
			m.t.Errorf("%T went from page %v to %v though page %v is blocked: %s", e, from, to, p, reason)
		}
	}
}

// ended notes that an attempt at a consent came to its end.
func (m *monkey) ended(e wizard.Event) {
	switch e := e.(type) {
	case wizard.AdminAnswered:
		delete(m.live["admin"], e.Attempt)
	case wizard.LinkEnded:
		delete(m.live["admin"], e.Attempt)
		delete(m.live["user"], e.Attempt)
	case wizard.UserAnswered:
		delete(m.live["user"], e.Attempt)
		if asked, ok := m.asked[e.Attempt]; ok && e.Identity != nil && m.state.Wizard.User.Attempt == e.Attempt && m.state.Wizard.User.Busy() {
			m.given = asked
		}
	}
}

// take notes what is to be done.
func (m *monkey) take(effects []wizard.Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case wizard.StopAttempt:
			delete(m.live["admin"], e.Attempt)
			delete(m.live["user"], e.Attempt)
		case wizard.OpenAdminConsent:
			m.live["admin"][e.Attempt] = true
		case wizard.OpenLink:
			m.live[string(e.Kind)][e.Attempt] = true
			m.opens(e)
		case wizard.MakeHandover:
			m.live["admin"][e.Attempt] = true
		case wizard.OpenUserConsent:
			m.live["user"][e.Attempt] = true
			m.asked[e.Attempt] = e.Draft
		case wizard.KeepDraft:
			m.keep(e.Draft)
		case wizard.DropDraft:
			delete(m.drafts, e.ID)
		case wizard.SaveConnector:
			m.fit(e)
		}
		m.reached[fmt.Sprintf("%T", e)]++
		switch e.(type) {
		case wizard.StopAttempt, wizard.ForgetGrant, wizard.DropLink:
			continue
		case wizard.KeepDraft, wizard.LoadLists:
			if m.random.IntN(6) > 0 {
				continue
			}
		}
		m.pending = append(m.pending, e)
	}
	if extra := len(m.pending) - 12; extra > 0 {
		m.pending = m.pending[extra:]
	}
}

// fit holds that nothing is saved which a check forbids, and that what is saved is what the integration user consented to.
func (m *monkey) fit(e wizard.SaveConnector) {
	if e.Draft.Links != nil {
		m.fitLinks(e)
		return
	}
	for _, c := range e.Checks {
		if c.Weight == connector.WeightNever || c.State == connector.CheckPending || c.State == connector.CheckRunning {
			m.t.Errorf("saved though the check %s is %s and weighs %q", c.ID, c.State, c.Weight)
		}
	}
	if len(e.Checks) != len(checks.Order()) || m.state.Wizard.SignedIn == nil {
		m.t.Errorf("saved with %d checks, signed in: %v", len(e.Checks), m.state.Wizard.SignedIn)
	}
}

// consentedTo is what of a draft a consent is for.
func consentedTo(d connector.Draft) string {
	if d.Tenant == nil {
		return d.ID + " without a tenant"
	}
	return fmt.Sprint(d.ID, d.Tenant.ID, d.Tenant.Cloud, d.ClientID, d.ClientKind, d.WithGroups)
}

func (m *monkey) keep(d connector.Draft) {
	text, err := json.Marshal(d)
	if err != nil || strings.Contains(string(text), monkeySecret) || strings.Contains(string(text), monkeyState) {
		m.t.Errorf("a secret in the draft (%v): %s", err, text)
	}
	if m.state.Wizard.Saved != nil && m.state.Wizard.Draft.ID == d.ID {
		m.t.Error("a draft is kept after Save")
	}
	m.drafts[d.ID] = d
}

// look looks at a state for what must be true of each.
func (m *monkey) look() {
	m.count()
	for kind, attempts := range m.live {
		if len(attempts) > 1 {
			m.t.Errorf("%d attempts at the %s consent are under way", len(attempts), kind)
		}
	}
	w := m.state.Wizard
	if first, last := w.Draft.Steps(); w.Open && (w.Draft.Step < first || w.Draft.Step > last) {
		m.t.Errorf("page %d", w.Draft.Step)
	}
	if under := m.beneath(); w.Open != (under == wizard.ScreenWizard) || under == wizard.ScreenSettings {
		m.t.Errorf("on %s over %q, and a wizard is open: %v", m.state.Screen, m.state.SettingsPage.Over, w.Open)
	}
	m.lookAtLinks()
	if w.SignedIn != nil && consentedTo(w.Draft) != consentedTo(m.given) {
		m.t.Errorf("signed in for %s, and the draft is for %s", consentedTo(m.given), consentedTo(w.Draft))
	}
	if w.Saved != nil && w.Admin.Busy() {
		m.t.Error("a consent is under way after Save")
	}
	v := view.Project(m.state)
	m.offers(v)
	ids := map[string]bool{}
	for _, c := range v.Controls() {
		if c.ID == "" || ids[c.ID] || c.Label.Empty() || c.Disabled == c.Reason.Empty() {
			m.t.Errorf("page %s: control %q is nameless, there twice, or disabled without a reason", v.Page, c.ID)
		}
		if c.Reason.Key == "reason.gone" {
			m.t.Errorf("page %s: control %q is shown, and its time is over", v.Page, c.ID)
		}
		ids[c.ID] = true
	}
	if !ids[v.Focus] {
		m.t.Errorf("page %s: the focus is on %q, which is not there", v.Page, v.Focus)
	}
}

// beneath is the screen that the settings stand before, or the one that is shown.
func (m *monkey) beneath() wizard.Screen {
	if m.state.Screen == wizard.ScreenSettings {
		return cmp.Or(m.state.SettingsPage.Over, wizard.ScreenHome)
	}
	return m.state.Screen
}

func (m *monkey) count() {
	w := m.state.Wizard
	for what, yes := range map[string]bool{
		"saved": w.Saved != nil, "renewal": w.Open && w.Draft.Renews != "", "handover": w.Draft.Admin.Handover != nil,
		"links saved": w.Saved != nil && w.Draft.Links != nil, "offer": m.state.LinkOffer.Field != "",
		"settings over a wizard": w.Open && m.state.Screen == wizard.ScreenSettings, "settings over a wait": w.User.Busy() && m.state.Screen == wizard.ScreenSettings,
		"connector screen": m.state.Screen == wizard.ScreenConnector, "never": m.state.Blocked() == wizard.ReasonChecksNever,
		fmt.Sprintf("page %d", w.Draft.Step): w.Open,
	} {
		if yes {
			m.reached[what]++
		}
	}
}

// TestStateHoldsNoSecret holds that no secret can be in a State at all, but what was pasted of a link until it is read.
func TestStateHoldsNoSecret(t *testing.T) {
	unread := []string{"State.LinkOffer.Text", "State.Wizard.Links.Text"}
	seen := map[reflect.Type]bool{}
	var look func(typ reflect.Type, path string)
	look = func(typ reflect.Type, path string) {
		if typ == reflect.TypeFor[auth.Secret]() {
			if slices.Contains(unread, path) {
				return
			}
			t.Errorf("%s is a secret", path)
		}
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			look(typ.Elem(), path)
		case reflect.Map:
			look(typ.Key(), path)
			look(typ.Elem(), path)
		case reflect.Struct:
			for i := range typ.NumField() {
				look(typ.Field(i).Type, path+"."+typ.Field(i).Name)
			}
		default:
		}
	}
	look(reflect.TypeFor[wizard.State](), "State")
}
