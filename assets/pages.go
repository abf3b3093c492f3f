package assets

import (
	"fmt"
	"slices"
	texttemplate "text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Pages returns the names of the wizard's pages, in their order: connector.Step.Name has the same, held by a test. A sentence names a page by
// {{page `user`}}, which becomes its number, so that a page put in the middle leaves no sentence wrong.
func Pages() []string {
	return []string{"before", "account", "mfa", "connector", "admin", "user", "check"}
}

// sentenceParser reads sentences that may name pages.
type sentenceParser struct{ template.TextParser }

func newSentenceParser(pages []string) *sentenceParser {
	number := func(page string) (int, error) {
		i := slices.Index(pages, page)
		if i < 0 {
			return 0, fmt.Errorf("assets: there is no page %q", page)
		}
		return i + 1, nil
	}
	return &sentenceParser{template.TextParser{Funcs: texttemplate.FuncMap{"page": number}}}
}

// Cacheable reports whether a sentence needs to be read only once: the pages of a catalog never change.
func (*sentenceParser) Cacheable() bool { return true }
