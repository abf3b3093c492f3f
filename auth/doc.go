// Package auth finds out who agreed to what: clouds and tenants, the registration probe, the two consents over a
// loopback listener, and the tokens that come of them. It is the only package that imports MSAL.
package auth
