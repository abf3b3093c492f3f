package cli

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// schemas has a JSON Schema for what each command prints with --json, and shared.json, to whose parts they refer.
//
//go:embed schemas/*.json
var schemas embed.FS

// sharedSchema is the file with the parts that several schemas need.
const sharedSchema = "shared"

// reference is what comes before the name of a part, in that file itself; in the others the file's name is in front of it.
const reference = `"#/$defs/`

const schemaExample = `  pcc schema
  pcc schema check
  pcc schema error > error.schema.json`

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use: "schema [COMMAND]", Short: p.t("cli.schema.short"), Long: p.t("cli.schema.long"), Example: schemaExample,
		Args: p.atMostOne, ValidArgsFunction: completeSchemas, Annotations: brief,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return p.listSchemas()
			case !slices.Contains(schemaNames(), args[0]):
				text := p.tr.Text("cli.error.schema", map[string]any{"Name": args[0], "Known": strings.Join(schemaNames(), ", ")})
				return usageWords(p.withNear(text, args[0], schemaNames()))
			}
			_, err := fmt.Fprint(p.Out, schemaOf(args[0]))
			return err
		},
	}
}

func completeSchemas(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return schemaNames(), cobra.ShellCompDirectiveNoFileComp
}

// listSchemas prints what there is a schema of.
func (p *program) listSchemas() error {
	if p.json {
		p.print(map[string]any{"schemas": schemaNames()})
		return nil
	}
	rows := [][2]string{}
	for _, name := range schemaNames() {
		rows = append(rows, [2]string{name, p.schemaTitle(name)})
	}
	_, err := fmt.Fprintln(p.Out, strings.Join(columns(rows, p.outWidth()), "\n"))
	return err
}

// schemaTitle is what a command does, or what an error is.
func (p *program) schemaTitle(name string) string {
	if name == "error" {
		return p.t("cli.schema.error")
	}
	return p.t("cli." + name + ".short")
}

// schemaNames are the commands that print JSON, in alphabetical order, with error among them.
func schemaNames() []string {
	names := []string{}
	files, _ := schemas.ReadDir("schemas") // it is inside the program
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".json"); name != sharedSchema {
			names = append(names, name)
		}
	}
	return names
}

// schemaOf is a schema that needs no other file: the parts that it refers to, and those that they refer to, stand in it.
func schemaOf(name string) string {
	var shared struct {
		Parts map[string]json.RawMessage `json:"$defs"`
	}
	_ = json.Unmarshal([]byte(schemaFile(sharedSchema)), &shared) // the tests read it, too
	own := strings.ReplaceAll(schemaFile(name), `"`+sharedSchema+".json"+reference[1:], reference)
	needed := []string{}
	for search := []string{own}; len(search) > 0; search = search[1:] {
		for _, part := range references(search[0]) {
			if !slices.Contains(needed, part) {
				needed = append(needed, part)
				search = append(search, string(shared.Parts[part]))
			}
		}
	}
	if len(needed) == 0 {
		return own
	}
	slices.Sort(needed)
	parts := []string{}
	for _, part := range needed {
		parts = append(parts, fmt.Sprintf("    %q: %s", part, shared.Parts[part]))
	}
	return strings.TrimSuffix(own, "\n}\n") + ",\n  \"$defs\": {\n" + strings.Join(parts, ",\n") + "\n  }\n}\n"
}

// references are the names of the parts that a text refers to.
func references(text string) []string {
	names := []string{}
	for _, after := range strings.Split(text, reference)[1:] {
		name, _, _ := strings.Cut(after, `"`)
		names = append(names, name)
	}
	return names
}

func schemaFile(name string) string {
	text, _ := schemas.ReadFile("schemas/" + name + ".json") // it is inside the program
	return string(text)
}
