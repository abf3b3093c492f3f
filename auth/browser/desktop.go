package browser

import (
	"slices"
	"strings"
)

// desktopEntry is what a desktop file says of an application, as far as it matters here.
type desktopEntry struct {
	name, exec, tryExec string
	hidden              bool
	kind                string
	mime                []string
}

// parseDesktop reads the main group of a desktop file; what it does not understand it passes over.
// https://specifications.freedesktop.org/desktop-entry-spec/latest/
func parseDesktop(text string) desktopEntry {
	var e desktopEntry
	in := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			in = line == "[Desktop Entry]"
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if !in || !found || strings.HasPrefix(line, "#") {
			continue
		}
		e.set(strings.TrimSpace(key), strings.TrimSpace(value))
	}
	return e
}

func (e *desktopEntry) set(key, value string) {
	switch key {
	case "Name":
		e.name = unescape(value)
	case "Exec":
		e.exec = unescape(value)
	case "TryExec":
		e.tryExec = unescape(value)
	case "Type":
		e.kind = value
	case "Hidden":
		e.hidden = value == "true"
	case "MimeType":
		e.mime = strings.Split(value, ";")
	}
}

var escapes = strings.NewReplacer(`\\`, `\`, `\s`, " ", `\n`, "\n", `\t`, "\t", `\r`, "\r")

// unescape undoes the escapes of a value; those of a quoted word in Exec come on top.
func unescape(value string) string { return escapes.Replace(value) }

// opensLinks reports whether the application is a browser, or says that it is one.
func (e desktopEntry) opensLinks() bool {
	return e.kind == "Application" && !e.hidden && e.exec != "" && slices.Contains(e.mime, "x-scheme-handler/https")
}
