package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"partner-center-connector/connector/safefile"
)

// The index is a file of lines, a cache that can be made anew at any time: damage to it is none. The first line names its format and how
// many bytes it had when it was last written whole. Then comes, for every change of a connector, a row with the connector but for its checks,
// and a seal that says how the folder of the connectors was after it. Of several rows of a connector the last one counts, and that only if the
// file is still the one that it was made of.
const (
	indexFile  = "connectors.index"
	headerForm = "pcc connectors 1 %020d\n"
	sealForm   = "= %020d %020d\n"
)

var (
	headerSize = len(fmt.Sprintf(headerForm, 0))
	sealSize   = len(fmt.Sprintf(sealForm, 0, 0))
)

// indexSlack is how many bytes the index may have besides twice those that it had when it was last written whole.
const indexSlack = 64 << 10

// row is a connector but for its checks, as the index has it.
type row struct {
	identity
	id    string
	added int64
	text  []byte
}

// rowOf returns the row of a connector's file. It has everything in it that this version does not know, which a newer one looks for.
func rowOf(k kept, of identity) (row, error) {
	text, err := rowText(k)
	return row{identity: of, id: k.inner.value.ID, added: k.outer.value.Added, text: text}, err
}

func rowText(k kept) ([]byte, error) {
	if k.inner.text == nil {
		k.inner.value.Checks = nil
		return json.Marshal(k.inner.value)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(k.inner.text, &fields); err != nil {
		return nil, err
	}
	for key := range fields {
		if strings.EqualFold(key, "checks") {
			delete(fields, key)
		}
	}
	return json.Marshal(fields)
}

// appendTo adds the line of the row.
func (r row) appendTo(text []byte) []byte {
	text = append(append(text, r.id...), ' ')
	for _, n := range [...]int64{r.size, r.modified} {
		text = append(strconv.AppendInt(text, n, 10), ' ')
	}
	text = append(strconv.AppendUint(text, r.file, 10), ' ')
	text = append(strconv.AppendInt(text, r.added, 10), ' ')
	return append(append(text, r.text...), '\n')
}

// parseRow reads the line of a row, without its end; ok is false for any other one.
func parseRow(line []byte) (r row, ok bool) {
	var id, size, modified, file, added []byte
	for _, field := range [...]*[]byte{&id, &size, &modified, &file, &added} {
		if *field, line, ok = bytes.Cut(line, []byte{' '}); !ok {
			return row{}, false
		}
	}
	r = row{id: string(id), text: line}
	errs := [4]error{}
	r.size, errs[0] = strconv.ParseInt(string(size), 10, 64)
	r.modified, errs[1] = strconv.ParseInt(string(modified), 10, 64)
	r.file, errs[2] = strconv.ParseUint(string(file), 10, 64)
	r.added, errs[3] = strconv.ParseInt(string(added), 10, 64)
	return r, errs == [4]error{}
}

// seal is how things were after a change: when the folder of the connectors was last changed, in nanoseconds since 1970, and the greatest
// number that a connector was given.
type seal struct{ folder, added int64 }

// sealNow returns the seal of the folder as it is.
func (s *Store) sealNow(added int64) seal {
	return seal{folder: lookAt(s.path(connectorsFolder)).modified, added: added}
}

func (l seal) line() []byte { return fmt.Appendf(nil, sealForm, l.folder, l.added) }

// readIndex returns the newest row of every connector that the index has.
func (s *Store) readIndex() map[string]row {
	text, err := safefile.Read(s.path(indexFile), indexLimit)
	if err != nil || len(text) < headerSize {
		return nil
	}
	var size int64
	if _, err := fmt.Sscanf(string(text[:headerSize]), headerForm, &size); err != nil {
		return nil
	}
	rows := make(map[string]row, bytes.Count(text, []byte{'\n'})/2)
	for text = text[headerSize:]; ; {
		line, rest, whole := bytes.Cut(text, []byte{'\n'})
		if !whole { // what a crash left of one, or what somebody is just writing
			return rows
		}
		if r, ok := parseRow(line); ok {
			rows[r.id] = r
		}
		text = rest
	}
}

// indexLimit is more than the index of a million connectors has, in bytes.
const indexLimit = 4 << 30

// sealed returns the seal of the index, which vouches for index and names where nobody has changed the folder since. ok is false where it does
// not, and where the index has grown so much that it is to be written whole again. It costs the same however long the index is.
func (s *Store) sealed() (last seal, ok bool) {
	if safefile.CheckFolder(s.path(namesFolder)) != nil {
		return seal{}, false
	}
	f, info, err := safefile.Open(s.path(indexFile))
	if err != nil {
		return seal{}, false
	}
	defer func() { _ = f.Close() }()
	head, tail := make([]byte, headerSize), make([]byte, sealSize+1)
	_, headErr := f.ReadAt(head, 0)
	_, tailErr := f.ReadAt(tail, max(0, info.Size()-int64(len(tail))))
	if headErr != nil || tailErr != nil || tail[0] != '\n' {
		return seal{}, false
	}
	var whole int64
	_, headErr = fmt.Sscanf(string(head), headerForm, &whole)
	_, tailErr = fmt.Sscanf(string(tail[1:]), sealForm, &last.folder, &last.added)
	grown := info.Size() > 2*whole+indexSlack
	return last, headErr == nil && tailErr == nil && !grown && last == s.sealNow(last.added)
}

// writeIndex writes the index whole.
func (s *Store) writeIndex(rows []row, last seal) error {
	body := []byte{}
	for _, r := range rows {
		body = r.appendTo(body)
	}
	body = append(body, last.line()...)
	text := append(fmt.Appendf(nil, headerForm, headerSize+len(body)), body...)
	return safefile.Write(s.path(indexFile), text)
}

// note adds a change to the index. Where that fails the seal vouches for nothing any more, and the next change makes the index anew.
func (s *Store) note(line []byte, added int64) {
	_ = safefile.Append(s.path(indexFile), append(line, s.sealNow(added).line()...))
}
