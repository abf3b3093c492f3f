package rehearsal

import (
	"io"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is a page as HTML. It is put together as a tree, so that whatever comes from outside is text there and nothing else.
func (p page) document() *html.Node {
	doc := &html.Node{Type: html.DocumentNode}
	doc.AppendChild(&html.Node{Type: html.DoctypeNode, Data: "html"})
	doc.AppendChild(element("html", attributes{"lang", p.Lang}, p.head(), p.body()))
	return doc
}

func (p page) head() *html.Node {
	return element("head", nil,
		element("meta", attributes{"charset", "utf-8"}),
		element("meta", attributes{"name", "viewport", "content", "width=device-width, initial-scale=1"}),
		element("meta", attributes{"name", "robots", "content", "noindex"}),
		element("link", attributes{"rel", "icon", "href", "data:,"}),
		element("title", nil, text(p.Title+" – "+p.Banner)),
		element("style", attributes{"nonce", p.Nonce}, text(pageStyle)))
}

func (p page) body() *html.Node {
	main := element("main", nil, element("h1", nil, text(p.Title)))
	if p.Remark != "" {
		add(main, element("p", attributes{"role", "alert", "class", "remark"}, text(p.Remark)))
	}
	for _, lead := range p.Lead {
		add(main, element("p", nil, text(lead)))
	}
	add(main, p.facts(), p.list())
	if p.Raw != "" {
		add(main, element("pre", attributes{"tabindex", "0"}, text(p.Raw)))
	}
	if p.Form != nil {
		add(main, p.Form.element())
	}
	if p.AutoNote != "" {
		add(main, element("p", attributes{"class", "note"}, text(p.AutoNote)))
	}
	body := element("body", nil, p.header(), main)
	if p.Script != "" {
		add(body, element("script", attributes{"nonce", p.Nonce}, text(p.Script)))
	}
	return body
}

func (p page) header() *html.Node {
	header := element("header", attributes{"role", "banner"}, element("strong", nil, text(p.Banner)))
	if p.Scenario != "" {
		add(header, text(" "), element("span", nil, text(p.Scenario)))
	}
	return header
}

// facts is nil for a page without them.
func (p page) facts() *html.Node {
	if len(p.Facts) == 0 {
		return nil
	}
	facts := element("dl", nil)
	for _, f := range p.Facts {
		add(facts, element("dt", nil, text(f.Name)), element("dd", nil, text(f.Value)))
	}
	return facts
}

// list is nil for a page without one.
func (p page) list() *html.Node {
	if len(p.List) == 0 {
		return nil
	}
	list := element("ul", nil)
	for _, item := range p.List {
		add(list, element("li", nil, text(item)))
	}
	return list
}

func (f *form) element() *html.Node {
	made := element("form", attributes{"id", "practice", "method", "post", "action", f.Action})
	for _, h := range f.Hidden {
		add(made, element("input", attributes{"type", "hidden", "name", h.Name, "value", h.Value}))
	}
	if f.Password != "" {
		add(made, element("label", attributes{"for", "password"}, text(f.PasswordLabel)), element("input", attributes{
			"id", "password", "name", "password", "type", "text", "value", f.Password, "autocomplete", "off", "spellcheck", "false",
		}))
	}
	for _, b := range f.Buttons {
		add(made, b.element(), text("\n")) // the space between two buttons in a row
	}
	return made
}

func (b button) element() *html.Node {
	given := attributes{"type", "submit"}
	if b.Do != "" {
		given = append(given, "name", "do", "value", b.Do)
	}
	if b.Class != "" {
		given = append(given, "class", b.Class)
	}
	if b.Auto {
		given = append(given, "id", "auto")
	}
	if b.Focus {
		given = append(given, "autofocus", "")
	}
	if b.Disabled {
		given = append(given, "disabled", "")
	}
	made := element("button", given, element("span", nil, text(b.Label)))
	if b.Detail != "" {
		add(made, element("small", nil, text(b.Detail)))
	}
	return made
}

// attributes are names and values by turns.
type attributes []string

func element(name string, given attributes, children ...*html.Node) *html.Node {
	made := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	for i := 0; i+1 < len(given); i += 2 {
		made.Attr = append(made.Attr, html.Attribute{Key: given[i], Val: given[i+1]})
	}
	add(made, children...)
	return made
}

// add puts children at the end of a node, except nil ones.
func add(to *html.Node, children ...*html.Node) {
	for _, c := range children {
		if c != nil {
			to.AppendChild(c)
		}
	}
}

func text(data string) *html.Node { return &html.Node{Type: html.TextNode, Data: data} }

func (p page) writeTo(w io.Writer) error { return html.Render(w, p.document()) }
