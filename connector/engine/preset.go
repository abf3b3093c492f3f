package engine

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
)

// presetPlaces are where a preset is looked for. Who practices uses the practice cloud's own app registration: there it would be in
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

// PresetFiles are the files that a preset is read from, the one that counts most first; none for who practices.
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

// productsOf are the products whose two links there are words for: those of the options, the preset's, and those built in. Of an ID the first one
// counts, so that a publisher can correct what is built in of its own product.
func productsOf(o Options, given connector.Preset) []connector.Product {
	candidates := slices.Clone(o.Products)
	if given.Links != nil {
		candidates = append(candidates, *given.Links)
	}
	all := []connector.Product{}
	for _, p := range append(candidates, preset.BuiltIn()...) {
		if !slices.ContainsFunc(all, func(other connector.Product) bool { return other.ID == p.ID }) {
			all = append(all, p)
		}
	}
	return all
}
