package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// detail is the screen of one saved connector.
func detail(s wizard.State) (View, []string) {
	v := View{
		Page: "detail", Escape: wizard.GoHome{}, Return: wizard.GoHome{},
	}
	c := s.Shown()
	if c == nil {
		v.Title = text("detail.gone")
		v.Blocks = []Block{body(text("detail.gone.text"))}
		return v, nil
	}
	d, whole := s.Detail, *c
	if d.KeyVault.Open {
		return keyVault(s, *c)
	}
	whole.Checks, whole.History = d.Kept, d.Past
	v.Title = text("detail.title", "Name", c.Name)
	health, cards := healthNotice(whole, d.Now, s.Home.Lasting), checkCards{"checks", d.Kept, detailCard(s, *c)}
	v.Blocks = blocksOf(
		detailProblem(s, *c), health, busy(s, *c), credentialEnds(*c, d.Now), keptInVault(*c), earlierCopies(*c), needsSomebody(s, *c, cards),
		actions(s, *c), renaming(s), changingUser(s, *c), removing(*c, d), takingBack(*c, d), recording(s),
		detailFacts(whole, d.Now, health), Timelines(whole, d.Now), folds(s, whole, cards),
	)
	v.Footer.Main = detailMain(*c, d)
	switch {
	case d.Renaming || d.Removing || d.ChangingUser || d.TakingBack:
		v.Escape = wizard.CancelDetail{}
	case s.Record.Open:
		v.Escape = closeRecord(s.Record)
	}
	v.Opener = detailOpener(s)
	focus := []string{"remove-keep", "take-back-go", string(connector.FieldRename), string(connector.FieldNewUser), "folder-use", string(connector.FieldRecord)}
	if remedy := cards.remedy(); remedy != nil && !needsRenewal(*c, d.Now) {
		focus = append(focus, remedy.Button.ID)
	}
	return v, focus
}

// detailOpener is the button that opened what asks something on the screen of a connector.
func detailOpener(s wizard.State) string {
	switch d := s.Detail; {
	case d.Renaming:
		return "ask-rename"
	case d.Removing:
		return "ask-remove"
	case d.ChangingUser:
		return "ask-change-user"
	case d.TakingBack:
		return askTakeBackID
	}
	return recordOpener(s.Record)
}

// needsRenewal reports whether nothing but a new sign-in helps, be it with a new client secret or certificate.
func needsRenewal(c connector.Connector, now time.Time) bool {
	h := checks.HealthAt(c, now)
	return h == connector.HealthSignIn || h == connector.HealthExpired
}

// detailMain is the one thing to do: a renewal where nothing else helps, and else the checks; nil where the connector can't have it.
func detailMain(c connector.Connector, d wizard.Detail) *Button {
	b, can := checkNowButton(), c.Can().Check
	if needsRenewal(c, d.Now) {
		b, can = renewButton(c), c.Can().Renew
	}
	if !can {
		return nil
	}
	b.ID, b.Primary = "main", true
	return &b
}

func checkNowButton() Button {
	return Button{ID: "check-now", Label: text("detail.check-now"), Event: wizard.CheckNow{}}
}

func renewButton(c connector.Connector) Button {
	label := text("detail.renew")
	if c.Origin == connector.OriginLink {
		label = text("detail.renew-links")
	}
	return Button{ID: "renew", Label: label, Event: wizard.Renew{}}
}

// actions are everything that can be done with the connector besides the main button, what is rare behind "More".
func actions(s wizard.State, c connector.Connector) Actions {
	can := c.Can()
	buttons := []Button{}
	offer := func(can bool, b Button) {
		if can {
			buttons = append(buttons, b)
		}
	}
	if needsRenewal(c, s.Detail.Now) {
		offer(can.Check, checkNowButton())
	} else {
		offer(can.Renew, renewButton(c))
	}
	offer(can.Record, askRecord())
	shown := len(buttons)
	offer(can.Renew && c.Origin != connector.OriginLink, Button{ID: "ask-change-user", Label: text("detail.change-user"), Event: wizard.AskChangeUser{}})
	offer(s.CanHandOver(), askKeyVault())
	offer(can.Rename, Button{ID: "ask-rename", Label: text("detail.rename"), Event: wizard.AskRename{}})
	offer(can.Token && s.Rehearsal == nil, Button{ID: "copy-command", Label: text("detail.copy-command"), Copy: tokenCommand(s, c)})
	offer(true, Button{ID: "ask-remove", Label: text("detail.remove"), Event: wizard.AskRemove{}, Danger: true})
	if shown == 0 {
		return Actions{Buttons: buttons}
	}
	return Actions{Buttons: buttons[:shown:shown], More: buttons[shown:]}
}

func detailProblem(s wizard.State, c connector.Connector) []Block {
	d := s.Detail
	p := cmp.Or(d.Problem, d.Unread)
	if unchecked, told := s.Home.Checking.Unchecked[c.ID]; p == nil && told {
		p = &unchecked
	}
	if p == nil {
		return nil
	}
	return []Block{detailCard(s, c)("detail-problem", p)}
}

// detailCard makes problem cards outside the wizard: what a page of the wizard fixes is fixed by a renewal.
func detailCard(s wizard.State, c connector.Connector) func(string, *connector.Problem) Problem {
	return func(id string, p *connector.Problem) Problem {
		made := card{id: id, problem: p, about: aboutConnector(c), app: appOfConnector(c)}
		idle := !isChecking(s, c) && !s.Detail.Work.Running
		if idle && c.Can().Renew {
			renew := renewButton(c)
			made.mend = &renew
		}
		if idle && c.Can().Check {
			made.retry = wizard.CheckNow{}
		}
		if p.Kind == connector.KindNameTaken { // it is mended in the input below
			made.mend, made.retry = nil, nil
		}
		if p.Retry || p.Step == connector.StepCheck {
			made.mend = nil
		}
		return made.show()
	}
}

func renaming(s wizard.State) []Block {
	d := s.Detail
	if !d.Renaming {
		return nil
	}
	in := input(connector.FieldRename, d.Rename)
	in.Cleaned = CleanedText(in.Field, connector.Clean(in.Field, d.Rename))
	in.Buttons = []Button{
		{ID: "rename-go", Label: text("detail.rename.go"), Event: wizard.Rename{}, Primary: true},
		{ID: "rename-cancel", Label: text("common.cancel"), Event: wizard.CancelDetail{}},
	}
	return []Block{in}
}

// changingUser says what another integration user means before the wizard opens for it.
func changingUser(s wizard.State, c connector.Connector) []Block {
	d := s.Detail
	if !d.ChangingUser {
		return nil
	}
	in := input(connector.FieldNewUser, d.NewUser)
	in.Placeholder = text("field.upn.placeholder")
	cleaned := connector.Clean(in.Field, d.NewUser)
	in.Cleaned = CleanedText(in.Field, cleaned)
	switch upn := cleaned.Value; {
	case upn == "":
	case !connector.ValidUPN(upn):
		in.Error = UPNReasonText(upn)
	default:
		in.Error = reasonText(s.NewUserReason())
	}
	in.Buttons = []Button{
		{ID: "change-user-go", Label: text("detail.change-user.go"), Event: wizard.ChangeUser{}, Primary: true},
		{ID: "change-user-cancel", Label: text("common.cancel"), Event: wizard.CancelDetail{}},
	}
	return blocksOf(Notice{
		ID: "change-user", Severity: Warning, Title: text("detail.change-user.title", "Name", c.Name),
		Text: text("detail.change-user.text", "UPN", c.User.UPN),
	}, in, guestNotice(cleaned.Value))
}

// removing asks before it removes, and says what stays with Microsoft.
func removing(c connector.Connector, d wizard.Detail) []Block {
	if !d.Removing {
		return nil
	}
	n := Notice{
		ID: "remove", Severity: Warning, Title: text("detail.remove.title", "Name", c.Name), Text: removeText(c),
		Buttons: []Button{
			{ID: "remove-keep", Label: text("detail.remove.keep"), Event: wizard.CancelDetail{}, Primary: true},
			{ID: "remove-go", Label: text("detail.remove.go"), Event: wizard.Remove{}, Danger: true},
		},
	}
	if link := portalOf(&c.Tenant).entra; link != "" && c.Can().Credential {
		n.Buttons = append(n.Buttons, Button{ID: "remove-entra", Label: text("detail.remove.entra"), URL: link})
	}
	return []Block{n}
}

// removeText says what goes with the connector, and what stays.
func removeText(c connector.Connector) Text {
	switch {
	case c.Origin == connector.OriginLink:
		return text("detail.remove.links", "ClientID", c.ClientID, "UPN", c.User.UPN)
	case c.Origin == connector.OriginVault:
		return text("detail.remove.vault", "Vault", strings.Join(c.KeptIn(), ", "))
	case !c.Can().Credential:
		return text("detail.remove.list")
	}
	return text("detail.remove.text", "ClientID", c.ClientID, "UPN", c.User.UPN, "Vault", strings.Join(c.KeptIn(), ", "))
}

// detailFacts are who and where it is and what ends when. When it was checked is not told twice.
func detailFacts(c connector.Connector, now time.Time, health Notice) []Block {
	_, said := health.Text.Args["At"]
	facts := append(onlyFacts(ownFacts(c), isMain), statusFacts(c, now, said)...)
	if len(facts) == 0 {
		return nil
	}
	return []Block{Facts{Items: facts}}
}

// isMain reports whether a fact about who and what a connector is stands on its screen at once.
func isMain(id string) bool {
	return id == "fact-product" || id == "fact-user" || id == "fact-tenant" || id == "fact-remind"
}

// ownFacts are nil where they can't be vouched for.
func ownFacts(c connector.Connector) []FactItem {
	switch {
	case !c.Can().Record:
		return nil
	case c.Origin == connector.OriginLink:
		return slices.Concat(keptIdentity(c), keptHistory(c), keptDates(c))
	}
	return ConnectorFacts(c)
}

// folds are the parts of the screen that are looked at now and then.
func folds(s wizard.State, c connector.Connector, cards checkCards) []Block {
	now := s.Detail.Now
	identity := onlyFacts(ownFacts(c), func(id string) bool { return !isMain(id) })
	blocks := []Block{}
	if !isChecking(s, c) {
		blocks = cards.passed()
	}
	for _, f := range []Fold{
		{ID: "status", Title: text("status.heading"), Blocks: factBlocks(furtherFacts(c, now))},
		{ID: "lasts", Title: text("detail.lasts"), Blocks: meters(c, now)},
		{ID: "identity", Title: text("detail.identity"), Blocks: factBlocks(identity)},
	} {
		if len(f.Blocks) > 0 {
			blocks = append(blocks, f)
		}
	}
	return blocksOf(blocks, script(s, c), keyVaults(s, c))
}

func factBlocks(facts []FactItem) []Block {
	if len(facts) == 0 {
		return nil
	}
	return []Block{Facts{Items: facts}}
}

// ConnectorFacts are who and what a saved connector is. What happened to the links of one that another product keeps is told elsewhere.
func ConnectorFacts(c connector.Connector) []FactItem {
	if c.Origin == connector.OriginLink {
		return append(keptIdentity(c), keptDates(c)...)
	}
	facts := []FactItem{
		{ID: "fact-user", Label: text("detail.user"), Value: c.User.UPN, Copy: true},
		{ID: "fact-role", Label: text("detail.role"), Text: roleText(c.Role)},
		{ID: "fact-tenant", Label: text("field.tenant"), Value: c.Tenant.Label()},
		{ID: "fact-tenant-id", Label: text("detail.tenant-id"), Value: c.Tenant.ID, Copy: true},
		{ID: "fact-cloud", Label: text("field.cloud"), Text: cloudText(c.Tenant)},
		{ID: "fact-client-id", Label: text("field.client-id"), Value: c.ClientID, Copy: true},
		{ID: "fact-kind", Label: text("detail.kind"), Text: kindText(c.ClientKind)},
		{ID: "fact-redirect", Label: text("page.connector.guide.fact.redirect"), Value: auth.App{RedirectPath: c.RedirectPath}.RegisteredRedirectURI()},
	}
	if len(c.Scopes) > 0 {
		facts = append(facts, FactItem{ID: "fact-scopes", Label: text("field.more-scopes.given"), Value: strings.Join(c.Scopes, ", ")})
	}
	return append(facts, []FactItem{
		{ID: "fact-admin", Label: text("detail.admin"), Text: adminText(c.Admin)},
		{ID: "fact-consented", Label: text("detail.consented"), Text: text("common.at", "At", c.Consented)},
		{ID: "fact-saved", Label: text("detail.saved"), Text: text("common.at", "At", c.Saved)},
	}...)
}

// AdminStatement says of the admin consent what is known of it, and no more.
func AdminStatement(a connector.Admin) Text {
	switch {
	case a.Status == connector.AdminTold:
		return text("record.admin.told", "At", a.At)
	case a.Status != connector.AdminReported:
		return text("record.admin.not-confirmed")
	case a.Pasted:
		return text("record.admin.pasted", "At", a.At, "Tenant", a.Tenant)
	}
	return text("record.admin.reported", "At", a.At, "Tenant", a.Tenant)
}

func adminText(a connector.Admin) Text {
	switch {
	case a.Status == connector.AdminReported && a.At.IsZero():
		return text("detail.admin.reported")
	case a.Status == connector.AdminReported:
		return text("detail.admin.reported-at", "At", a.At)
	case a.Status == connector.AdminTold:
		return text("known.reported", "At", a.At)
	}
	return text("detail.admin.not-confirmed")
}

// isChecking reports whether the connector's checks are under way, asked for or by themselves.
func isChecking(s wizard.State, c connector.Connector) bool {
	return s.Detail.Checking.Running || s.Home.Lasting.IsChecking(c.ID)
}

// busy says what is being done to the connector.
func busy(s wizard.State, c connector.Connector) []Block {
	d := s.Detail
	switch {
	case d.Work.Running:
		return []Block{Busy{ID: "detail-busy", Text: reasonText(wizard.ReasonDetailBusy)}}
	case d.Checking.Running:
		return []Block{Busy{ID: "detail-busy", Text: text("detail.checking"), Progress: checksDone(d.Checks)}}
	}
	return byItself(s, c)
}

// needsSomebody are the checks that did not pass, open; while they are being made all of them, filling in.
func needsSomebody(s wizard.State, c connector.Connector, cards checkCards) []Block {
	switch {
	case !c.Can().Check:
		return nil
	case s.Detail.Checking.Running:
		cards.made = s.Detail.Checks
		return cards.running()
	case s.Home.Lasting.IsChecking(c.ID):
		cards.made = s.Home.Lasting.Checks
		return cards.running()
	}
	return cards.open("")
}

// script is how a script gets a token, folded away. The terminal program does not know the connectors of a rehearsal.
func script(s wizard.State, c connector.Connector) []Block {
	if !c.Can().Token {
		return nil
	}
	blocks := []Block{caption(text("detail.command.rehearsal"))}
	if s.Rehearsal == nil {
		blocks = blocksOf(
			Facts{Items: []FactItem{{ID: "fact-command", Label: text("detail.command"), Value: tokenCommand(s, c), Copy: true}}},
			caption(text("detail.command.hint")),
		)
	}
	return []Block{Fold{ID: "script", Title: text("detail.script"), Blocks: blocks}}
}
