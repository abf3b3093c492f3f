// Package browser knows which browsers this computer has, opens the default one, and opens a throw-away private window and tells when it
// closes.
//
// A [Browser] is of a [Family], which decides how it is started, and what policies of the computer leave open. A [Mode] is one way of
// having a window that shares nothing with the person's own: a new directory for the profile, with private browsing where that is allowed.
// A [Launcher] opens a [Window] in it, which is a process of ours, so that its end is known.
package browser
