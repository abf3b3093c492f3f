package rehearsal

import (
	"bytes"
	"cmp"
	_ "embed" // the style
	"fmt"
	"net/http"
	"time"
)

//go:embed pages/style.css
var pageStyle string

// page is what a page shows; document makes HTML of it.
type page struct {
	status                int
	Lang, Title           string
	Banner, Scenario      string
	Remark, Raw, AutoNote string
	Lead, List            []string
	Facts                 []pair
	Form                  *form
	Nonce                 string
	Script                string // of our own
	formTarget            string // an origin that the form's redirect may lead to
	submits               bool   // the page submits its form by itself, whatever Auto says
}

type pair struct{ Name, Value string }

type form struct {
	Action                  string
	Hidden                  []pair
	Password, PasswordLabel string
	Buttons                 []button
}

type button struct {
	Do, Label, Detail, Class string
	Auto, Focus, Disabled    bool
}

// say returns the sentence "rehearsal.<key>"; args are names and values by turns.
func (c *Cloud) say(key string, args ...string) string {
	values := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	return c.opts.Text("rehearsal."+key, values)
}

// write sends a page.
func (c *Cloud) write(w http.ResponseWriter, p page) {
	p.Lang, p.Banner = c.say("lang"), cmp.Or(p.Banner, c.say("banner"))
	p.Scenario = c.say("scenario." + c.current().Name)
	p.Nonce = newSecret()
	p.Script, p.AutoNote = c.script(p)
	var body bytes.Buffer
	if err := p.writeTo(&body); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy(p))
	h.Set("X-Frame-Options", "DENY")
	if p.status == 0 {
		p.status = http.StatusOK
	}
	w.WriteHeader(p.status)
	_, _ = body.WriteTo(w) // a browser that hangs up gets no page
}

// policy allows what the page needs. form-action also rules the redirect that answers a form, so that the program's listener
// is named where the form can lead there.
func policy(p page) string {
	target := "'self'"
	if p.formTarget != "" {
		target += " " + p.formTarget
	}
	return "default-src 'none'; img-src data:; style-src 'nonce-" + p.Nonce + "'; script-src 'nonce-" + p.Nonce +
		"'; form-action " + target + "; base-uri 'none'; frame-ancestors 'none'"
}

// script presses the page's button: at once where the page only passes an answer on, after a while where Auto wants it.
func (c *Cloud) script(p page) (string, string) {
	if p.submits {
		return `document.getElementById("practice").submit();`, ""
	}
	if !c.opts.Auto || p.Form == nil {
		return "", ""
	}
	for _, b := range p.Form.Buttons {
		if b.Auto {
			js := fmt.Sprintf(`setTimeout(function () { document.getElementById("auto").click(); }, %d);`, c.opts.AutoDelay/time.Millisecond)
			return js, c.say("auto", "Button", b.Label)
		}
	}
	return "", c.say("auto-nothing")
}

// plainPage is a page that only says something: "rehearsal.page.<key>.title" and ".text".
func (c *Cloud) plainPage(w http.ResponseWriter, status int, key string) {
	c.write(w, page{status: status, Title: c.say("page." + key + ".title"), Lead: []string{c.say("page." + key + ".text")}})
}
