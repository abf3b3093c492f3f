// Package store keeps the lists of connectors and drafts, the settings and the connectors' locks in the config folder.
package store
