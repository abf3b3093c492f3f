package policy

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
	"partner-center-connector/plaintext"
)

// maxFile is more than any policy needs, in bytes.
const maxFile = 64 << 10

// tableRecommended is the table of what is not locked.
const tableRecommended = "recommended"

// file is a policy in a file, which counts only where this account can't change it.
type file struct {
	path string
	// protected reports whether it can't.
	protected func(path string) bool
	// parse takes the text apart.
	parse func(data []byte, path string) ([]said, *fault)
}

func (f file) place() string { return f.path }

func (f file) read() ([]said, *fault) {
	if _, err := os.Lstat(f.path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if !f.protected(f.path) {
		return nil, &fault{reason: connector.PolicyChangeable}
	}
	data, err := readFile(f.path)
	if err != nil {
		return nil, &fault{reason: connector.PolicyUnreadable, cause: err, closed: true}
	}
	return f.parse(data, f.path)
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a file")}
	}
	opened, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("larger than 64 KiB")}
	}
	return data, err
}

// protectedFile is what counts outside of tests.
func protectedFile(path string) bool { return preset.Protected(path) }

// parseTOML takes a policy of Linux apart: keys at the top are locked, those of one table recommended.
func parseTOML(data []byte, path string) ([]said, *fault) {
	data, err := plaintext.UTF8(data)
	if err != nil || !utf8.Valid(data) {
		return nil, &fault{reason: connector.PolicySyntax, cause: errors.New("neither UTF-8 nor UTF-16"), closed: true}
	}
	if err := toml.Unmarshal(data, &map[string]any{}); err != nil {
		return nil, syntaxFault(data, err)
	}
	parser := unstable.Parser{}
	parser.Reset(data)
	all, table, strange := []said{}, []string{}, false
	for parser.NextExpression() {
		node := parser.Expression()
		parts, line := keyOf(&parser, node)
		if node.Kind == unstable.KeyValue {
			if strange {
				continue // the table is told
			}
			all = append(all, saidOf(append(table[:len(table):len(table)], parts...), line, path, node.Value()))
			continue
		}
		table, strange = parts, node.Kind != unstable.Table || strings.Join(parts, ".") != tableRecommended
		if strange {
			all = append(all, said{name: "[" + strings.Join(parts, ".") + "]", locked: true, from: path, line: line})
		}
	}
	if err := parser.Error(); err != nil {
		return nil, syntaxFault(data, err)
	}
	return all, nil
}

// syntaxFault says where the text can't be read. Where it has the name of the allowed clouds, none is.
func syntaxFault(data []byte, err error) *fault {
	f := &fault{reason: connector.PolicySyntax, cause: errors.New(strings.TrimPrefix(err.Error(), "toml: "))}
	f.closed = bytes.Contains(data, []byte(connector.PolicyAllowedClouds))
	var at *toml.DecodeError
	if errors.As(err, &at) {
		f.line, _ = at.Position()
	}
	return f
}

func keyOf(parser *unstable.Parser, node *unstable.Node) (parts []string, line int) {
	for key := node.Key(); key.Next(); {
		if line == 0 {
			line = parser.Shape(key.Node().Raw).Start.Line
		}
		parts = append(parts, string(key.Node().Data))
	}
	return parts, line
}

// saidOf is a key with its value.
func saidOf(parts []string, line int, path string, value *unstable.Node) said {
	s := said{locked: true, from: path, line: line}
	if len(parts) > 1 && parts[0] == tableRecommended {
		s.locked, parts = false, parts[1:]
	}
	s.name = strings.Join(parts, ".")
	s.setting, _ = Find(s.name)
	switch value.Kind {
	case unstable.String:
		s.text = string(value.Data)
	case unstable.Array:
		s.isList = true
		for items := value.Children(); items.Next(); {
			item := items.Node()
			if item.Kind == unstable.Comment {
				continue
			}
			s.odd = s.odd || item.Kind != unstable.String
			s.list = append(s.list, string(item.Data))
		}
	default:
		s.odd = true
	}
	return s
}
