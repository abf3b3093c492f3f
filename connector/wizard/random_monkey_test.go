package wizard_test

import (
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// event chooses the next event: mostly what somebody would do who wants to get on, else anything.
func (m *monkey) event() wizard.Event {
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
func (m *monkey) sensible() wizard.Event {
	if m.state.Home.Checking.Running && m.random.IntN(8) == 0 {
		return wizard.StopCheckAll{}
	}
	w := m.state.Wizard
	switch {
	case m.visits && m.state.Screen == wizard.ScreenHome && len(m.saved) > 0:
		return wizard.OpenConnector{ID: m.saved[0].ID}
	case m.visits && (m.state.Detail.KeyVault.Looking.Running || m.state.Detail.KeyVault.Writing.Running) && m.random.IntN(2) > 0:
		return m.keyVaultAnswer()
	case m.visits && m.state.Detail.KeyVault.Open && m.random.IntN(4) > 0:
		return m.lookAfter()
	case m.visits && m.state.Record.Listing.Running:
		return wizard.FoldersListed{Attempt: m.state.Record.Listing.Attempt, List: connector.FolderList{Path: "/home", Parent: "/"}}
	case m.visits && m.state.Record.Folders != nil:
		return pick[wizard.Event](m, wizard.UseFolder{}, wizard.CloseFolders{})
	case m.visits && m.state.Screen == wizard.ScreenConnector && m.random.IntN(2) > 0:
		return m.lookAfter()
	}
	if m.state.Screen == wizard.ScreenHome && m.random.IntN(2) > 0 {
		for _, d := range m.state.Home.Drafts {
			if d.Admin.Handover != nil {
				return pick[wizard.Event](m, wizard.AskPaste{ID: d.ID}, wizard.Edited{Field: connector.FieldPaste, Value: "http://localhost/"}, wizard.TakePaste{})
			}
		}
	}
	if len(m.pending) > 0 && m.random.IntN(3) > 0 {
		return m.answer()
	}
	if m.state.Screen == wizard.ScreenSettings && m.random.IntN(8) > 0 {
		return m.onSettings()
	}
	if m.state.LinkOffer.Field != "" && m.random.IntN(3) == 0 {
		return pick[wizard.Event](m, wizard.TakeOffer{}, wizard.RefuseOffer{})
	}
	if w.Change != "" && m.random.IntN(3) == 0 {
		return pick[wizard.Event](m, wizard.AgreeChange{}, wizard.KeepField{})
	}
	if e := m.linked(); e != nil {
		return e
	}
	main := view.Project(m.state).Footer.Main
	switch {
	case m.random.IntN(150) == 0, m.state.Screen == wizard.ScreenHome && m.random.IntN(12) == 0:
		return wizard.OpenSettings{}
	case m.state.Report.Open:
		return m.press()
	case main != nil && !main.Disabled && m.random.IntN(3) > 0:
		return main.Event
	case w.Open && w.Draft.Step == connector.StepAdmin && w.Draft.Admin.Status == connector.AdminNone && !w.Admin.Busy():
		return pick[wizard.Event](m, wizard.StartAdmin{Way: wizard.WayDefault}, wizard.StartAdmin{Way: wizard.WayDefault}, wizard.OpenHandover{})
	case w.Open && w.Draft.Admin.Handover != nil && m.random.IntN(12) == 0:
		return wizard.GoHome{} // the other person may answer tomorrow
	case w.Open && w.Draft.Admin.Handover != nil && m.random.IntN(4) == 0:
		return pick[wizard.Event](m, wizard.Edited{Field: connector.FieldPaste, Value: "http://localhost/?admin_consent=True"}, wizard.TakePaste{})
	case w.Open && w.SignedIn != nil && m.random.IntN(4) == 0:
		return pick[wizard.Event](m, wizard.Edited{Field: connector.FieldRetype, Value: monkeyUPN}, wizard.AcceptAccount{})
	case w.Open && w.Told.Open && m.random.IntN(2) == 0:
		return pick[wizard.Event](m, wizard.Edited{Field: connector.FieldTold, Value: "AADSTS65001"}, wizard.ExplainError{})
	case w.Open && w.Change != "" && m.random.IntN(2) == 0:
		return pick[wizard.Event](m, wizard.KeepField{}, wizard.AgreeChange{})
	case w.Open && w.Draft.Step == connector.StepUser && w.SignedIn == nil && !w.User.Busy():
		return wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}
	case m.state.Screen == wizard.ScreenConnector, m.random.IntN(6) == 0:
		return m.press()
	}
	return m.fill()
}

// onSettings sees to the daily check, and looks what the program is made of.
func (m *monkey) onSettings() wizard.Event {
	p := m.state.SettingsPage
	switch {
	case m.state.Report.Open:
		return pick[wizard.Event](m, m.press(), wizard.SaveReport{})
	case p.Schedule.Plan != nil:
		return pick[wizard.Event](m, wizard.SetSchedule{}, wizard.CloseSchedule{})
	case p.Schedule.Removing:
		return pick[wizard.Event](m, wizard.Unschedule{}, wizard.CloseSchedule{})
	case m.state.Wizard.Open:
		return wizard.CloseSettings{}
	}
	return pick[wizard.Event](m, wizard.AskSchedule{}, wizard.AskUnschedule{}, wizard.ShowModules{Show: !p.Modules}, wizard.CloseSettings{}, wizard.OpenReport{Open: true})
}

func pick[T any](m *monkey, all ...T) T { return all[m.random.IntN(len(all))] }

// press presses any button of the screen, disabled ones too: a double click is faster than a drawer.
func (m *monkey) press() wizard.Event {
	v := view.Project(m.state)
	events := []wizard.Event{}
	for _, o := range offersOf(v, true) {
		if _, settings := o.event.(wizard.OpenSettings); !settings || m.random.IntN(8) == 0 { // they are on every screen
			events = append(events, o.event)
		}
	}
	if v.Footer.Main != nil {
		events = append(events, v.Footer.Main.Event, v.Footer.Main.Event) // mostly one goes forward
	}
	if len(events) == 0 {
		return wizard.GoHome{}
	}
	return pick(m, events...)
}

// fill types into the fields of the screen, mostly what is right.
func (m *monkey) fill() wizard.Event {
	right := map[connector.Field]string{
		connector.FieldTenant: "contoso.example", connector.FieldUPN: monkeyUPN, connector.FieldName: "Contoso",
		connector.FieldClientID: monkeyTenant, connector.FieldRedirectPath: "/consent", connector.FieldRetype: monkeyUPN,
		connector.FieldClientKind: "public", connector.FieldLinks: monkeyLinks,
	}
	events := []wizard.Event{}
	for _, block := range unfolded(view.Project(m.state).Blocks) {
		switch b := block.(type) {
		case view.Input:
			if b.Secret {
				events = append(events, wizard.SecretEntered{Field: b.Field, Secret: auth.NewSecret(monkeySecret)})
				continue
			}
			value := right[b.Field]
			if value == b.Value && m.random.IntN(6) > 0 {
				continue
			}
			if m.random.IntN(8) == 0 {
				value = pick(m, "", " ", "x", "@", "/", strings.Repeat("long ", 60), "other.example", "someone@other.example", monkeyLinks)
			}
			events = append(events, wizard.Edited{Field: b.Field, Value: value})
		case view.Tick:
			if on := m.random.IntN(12) > 0; on != b.On {
				events = append(events, wizard.Ticked{Field: b.Field, On: on})
			}
		case view.Choice:
			if len(b.Options) > 0 {
				events = append(events, wizard.Chosen{Field: b.Field, Value: pick(m, b.Options...).Value})
			}
		}
	}
	switch {
	case len(events) == 0 && m.links:
		return wizard.NewLinks{}
	case len(events) == 0:
		return wizard.NewConnector{}
	}
	return pick(m, events...)
}

// unfolded are blocks with those that are folded away among them.
func unfolded(blocks []view.Block) []view.Block {
	all := []view.Block{}
	for _, b := range blocks {
		all = append(all, b)
		if f, ok := b.(view.Fold); ok {
			all = append(all, unfolded(f.Blocks)...)
		}
	}
	return all
}

// lookAfter is what somebody does with a saved connector.
func (m *monkey) lookAfter() wizard.Event {
	write := func(f connector.Field, text string) wizard.Event { return wizard.Edited{Field: f, Value: text} }
	if m.random.IntN(3) == 0 || m.state.Detail.KeyVault.Open {
		way := pick(m, m.keyVaultWays()...)
		m.more = append(m.more, way[1:]...)
		return way[0]
	}
	way := pick(m,
		[]wizard.Event{wizard.AskRename{}, write(connector.FieldRename, "Renamed"), wizard.Rename{}},
		[]wizard.Event{wizard.AskChangeUser{}, write(connector.FieldNewUser, "other@contoso.example"), wizard.ChangeUser{}},
		[]wizard.Event{wizard.AskRemove{}, wizard.Remove{}},
		[]wizard.Event{wizard.AskRemove{}, wizard.CancelDetail{}},
		[]wizard.Event{wizard.AskRecord{}, write(connector.FieldRecord, "/home/monkey/record.txt"), wizard.SaveRecord{}},
		[]wizard.Event{wizard.AskRecord{}, wizard.BrowseFolder{Path: "/home"}},
		[]wizard.Event{wizard.CloseRecord{}},
		[]wizard.Event{wizard.CheckNow{}},
	)
	m.more = append(m.more, way[1:]...)
	return way[0]
}

// nonsense sends what no control of the screen sends.
func (m *monkey) nonsense() wizard.Event {
	number := m.random.IntN(m.state.LastAttempt + 3)
	id := pick(m, "", "draft-1", "draft-2", "nobody")
	if m.random.IntN(5) == 0 {
		return m.linkNonsense(number, id)
	}
	return pick[wizard.Event](m,
		wizard.Forward{}, wizard.Back{}, wizard.GoTo{Step: connector.Step(m.random.IntN(10) - 1)}, wizard.Save{}, wizard.RunChecks{},
		wizard.AcceptAccount{}, wizard.AgreeChange{}, wizard.AskChange{Field: connector.FieldUPN}, wizard.StopWait{},
		wizard.MoreTime{}, wizard.OpenHandover{}, wizard.CloseHandover{}, wizard.TakePaste{}, wizard.GoUnconfirmed{ID: id},
		wizard.StartAdmin{Way: pick(m, wizard.WayDefault, wizard.WayIsolated, wizard.WayLink)},
		wizard.StartUser{Way: pick(m, wizard.WayPrivate, wizard.WayLink), Mode: pick(m, browser.ModePrivate, browser.ModePlain, "")},
		wizard.OpenDraft{ID: id}, wizard.Discard{ID: id}, wizard.OpenConnector{ID: id}, wizard.Renew{}, wizard.Remove{},
		wizard.CheckAll{}, wizard.StopCheckAll{}, wizard.ConnectorChecked{Attempt: number, ID: id}, wizard.AllChecked{Attempt: number},
		wizard.CheckNow{}, wizard.GoHome{}, wizard.LeaveWizard{}, wizard.StayInWizard{}, wizard.NewConnector{}, wizard.Quit{},
		wizard.AdminAnswered{Attempt: number, Tenant: monkeyTenant}, wizard.UserAnswered{Attempt: number, Identity: monkeyIdentity()},
		wizard.ConsentAnswered{Attempt: number}, wizard.ChecksDone{Attempt: number}, wizard.SaveDone{Attempt: number},
		wizard.SecretKept{Attempt: number}, wizard.TenantFound{Attempt: number}, wizard.LookUpTenant{}, wizard.ProbeApp{},
		wizard.KeychainWaits{}, wizard.ComeForward{}, wizard.ShowConnector{ID: pick(m, id, "saved")}, wizard.ForgetWanted{}, wizard.AskPaste{ID: id}, wizard.TellError{Open: true}, wizard.ExplainError{},
		wizard.Edited{Field: connector.FieldTold, Value: "AADSTS65001"}, wizard.Edited{Field: connector.FieldRetype, Value: monkeyUPN},
		wizard.SwitchCloud{Cloud: pick(m, "", "china")}, wizard.RecordSuggested{Path: "/tmp/late.txt"},
		wizard.Edited{Field: connector.FieldTenant, Value: "late.example"}, wizard.Ticked{Field: connector.FieldWithGroups, On: true},
	)
}

func monkeyConnector() connector.Connector {
	return connector.Connector{
		ID: "saved", Name: "Saved", Tenant: auth.Tenant{ID: monkeyTenant, Domain: "contoso.example", Cloud: "global"}, ClientID: monkeyTenant,
		ClientKind: auth.PublicClient, RedirectPath: "/consent", User: *monkeyIdentity(), Health: connector.HealthSignIn, Saved: monkeyTime,
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: monkeyTenant},
	}
}

func monkeyIdentity() *connector.Identity {
	return &connector.Identity{TenantID: monkeyTenant, ObjectID: "oid", UPN: monkeyUPN}
}

var monkeyTime = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
