// Package report makes support reports: what somebody who helps has to know of this computer and its connectors, without secrets and without
// names.
//
// [Report] is the list of what may be in one, and [Source.Report] fills it field by field. Whatever comes from a file, the network or a person
// passes by its shape alone: one of a few known words, a GUID, a number, a time. A text that anybody can have typed has no place in it, so that
// there is none to be cleaned. The lines of the log pass value by value in the same way.
package report
