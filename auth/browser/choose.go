package browser

// Choose returns the browser with the ID, or else the first that can open a private window.
func Choose(all []Browser, id string) Browser {
	for _, b := range all {
		if id != "" && b.ID == id {
			return b
		}
	}
	for _, b := range all {
		if len(b.Modes()) > 0 {
			return b
		}
	}
	return Browser{}
}

// FirstMode returns the best way in which the browser can open a private window; empty if it can't.
func FirstMode(b Browser) Mode {
	modes := b.Modes()
	if len(modes) == 0 {
		return ""
	}
	return modes[0]
}
