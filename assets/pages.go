package assets

import "slices"

// Pages returns the names of the wizard's pages, in their order: connector.Step.Name has the same, held by a test. A sentence names a page by
// {{page `user`}}, which becomes its number, so that a page put in the middle leaves no sentence wrong.
func Pages() []string {
	return []string{"before", "account", "mfa", "connector", "admin", "user", "check"}
}

// LinkPages returns the names of the pages for two links of another product, which have numbers of their own.
func LinkPages() []string { return []string{"links", "link-admin", "link-user", "link-finish"} }

// LinksArg is the arg that has a sentence name the pages for two links instead of those that do the same in the wizard for a connector of our
// own.
const LinksArg = "Links"

// onLinkPage is the page for two links on which is done what one of Pages is for.
var onLinkPage = map[string]string{
	"before": "links", "account": "links", "mfa": "links", "connector": "links", "admin": "link-admin", "user": "link-user", "check": "link-finish",
}

// pageNumber is the number of a page by its name, or of the one in its place where links is set; 0 for none.
func pageNumber(pages []string, name string, links bool) int {
	if in, ok := onLinkPage[name]; ok && links {
		name = in
	}
	if i := slices.Index(LinkPages(), name); i >= 0 {
		return i + 1
	}
	return slices.Index(pages, name) + 1
}
