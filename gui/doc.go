// Package gui is what the admin sees: it draws views in windows and turns what is pressed and typed into events, and
// decides nothing by itself.
package gui
