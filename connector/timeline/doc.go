// Package timeline lays out what happened to a connector, and what will, on an axis of time: sign-ins, checks with their outcome, days without
// any, key vaults, today, and the ends of the refresh token and of the client secret.
//
// [Of] is the layout, [SVG] and [Text] are two drawings of it; the window has one of its own. Every lane has words and a form, so that no
// drawing needs its colors. It is pure: the time is given, and so are the words.
package timeline
