package cli

import (
	"cmp"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// flagValue is a flag with its value, and the field that it fills in; without a field it is one of a choice.
type flagValue struct {
	flag  string
	field connector.Field
	value *string
}

// clean makes of what was given by flags what is used, as the fields of the window do, and says what of it is not.
func (p *program) clean(flags ...flagValue) {
	for _, f := range flags {
		if *f.value == "" {
			continue
		}
		c := connector.CleanWord(*f.value)
		if f.field != "" {
			c = connector.Clean(f.field, *f.value)
		}
		*f.value = c.Value
		if f.field == connector.FieldRedirectPath {
			*f.value = cmp.Or(c.Value, "/") // the bare http://localhost was given, and not nothing
		}
		if said := view.CleanedText(f.field, c); !said.Empty() {
			p.remark(say("cli.cleaned", "Flag", f.flag, "Cleaned", said))
		}
	}
}

// cleaned are the options without what people paste around them.
func (p *program) cleaned(o connectOptions) connectOptions {
	p.clean(
		flagValue{"--tenant", connector.FieldTenant, &o.tenant},
		flagValue{"--cloud", "", &o.cloud},
		flagValue{"--user", connector.FieldUPN, &o.user},
		flagValue{"--user", connector.FieldNewUser, &o.newUser},
		flagValue{"--role", "", &o.role},
		flagValue{"--client-id", connector.FieldClientID, &o.clientID},
		flagValue{"--client-kind", "", &o.kind},
		flagValue{"--redirect-path", connector.FieldRedirectPath, &o.redirect},
		flagValue{"--name", connector.FieldName, &o.name},
		flagValue{"--draft", connector.FieldName, &o.draft},
		flagValue{"--secret-expires", connector.FieldSecretExpires, &o.secretExpires},
		flagValue{"--admin-consent", "", &o.adminWay},
		flagValue{"--user-consent", "", &o.userWay},
		flagValue{"--admin-browser", "", &o.adminBrowser},
		flagValue{"--user-browser", "", &o.userBrowser},
	)
	o.scopes = p.cleanedScopes(o.scopes)
	return o
}

// cleanedRegistration are those of a registration.
func (p *program) cleanedRegistration(o registrationOptions) registrationOptions {
	p.clean(
		flagValue{"--for", "", &o.way},
		flagValue{"--draft", connector.FieldName, &o.draft},
		flagValue{"--tenant", connector.FieldTenant, &o.tenant},
		flagValue{"--cloud", "", &o.cloud},
		flagValue{"--name", connector.FieldName, &o.name},
		flagValue{"--client-kind", "", &o.kind},
		flagValue{"--redirect-path", connector.FieldRedirectPath, &o.redirect},
	)
	o.scopes = p.cleanedScopes(o.scopes)
	return o
}

// cleanedScopes cleans a list of permissions; nil where none was given.
func (p *program) cleanedScopes(scopes []string) []string {
	var list []string
	for _, s := range scopes {
		p.clean(flagValue{"--scope", "", &s})
		list = append(list, s)
	}
	return list
}
