// Package store keeps connectors, drafts, settings and the connectors' locks in the configuration folder.
//
// Each connector has a file of its own, which is the truth about it; an index of rows without checks and a folder of names, both made again
// whenever they do not fit, make lists and searches fast. Drafts, settings and the last run of the schedule are a file each. A [Store] writes each file whole or not at
// all, under a lock that all processes of the folder heed, and never over one that it could not read: a damaged list is moved aside, the
// damaged file of a connector stays where it is ([DamagedError]), what a newer version wrote is left alone. The list in which older versions
// kept all connectors is taken over. [Store.Watch] tells what others changed, and [Store.TakeInstance] checks that a folder has one window
// program.
package store
