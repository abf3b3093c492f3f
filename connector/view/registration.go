package view

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func registrationPage(s wizard.State) page {
	w := s.Wizard
	return page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "Given": givenApp(s)},
		blocks: blocksOf(
			presetProblem(s, connector.StepConnector), nameField(s), tenantLine(w), environment(s),
			heading("page.connector.registration"), registrationText(s), presetNotice(s),
			clientIDField(s), kindChoice(s), credential(s), probe(w), scopesWarning(w.Draft), change(w, connector.FieldWithGroups),
			redirectFold(s), permissionsFold(s), whichKind(), portalPages(s), noRegistration(s),
		),
		focus: changing(w, slices.Concat(cardButtons("secret-problem"), cardButtons("probe-problem"), missingCredential(w.Draft), []string{string(connector.FieldName)})...),
	}
}

// portalPages lead to the pages of an app registration that is the tenant's own.
func portalPages(s wizard.State) []Block {
	links := appLinks("app", s.Wizard.Draft.Tenant, s.Wizard.Draft.ClientID, mainPages...)
	if len(links) == 0 || givenApp(s) {
		return nil
	}
	return []Block{Fold{ID: "app-pages", Title: text("page.connector.pages"), Blocks: blocksOf(Actions{Buttons: links})}}
}

// missingCredential is the one thing that a renewal still asks for, where the client secret or certificate of before is of no use.
func missingCredential(d connector.Draft) []string {
	switch {
	case d.Renews == "" || d.HasSecret:
		return nil
	case d.ClientKind == auth.SecretClient:
		return []string{string(connector.FieldSecret)}
	case d.ClientKind == auth.CertificateClient:
		return []string{string(connector.FieldCertificate)}
	}
	return nil
}

func registrationText(s wizard.State) Block {
	if givenApp(s) {
		return body(text("page.connector.registration.given"))
	}
	return body(text("page.connector.registration.text"))
}

// noRegistration is for those who have none: nobody who was given one. It shows once it is asked for, and while one of its texts is chosen.
func noRegistration(s wizard.State) []Block {
	if givenApp(s) {
		return nil
	}
	w := s.Wizard
	title := "page.connector.guide"
	if w.Draft.ClientID != "" {
		title = "page.connector.guide.given"
	}
	return []Block{Fold{ID: "guide", Title: text(title), Open: w.Registering.Way().IsText(), Blocks: guide(w)}}
}

// nameError is the reason why a page can't be left, where that is the name that was typed.
func nameError(r wizard.Reason) Text {
	switch r {
	case connector.ReasonNameLong, connector.ReasonNameUnreadable, connector.ReasonNameID, connector.ReasonNameTaken:
		return reasonText(r)
	default:
		return Text{}
	}
}

func nameField(s wizard.State) []Block {
	w := s.Wizard
	in := entered(w, connector.FieldName, w.Draft.Name)
	in.Error = nameError(s.BlockedAt(connector.StepConnector))
	if w.Duplicate == "" {
		return []Block{in}
	}
	return []Block{in, Notice{
		ID: "duplicate", Severity: Warning, Title: text("page.connector.duplicate"),
		Text: text("page.connector.duplicate.text", "Name", w.Duplicate),
	}}
}

// tenantLine repeats the tenant of page 1, where it is changed.
func tenantLine(w wizard.Wizard) Input {
	in := Input{
		ID: "tenant-line", Field: connector.FieldTenant, Label: text("field.tenant"), Value: tenantName(w.Draft.Tenant),
		Locked: true, Reason: text("page.connector.tenant-reason"),
	}
	if w.Draft.Renews != "" {
		in.Reason = reasonText(w.LockReason(connector.FieldTenant))
		return in
	}
	label := text("common.change", "Field", text("field.tenant"))
	in.Buttons = []Button{{ID: "change-tenant", Label: label, Event: wizard.GoTo{Step: connector.StepBefore}}}
	return in
}

func clientIDField(s wizard.State) []Block {
	w := s.Wizard
	in := entered(w, connector.FieldClientID, w.Draft.ClientID)
	in.Hint = presetHint(s, in.Field, in.Hint)
	in.Placeholder = text("field.client-id.placeholder")
	if id := w.Draft.ClientID; id != "" && !connector.ValidClientID(id) {
		in.Error = reasonText(wizard.ReasonClientIDInvalid)
	}
	return blocksOf(in.lock(w), change(w, connector.FieldClientID))
}

// kinds are in the order of their recommendation.
var kinds = []auth.ClientKind{auth.CertificateClient, auth.SecretClient, auth.PublicClient}

func kindChoice(s wizard.State) []Block {
	w := s.Wizard
	c := Choice{
		ID: string(connector.FieldClientKind), Field: connector.FieldClientKind, Label: text("field.kind"),
		Hint: text("field.kind.hint." + string(w.Draft.ClientKind)), Value: string(w.Draft.ClientKind),
	}
	if mark := presetHint(s, c.Field, Text{}); !mark.Empty() {
		c.Hint = text("page.connector.preset.hint", "Mark", mark, "Hint", c.Hint)
	}
	for _, k := range kinds {
		c.Options = append(c.Options, Option{Value: string(k), Label: text("field.kind.option." + string(k))})
	}
	blocks := blocksOf(c.lock(w), change(w, connector.FieldClientKind))
	if w.Draft.ClientKind == auth.PublicClient {
		blocks = append(blocks, Notice{
			ID: "public", Severity: Warning, Title: text("page.connector.public"), Text: text("page.connector.public.text"),
		})
	}
	return blocks
}

// whichKind says what speaks for each kind.
func whichKind() Fold {
	reasons := []Text{}
	for _, k := range kinds {
		reasons = append(reasons, text("field.kind.why."+string(k)))
	}
	return why(text("field.kind.why"), List{Items: reasons})
}

// credential asks for the client secret or the certificate, and for its end.
func credential(s wizard.State) []Block {
	w, d := s.Wizard, s.Wizard.Draft
	if d.ClientKind == auth.PublicClient {
		return nil
	}
	field := connector.FieldSecret
	if d.ClientKind == auth.CertificateClient {
		field = connector.FieldCertificate
	}
	in := input(field, "")
	in.Secret, in.Multiline = true, d.ClientKind == auth.CertificateClient
	if field == connector.FieldSecret {
		in.Cleaned = SecretCleanedText(w.SecretCleaned)
		if w.SecretRefused != "" {
			in.Error = reasonText(w.SecretRefused)
		}
	}
	if d.HasSecret {
		in.Good = text("field." + string(field) + ".kept")
		in.Buttons = []Button{{ID: "clear-clipboard", Label: text("common.clear-clipboard"), Command: "clear-clipboard"}}
	}
	blocks := append(wrongEnd(d), in)
	if w.SignedIn != nil || w.User.Busy() {
		blocks = append(blocks, caption(text("field."+string(field)+".signed-in")))
	}
	if w.StoringSecret.Running {
		blocks = append(blocks, Busy{ID: "storing", Text: reasonText(wizard.ReasonSecretStoring)})
	}
	if w.SecretProblem != nil {
		blocks = append(blocks, wizardCard(w, "secret-problem", w.SecretProblem, nil))
	}
	return append(blocks, credentialEnd(s)...)
}

// wrongEnd says that the client secret of before can be gone on with where only its recorded end was wrong.
func wrongEnd(d connector.Draft) []Block {
	if d.EndedOn.IsZero() {
		return nil
	}
	return []Block{Notice{
		ID: "ended", Severity: Info, Title: text("page.connector.ended", "Day", d.EndedOn), Text: text("page.connector.ended.text"),
	}}
}

// credentialEnd is a field for a client secret, and a fact for a certificate, which says so itself.
func credentialEnd(s wizard.State) []Block {
	d := s.Wizard.Draft
	if d.ClientKind == auth.CertificateClient {
		if d.SecretExpires.IsZero() {
			return nil
		}
		item := FactItem{ID: "certificate-ends", Label: text("page.connector.certificate-ends"), Text: dayText(d.SecretExpires)}
		return []Block{Facts{Items: []FactItem{item}}}
	}
	value := d.SecretExpiresInput
	if value == "" && !d.SecretExpires.IsZero() {
		value = d.SecretExpires.String()
	}
	in := entered(s.Wizard, connector.FieldSecretExpires, value)
	in.Placeholder = text("field.secret-expires.placeholder")
	switch {
	case s.EndReason() == wizard.ReasonEndPassed:
		in.Error = reasonText(wizard.ReasonEndPassed)
	case !d.SecretExpires.IsZero():
		in.Good = dayText(d.SecretExpires)
	case strings.TrimSpace(value) != "":
		in.Error = text("field.secret-expires.error")
	}
	return []Block{in}
}

func dayText(day connector.Day) Text { return text("common.day", "Day", day) }

// redirectFold names the redirect URI, which hardly anybody changes. One that can't be used shows with the field.
func redirectFold(s wizard.State) Fold {
	in := redirectField(s)
	return Fold{
		ID: "redirect", Title: text("page.connector.redirect", "RedirectURI", redirectURI(s.Wizard.Draft)), Open: !in.Error.Empty() || !in.Cleaned.Empty(),
		Blocks: blocksOf(in),
	}
}

func redirectField(s wizard.State) Input {
	w := s.Wizard
	in := entered(w, connector.FieldRedirectPath, w.Draft.RedirectPath)
	in.Hint = presetHint(s, in.Field, in.Hint)
	if w.Locked(connector.FieldRedirectPath) {
		in.Value = redirectURI(w.Draft)
		return in.lock(w)
	}
	if reason := connector.RedirectReason(w.Draft.RedirectPath); reason != "" {
		in.Error = reasonText(reason)
		return in
	}
	in.Good = text("field.redirect-path.good", "RedirectURI", redirectURI(w.Draft))
	return in
}

func redirectURI(d connector.Draft) string {
	return auth.App{RedirectPath: d.RedirectPath}.RegisteredRedirectURI()
}

// permissionsFold are the permissions that a connector can do without. They show while some of those that are rarely needed are chosen.
func permissionsFold(s wizard.State) Fold {
	d := s.Wizard.Draft
	return Fold{
		ID: "permissions", Title: text("page.connector.permissions", "Groups", d.WithGroups, "Others", len(d.Scopes)),
		Open: s.Wizard.MoreScopes || len(d.Scopes) > 0 || s.Wizard.Unlocked[connector.FieldWithGroups], Blocks: groups(s),
	}
}

// groups asks for the optional permission; locked, it is a choice that shows its value as text.
func groups(s wizard.State) []Block {
	w, f := s.Wizard, connector.FieldWithGroups
	if !w.Locked(f) {
		t := tick(w, f)
		t.Hint = presetHint(s, f, t.Hint)
		t.On = w.Draft.WithGroups
		return blocksOf(t, moreScopes(s))
	}
	c := Choice{
		ID: string(f) + "-locked", Field: f, Label: text("field.with-groups"), Value: "no",
		Options: []Option{{Value: "yes", Label: text("common.yes")}, {Value: "no", Label: text("common.no")}},
	}
	if w.Draft.WithGroups {
		c.Value = "yes"
	}
	return blocksOf(c.lock(w), scopeFacts(w.Draft.Scopes))
}

// scopesWarning says that a permission is asked for which the tenant's cloud does not have.
// https://learn.microsoft.com/graph/api/partners-billing-unbilledusage-export
func scopesWarning(d connector.Draft) []Block {
	if d.Tenant == nil || d.Tenant.Cloud != "usgov" && d.Tenant.Cloud != "china" || !slices.Contains(d.Scopes, auth.ScopePartnerBilling) {
		return nil
	}
	return []Block{Notice{
		ID: "billing-cloud", Severity: Warning, Title: text("page.connector.billing-cloud"), Text: text("page.connector.billing-cloud.text"),
	}}
}

// moreScopes asks for the further permissions, which hardly anybody needs: they are shown where somebody wants to see them.
func moreScopes(s wizard.State) []Block {
	w := s.Wizard
	more := tick(w, connector.FieldMoreScopes)
	more.On = w.MoreScopes || len(w.Draft.Scopes) > 0
	blocks := []Block{more}
	if !more.On {
		return blocks
	}
	for _, f := range connector.ScopeFields {
		t := tick(w, f)
		t.On = slices.Contains(w.Draft.Scopes, connector.ScopeOf(f))
		blocks = append(blocks, t)
	}
	return blocks
}

// scopeFacts names the further permissions where they can't be changed; nothing where there are none.
func scopeFacts(scopes []string) []Block {
	if len(scopes) == 0 {
		return nil
	}
	return []Block{Facts{Items: []FactItem{{ID: "fact-scopes", Label: text("field.more-scopes.given"), Value: strings.Join(scopes, ", ")}}}}
}

// probe says what Microsoft answers about the app registration before anybody signs in.
func probe(w wizard.Wizard) []Block {
	ask := Button{ID: "probe", Label: text("page.connector.probe.ask"), Event: wizard.ProbeApp{}}
	if w.Probe.Result != connector.ProbeNone || w.Probe.Retry != nil {
		ask.Label = text("page.connector.probe.again")
	}
	blocks := blocksOf(heading("page.connector.probe"))
	switch {
	case w.Probe.Retry != nil:
		return append(blocks, retrying("probe", *w.Probe.Retry, ask))
	case w.Probe.Running:
		return append(blocks, Busy{ID: "probing", Text: text("page.connector.probe.running")})
	case w.Probe.Result == connector.ProbeFine:
		return append(blocks, probeNotice(Good, "fine", ask))
	case w.Probe.Result == connector.ProbeUnknown:
		return append(blocks, probeNotice(Info, "unknown", ask))
	case w.Probe.Problem != nil:
		return append(blocks, wizardCard(w, "probe-problem", w.Probe.Problem, wizard.ProbeApp{}))
	}
	return append(blocks, Actions{Buttons: []Button{ask}})
}

func probeNotice(s Severity, answer string, ask Button) Notice {
	return Notice{
		ID: "probe-" + answer, Severity: s, Title: text("page.connector.probe." + answer),
		Text: text("page.connector.probe." + answer + ".text"), Buttons: []Button{ask},
	}
}
