package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// entries are the kinds of problem that a help page explains, in their order.
func entries(v view.View) []string {
	kinds := []string{}
	for _, key := range append(answers(v), headings(v)...) {
		if kind, ok := strings.CutPrefix(key, "problem."); ok {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func TestHelpListsEveryProblem(t *testing.T) {
	v := view.Help(connector.Preset{}, viewtest.Products(), "problems", "", nil)
	if got := entries(v); len(got) != len(problems.Kinds()) {
		t.Errorf("%d problems in the list, want %d", len(got), len(problems.Kinds()))
	}
	leads := map[string]string{}
	for _, b := range buttons(v) {
		leads[b.ID] = b.Topic
	}
	for _, k := range problems.Kinds() {
		want := ""
		if step := problems.Sample(k).Step; step != connector.NoStep {
			want = step.Name()
		}
		if leads["problem-"+string(k)] != want {
			t.Errorf("%s leads to %q, want %q", k, leads["problem-"+string(k)], want)
		}
	}
}

func TestHelpFinds(t *testing.T) {
	cases := []struct {
		lang, search string
		want         string
	}{
		{"en", "AADSTS50011", "redirect-uri"},
		{"en", "50011", "redirect-uri"},
		{"en", "900421", "no-mfa"},
		{"en", "access_denied", "declined"},
		{"de", "AADSTS65001: The user or administrator has not consented", "consent-missing"},
		{"en", "need admin approval", "need-admin"},
		{"en", "AADSTS987654321", "unknown"},
	}
	tr := translators(t)
	for _, c := range cases {
		got := entries(view.Help(connector.Preset{}, viewtest.Products(), "home", c.search, tr[c.lang].Text))
		if len(got) == 0 || got[0] != c.want {
			t.Errorf("%q finds %v, want %s first", c.search, got, c.want)
		}
	}
}

func TestHelpFindsArticlesByTheirWords(t *testing.T) {
	cases := map[string]struct{ lang, heading string }{
		"licence crm":          {"en", "help.licence"},
		"Lizenz":               {"de", "help.licence"},
		"pcc schedule install": {"en", "help.lasts"},
		"task scheduler":       {"en", "help.daily-check"},
		"fabrikam billing":     {"en", "help.product"},
	}
	tr := translators(t)
	for search, want := range cases {
		found := false
		for _, text := range texts(view.Help(connector.Preset{}, viewtest.Products(), "user", search, tr[want.lang].Text)) {
			found = found || text.Key == want.heading
		}
		if !found {
			t.Errorf("%q does not find %s", search, want.heading)
		}
	}
}

func TestEveryPageHasItsHelp(t *testing.T) {
	pages := []string{"home", "detail", "links", "link-admin", "link-user", "link-finish"}
	for step := connector.StepBefore; step <= connector.StepCheck; step++ {
		pages = append(pages, step.Name())
	}
	for _, page := range pages {
		v := view.Help(connector.Preset{}, viewtest.Products(), page, "", nil)
		first, want := v.Blocks[1].(view.Paragraph).Text.Key, "help."+page
		if page == "home" {
			want = "help.why-two"
		}
		if v.Page != "help" || v.Focus != "help-search" || first != want {
			t.Errorf("the help for %s begins with %s", page, first)
		}
	}
}

func TestAKindOfProblemIsATopic(t *testing.T) {
	for _, k := range problems.Kinds() {
		got := entries(view.Help(connector.Preset{}, viewtest.Products(), "problem-"+string(k), "", nil))
		if len(got) == 0 || got[0] != string(k) {
			t.Errorf("help on %s shows %v", k, got)
		}
	}
}
