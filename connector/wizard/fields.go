package wizard

import (
	"maps"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// blocked goes by what the field belongs to: a form that is being written keeps what it is written with.
func (e Edited) blocked(s State) Reason {
	switch e.Field {
	case connector.FieldSearch, connector.FieldScenario:
		return ""
	case connector.FieldRename, connector.FieldNewUser:
		return s.changeBlocked(true)
	case connector.FieldRecord:
		return s.Record.pathBlocked()
	case connector.FieldPaste:
		d, _ := s.pasteFor()
		return goneUnless(d != nil)
	default:
		if isKeyVaultField(e.Field) {
			return s.keyVaultFieldBlocked(e.Field)
		}
		return s.draftBlocked(e.Field)
	}
}

// draftBlocked returns why a field of the wizard can't be changed.
func (s State) draftBlocked(f connector.Field) Reason {
	switch {
	case !s.Wizard.Open || s.Wizard.Saved != nil:
		return ReasonGone
	case s.Wizard.Saving.Running:
		return ReasonSaving
	case !s.Wizard.Draft.HasField(f):
		return ReasonGone
	case f == connector.FieldSecretExpires && s.Wizard.Draft.ClientKind != auth.SecretClient:
		return ReasonGone // a certificate says it itself, and a public client has nothing that ends
	}
	return s.Wizard.LockReason(f)
}

func (e Edited) next(s State) (State, []Effect) {
	if s.offersLink(e.Field, e.Value) {
		return offerLink(s, e.Field, auth.NewSecret(e.Value)), nil
	}
	if s.LinkOffer.Field == e.Field {
		s.LinkOffer = LinkOffer{}
	}
	switch e.Field {
	case connector.FieldLinks:
		return pasteLinks(s, auth.NewSecret(e.Value)), nil
	case connector.FieldSearch:
		s.Home.Search = e.Value
		return s, nil
	case connector.FieldRename:
		s.Detail.Rename = e.Value
		return s, nil
	case connector.FieldScenario:
		s.Practice.Search = e.Value
		return s, nil
	case connector.FieldNewUser:
		s.Detail.NewUser = e.Value
		return s, nil
	case connector.FieldRecord:
		return recordPathTyped(s, e.Value), nil
	case connector.FieldPaste:
		return pasted(s, e.Value), nil
	case connector.FieldTold:
		s.Wizard.Told = Told{Open: true, Text: e.Value}
		return s, nil
	default:
		if isKeyVaultField(e.Field) {
			return keyVaultTyped(s, e.Field, e.Value)
		}
	}
	return typed(s, e)
}

func pasted(s State, text string) State {
	if s.Screen == ScreenHome {
		s.Home.PasteText, s.Home.PasteProblem = text, nil
		return s
	}
	s.Wizard.Paste, s.Wizard.PasteProblem = text, nil
	return s
}

// typed takes what was typed into a field of the wizard: what counts is what [connector.Clean] makes of it.
func typed(s State, e Edited) (State, []Effect) {
	s.Wizard.Typed = maps.Clone(s.Wizard.Typed)
	if s.Wizard.Typed == nil {
		s.Wizard.Typed = map[connector.Field]string{}
	}
	s.Wizard.Typed[e.Field] = e.Value
	value := connector.CleanText(e.Field, e.Value)
	d := &s.Wizard.Draft
	var effects, more []Effect
	switch e.Field {
	case connector.FieldTenant:
		if value == d.TenantInput {
			return s, nil
		}
		s, effects = voidBoth(s)
		s.Wizard.Draft.TenantInput, s.Wizard.Draft.Tenant = value, nil
		s.Wizard.Probe = Probe{}
		s, more = startLookup(s, true)
	case connector.FieldUPN:
		if value == d.UPN {
			return s, nil
		}
		s, effects = voidUser(s)
		s.Wizard.Draft.UPN = value
	case connector.FieldName:
		d.Name = value
		saved := s.connector(d.Renews)
		d.Renamed = d.Renews != "" && (saved == nil || saved.Name != value)
	case connector.FieldClientID:
		id := strings.ToLower(value)
		if id == d.ClientID {
			return s, nil
		}
		s, effects = voidBoth(s)
		s.Wizard.Draft.ClientID = id
		s, more = startProbe(s)
	case connector.FieldRedirectPath:
		if value == d.RedirectPath {
			return s, nil
		}
		s, effects = dropHandover(s)
		s.Wizard.Draft.RedirectPath = value
		s, more = startProbe(s)
	case connector.FieldSecretExpires:
		before := d.SecretExpires
		d.SecretExpiresInput = value
		d.SecretExpires, _ = connector.ParseDay(value)
		if d.SecretExpires != before {
			s, effects = voidChecks(s)
			s, more = takeReserve(s)
		}
	case connector.FieldRetype:
		s.Wizard.Retyped = e.Value
		return s, nil
	default:
		return s, nil
	}
	effects = append(effects, more...)
	return s, append(effects, keep(s)...)
}

func (e AskChange) blocked(s State) Reason {
	switch r := s.Wizard.LockReason(e.Field); {
	case r == "":
		return ReasonGone
	case r != ReasonLocked:
		return r
	case s.Wizard.Change == e.Field && s.Wizard.SwitchTo == "":
		return ReasonQuestion
	}
	return ""
}

func (e AskChange) next(s State) (State, []Effect) {
	s.Wizard.Change, s.Wizard.SwitchTo = e.Field, ""
	return s, nil
}

// unasked returns why the question before a change can't be answered: there is none.
func (w Wizard) unasked() Reason { return goneUnless(w.Change != "") }

func (KeepField) blocked(s State) Reason { return s.Wizard.unasked() }

func (KeepField) next(s State) (State, []Effect) {
	s.Wizard.Change, s.Wizard.SwitchTo = "", ""
	return s, nil
}

func (e Chosen) blocked(s State) Reason {
	switch {
	case e.Field == connector.FieldPlace && inRehearsal.admits(s):
		return ""
	case s.Screen == ScreenSettings:
		return s.settingBlocked(e.Field)
	case e.Field == connector.FieldVaultWay:
		return s.keyVaultFieldBlocked(e.Field)
	}
	return s.draftBlocked(e.Field)
}

// next takes a choice for whatever asks for one on the screen: the scenarios of a rehearsal, the settings, a handover, or a page of the wizard.
func (e Chosen) next(s State) (State, []Effect) {
	switch {
	case e.Field == connector.FieldPlace && inRehearsal.admits(s):
		s.Practice.Place = e.Value
		return s, nil
	case s.Screen == ScreenSettings:
		return chooseSetting(s, e)
	case e.Field == connector.FieldVaultWay:
		return chooseKeyVaultWay(s, e.Value)
	}
	return chosen(s, e)
}

func chosen(s State, e Chosen) (State, []Effect) {
	w := &s.Wizard
	switch e.Field {
	case connector.FieldClientKind:
		return chooseKind(s, auth.ClientKind(e.Value))
	case connector.FieldCloud:
		return chooseCloud(s, e.Value)
	case connector.FieldRegisterBy:
		return chooseRegistrationWay(s, connector.RegistrationWay(e.Value))
	case connector.FieldRole:
		return chooseRole(s, connector.Role(e.Value))
	case connector.FieldFor:
		return chooseFor(s, e.Value)
	case connector.FieldProduct:
		return chooseProduct(s, e.Value)
	case connector.FieldRemind:
		return chooseReminder(s, e.Value)
	case connector.FieldAdminBrowser:
		w.Draft.AdminBrowser = e.Value
	case connector.FieldUserBrowser:
		w.Draft.UserBrowser = e.Value
	default:
		return s, nil
	}
	return s, keep(s)
}

// chooseRole voids no consent: the role is the account's. The checks go by it.
func chooseRole(s State, role connector.Role) (State, []Effect) {
	if !role.Known() || role == s.Wizard.Draft.Role {
		return s, nil
	}
	s, effects := voidChecks(s)
	s.Wizard.Draft.Role = role
	return s, append(effects, keep(s)...)
}

// chooseFor takes which product the connector is for. Nothing was consented to or checked by that.
func chooseFor(s State, id string) (State, []Effect) {
	if _, known := connector.ProductByID(s.Products, id); !known && id != connector.ForOwn && id != connector.ForOther {
		return s, nil
	}
	s.Wizard.Draft.For = id
	return s, keep(s)
}

func chooseCloud(s State, name string) (State, []Effect) {
	for _, t := range s.Wizard.Lookup.Found {
		if t.Cloud == name {
			s, effects := setTenant(s, t)
			return s, append(effects, keep(s)...)
		}
	}
	return s, nil
}

// setTenant takes the tenant that was found or chosen. Another one than before voids both consents.
func setTenant(s State, t auth.Tenant) (State, []Effect) {
	var effects []Effect
	if before := s.Wizard.Draft.Tenant; before != nil && (before.ID != t.ID || before.Cloud != t.Cloud) {
		s, effects = voidBoth(s)
		s.Wizard.Probe = Probe{}
	}
	s.Wizard.Draft.Tenant = &t
	if s.Wizard.Draft.Links == nil {
		return s, effects
	}
	s = nameLinks(s)
	s, more := followLinks(s)
	return s, append(effects, more...)
}

func (e Ticked) blocked(s State) Reason {
	switch {
	case e.Field == connector.FieldVaultSecret:
		return s.keyVaultFieldBlocked(e.Field)
	case !inDraft.admits(s) && s.Wizard.Saving.Running:
		return ReasonSaving
	case !inDraft.admits(s), !s.Wizard.Draft.HasField(e.Field):
		return ReasonGone
	}
	return s.Wizard.LockReason(e.Field)
}

func (e Ticked) next(s State) (State, []Effect) {
	w := &s.Wizard
	switch {
	case e.Field == connector.FieldVaultSecret:
		return changeKeyVault(s, func(f *KeyVaultForm) { f.WithSecret = e.On })
	case e.Field == connector.FieldMoreScopes && e.On:
		w.MoreScopes = true
		return s, nil
	case connector.IsScopes(e.Field):
		return tickScope(s, e)
	}
	w.Draft.Ticks = withField(w.Draft.Ticks, e.Field, e.On)
	if e.Field == connector.TickLinkSaved {
		return tickSaved(s, e.On)
	}
	return s, keep(s)
}

// tickScope asks for an optional permission, or no longer. Both consents have to be given for what is asked for then.
func tickScope(s State, e Ticked) (State, []Effect) {
	groups, scopes := s.Wizard.Draft.WithGroups, s.Wizard.Draft.Scopes
	switch e.Field {
	case connector.FieldWithGroups:
		groups = e.On
	case connector.FieldMoreScopes:
		s.Wizard.MoreScopes, scopes = e.On, nil
	default:
		scopes = connector.WithScope(scopes, connector.ScopeOf(e.Field), e.On)
		s.Wizard.MoreScopes = true
	}
	var effects []Effect
	if groups != s.Wizard.Draft.WithGroups || !slices.Equal(scopes, s.Wizard.Draft.Scopes) {
		s, effects = voidBoth(s)
	}
	s.Wizard.Draft.WithGroups, s.Wizard.Draft.Scopes = groups, scopes
	return s, append(effects, keep(s)...)
}
