// Package gui is what the admin sees: a [Window] draws views and turns what is pressed and typed into events, and decides
// nothing by itself. The controls and layouts that it draws with are those of gui/widget.
package gui
