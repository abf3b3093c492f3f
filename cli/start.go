package cli

import (
	"context"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// start returns the events that open the wizard: on a new draft, on one that is gone on with, or on a renewal.
func (c *conversation) start(ctx context.Context, state wizard.State, secret wizard.SecretEntered) ([]wizard.Event, error) {
	if c.options.renew != "" {
		return c.startRenewal(ctx, secret)
	}
	open, err := c.chosenDraft(ctx, state.Home.Drafts)
	return []wizard.Event{open}, err
}

// anew is the event that begins a new draft.
func (c *conversation) anew() wizard.Event {
	if c.options.links.asked() {
		return wizard.NewLinks{}
	}
	if c.mayAsk && !c.options.fills() {
		c.remark(say("cli.connect.links", "Command", c.command("connect --from-link -")))
	}
	return wizard.NewConnector{}
}

func (c *conversation) startRenewal(ctx context.Context, secret wizard.SecretEntered) ([]wizard.Event, error) {
	saved, err := c.find(c.engine.Keeper(), c.options.renew)
	if err != nil {
		return nil, err
	}
	if !saved.Can().Renew {
		return nil, failure(connector.ErrOrigin)
	}
	field := map[auth.ClientKind]connector.Field{
		auth.SecretClient: connector.FieldSecret, auth.CertificateClient: connector.FieldCertificate,
	}[saved.ClientKind]
	if !secret.Secret.Empty() && secret.Field != field {
		return nil, c.usageText("cli.error.secret-kind", map[string]any{"Kind": string(saved.ClientKind)})
	}
	upn := c.options.newUser
	if upn == "" || strings.EqualFold(upn, saved.User.UPN) {
		return []wizard.Event{wizard.OpenConnector{ID: saved.ID}, wizard.Renew{}}, nil
	}
	if err := c.agreeToNewUser(ctx, saved); err != nil {
		return nil, err
	}
	return []wizard.Event{
		wizard.OpenConnector{ID: saved.ID},
		wizard.AskChangeUser{},
		wizard.Edited{Field: connector.FieldNewUser, Value: upn},
		wizard.ChangeUser{},
	}, nil
}

// agreeToNewUser says what another integration user means, and asks whether it is meant.
func (c *conversation) agreeToNewUser(ctx context.Context, saved connector.Connector) error {
	if !c.mayAsk && !c.options.yes {
		return c.usageText("cli.error.yes-user", nil)
	}
	c.say(say("detail.change-user.text", "UPN", saved.User.UPN))
	if c.options.yes {
		return nil
	}
	agreed, err := c.in.yes(ctx, c.tr.Text("detail.change-user.title", map[string]any{"Name": saved.Name}))
	if err == nil && !agreed {
		err = errStopped
	}
	return err
}

// chosenDraft is the event that opens the draft to go on with, or begins a new one.
func (c *conversation) chosenDraft(ctx context.Context, drafts []connector.Draft) (wizard.Event, error) {
	o := c.options
	switch {
	case o.draft != "":
		d, err := c.findDraft(c.engine, o.draft)
		return wizard.OpenDraft{ID: d.ID}, err
	case o.resume && len(drafts) == 0:
		return nil, c.usageText("cli.error.no-draft", nil)
	case o.resume && (len(drafts) == 1 || !c.mayAsk):
		return wizard.OpenDraft{ID: newest(drafts).ID}, nil
	case !c.mayAsk:
		return c.sameDraft(drafts), nil
	case len(drafts) == 0 || !o.resume && o.fills():
		return c.anew(), nil
	}
	return c.askDraft(ctx, drafts)
}

// sameDraft opens the newest draft that was begun with the same tenant, app registration and integration user, so that a script which
// fails again and again leaves one draft and not many; where there is none it begins a new one.
func (c *conversation) sameDraft(drafts []connector.Draft) wizard.Event {
	same := slices.DeleteFunc(slices.Clone(drafts), func(d connector.Draft) bool { return !c.options.begins(d, c.preset) })
	if len(same) == 0 {
		return c.anew()
	}
	d := newest(same)
	key := "cli.connect.same-draft"
	if d.Links != nil {
		key = "cli.connect.same-links"
	}
	c.remark(say(key, "ID", shortID(d.ID), "Command", c.command("remove --draft "+shortID(d.ID))))
	return wizard.OpenDraft{ID: d.ID}
}

// begins reports whether the command line would begin the draft, beside the preset, and changes nothing that a consent of it was given for.
func (o connectOptions) begins(d connector.Draft, preset connector.Preset) bool {
	if o.links.asked() || d.Links != nil {
		return o.beginsLinks(d)
	}
	kind := o.kindOf(wizard.SecretEntered{Field: o.secretField()})
	made := preset.Fill(connector.Draft{})
	if o.clientID != "" {
		made.ClientID = o.clientID
	}
	if o.groupsGiven {
		made.WithGroups = o.groups
	}
	if o.scopes != nil {
		made.Scopes = o.scopes
	}
	sameScopes := !slices.ContainsFunc(auth.MoreScopes(), func(s string) bool { return slices.Contains(made.Scopes, s) != slices.Contains(d.Scopes, s) })
	return d.Renews == "" && !d.Saving && sameScopes && d.WithGroups == made.WithGroups && (o.role == "" || o.role == string(d.Role)) &&
		(kind == "" || kind == string(d.ClientKind)) &&
		strings.EqualFold(o.tenant, connector.CleanText(connector.FieldTenant, d.TenantInput)) && strings.EqualFold(made.ClientID, d.ClientID) &&
		strings.EqualFold(o.user, connector.CleanText(connector.FieldUPN, d.UPN))
}

// beginsLinks is begins for the two links of another product. Links that are given again take the place of those that the draft has.
func (o connectOptions) beginsLinks(d connector.Draft) bool {
	return o.links.asked() && d.Links != nil && d.Renews == "" && !d.Saving && (o.links.product == "" || o.links.productID() == d.Links.Product) &&
		strings.EqualFold(o.tenant, connector.CleanText(connector.FieldTenant, d.TenantInput)) &&
		strings.EqualFold(o.user, connector.CleanText(connector.FieldUPN, d.UPN))
}

// secretField is the input that the command line's credential goes to; empty for none.
func (o connectOptions) secretField() connector.Field {
	switch {
	case o.certificate != "":
		return connector.FieldCertificate
	case o.secretFromInput:
		return connector.FieldSecret
	}
	return ""
}

// fills reports whether the command line gives something of a new connector.
func (o connectOptions) fills() bool {
	return o.links.asked() || o.tenant != "" || o.user != "" || o.clientID != "" || o.name != "" || o.certificate != "" || o.secretFromInput
}

func newest(drafts []connector.Draft) connector.Draft {
	return slices.MaxFunc(drafts, func(a, b connector.Draft) int { return a.Created.Compare(b.Created) })
}

func (c *conversation) askDraft(ctx context.Context, drafts []connector.Draft) (wizard.Event, error) {
	options, events := []string{}, []wizard.Event{}
	for _, d := range drafts {
		options = append(options, c.tr.Text("cli.ask.draft-line", map[string]any{
			"Name": c.draftName(d), "Word": c.draftWord(d), "Begun": say("draft.created", "At", d.Created).Render(c.tr),
		}))
		events = append(events, wizard.OpenDraft{ID: d.ID})
	}
	options = append(options, c.t("cli.ask.draft-new"), c.t("cli.ask.draft-links"))
	events = append(events, wizard.NewConnector{}, wizard.NewLinks{})
	c.say(say("draft.title", "Count", len(drafts)))
	n, err := c.in.option(ctx, c.t("cli.ask.draft"), options, 0, change{})
	if err != nil {
		return nil, err
	}
	return events[n], nil
}

// checkBrowsers refuses browsers that are not there, and a way that the browser does not offer, rather than to take another one
// without a word.
func (c *conversation) checkBrowsers(w wizard.Wizard) error {
	ids := []string{}
	for _, b := range w.Ready.Browsers {
		ids = append(ids, b.ID)
	}
	for _, f := range []struct{ flag, id string }{{"--admin-browser", c.options.adminBrowser}, {"--user-browser", c.options.userBrowser}} {
		if f.id != "" && !slices.Contains(ids, f.id) {
			return c.usageText("cli.error.browser", map[string]any{"Flag": f.flag, "Value": f.id, "Known": strings.Join(ids, ", ")})
		}
	}
	return c.checkWay(w)
}

func (c *conversation) checkWay(w wizard.Wizard) error {
	way := c.options.userWay
	if way == userDefault || way == "link" || way == "" && c.mayAsk || w.ConsentBlocked() != "" {
		return nil
	}
	b := w.PrivateBrowser()
	modes := b.Modes()
	if len(modes) == 0 && w.Ready.NoBrowser != nil {
		return ofProblem(w.Ready.NoBrowser)
	}
	if way == "" {
		way = string(browser.ModePrivate)
	}
	if slices.Contains(modes, browser.Mode(way)) {
		return nil
	}
	offered := []string{}
	for _, m := range modes {
		offered = append(offered, string(m))
	}
	offered = append(offered, "link")
	if w.Draft.Links != nil {
		offered = append(offered, userDefault)
	}
	return c.usageText("cli.error.mode", map[string]any{"Browser": b.Name, "Mode": way, "Known": strings.Join(offered, ", ")})
}

// takeAnswer takes the administrator's answer from the command line.
func (c *conversation) takeAnswer(ctx context.Context) error {
	if c.options.adminAnswer == "" {
		return nil
	}
	if c.states.newest().Wizard.Draft.Admin.Handover == nil {
		return c.usageText("cli.error.no-handover", nil)
	}
	if err := c.act(ctx, wizard.Edited{Field: connector.FieldPaste, Value: c.options.adminAnswer}); err != nil {
		return err
	}
	if err := c.act(ctx, wizard.TakePaste{}); err != nil {
		return err
	}
	if p := c.states.newest().Wizard.PasteProblem; p != nil && !c.mayAsk {
		return ofProblem(p)
	}
	return nil
}
