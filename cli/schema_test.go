package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"partner-center-connector/cli"
)

// TestEveryOutputFitsItsSchema holds what the commands print in their states against what pcc schema says, and that nothing stands in a schema that no
// command prints: each key with a value, each alternative of a value.
func TestEveryOutputFitsItsSchema(t *testing.T) {
	o := &outputs{t: t, schemas: map[string]*schema{}, seen: map[string]bool{}}
	for _, name := range o.names() {
		o.schemas[name] = o.schema(name)
	}
	o.everyday()
	o.badDays()
	o.stopped()
	o.vaults()
	o.links()
	o.computer()
	o.files()
	never := map[string]bool{}
	for _, s := range o.schemas {
		for _, place := range s.places() {
			if !o.seen[place] {
				never[place] = true
			}
		}
	}
	for _, place := range slices.Sorted(maps.Keys(never)) {
		t.Errorf("no output has %s", place)
	}
	if len(o.seen) < 300 {
		t.Errorf("only %d places of schemas were seen", len(o.seen))
	}
}

// outputs are what the commands print.
type outputs struct {
	t       *testing.T
	schemas map[string]*schema
	// seen are the places of the schemas that an output had.
	seen map[string]bool
	// newer says that what is printed is from a newer version, whose words are not known here.
	newer bool
}

// names are those of pcc schema.
func (o *outputs) names() []string {
	w := newWorld(o.t, "good")
	var got struct{ Schemas []string }
	if err := json.Unmarshal([]byte(w.runPlain("schema", "--json").out), &got); err != nil || len(got.Schemas) < 20 {
		o.t.Fatalf("%v %v", err, got.Schemas)
	}
	return got.Schemas
}

// schema is what pcc schema prints, alone: it needs no other file.
func (o *outputs) schema(name string) *schema {
	o.t.Helper()
	r := newWorld(o.t, "good").runPlain("schema", name)
	text, err := jsonschema.UnmarshalJSON(strings.NewReader(r.out))
	if err != nil || r.code != cli.ExitFine || r.err != "" {
		o.t.Fatalf("pcc schema %s: %v, exit code %d, %s", name, err, r.code, r.err)
	}
	s := &schema{name: name, root: text.(map[string]any), compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}
	s.compiler.AssertFormat()
	s.compiler.DefaultDraft(jsonschema.Draft4) // so that it has to name its own
	if err := s.compiler.AddResource(name, text); err != nil {
		o.t.Fatal(err)
	}
	if compiled, err := s.at("#"); err != nil || compiled.DraftVersion != 2020 {
		o.t.Fatalf("pcc schema %s: %v", name, err)
	}
	return s
}

// add holds a result against the schema of its command, and notes what it had. Each result is one document.
func (o *outputs) add(command string, r result) {
	o.t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(r.out))
	if err != nil {
		o.t.Errorf("%s: %v\n%s%s", command, err, r.out, r.err)
		return
	}
	s := o.schemas[command]
	if compiled, err := s.at("#"); err != nil {
		o.t.Error(err)
	} else if err := compiled.Validate(v); err != nil {
		o.t.Errorf("%s: %v\n%s", command, err, r.out)
		return
	}
	s.visit(o, "#", v)
	if _, failed := v.(map[string]any)["error"]; failed && len(v.(map[string]any)) == 1 && command != "error" {
		o.add("error", r)
	}
}

// run runs a command with --json.
func (o *outputs) run(w *world, args ...string) { o.runWith(w, "", args...) }

func (o *outputs) runWith(w *world, stdin string, args ...string) {
	o.t.Helper()
	o.add(args[0], w.runWith(stdin, append(args, "--json")...))
}

// schema is a JSON Schema.
type schema struct {
	name     string
	root     map[string]any
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

// at is the schema at a place of the document.
func (s *schema) at(place string) (*jsonschema.Schema, error) {
	if s.compiled[place] == nil {
		compiled, err := s.compiler.Compile(s.name + place)
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", s.name, place, err)
		}
		s.compiled[place] = compiled
	}
	return s.compiled[place], nil
}

// key is the name of a place in all schemas: what several of them have is the same.
func (s *schema) key(place string) string {
	if strings.HasPrefix(place, "#/$defs/") {
		return place
	}
	return s.name + place
}

// node is what stands at a place.
func (s *schema) node(place string) map[string]any {
	var v any = s.root
	for _, part := range strings.Split(strings.TrimPrefix(place, "#"), "/")[1:] {
		switch of := v.(type) {
		case map[string]any:
			v = of[part]
		case []any:
			var i int
			_, _ = fmt.Sscan(part, &i) // a place is one of places
			v = of[i]
		}
	}
	return v.(map[string]any)
}

// alternatives are the keywords with several schemas, of which one fits.
var alternatives = []string{"oneOf", "anyOf"}

// visit notes the places that a value has.
func (s *schema) visit(o *outputs, place string, v any) {
	node, seen := s.node(place), o.seen
	if to, ok := node["$ref"].(string); ok {
		s.visit(o, to, v)
	}
	for _, keyword := range alternatives {
		of, _ := node[keyword].([]any)
		for i := range of {
			branch := fmt.Sprintf("%s/%s/%d", place, keyword, i)
			if compiled, err := s.at(branch); err == nil && compiled.Validate(v) == nil {
				seen[s.key(branch)] = true
				s.visit(o, branch, v)
			}
		}
	}
	if known, ok := node["examples"].([]any); ok && v != "" && !slices.Contains(known, v) && !o.newer {
		o.t.Errorf("%s: %v is not among %v", s.key(place), v, known)
	}
	if types, ok := node["type"].([]any); ok {
		seen[fmt.Sprintf("%s is null: %t", s.key(place), v == nil)] = len(types) == 2
	}
	properties, _ := node["properties"].(map[string]any)
	object, _ := v.(map[string]any)
	for name := range properties {
		if value, there := object[name]; there {
			below := place + "/properties/" + name
			seen[s.key(below)] = seen[s.key(below)] || says(value)
			s.visit(o, below, value)
		}
	}
	if list, ok := v.([]any); ok && node["items"] != nil {
		for _, item := range list {
			s.visit(o, place+"/items", item)
		}
	}
}

// says reports whether a value is more than the mark for nothing.
func says(value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

// places are all that visit can note.
func (s *schema) places() []string {
	all := []string{}
	for _, place := range s.nodes() {
		node := s.node(place)
		for _, keyword := range alternatives {
			of, _ := node[keyword].([]any)
			for i := range of {
				all = append(all, fmt.Sprintf("%s/%s/%d", s.key(place), keyword, i))
			}
		}
		if _, ok := node["type"].([]any); ok {
			all = append(all, s.key(place)+" is null: true", s.key(place)+" is null: false")
		}
		properties, _ := node["properties"].(map[string]any)
		for name := range properties {
			all = append(all, s.key(place)+"/properties/"+name)
		}
	}
	return all
}

// nodes are the places of every schema inside of it that a value can meet.
func (s *schema) nodes() []string {
	found := []string{"#"}
	for i := 0; i < len(found); i++ {
		for _, below := range s.below(found[i]) {
			if !slices.Contains(found, below) {
				found = append(found, below)
			}
		}
	}
	return found
}

// below are the places to which a value can go from another one.
func (s *schema) below(place string) []string {
	node, all := s.node(place), []string{}
	if to, ok := node["$ref"].(string); ok {
		all = append(all, to)
	}
	for _, keyword := range alternatives {
		of, _ := node[keyword].([]any)
		for i := range of {
			all = append(all, fmt.Sprintf("%s/%s/%d", place, keyword, i))
		}
	}
	properties, _ := node["properties"].(map[string]any)
	for name := range properties {
		all = append(all, place+"/properties/"+name)
	}
	if node["items"] != nil {
		all = append(all, place+"/items")
	}
	return all
}

// TestSchemasAreWhole holds that each command that prints JSON has a schema, that every key of it says what it holds and is always there but for an
// error, and which keys are kept for older scripts alone.
func TestSchemasAreWhole(t *testing.T) {
	w := newWorld(t, "good")
	o := &outputs{t: t}
	names := o.names()
	for _, line := range strings.Split(w.runPlain("schema").out, "\n") {
		if name, about, found := strings.Cut(line, " "); found && (!slices.Contains(names, name) || strings.TrimSpace(about) == "") {
			t.Errorf("%q", line)
		}
	}
	want := []string{"error"}
	_, commands, _ := strings.Cut(w.runPlain("--help").out, "\nCommands:\n")
	commands, _, _ = strings.Cut(commands, "\n\n")
	for _, line := range strings.Split(commands, "\n") {
		if name, _, found := strings.Cut(strings.TrimSpace(line), " "); found && strings.HasPrefix(line, "  ") && line[2] != ' ' && name != "completion" && name != "help" {
			want = append(want, name)
		}
	}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("there are schemas of %v, commands are %v", names, want)
	}
	deprecated, optional := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		s := o.schema(name)
		if title, _ := s.root["title"].(string); title == "" || s.root["description"] == nil {
			t.Errorf("%s has no title or description", name)
		}
		s.objects(t, deprecated, optional)
		if _, err := jsonschema.NewCompiler().Compile("schemas/" + name + ".json"); err != nil {
			t.Errorf("the file beside those that it refers to: %v", err)
		}
	}
	if got, want := slices.Sorted(maps.Keys(deprecated)), []string{
		"#/$defs/connector/properties/user", "#/$defs/draft/properties/step", "#/$defs/draft/properties/tenant", "#/$defs/draft/properties/user",
		"#/$defs/handedOver/properties/handover/properties/since", "#/$defs/past/properties/problem",
		"record#/oneOf/0/properties/app/properties/kind", "record#/oneOf/0/properties/keyVaults/items/properties/at",
		"registration#/oneOf/0/properties/kind", "rehearse#/oneOf/0/properties/domain", "rehearse#/oneOf/0/properties/integrationUser",
		"rehearse#/oneOf/1/properties/scenarios/items/properties/kind",
		"schedule#/oneOf/0/properties/schedule/properties/last/anyOf/0/properties/problem",
		"schedule#/oneOf/1/properties/schedule/properties/last/anyOf/0/properties/problem",
	}; !slices.Equal(got, want) {
		t.Errorf("deprecated are\n%s", strings.Join(got, "\n"))
	}
	if got, want := slices.Sorted(maps.Keys(optional)), []string{"check#/oneOf/0/properties/error", "list#/oneOf/0/properties/error"}; !slices.Equal(got, want) {
		t.Errorf("not always there are %v", got)
	}
}

// objects looks at every object of a schema.
func (s *schema) objects(t *testing.T, deprecated, optional map[string]bool) {
	t.Helper()
	for _, place := range s.nodes() {
		node := s.node(place)
		properties, ok := node["properties"].(map[string]any)
		if !ok {
			continue
		}
		if node["additionalProperties"] != false {
			t.Errorf("%s allows other keys", s.key(place))
		}
		required, _ := node["required"].([]any)
		for name := range properties {
			at := place + "/properties/" + name
			property := s.node(at)
			if !slices.Contains(required, any(name)) {
				optional[s.key(at)] = true
			}
			if property["deprecated"] == true {
				deprecated[s.key(at)] = true
			}
			ref, _ := property["$ref"].(string)
			if property["description"] == nil && (ref == "" || s.node(ref)["description"] == nil) {
				t.Errorf("%s says nothing", s.key(at))
			}
		}
	}
}
