package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
)

// scoopManifest has the keys of Scoop that the templates use.
type scoopManifest struct {
	Version       string                  `json:"version"`
	Description   string                  `json:"description"`
	Homepage      string                  `json:"homepage"`
	License       string                  `json:"license"`
	Architecture  map[string]scoopArchive `json:"architecture"`
	PreUninstall  string                  `json:"pre_uninstall"`
	Bin           string                  `json:"bin"`
	Shortcuts     [][]string              `json:"shortcuts"`
	CheckVersions struct {
		GitHub string `json:"github"`
	} `json:"checkver"`
	AutoUpdate struct {
		Architecture map[string]scoopArchive `json:"architecture"`
		Hash         struct {
			URL string `json:"url"`
		} `json:"hash"`
	} `json:"autoupdate"`
}

type scoopArchive struct {
	URL        string `json:"url"`
	Hash       string `json:"hash"`
	ExtractDir string `json:"extract_dir"`
}

// processors are winget's names for those that Scoop names by itself.
var processors = map[string]string{"64bit": "x64", "arm64": "arm64"}

// scoopApp checks a manifest of Scoop: its archives, the programs in them, and that an update of this very version finds the same.
func (c *checker) scoopApp(file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		c.complain(file, err)
		return
	}
	var m scoopManifest
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	c.complain(file, decoder.Decode(&m))
	if c.scoop != "" {
		c.complain(file, conforms(json.RawMessage(text), c.scoop))
	}
	if m.Version == "" || m.Description == "" || m.License == "" || m.Architecture["64bit"].URL == "" {
		c.complain(file, errors.New("version, description, license or the archive for 64bit is missing"))
	}
	c.expect(file, "the page that has new versions", m.CheckVersions.GitHub, m.Homepage)
	c.expect(file, "the sums of new versions", m.AutoUpdate.Hash.URL, "$baseurl/SHA256SUMS")
	for name, archive := range m.Architecture {
		next := m.AutoUpdate.Architecture[name]
		c.expect(file, "an update of "+name, strings.ReplaceAll(next.URL, "$version", m.Version), archive.URL)
		c.expect(file, "the folder of an update of "+name, strings.ReplaceAll(next.ExtractDir, "$version", m.Version), archive.ExtractDir)
		path := c.asset(file, archive.URL, archive.Hash)
		c.complain(file, program(path, archive.ExtractDir+"/"+m.Bin, processors[name]))
		for _, shortcut := range m.Shortcuts {
			c.complain(file, program(path, archive.ExtractDir+"/"+shortcut[0], processors[name]))
		}
	}
	if len(m.AutoUpdate.Architecture) != len(m.Architecture) {
		c.complain(file, errors.New("autoupdate has other processors than the manifest"))
	}
}
