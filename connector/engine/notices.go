package engine

import (
	"path/filepath"

	"partner-center-connector/connector"
	"partner-center-connector/connector/notice"
)

// noticesOf shows notifications, whose click opens the window with the files that the engine is opened with.
func noticesOf(o Options) connector.Notices {
	d := notice.Desktop{Text: o.Translator.Text}
	for _, f := range []struct{ flag, path string }{{"--config-dir", o.ConfigDir}, {"--clouds", o.CloudsFile}} {
		if full, err := filepath.Abs(f.path); err == nil && f.path != "" {
			d.Args = append(d.Args, f.flag, full)
		}
	}
	return d
}
