package rehearsal

import (
	"net/http"
	"strings"
)

// What a person does on the product's pages: the values of its buttons.
const (
	doList      = "list"
	doAdd       = "add"
	doCreate    = "create"
	doOpen      = "open:" // and the connector
	doEdit      = "edit"
	doAdminLink = "admin-link"
	doUserLink  = "user-link"
	doSave      = "save"
	doSync      = "sync"
)

func (c *Cloud) productRoutes() http.Handler {
	mux := http.NewServeMux()
	named := func(endpoint string, next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			note(w, func(entry *Request) { entry.Endpoint = endpoint })
			next(w, r)
		}
	}
	mux.HandleFunc("GET /{$}", named("product", c.productFront))
	mux.HandleFunc("POST /integrations", named("product", c.pressProduct))
	mux.HandleFunc("GET "+adminSuccessPath, named("product-admin", c.productAnswer(true)))
	mux.HandleFunc("GET "+userSuccessPath, named("product-user", c.productAnswer(false)))
	mux.HandleFunc("POST "+userSuccessPath, named("product-user", c.productAnswer(false)))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { c.plainPage(w, http.StatusNotFound, "not-found") })
	return mux
}

// writeProduct sends a page of the product.
func (c *Cloud) writeProduct(w http.ResponseWriter, p page) {
	p.Banner = c.say("product.banner", "Product", productName)
	c.write(w, p)
}

func (c *Cloud) productFront(w http.ResponseWriter, _ *http.Request) {
	c.product.mu.Lock()
	defer c.product.mu.Unlock()
	c.writeProduct(w, c.listPage())
}

// pressProduct handles a pressed button.
func (c *Cloud) pressProduct(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		c.plainPage(w, http.StatusBadRequest, "unreadable")
		return
	}
	c.product.mu.Lock()
	defer c.product.mu.Unlock()
	do := r.PostForm.Get("do")
	if id, opens := strings.CutPrefix(do, doOpen); opens {
		c.writeProduct(w, c.openPage(c.product.settings[id]))
		return
	}
	switch do {
	case doAdd:
		c.writeProduct(w, c.addPage())
	case doCreate:
		c.writeProduct(w, c.editPage(c.product.create(), ""))
	default:
		c.writeProduct(w, c.pressSettings(c.product.settings[r.PostForm.Get("connector")], do))
	}
}

// pressSettings handles a button of one connector's settings.
func (c *Cloud) pressSettings(s *settings, do string) page {
	switch {
	case s == nil:
		return c.listPage()
	case do == doEdit:
		s.edit()
		return c.editPage(s, "")
	case do == doAdminLink && !s.early, do == doUserLink && s.offersUser(c.current().hooks):
		return c.editPage(s, c.link(s, do == doAdminLink))
	case do == doAdminLink, do == doUserLink:
		return c.editPage(s, "")
	case do == doSave:
		c.product.save(s)
		return c.openPage(s)
	case do == doSync && s.saved:
		s.sync = c.synchronize(s)
		return c.openPage(s)
	}
	return c.listPage()
}

func (c *Cloud) productPage(title string, s *settings, buttons ...button) page {
	f := &form{Action: "/integrations", Buttons: buttons}
	if s != nil {
		f.Hidden = []pair{{"connector", s.id}}
	}
	return page{Title: title, Form: f}
}

// listPage is the list of the connectors.
func (c *Cloud) listPage() page {
	buttons := []button{}
	for _, id := range c.product.order {
		s := c.product.settings[id]
		buttons = append(buttons, button{Do: doOpen + id, Label: s.name, Detail: c.say("product.state." + s.state()), Class: "wide"})
	}
	buttons = append(buttons, button{Do: doAdd, Label: productAdd, Class: "main", Focus: true})
	p := c.productPage(productList, nil, buttons...)
	p.Lead = []string{productMenu + " › " + productList, c.say("product.list.text")}
	return p
}

// state is the last part of the key of what the list says.
func (s *settings) state() string {
	switch {
	case s.early:
		return "early"
	case s.saved:
		return "saved"
	}
	return "open"
}

func (c *Cloud) addPage() page {
	p := c.productPage(productAdd, nil, button{Do: doCreate, Label: productCreate, Class: "main", Focus: true}, button{Do: doList, Label: productBack})
	p.Lead = []string{c.say("product.add.text")}
	p.Facts = []pair{{c.say("product.fact.type"), productType}}
	return p
}

// openPage shows settings; it is the list where there are none.
func (c *Cloud) openPage(s *settings) page {
	if s == nil {
		return c.listPage()
	}
	buttons := []button{{Do: doEdit, Label: productEdit, Class: "main", Focus: true}}
	if s.saved {
		buttons = append(buttons, button{Do: doSync, Label: productSync})
	}
	p := c.productPage(s.name, s, append(buttons, button{Do: doList, Label: productBack})...)
	p.Lead, p.Facts = []string{c.say("product.state." + s.state())}, c.settingsFacts(s)
	switch {
	case s.sync.failed:
		p.Remark, p.Raw = c.say("product.sync.failed"), strings.TrimSpace(s.sync.code+" "+s.sync.text)
	case s.sync.done:
		p.Lead = append(p.Lead, c.say("product.sync.good"))
	}
	return p
}

// editPage shows settings for editing, with the link that was made last.
func (c *Cloud) editPage(s *settings, link string) page {
	h := c.current().hooks
	save := button{Do: doSave, Label: productSave}
	if h.savesEarly && s.linked && !s.saved {
		save.Class, save.Detail = "main", c.say("choose.suggested")
	}
	makes := !s.linked && !s.early // what is focused must not be switched off
	p := c.productPage(s.name, s,
		button{Do: doAdminLink, Label: productAdminMakes, Disabled: s.early, Focus: makes},
		button{Do: doUserLink, Label: productUserMakes, Disabled: !s.offersUser(h)},
		save, button{Do: doList, Label: productBack, Focus: !makes})
	p.Facts, p.Raw = c.settingsFacts(s), link
	switch {
	case s.early:
		p.Lead = []string{c.say("product.edit.early", "Add", productAdd)}
	case link != "":
		p.Lead = []string{c.say("product.edit.link")}
	default:
		p.Lead = []string{c.say("product.edit.text", "Save", productSave)}
	}
	return p
}

func (c *Cloud) settingsFacts(s *settings) []pair {
	return []pair{
		{c.say("product.fact.type"), productType},
		{c.say("product.fact.admin"), c.say("product.consent." + string(s.admin))},
		{c.say("product.fact.user"), c.say("product.consent." + string(s.user))},
	}
}
