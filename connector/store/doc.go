// Package store keeps the lists of connectors and drafts, the settings and the connectors' locks in the configuration folder.
//
// A [Store] writes each file whole or not at all, under a lock that all processes of the folder heed, and never over one that it could not
// read: a damaged one is moved aside ([DamagedError]), one of a newer version is left alone. [Store.Watch] tells what others changed, and
// [Store.TakeInstance] holds that a folder has one window program.
package store
