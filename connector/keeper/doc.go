// Package keeper looks after saved connectors: it checks them, hands out access tokens, renames and removes them, and ends what a crash
// left half done. [Keeper] is all of it, for the window, the terminal and scheduled runs alike.
package keeper
