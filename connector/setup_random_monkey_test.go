package connector_test

import (
	"reflect"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// event chooses the next event: mostly what somebody would do who wants to get on, else anything.
func (m *monkey) event() connector.Event {
	if m.random.IntN(100) >= m.wild {
		return m.sensible()
	}
	switch m.random.IntN(4) {
	case 0:
		return m.press()
	case 1:
		return m.fill()
	case 2:
		return m.answer()
	}
	return m.nonsense()
}

// sensible waits for outcomes, does what the page asks for, and goes forward.
func (m *monkey) sensible() connector.Event {
	w := m.state.Wizard
	if len(m.pending) > 0 && m.random.IntN(3) > 0 {
		return m.answer()
	}
	main := view.Project(m.state).Footer.Main
	switch {
	case main != nil && !main.Disabled && m.random.IntN(3) > 0:
		return main.Event
	case w.Open && w.Draft.Step == connector.StepAdmin && w.Draft.Admin.Status == connector.AdminNone && !w.Admin.Busy():
		return connector.StartAdmin{Way: connector.WayDefault}
	case w.Open && w.Draft.Step == connector.StepUser && w.SignedIn == nil && !w.User.Busy():
		return connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePrivate}
	case m.state.Screen == connector.ScreenConnector, m.random.IntN(6) == 0:
		return m.press()
	}
	return m.fill()
}

func pick[T any](m *monkey, all ...T) T { return all[m.random.IntN(len(all))] }

// press presses any button of the screen, disabled ones too: a double click is faster than a drawer.
func (m *monkey) press() connector.Event {
	events := []connector.Event{}
	v := view.Project(m.state)
	var look func(reflect.Value)
	look = func(r reflect.Value) {
		switch r.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !r.IsNil() {
				look(r.Elem())
			}
		case reflect.Slice:
			for i := range r.Len() {
				look(r.Index(i))
			}
		case reflect.Struct:
			if b, ok := r.Interface().(view.Button); ok && b.Event != nil {
				events = append(events, b.Event)
				return
			}
			if item, ok := r.Interface().(view.RailItem); ok && item.Go != nil {
				events = append(events, item.Go)
			}
			if row, ok := r.Interface().(view.Row); ok && row.Open != nil {
				events = append(events, row.Open)
			}
			for i := range r.NumField() {
				if r.Type().Field(i).IsExported() {
					look(r.Field(i))
				}
			}
		default:
		}
	}
	look(reflect.ValueOf(v))
	if v.Footer.Main != nil {
		events = append(events, v.Footer.Main.Event, v.Footer.Main.Event) // mostly one goes forward
	}
	if v.Return != nil {
		events = append(events, v.Return)
	}
	if len(events) == 0 {
		return connector.GoHome{}
	}
	return pick(m, events...)
}

// fill types into the fields of the screen, mostly what is right.
func (m *monkey) fill() connector.Event {
	right := map[connector.Field]string{
		connector.FieldTenant: "contoso.example", connector.FieldUPN: monkeyUPN, connector.FieldName: "Contoso",
		connector.FieldClientID: monkeyTenant, connector.FieldRedirectPath: "/consent", connector.FieldRetype: monkeyUPN,
		connector.FieldKind: "public",
	}
	events := []connector.Event{}
	for _, block := range view.Project(m.state).Blocks {
		switch b := block.(type) {
		case view.Input:
			if b.Secret {
				events = append(events, connector.SecretEntered{Field: b.Field, Secret: auth.NewSecret(monkeySecret)})
				continue
			}
			value := right[b.Field]
			if value == b.Value && m.random.IntN(6) > 0 {
				continue
			}
			if m.random.IntN(8) == 0 {
				value = pick(m, "", " ", "x", "@", "/", strings.Repeat("long ", 60), "other.example", "someone@other.example")
			}
			events = append(events, connector.Edited{Field: b.Field, Value: value})
		case view.Tick:
			if on := m.random.IntN(12) > 0; on != b.On {
				events = append(events, connector.Ticked{Field: b.Field, On: on})
			}
		case view.Choice:
			if len(b.Options) > 0 {
				events = append(events, connector.Chosen{Field: b.Field, Value: pick(m, b.Options...).Value})
			}
		}
	}
	if len(events) == 0 {
		return connector.NewConnector{}
	}
	return pick(m, events...)
}

// nonsense sends what no control of the screen sends.
func (m *monkey) nonsense() connector.Event {
	number := m.random.IntN(m.state.LastAttempt + 3)
	id := pick(m, "", "draft-1", "draft-2", "nobody")
	return pick[connector.Event](m,
		connector.Forward{}, connector.Back{}, connector.GoTo{Step: connector.Step(m.random.IntN(10) - 1)}, connector.Save{}, connector.RunChecks{},
		connector.AcceptAccount{}, connector.AgreeChange{}, connector.AskChange{Field: connector.FieldUPN}, connector.StopWait{},
		connector.MoreTime{}, connector.OpenHandover{}, connector.CloseHandover{}, connector.TakePaste{}, connector.GoUnconfirmed{ID: id},
		connector.StartAdmin{Way: pick(m, connector.WayDefault, connector.WayIsolated, connector.WayLink)},
		connector.StartUser{Way: pick(m, connector.WayPrivate, connector.WayLink), Mode: pick(m, browser.ModePrivate, browser.ModePlain, "")},
		connector.OpenDraft{ID: id}, connector.Discard{ID: id}, connector.OpenConnector{ID: id}, connector.Renew{}, connector.Remove{},
		connector.CheckNow{}, connector.GoHome{}, connector.LeaveWizard{}, connector.StayInWizard{}, connector.NewConnector{}, connector.Quit{},
		connector.AdminAnswered{Attempt: number, Tenant: monkeyTenant}, connector.UserAnswered{Attempt: number, Identity: monkeyIdentity()},
		connector.ConsentAnswered{Attempt: number}, connector.ChecksDone{Attempt: number}, connector.SaveDone{Attempt: number},
		connector.SecretKept{Attempt: number}, connector.TenantFound{Attempt: number}, connector.LookUpTenant{}, connector.ProbeApp{},
		connector.Edited{Field: connector.FieldTenant, Value: "late.example"}, connector.Ticked{Field: connector.FieldWithGroups, On: true},
	)
}

func monkeyConnector() connector.Connector {
	return connector.Connector{
		ID: "saved", Name: "Saved", Tenant: auth.Tenant{ID: monkeyTenant, Domain: "contoso.example", Cloud: "global"}, ClientID: monkeyTenant,
		Kind: auth.PublicClient, RedirectPath: "/consent", User: *monkeyIdentity(), Health: connector.HealthSignIn, Saved: monkeyTime,
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: monkeyTenant},
	}
}

func monkeyIdentity() *connector.Identity {
	return &connector.Identity{TenantID: monkeyTenant, ObjectID: "oid", UPN: monkeyUPN}
}

var monkeyTime = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
