package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// expected is what an SBOM must say that its program does not.
type expected struct{ version, time, commit string }

// bom is what is compared of an SBOM.
type bom struct {
	SerialNumber string `json:"serialNumber"`
	Metadata     struct {
		Timestamp  string     `json:"timestamp"`
		Component  component  `json:"component"`
		Properties []property `json:"properties"`
	} `json:"metadata"`
	Components   []component `json:"components"`
	Dependencies []struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn"`
	} `json:"dependencies"`
}

type component struct {
	Ref     string `json:"bom-ref"`
	Name    string `json:"name"`
	Version string `json:"version"`
	PURL    string `json:"purl"`
	Hashes  []struct {
		Alg     string `json:"alg"`
		Content string `json:"content"`
	} `json:"hashes"`
	Licenses []any `json:"licenses"`
}

type property struct{ Name, Value string }

// sum is the SHA-256 that a component names; empty for none.
func (c component) sum() string {
	for _, h := range c.Hashes {
		if h.Alg == "SHA-256" {
			return h.Content
		}
	}
	return ""
}

func checkSBOM(schemas string, want expected, file, program string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := fitsSchema(schemas, data); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	var b bom
	if err := json.Unmarshal(data, &b); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	var d differences
	d.metadata(b, want, info, content)
	d.modules(b.Components, info)
	d.native(b.Components, info, content)
	d.dependencies(b)
	if err := d.err(); err != nil {
		return fmt.Errorf("%s does not fit %s:\n%w", file, program, err)
	}
	_, _ = fmt.Fprintf(os.Stdout, "%s: %d components, as in %s\n", filepath.Base(file), len(b.Components), program)
	return nil
}

// fitsSchema asks CycloneDX's own schema.
func fitsSchema(folder string, data []byte) error {
	const base = "http://cyclonedx.org/schema/"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for _, name := range []string{"bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schemax.json"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := compiler.AddResource(base+strings.Replace(name, "schemax", "schema", 1), schema); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	schema, err := compiler.Compile(base + "bom-1.6.schema.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// metadata compares what is said of the program itself.
func (d *differences) metadata(b bom, want expected, info *debug.BuildInfo, content []byte) {
	sum := sha256.Sum256(content)
	digest := hex.EncodeToString(sum[:])
	properties := map[string]string{}
	for _, p := range b.Metadata.Properties {
		properties[p.Name] = p.Value
	}
	for name, pair := range map[string][2]string{
		"the version":            {b.Metadata.Component.Version, want.version},
		"the time":               {b.Metadata.Timestamp, want.time},
		"the program's SHA-256":  {b.Metadata.Component.sum(), digest},
		"the commit":             {properties["cdx:gomod:build:vcs:revision"], want.commit},
		"the operating system":   {properties["cdx:gomod:build:env:GOOS"], setting(info, "GOOS")},
		"the processor":          {properties["cdx:gomod:build:env:GOARCH"], setting(info, "GOARCH")},
		"the serial number":      {strings.NewReplacer("urn:uuid:", "", "-", "").Replace(b.SerialNumber), digest[:12] + "8" + digest[13:16] + "8" + digest[17:32]},
		"the commit Go may know": {cmp.Or(setting(info, "vcs.revision"), want.commit), want.commit},
	} {
		if pair[0] != pair[1] {
			d.add("%s is %q, not %q", name, pair[0], pair[1])
		}
	}
	if len(b.Metadata.Component.Licenses) == 0 {
		d.add("the program has no license")
	}
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// modules holds that the Go modules are those in the program: no more, no less, in the same version, with the same sum.
func (d *differences) modules(components []component, info *debug.BuildInfo) {
	// There is no sum of Go's own library.
	want := map[string]string{"std " + info.GoVersion: ""}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		want[m.Path+" "+m.Version] = hexOf(m.Sum)
	}
	for _, c := range components {
		if !strings.HasPrefix(c.PURL, "pkg:golang/") {
			continue
		}
		key := c.Name + " " + c.Version
		sum, ok := want[key]
		switch {
		case !ok:
			d.add("%s is in the SBOM, not in the program, or twice", key)
		case c.sum() != sum:
			d.add("%s has the sum %q, not %q", key, c.sum(), sum)
		case len(c.Licenses) == 0:
			d.add("%s has no license", key)
		case c.PURL != fmt.Sprintf("pkg:golang/%s@%s?goarch=%s&goos=%s&type=module", c.Name, strings.ReplaceAll(c.Version, "+", "%2B"), setting(info, "GOARCH"), setting(info, "GOOS")):
			d.add("%s has the address %s", key, c.PURL)
		}
		delete(want, key)
	}
	for key := range want {
		d.add("%s is in the program, not in the SBOM", key)
	}
}

// hexOf is a sum of Go's, "h1:…", as CycloneDX and in-toto write it.
func hexOf(sum string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sum, "h1:"))
	if err != nil {
		return ""
	}
	return hex.EncodeToString(raw)
}

// native holds that a program with C code names it: GLFW in the version that the program itself has noted, and what the compiler added. A
// program without C code names none.
func (d *differences) native(components []component, info *debug.BuildInfo, content []byte) {
	debian, glfw := 0, ""
	for _, c := range components {
		switch {
		case strings.HasPrefix(c.PURL, "pkg:deb/debian/"):
			debian++
		case strings.HasPrefix(c.PURL, "pkg:generic/glfw@"):
			glfw = c.Version
		case !strings.HasPrefix(c.PURL, "pkg:golang/"):
			d.add("nobody expects %s", c.PURL)
		}
	}
	if setting(info, "CGO_ENABLED") != "1" {
		if debian > 0 || glfw != "" {
			d.add("a program without C code names %d packages of Debian, and GLFW %q", debian, glfw)
		}
		return
	}
	if debian < 2 {
		d.add("what the C compiler added is missing")
	}
	platform := map[string]string{"windows": " Win32 WGL", "linux": " X11 GLX"}[setting(info, "GOOS")]
	if glfw == "" || platform == "" || !noted(content, glfw, platform) {
		d.add("GLFW is named as %q, and the program has noted another version", glfw)
	}
}

// noted reports whether the program has GLFW's own text of its version, which begins with it and names the platforms.
func noted(content []byte, version, platform string) bool {
	for rest := content; ; {
		at := bytes.Index(rest, []byte("\x00"+version+" "))
		if at < 0 {
			return false
		}
		rest = rest[at+1:]
		line, _, _ := bytes.Cut(rest[:min(len(rest), 200)], []byte{0})
		if strings.Contains(string(line), platform) {
			return true
		}
	}
}

// dependencies holds that the program depends on every component.
func (d *differences) dependencies(b bom) {
	on := map[string]bool{}
	for _, of := range b.Dependencies {
		if of.Ref == b.Metadata.Component.Ref {
			for _, ref := range of.DependsOn {
				on[ref] = true
			}
		}
	}
	for _, c := range b.Components {
		if !on[c.Ref] {
			d.add("the program does not depend on %s", c.Ref)
		}
	}
}
