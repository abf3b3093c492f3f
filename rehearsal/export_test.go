package rehearsal

import "net/http"

// PagesHandler and BackHandler let a fuzz test call the servers without a network between, so that a panic is seen.
func (c *Cloud) PagesHandler() http.Handler { return c.pages.server.Handler }

// ProductHandler is the practice product's.
func (c *Cloud) ProductHandler() http.Handler { return c.productSite.server.Handler }

// BackHandler is the back channel's.
func (c *Cloud) BackHandler() http.Handler { return c.back.server.Handler }
