// Package auth finds out who agreed to what. It is the only package that imports MSAL.
//
// A [Tenant] is found by its domain or ID in all [Cloud]s at once ([Directory]). A [Prober] asks Microsoft, before anybody signs in, whether
// the [App] registration is there as it was described. The two consents begin with an [AdminRequest] and a [UserRequest]; package loopback
// receives their [Answer]. A [Service] redeems that of the user consent; the [Session] that comes of it has the ID token's [IDClaims], makes
// access tokens, and is kept as one [Secret]. Whatever goes wrong is an [Error]: its [Stage], what Microsoft said, and a cause to compare
// with.
package auth
