package view_test

import (
	"slices"
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestWhatIsNotUsedIsSaid holds the sentences under a field: what is used of what was typed, what is wrong with it, and both where two names look
// alike.
func TestWhatIsNotUsedIsSaid(t *testing.T) {
	tr := translators(t)["en"]
	for _, c := range []struct{ state, id, shown, cleaned, wrong string }{
		{
			"before-cleaned", "tenant", "Tenant: \u201ccontoso.onmicrosoft.com\u201d",
			"Used: contoso.onmicrosoft.com. Left out: Tenant: \u201c … \u201d", "",
		},
		{
			"before-microsoft", "tenant", "https://partner.microsoft.com/dashboard", "",
			"partner.microsoft.com is an address of Microsoft's that does not name the partner tenant. Enter the tenant's domain or ID.",
		},
		{
			"account-cleaned", "upn", "Alex <\u200bpc-integration@contoso.onmicrosoft.com>,",
			"Used: pc-integration@contoso.onmicrosoft.com. Removed: invisible characters (U+200B). Left out: Alex < … >,", "",
		},
		{
			"account-strange", "upn", "pc-integr\u0430tion@contoso.onmicrosoft.com", "",
			"The user name has invisible or look-alike characters (U+0430). Type it again.",
		},
		{
			"connector-cleaned", "redirect-path", "http://127.0.0.1:8400/consent",
			"For Microsoft, another host than localhost is another redirect URI. The app registration must have the one below. " +
				"Used: http://localhost/consent. Left out: http://127.0.0.1:8400", "",
		},
		{
			"connector-cleaned", "secret", "", "Not used of the client secret, as it was entered: the quotation marks, label or punctuation around it." +
				" Characters that nobody sees (U+FEFF). Characters that look like others, which were replaced (U+2011).", "",
		},
		{
			"connector-redirect-https", "redirect-path", "https://localhost/consent", "",
			"The redirect URI must begin with http://localhost: this computer has no certificate for https. Add that address to the app registration.",
		},
		{
			"connector-redirect-elsewhere", "redirect-path", "https://login.microsoftonline.com/common/oauth2/nativeclient", "",
			"The redirect URI must begin with http://localhost: the answer goes to this computer. Add such an address to the app registration. " +
				"A web page, nativeclient or an app's own scheme does not work.",
		},
	} {
		blocks := view.Flat(view.Project(viewtest.State(c.state)).Blocks)
		i := slices.IndexFunc(blocks, func(b view.Block) bool { in, ok := b.(view.Input); return ok && in.ID == c.id })
		if i < 0 {
			t.Errorf("%s has no field %q", c.state, c.id)
			continue
		}
		in := blocks[i].(view.Input)
		if got := in.Cleaned.Render(tr); in.Value != c.shown || got != c.cleaned || in.Error.Render(tr) != c.wrong {
			t.Errorf("%s %s: %q\n%q\n%q", c.state, c.id, in.Value, got, in.Error.Render(tr))
		}
	}
	for _, b := range view.Project(viewtest.State("check-mismatch-alike")).Blocks {
		n, ok := b.(view.Notice)
		if !ok || n.ID != "mismatch" {
			continue
		}
		const want = "pc-integration@contoso.onmicrosoft.com was expected, but [U+200B]pc-integr\u0430[U+0430]tion@contoso.onmicrosoft.com signed in."
		if got := n.Text.Render(tr); got[:len(want)] != want {
			t.Errorf("the mismatch: %q", got)
		}
		return
	}
	t.Error("no mismatch is told")
}
