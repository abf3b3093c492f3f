package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// manifestVersion is that of winget's format which the templates follow.
const manifestVersion = "1.12.0"

// wingetHead is what the four files of a package have in common.
type wingetHead struct {
	PackageIdentifier string `yaml:"PackageIdentifier"`
	PackageVersion    string `yaml:"PackageVersion"`
	ManifestType      string `yaml:"ManifestType"`
	ManifestVersion   string `yaml:"ManifestVersion"`
}

type wingetVersion struct {
	wingetHead    `yaml:",inline"`
	DefaultLocale string `yaml:"DefaultLocale"`
}

type wingetLocale struct {
	wingetHead          `yaml:",inline"`
	PackageLocale       string   `yaml:"PackageLocale"`
	Publisher           string   `yaml:"Publisher"`
	PublisherURL        string   `yaml:"PublisherUrl"`
	PublisherSupportURL string   `yaml:"PublisherSupportUrl"`
	PackageName         string   `yaml:"PackageName"`
	PackageURL          string   `yaml:"PackageUrl"`
	License             string   `yaml:"License"`
	LicenseURL          string   `yaml:"LicenseUrl"`
	ShortDescription    string   `yaml:"ShortDescription"`
	Description         string   `yaml:"Description"`
	Moniker             string   `yaml:"Moniker"`
	Tags                []string `yaml:"Tags"`
	ReleaseNotesURL     string   `yaml:"ReleaseNotesUrl"`
}

type wingetInstallers struct {
	wingetHead          `yaml:",inline"`
	Platform            []string          `yaml:"Platform"`
	MinimumOSVersion    string            `yaml:"MinimumOSVersion"`
	InstallerType       string            `yaml:"InstallerType"`
	NestedInstallerType string            `yaml:"NestedInstallerType"`
	InstallModes        []string          `yaml:"InstallModes"`
	UpgradeBehavior     string            `yaml:"UpgradeBehavior"`
	Commands            []string          `yaml:"Commands"`
	ReleaseDate         string            `yaml:"ReleaseDate"`
	Installers          []wingetInstaller `yaml:"Installers"`
}

type wingetInstaller struct {
	Architecture         string `yaml:"Architecture"`
	InstallerType        string `yaml:"InstallerType"`
	Scope                string `yaml:"Scope"`
	ElevationRequirement string `yaml:"ElevationRequirement"`
	InstallerURL         string `yaml:"InstallerUrl"`
	InstallerSHA256      string `yaml:"InstallerSha256"`
	InstallerSwitches    struct {
		Custom          string `yaml:"Custom"`
		InstallLocation string `yaml:"InstallLocation"`
	} `yaml:"InstallerSwitches"`
	ExpectedReturnCodes []struct {
		InstallerReturnCode int    `yaml:"InstallerReturnCode"`
		ReturnResponse      string `yaml:"ReturnResponse"`
	} `yaml:"ExpectedReturnCodes"`
	ProductCode            string `yaml:"ProductCode"`
	AppsAndFeaturesEntries []struct {
		DisplayName    string `yaml:"DisplayName"`
		Publisher      string `yaml:"Publisher"`
		DisplayVersion string `yaml:"DisplayVersion"`
		ProductCode    string `yaml:"ProductCode"`
		UpgradeCode    string `yaml:"UpgradeCode"`
		InstallerType  string `yaml:"InstallerType"`
	} `yaml:"AppsAndFeaturesEntries"`
	NestedInstallerFiles []struct {
		RelativeFilePath     string `yaml:"RelativeFilePath"`
		PortableCommandAlias string `yaml:"PortableCommandAlias"`
	} `yaml:"NestedInstallerFiles"`
}

// wingetPackage checks the files of one version of a package, in the folder that the community's repository wants, and counts them.
func (c *checker) wingetPackage(folder string) int {
	publisher, name, number := filepath.Base(filepath.Dir(filepath.Dir(folder))), filepath.Base(filepath.Dir(folder)), filepath.Base(folder)
	id := publisher + "." + name
	c.expect(folder, "the folder of the first letter", filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(folder)))), strings.ToLower(id[:1]))
	want := []string{id + ".installer.yaml", id + ".locale.de-DE.yaml", id + ".locale.en-US.yaml", id + ".yaml"}
	entries, err := os.ReadDir(folder)
	c.complain(folder, err)
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, want) {
		c.complain(folder, fmt.Errorf("has %q, and has to have %q", got, want))
		return 0
	}
	at := func(file string) string { return filepath.Join(folder, file) }

	var installers wingetInstallers
	c.read(at(want[0]), "installer", &installers)
	c.head(at(want[0]), installers.wingetHead, wingetHead{id, number, "installer", manifestVersion})
	c.installers(at(want[0]), &installers)
	for i, kind := range []string{"locale", "defaultLocale"} {
		var locale wingetLocale
		c.read(at(want[1+i]), kind, &locale)
		c.head(at(want[1+i]), locale.wingetHead, wingetHead{id, number, kind, manifestVersion})
		c.locale(at(want[1+i]), &locale)
	}
	var version wingetVersion
	c.read(at(want[3]), "version", &version)
	c.head(at(want[3]), version.wingetHead, wingetHead{id, number, "version", manifestVersion})
	c.expect(at(want[3]), "DefaultLocale", version.DefaultLocale, "en-US")
	return len(want)
}

// read takes a file into a manifest of our own form, which refuses keys that it does not know, and holds it against winget's schema.
func (c *checker) read(file, kind string, manifest any) {
	text, err := os.ReadFile(file)
	if err != nil {
		c.complain(file, err)
		return
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	c.complain(file, decoder.Decode(manifest))
	if c.winget == "" {
		return
	}
	var plain any
	if err := yaml.Unmarshal(text, &plain); err != nil {
		c.complain(file, err)
		return
	}
	c.complain(file, conforms(plain, filepath.Join(c.winget, "manifest."+kind+"."+manifestVersion+".json")))
}

func (c *checker) head(file string, got, want wingetHead) {
	if got != want {
		c.complain(file, fmt.Errorf("is for %q, and has to be for %q", got, want))
	}
}

// locale checks what winget limits: a text that is too long is refused only by the community's repository, days later.
func (c *checker) locale(file string, l *wingetLocale) {
	name := strings.TrimSuffix(filepath.Base(file), ".yaml")
	c.expect(file, "PackageLocale", l.PackageLocale, name[strings.LastIndex(name, ".")+1:])
	for _, text := range []struct {
		name, value string
		most        int
	}{
		{"Publisher", l.Publisher, 256},
		{"PackageName", l.PackageName, 256},
		{"License", l.License, 512},
		{"ShortDescription", l.ShortDescription, 256},
		{"Description", l.Description, 10000},
	} {
		if length := utf8.RuneCountInString(text.value); length < 3 || length > text.most {
			c.complain(file, fmt.Errorf("%s has %d characters; 3 to %d are allowed", text.name, length, text.most))
		}
	}
	for _, address := range []string{l.PublisherURL, l.PublisherSupportURL, l.PackageURL, l.LicenseURL, l.ReleaseNotesURL} {
		if !strings.HasPrefix(address, "https://") {
			c.complain(file, fmt.Errorf("%q is no https address", address))
		}
	}
	tags := slices.Clone(l.Tags)
	slices.Sort(tags)
	if len(tags) > 16 || len(slices.Compact(tags)) != len(l.Tags) {
		c.complain(file, fmt.Errorf("the list Tags has more than 16, or one twice: %q", l.Tags))
	}
}

var (
	code        = regexp.MustCompile(`^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$`)
	releaseDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// installers checks that each way to install is there once, and goes by a package of this release.
func (c *checker) installers(file string, m *wingetInstallers) {
	if !releaseDate.MatchString(m.ReleaseDate) || len(m.Installers) == 0 {
		c.complain(file, fmt.Errorf("the ReleaseDate is %q, with %d installers", m.ReleaseDate, len(m.Installers)))
	}
	seen := map[string]bool{}
	for _, one := range m.Installers {
		kind := one.InstallerType
		if kind == "" {
			kind = m.InstallerType
		}
		way := strings.Join([]string{one.Architecture, kind, one.Scope}, " ")
		if seen[way] {
			c.complain(file, fmt.Errorf("two installers are %s", way))
		}
		seen[way] = true
		archive := c.asset(file, one.InstallerURL, one.InstallerSHA256)
		c.expect(file, "the file of "+way, filepath.Ext(archive), map[string]string{"nullsoft": ".exe", "wix": ".msi", "zip": ".zip"}[kind])
		switch kind {
		case "wix":
			c.msi(file, &one)
		case "zip":
			c.nested(file, archive, &one)
		}
	}
}

func (c *checker) msi(file string, one *wingetInstaller) {
	if len(one.AppsAndFeaturesEntries) != 1 {
		c.complain(file, fmt.Errorf("the MSI has %d entries", len(one.AppsAndFeaturesEntries)))
		return
	}
	entry := one.AppsAndFeaturesEntries[0]
	c.expect(file, "the ProductCode of the entry", entry.ProductCode, one.ProductCode)
	if !code.MatchString(entry.ProductCode) || !code.MatchString(entry.UpgradeCode) {
		c.complain(file, fmt.Errorf("%q and %q have to be codes in braces and capitals", entry.ProductCode, entry.UpgradeCode))
	}
}

// nested checks that the programs of an archive are in it, and are for the processor.
func (c *checker) nested(file, archive string, one *wingetInstaller) {
	if len(one.NestedInstallerFiles) == 0 {
		c.complain(file, fmt.Errorf("no program is named of %s", archive))
	}
	for _, nested := range one.NestedInstallerFiles {
		c.complain(file, program(archive, strings.ReplaceAll(nested.RelativeFilePath, `\`, "/"), one.Architecture))
	}
}
