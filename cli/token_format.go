package cli

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/auth"
	"partner-center-connector/shellword"
)

// The forms of an access token. Each is for a reader that takes it from a pipe, so that no token is on a command line.
const (
	formToken  = "token"
	formHeader = "header"
	formEnv    = "env"
	formJSON   = "json"
	// formGit is what git asks its credential helpers for, and what scripts ask git credential for: lines of key=value, for one host.
	// https://git-scm.com/docs/git-credential#IOFMT
	formGit = "git-credential"
)

var tokenForms = []string{formToken, formHeader, formEnv, formJSON, formGit}

// formFlag is --format. That of JSON counts for what else goes wrong on the command line, too, as --json does.
type formFlag struct {
	form string
	json *bool
}

// Set implements pflag.Value.
func (f *formFlag) Set(form string) error {
	f.form, *f.json = form, *f.json || form == formJSON
	return nil
}

// String implements pflag.Value.
func (f *formFlag) String() string { return f.form }

// Type implements pflag.Value.
func (f *formFlag) Type() string { return "form" }

// issued is an access token, and what is known of it.
type issued struct {
	auth.Token
	resource auth.Resource
	cloud    auth.Cloud
	// tenantID is empty for a token from a key vault, where only the list would tell it.
	tenantID string
	// user is the integration user, or the name in the key vault.
	user string
}

// host is where the token is good.
func (t issued) host() string {
	base := t.cloud.PartnerCenter
	if t.resource == auth.Graph {
		base = t.cloud.Graph
	}
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}

func (p *program) printToken(t issued, form string) error {
	expires := time.Unix(t.Expires, 0)
	value := oneLine(t.Value.Reveal())
	lines := []string{value}
	switch {
	case p.json:
		p.print(jsonToken{
			AccessToken: t.Value.Reveal(), ExpiresOn: stamp(expires), TokenType: "Bearer",
			Resource: string(t.resource), TenantID: t.tenantID, Scopes: append([]string{}, t.Scopes...),
		})
		return nil
	case form == formHeader:
		lines = []string{"Authorization: Bearer " + value}
	case form == formEnv:
		lines = []string{"PCC_ACCESS_TOKEN=" + shellword.POSIX(value), "PCC_EXPIRES_ON=" + shellword.POSIX(stamp(expires))}
	case form == formGit:
		lines = []string{
			"protocol=https", "host=" + t.host(), "username=" + oneLine(t.user), "password=" + value, fmt.Sprintf("password_expiry_utc=%d", t.Expires),
		}
	}
	_, err := fmt.Fprintln(p.Out, strings.Join(lines, "\n"))
	return err
}

// oneLine leaves out what would end a line, or a text: whoever reads lines would take the rest for a line of ours.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
