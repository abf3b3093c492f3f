package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// counter counts the words of a screen that show without a press: its title, its answers, and its blocks without what is folded away. What is
// data, such as an address, a chosen value or a name of the sample, counts as a word like any other.
type counter struct {
	tr view.Translator
	n  int
}

// shownWords are those of a screen.
func shownWords(tr view.Translator, v view.View) int {
	c := &counter{tr: tr}
	c.texts(v.Title)
	for _, a := range v.Answers {
		c.texts(a.Text)
	}
	c.blocks(v.Blocks)
	return c.n
}

func (c *counter) texts(list ...view.Text) {
	for _, t := range list {
		c.data(t.Render(c.tr))
	}
}

func (c *counter) data(text string) { c.n += len(strings.Fields(text)) }

func (c *counter) buttons(list ...view.Button) {
	for _, b := range list {
		c.texts(b.Label, b.Reason)
	}
}

func (c *counter) blocks(blocks []view.Block) {
	for _, block := range blocks {
		c.block(block)
	}
}

func (c *counter) block(block view.Block) {
	switch b := block.(type) {
	case view.Paragraph:
		c.texts(b.Text)
	case view.List:
		c.texts(b.Items...)
	case view.Picture:
		c.texts(b.Labels...)
	case view.Notice:
		c.texts(b.Title, b.Text)
		c.buttons(b.Buttons...)
	case view.Problem:
		c.problem(b)
	case view.Input:
		c.texts(b.Label, b.Placeholder, b.Hint, b.Error, b.Good, b.Cleaned, b.Reason)
		c.data(b.Value)
		c.buttons(b.Buttons...)
	case view.Tick:
		c.texts(b.Label, b.Hint)
	case view.Choice:
		c.choice(b)
	case view.Facts:
		for _, item := range b.Items {
			c.texts(item.Label, item.Text)
			c.data(item.Value)
		}
	case view.Actions:
		c.buttons(b.Buttons...)
	case view.Fold:
		c.texts(b.Title)
		if b.Open {
			c.blocks(b.Blocks)
		}
	case view.Wait:
		c.texts(append(b.Details, b.Text)...)
		c.buttons(b.Buttons...)
	case view.Busy:
		c.texts(b.Text, b.Progress)
	case view.Checks:
		for _, row := range b.Rows {
			c.texts(append(row.Evidence, row.Title, row.Word)...)
			if row.Problem != nil {
				c.problem(*row.Problem)
			}
		}
	}
}

func (c *counter) problem(p view.Problem) {
	c.texts(p.Title, p.Actor, p.Do)
	if p.Button != nil {
		c.buttons(*p.Button)
	}
	c.buttons(p.Others...)
}

// choice counts the option that is chosen: the others show once it is opened.
func (c *counter) choice(b view.Choice) {
	c.texts(b.Label, b.Hint, b.Reason)
	for _, o := range b.Options {
		if o.Value == b.Value {
			c.texts(o.Label)
			c.data(o.Plain)
		}
	}
	c.buttons(b.Buttons...)
}

// TestPagesAreBrief holds the most words that a page of the wizard shows before anything was done on it.
func TestPagesAreBrief(t *testing.T) {
	for state, most := range map[string]map[string]int{
		"mfa-open": {"en": 313, "de": 320}, "check-new": {"en": 113, "de": 100},
		"before-new": {"en": 110, "de": 112}, "account-empty": {"en": 132, "de": 136}, "connector-empty": {"en": 143, "de": 132},
		"admin-start": {"en": 64, "de": 55}, "user-start": {"en": 69, "de": 53},
		"links-empty": {"en": 160, "de": 158}, "link-admin-start": {"en": 77, "de": 68}, "link-user-start": {"en": 78, "de": 63}, "link-finish-open": {"en": 78, "de": 72},
	} {
		v := view.Project(viewtest.State(state))
		for lang, tr := range translators(t) {
			if n := shownWords(tr, v); n > most[lang] {
				t.Errorf("%s, %s: %d words, at most %d are to show", state, lang, n, most[lang])
			}
		}
	}
}

// TestPagesHaveOneName holds that a page is called in the rail as it is in its title. That of another product's links adds the product.
func TestPagesHaveOneName(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		all := sentences(t, lang)
		for step := connector.StepBefore; step <= connector.StepLinkFinish; step++ {
			rail, title := all["rail."+step.Name()], all["page."+step.Name()+".title"]
			if step == connector.StepLinks && strings.HasPrefix(title, rail+" ") {
				continue
			}
			if rail == "" || rail != title {
				t.Errorf("%s: the rail says %q, the page %q", lang, rail, title)
			}
		}
	}
}
