// Package browser knows which browsers this computer has, opens the default one, and opens a throw-away private
// window and says when it closes.
package browser
