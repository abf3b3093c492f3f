package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linkOptions are what the command line says of the two links of another product.
type linkOptions struct {
	// file has the links; "-" is standard input.
	file string
	// product is the ID of the product that made them.
	product string
	// reported is what a person has seen, of reports: a script can't see it.
	reported []string
	// addHint and addPrompt agree to what is added to the user link where it is absent.
	addHint, addPrompt bool
}

// The values of --reported.
const (
	reportAdmin = "admin"
	reportUser  = "user"
	reportSaved = "saved"
)

var reports = []string{reportAdmin, reportUser, reportSaved}

// reportOf is the value of --reported for a link.
func reportOf(kind link.Kind) string {
	if kind == link.Admin {
		return reportAdmin
	}
	return reportUser
}

func (o linkOptions) reports(what string) bool { return slices.Contains(o.reported, what) }

// otherProduct is the value of --product for one that this program does not know.
const otherProduct = "other"

// productID is the product's ID in a draft.
func (o linkOptions) productID() string {
	if o.product == otherProduct {
		return ""
	}
	return o.product
}

// asked reports whether the command line asks for a new draft for two links.
func (o linkOptions) asked() bool { return o.file != "" || o.product != "" }

// linkFlags are the flags for two links that connect and renew have.
func (p *program) linkFlags(cmd *cobra.Command, o *linkOptions) {
	flags := cmd.Flags()
	flags.StringVar(&o.file, "from-link", "", p.t("cli.flag.from-link"))
	flags.StringSliceVar(&o.reported, "reported", nil, p.t("cli.flag.reported"))
	flags.BoolVar(&o.addHint, "add-login-hint", false, p.t("cli.flag.add-login-hint"))
	flags.BoolVar(&o.addPrompt, "add-prompt-login", false, p.t("cli.flag.add-prompt-login"))
	p.completeWith(cmd, "reported", fixed(reports...))
	_ = cmd.MarkFlagFilename("from-link")
}

// refuseLinks refuses a command line that has a link of another product in it: every program of the computer can read a command line, and the
// link has a state and a nonce. The error repeats nothing of it.
func (p *program) refuseLinks() error {
	if !slices.ContainsFunc(p.args, link.Looks) {
		return nil
	}
	return p.usageText("cli.error.link-argument", nil)
}

// completing reports whether a shell asks what a command line could go on with.
func (p *program) completing() bool {
	return len(p.args) > 0 && (p.args[0] == cobra.ShellCompRequestCmd || p.args[0] == cobra.ShellCompNoDescRequestCmd)
}

// completeNothing tells a shell that a command line goes on with nothing that is known here.
func (p *program) completeNothing() int {
	_, _ = fmt.Fprintf(p.Out, ":%d\n", cobra.ShellCompDirectiveNoFileComp)
	return ExitFine
}

// givenLinks reads the text with links that the command line points to, before anything starts. A person who wrote "-" is asked for it on
// its page instead.
func (p *program) givenLinks(ctx context.Context, o connectOptions) (auth.Secret, error) {
	var text string
	var err error
	switch {
	case o.links.file == "", o.links.file == "-" && p.mayAsk:
		return auth.Secret{}, nil
	case o.links.file == "-":
		text, err = p.in.all(ctx, maxFile)
	default:
		text, err = p.readText(o.links.file)
	}
	if err == nil && len(text) > maxFile {
		err = p.usageText("cli.error.line-long", nil)
	}
	if err == nil && strings.TrimSpace(text) == "" {
		err = p.noLinks()
	}
	return auth.NewSecret(text), err
}

func (p *program) noLinks() error { return p.usageText("cli.error.no-links", nil) }

// productNames are the values of --product.
func productNames(products []connector.Product) []string {
	names := []string{}
	for _, product := range products {
		names = append(names, product.ID)
	}
	return append(names, otherProduct)
}

// checkProduct refuses a product that there are no words for.
func (p *program) checkProduct(o connectOptions, products []connector.Product) error {
	known := productNames(products)
	if o.links.product == "" || slices.Contains(known, o.links.product) {
		return nil
	}
	return p.notOneOf("--product", o.links.product, known)
}

// checkFit refuses flags that are not for the draft: what another product decides where links is set, and what is about its links elsewhere.
func (p *program) checkFit(o connectOptions, links bool) error {
	for _, f := range []struct {
		given    bool
		flag     string
		forLinks bool
	}{
		{o.clientID != "", "--client-id", false},
		{o.kind != "", "--client-kind", false},
		{o.redirect != "", "--redirect-path", false},
		{o.role != "", "--role", false},
		{o.groupsGiven, "--with-groups", false},
		{o.scopes != nil, "--scope", false},
		{o.certificate != "", "--certificate", false},
		{o.secretFromInput, "--secret-stdin", false},
		{o.secretExpires != "", "--secret-expires", false},
		{o.waitGiven, "--wait", false},
		{o.adminAnswer != "", "--admin-answer", false},
		{o.links.file != "", "--from-link", true},
		{o.links.product != "", "--product", true},
		{o.links.reported != nil, "--reported", true},
		{o.links.addHint, "--add-login-hint", true},
		{o.links.addPrompt, "--add-prompt-login", true},
		{o.userWay == userDefault, "--user-consent " + userDefault, true},
	} {
		switch {
		case !f.given || f.forLinks == links:
		case links:
			return p.usageText("cli.error.not-for-links", map[string]any{"Flag": f.flag})
		case f.flag == "--from-link": // what is gone on with is of our own
			return p.usageText("cli.error.own-draft", map[string]any{"Renews": o.renew != ""})
		default:
			return p.usageText("cli.error.only-for-links", map[string]any{"Flag": f.flag})
		}
	}
	return nil
}

// linkEvents turns flags into the events that the fields of the pages for two links would send.
func (o connectOptions) linkEvents() []wizard.Event {
	events := []wizard.Event{}
	if o.links.product != "" {
		events = append(events, wizard.Chosen{Field: connector.FieldProduct, Value: o.links.productID()})
	}
	for _, t := range []struct {
		field connector.Field
		on    bool
	}{
		{connector.TickAddHint, o.links.addHint},
		{connector.TickAddPrompt, o.links.addPrompt},
		{connector.TickLinkDefault, o.userWay == userDefault && o.yes},
	} {
		if t.on {
			events = append(events, wizard.Ticked{Field: t.field, On: true})
		}
	}
	return events
}
