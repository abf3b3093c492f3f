package assets

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// otherForm is the plural form of a sentence that has no other, and of every number that has no form of its own.
const otherForm = "other"

// pluralForms are those of the Unicode rules. https://cldr.unicode.org/index/cldr-spec/plural-rules
var pluralForms = []string{"zero", "one", "two", "few", "many", otherForm}

// blockSize is how much text a compressed block has at least. To inflate so much takes a fraction of a millisecond; larger blocks are hardly smaller.
const blockSize = 16 << 10

// isPlain reports whether a line is never compressed: pcc needs those at each start, which would take a tenth longer.
func isPlain(line string) bool {
	return strings.HasPrefix(line, "cli.") || strings.HasPrefix(line, nameKey+"\t")
}

// Pack turns every file translations/<tag>.toml into the form that the programs carry: a line for each key, in blocks. Its error tells the file, and
// the key whose sentence is none.
func Pack(files fs.FS) ([]byte, error) {
	lines, err := pack(files, Pages())
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	for lines != "" {
		end, plain := 0, isPlain(lines)
		for end < len(lines) && isPlain(lines[end:]) == plain && (plain || end < blockSize) {
			end += strings.IndexByte(lines[end:], '\n') + 1
		}
		form, text := plainForm, lines[:end]
		if !plain {
			form = deflatedForm
			if text, err = deflated(text); err != nil {
				return nil, err
			}
		}
		first, _, _ := strings.Cut(lines, "\t")
		fmt.Fprintf(&file, "%s\t%s\t%d\n%s", first, form, len(text), text)
		lines = lines[end:]
	}
	return file.Bytes(), nil
}

func deflated(text string) (string, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err == nil {
		err = w.Close()
	}
	return out.String(), err
}

// pack returns the lines.
func pack(files fs.FS, pages []string) (string, error) {
	names, err := fs.Glob(files, "translations/*.toml")
	if err != nil {
		return "", err
	}
	variants := map[string]map[string]string{}
	for _, name := range names {
		if err := packFile(variants, files, name, pages); err != nil {
			return "", fmt.Errorf("assets: translation %s: %w", path.Base(name), err)
		}
	}
	lines := []string{}
	for key, of := range variants {
		lines = append(lines, packedLine(key, of)+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, ""), nil
}

// packFile adds the sentences of a language to the variants of each key.
func packFile(variants map[string]map[string]string, files fs.FS, name string, pages []string) error {
	tag, err := language.Parse(strings.TrimSuffix(path.Base(name), ".toml"))
	if err != nil {
		return err
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	keys := map[string]any{}
	if err := toml.Unmarshal(data, &keys); err != nil {
		return err
	}
	if _, ok := keys[nameKey].(string); !ok {
		return fmt.Errorf("has no %q", nameKey)
	}
	for key, value := range keys {
		forms, err := pluralsOf(value)
		if err != nil {
			return fmt.Errorf("%q %w", key, err)
		}
		if variants[key] == nil {
			variants[key] = map[string]string{}
		}
		for form, text := range forms {
			if _, err := fill(text, pages, nil); err != nil {
				return fmt.Errorf("%q: %w", key, err)
			}
			variants[key][variant(tag.String(), form)] = text
		}
	}
	return nil
}

// pluralsOf are the sentences of a key by their plural form.
func pluralsOf(value any) (map[string]string, error) {
	table, ok := value.(map[string]any)
	if !ok {
		table = map[string]any{otherForm: value}
	}
	forms := map[string]string{}
	for form, sentence := range table {
		text, ok := sentence.(string)
		if !ok || !slices.Contains(pluralForms, form) {
			return nil, fmt.Errorf("has %v for the form %q", sentence, form)
		}
		forms[form] = text
	}
	if _, ok := forms[otherForm]; !ok {
		return nil, fmt.Errorf("has no form %q", otherForm)
	}
	return forms, nil
}
