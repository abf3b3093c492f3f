package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/pe"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// asset is the package that an address of a manifest leads to: its path here, after a look at its sum.
func (c *checker) asset(file, address, sum string) string {
	if !strings.HasPrefix(address, "https://") {
		c.complain(file, fmt.Errorf("%q is no https address", address))
	}
	place := filepath.Join(c.dist, path.Base(address))
	content, err := os.ReadFile(place)
	if err != nil {
		c.complain(file, err)
		return place
	}
	actual := sha256.Sum256(content)
	c.expect(file, "the sum of "+path.Base(address), strings.ToLower(sum), hex.EncodeToString(actual[:]))
	return place
}

var machines = map[string]uint16{"x64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64}

// program reports an archive that does not have a program for Windows on that processor at that place.
func program(archive, name, processor string) error {
	files, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }() // it was only read
	file, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(archive), err)
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	found, err := pe.NewFile(bytes.NewReader(content))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if want := machines[processor]; found.Machine != want {
		return fmt.Errorf("%s is for machine %#x, and %s is %#x", name, found.Machine, processor, want)
	}
	return nil
}

// conforms reports where a document, as YAML or JSON gave it, is not as a schema wants it.
func conforms(document any, schema string) error {
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile(schema)
	if err != nil {
		return err
	}
	return compiled.Validate(instance)
}
