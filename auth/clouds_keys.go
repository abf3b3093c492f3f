package auth

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// refuseRespelled refuses a key, or the name of a table, that is in the file in two spellings which differ in case alone: the decoder takes both
// for the same one, and the last would count. What is no TOML is left to the decoder. Its error is a *CloudsFileError.
func refuseRespelled(path string, data []byte) error {
	parser := unstable.Parser{}
	parser.Reset(data)
	file := spellings{parser: &parser, path: path}
	tables := map[string]string{}
	keys := tables // before the first table a key may be another spelling of a table's name
	for parser.NextExpression() {
		node := parser.Expression()
		seen := keys
		if node.Kind != unstable.KeyValue {
			keys = map[string]string{}
			seen = tables
		}
		if err := file.note(seen, node); err != nil {
			return err
		}
	}
	return nil
}

// spellings notes how keys are spelled.
type spellings struct {
	parser *unstable.Parser
	path   string
}

// note notes the key of a line or of a part of an inline table, and those within its value.
func (s spellings) note(seen map[string]string, node *unstable.Node) error {
	parts, line := []string{}, 0
	for key := node.Key(); key.Next(); {
		if line == 0 {
			line = s.parser.Shape(key.Node().Raw).Start.Line
		}
		parts = append(parts, string(key.Node().Data))
	}
	spelled := strings.Join(parts, ".")
	lower := strings.ToLower(spelled)
	if before, ok := seen[lower]; ok && before != spelled {
		return &CloudsFileError{
			Path: s.path, Line: line, Key: spelled, Reason: fmt.Sprintf("is there already, written as %s; keep one of them", before),
		}
	}
	seen[lower] = spelled
	if node.Kind != unstable.KeyValue {
		return nil
	}
	return s.within(node.Value())
}

// within looks through the inline tables of a value.
func (s spellings) within(value *unstable.Node) error {
	seen := map[string]string{}
	for parts := value.Children(); parts.Next(); {
		part := parts.Node()
		var err error
		switch {
		case value.Kind == unstable.InlineTable && part.Kind == unstable.KeyValue:
			err = s.note(seen, part)
		case value.Kind == unstable.Array:
			err = s.within(part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
