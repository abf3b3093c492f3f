package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// entryValue is something that Group Policy writes into the registry when a policy is on.
type entryValue struct {
	policy, key, name, text string
}

// readDefinitions reads a template of Windows.
func readDefinitions(root string) (definitions, error) {
	d := definitions{}
	path := filepath.Join(root, filepath.FromSlash(folder), "partner-center-connector.admx")
	data, err := os.ReadFile(path)
	if err != nil {
		return d, err
	}
	if err := xml.Unmarshal(data, &d); err != nil {
		return d, fmt.Errorf("%s: %w", path, err)
	}
	return d, nil
}

// registry is what the policies of a template write, each with its example.
func registry(d definitions) ([]entryValue, error) {
	all := []entryValue{}
	for _, e := range d.PolicyElements {
		setting, _, _ := strings.Cut(e.Name, "_")
		texts := examples[exampleName(setting)]
		if len(texts) == 0 {
			return nil, fmt.Errorf("the policy %s has no example", e.Name)
		}
		switch {
		case e.Elements.Text != nil:
			all = append(all, entryValue{e.Name, e.Key, e.Elements.Text.ValueName, texts[0]})
		case e.Elements.Enum != nil:
			all = append(all, entryValue{e.Name, e.Key, e.Elements.Enum.ValueName, texts[0]})
		case e.Elements.List != nil:
			for i, text := range texts {
				all = append(all, entryValue{e.Name, e.Elements.List.Key, fmt.Sprint(e.Elements.List.ValuePrefix, i+1), text})
			}
		default:
			return nil, fmt.Errorf("the policy %s has no element", e.Name)
		}
	}
	return all, nil
}

// exampleName is the name in a file of a name in the registry, as it is in the list of examples.
func exampleName(registryName string) string {
	for name := range examples {
		if strings.EqualFold(strings.ReplaceAll(name, "-", ""), registryName) {
			return name
		}
	}
	return ""
}

// printRegistry prints policy, key, name and text of each value, between tabs.
func printRegistry(root string, out io.Writer) error {
	d, err := readDefinitions(root)
	if err != nil {
		return err
	}
	all, err := registry(d)
	for _, v := range all {
		_, wrong := fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", v.policy, v.key, v.name, v.text)
		err = errors.Join(err, wrong)
	}
	return err
}
