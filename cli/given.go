package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/plaintext"
)

// events turns flags into the events that the window's fields would send.
func (o connectOptions) events(secret wizard.SecretEntered) []wizard.Event {
	events := []wizard.Event{}
	if kind := o.kindOf(secret); kind != "" {
		events = append(events, wizard.Chosen{Field: connector.FieldClientKind, Value: kind})
	}
	for _, text := range []struct {
		field connector.Field
		value string
	}{
		{connector.FieldTenant, o.tenant},
		{connector.FieldUPN, o.user},
		{connector.FieldName, connector.CleanName(o.name)},
		{connector.FieldClientID, o.clientID},
		{connector.FieldRedirectPath, o.redirect},
	} {
		if text.value != "" {
			events = append(events, wizard.Edited{Field: text.field, Value: text.value})
		}
	}
	if o.role != "" {
		events = append(events, wizard.Chosen{Field: connector.FieldRole, Value: o.role})
	}
	if o.groupsGiven {
		events = append(events, wizard.Ticked{Field: connector.FieldWithGroups, On: o.groups})
	}
	if o.scopes != nil {
		for _, f := range connector.ScopeFields {
			events = append(events, wizard.Ticked{Field: f, On: slices.Contains(o.scopes, connector.ScopeOf(f))})
		}
	}
	if o.adminBrowser != "" {
		events = append(events, wizard.Chosen{Field: connector.FieldAdminBrowser, Value: o.adminBrowser})
	}
	if o.userBrowser != "" {
		events = append(events, wizard.Chosen{Field: connector.FieldUserBrowser, Value: o.userBrowser})
	}
	events = append(events, o.linkEvents()...)
	if o.yes {
		for _, f := range append(slices.Clone(connector.Ticks1), connector.TickMFA) {
			events = append(events, wizard.Ticked{Field: f, On: true})
		}
	}
	if !secret.Secret.Empty() {
		events = append(events, secret)
	}
	if o.secretExpires != "" { // after the secret: a new one takes the end of the one before away
		events = append(events, wizard.Edited{Field: connector.FieldSecretExpires, Value: o.secretExpires})
	}
	return events
}

// kindOf is the kind of client that the flags name; a credential names it too.
func (o connectOptions) kindOf(secret wizard.SecretEntered) string {
	switch {
	case o.kind != "" || o.renew != "":
		return o.kind
	case secret.Field == connector.FieldCertificate:
		return string(auth.CertificateClient)
	case secret.Field == connector.FieldSecret:
		return string(auth.SecretClient)
	}
	return ""
}

// overruled returns the first input that an event would change although a consent was given for it; empty for none.
func overruled(w wizard.Wizard, events []wizard.Event) connector.Field {
	for _, e := range events {
		f, changes := changeOf(w.Draft, e)
		if changes && w.Locked(f) {
			return f
		}
	}
	return ""
}

func changeOf(d connector.Draft, e wizard.Event) (connector.Field, bool) {
	switch e := e.(type) {
	case wizard.Edited:
		if e.Field == connector.FieldRedirectPath {
			return e.Field, connector.RedirectPathOf(e.Value) != d.RedirectPath
		}
		now := map[connector.Field]string{connector.FieldTenant: d.TenantInput, connector.FieldUPN: d.UPN, connector.FieldClientID: d.ClientID}
		return e.Field, !strings.EqualFold(now[e.Field], e.Value)
	case wizard.Chosen:
		now := map[connector.Field]string{connector.FieldClientKind: string(d.ClientKind), connector.FieldRole: string(d.Role), connector.FieldAdminBrowser: d.AdminBrowser, connector.FieldUserBrowser: d.UserBrowser}
		return e.Field, e.Value != now[e.Field]
	case wizard.Ticked:
		if scope := connector.ScopeOf(e.Field); scope != "" {
			return e.Field, e.On != slices.Contains(d.Scopes, scope)
		}
		return e.Field, e.Field == connector.FieldWithGroups && e.On != d.WithGroups
	}
	return "", false
}

// kindAfter is the kind of client that a draft has once the events are taken.
func kindAfter(d connector.Draft, events []wizard.Event) auth.ClientKind {
	kind := d.ClientKind
	for _, e := range events {
		if c, ok := e.(wizard.Chosen); ok && c.Field == connector.FieldClientKind {
			kind = auth.ClientKind(c.Value)
		}
	}
	return kind
}

// fieldOf is the input that an event is about.
func fieldOf(e wizard.Event) connector.Field {
	switch e := e.(type) {
	case wizard.Edited:
		return e.Field
	case wizard.Chosen:
		return e.Field
	case wizard.Ticked:
		return e.Field
	case wizard.SecretEntered:
		return e.Field
	}
	return ""
}

// need is what fills a gap: the input, for a person, and the flag, for a script.
type need struct {
	field connector.Field
	flag  string
}

var needs = map[wizard.Reason]need{
	wizard.ReasonTenantMissing:        {connector.FieldTenant, "--tenant"},
	wizard.ReasonTenantUnknown:        {connector.FieldTenant, "--tenant"},
	wizard.ReasonChooseCloud:          {connector.FieldCloud, "--cloud"},
	wizard.ReasonTicks:                {"", "--yes"},
	wizard.ReasonTickMFA:              {"", "--yes"},
	wizard.ReasonUPNMissing:           {connector.FieldUPN, "--user"},
	connector.ReasonUPNInvalid:        {connector.FieldUPN, "--user"},
	connector.ReasonUPNStrange:        {connector.FieldUPN, "--user"},
	connector.ReasonNameMissing:       {connector.FieldName, "--name"},
	connector.ReasonNameTaken:         {connector.FieldName, "--name"},
	connector.ReasonNameID:            {connector.FieldName, "--name"},
	connector.ReasonNameLong:          {connector.FieldName, "--name"},
	connector.ReasonNameUnreadable:    {connector.FieldName, "--name"},
	wizard.ReasonClientIDMissing:      {connector.FieldClientID, "--client-id"},
	wizard.ReasonClientIDInvalid:      {connector.FieldClientID, "--client-id"},
	connector.ReasonRedirectInvalid:   {connector.FieldRedirectPath, "--redirect-path"},
	connector.ReasonRedirectHTTPS:     {connector.FieldRedirectPath, "--redirect-path"},
	connector.ReasonRedirectElsewhere: {connector.FieldRedirectPath, "--redirect-path"},
	wizard.ReasonEndInvalid:           {connector.FieldSecretExpires, "--secret-expires"},
	wizard.ReasonEndPassed:            {connector.FieldSecretExpires, "--secret-expires"},
	wizard.ReasonLinkMissing:          {connector.FieldLinks, "--from-link"},
	wizard.ReasonLinkReport:           {"", "--reported"},
	wizard.ReasonTickLinkDefault:      {"", "--yes"},
	wizard.ReasonTickLinkSaved:        {"", "--reported"},
	wizard.ReasonSecretMissing:        {connector.FieldSecret, "--secret-stdin | --certificate"},
}

// maxFile is more than any PEM bundle has, in bytes.
const maxFile = 1 << 20

// readFile reads a file that a person names: a certificate or PFX, binary or as text, which it returns in UTF-8. Its errors are usage errors
// in words.
func (p *program) readFile(path string) ([]byte, error) {
	data, err := p.fileBytes(path, "cli.error.file-large")
	if err != nil {
		return nil, err
	}
	text, err := plaintext.UTF8(data)
	if err != nil && !auth.IsDER(data) {
		return nil, p.usageText("cli.error.file-encoding", map[string]any{"Path": path})
	}
	return text, nil
}

// readText reads a text file that a person names, and returns it in UTF-8. Its errors are usage errors in words.
func (p *program) readText(path string) (string, error) {
	data, err := p.fileBytes(path, "cli.error.text-large")
	if err != nil {
		return "", err
	}
	text, err := plaintext.UTF8(data)
	if err != nil {
		return "", p.usageText("cli.error.file-encoding", map[string]any{"Path": path})
	}
	return string(text), nil
}

// fileBytes reads a file of at most maxFile bytes; large is what is said of a larger one.
func (p *program) fileBytes(path, large string) ([]byte, error) {
	refuse := func(key string, args map[string]any) error {
		args["Path"] = path
		return p.usageText(key, args)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse("cli.error.file-absent", map[string]any{})
	case err == nil && info.IsDir():
		return nil, refuse("cli.error.file-folder", map[string]any{})
	case err == nil && info.Size() > maxFile:
		return nil, refuse(large, map[string]any{})
	}
	var data []byte
	if err == nil {
		data, err = readSome(path)
	}
	switch {
	case err != nil:
		return nil, refuse("cli.error.file-unreadable", map[string]any{"Reason": err.Error()})
	case len(data) > maxFile:
		return nil, refuse(large, map[string]any{})
	}
	return data, nil
}

// readSome reads little more than maxFile, since not everything that can be opened has an end.
func readSome(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}
