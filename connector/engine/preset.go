package engine

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector/preset"
)

// presetPlaces are where a preset is looked for. Who practises uses the practice cloud's own app registration: there it would be in
// the way.
func presetPlaces(o Options, all []auth.Cloud) []preset.Place {
	switch {
	case o.PresetPlaces != nil:
		return o.PresetPlaces
	case o.Rehearsal || slices.ContainsFunc(all, onThisComputer):
		return nil
	}
	return preset.Places()
}

// PresetFiles are the files that a preset is read from, the one that counts most first; none for who practises.
func (e *Engine) PresetFiles() []string {
	files := []string{}
	for _, place := range e.presets {
		files = append(files, filepath.Join(place.Dir, preset.FileName))
	}
	return files
}

// onThisComputer reports whether a cloud is a practice cloud that another process serves.
func onThisComputer(c auth.Cloud) bool {
	u, err := url.Parse(c.Login)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return c.FromFile && (u.Hostname() == "localhost" || err == nil && addr.IsLoopback())
}
