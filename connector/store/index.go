package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"reflect"
	"strings"
	"sync"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// The index is a cache that can be made again at any time: damage to it is none. Its first line names the form of its rows and how many bytes
// it had when it was last written whole. Then comes, for every change of a connector, a row with the connector but for its checks, and a
// seal that says how the folders of the connectors and of the names were after it. Of several rows of a connector the last one counts, and that only if the
// file is still the one that it was made of. Each row and seal is its length, its check sum and itself.
const (
	indexFile  = "connectors.index"
	headerForm = "pcc connectors %08x %020d\n"
)

const (
	frameSize = 8
	sealSize  = 24
	// rowSize is the least that a row has; a seal has less.
	rowSize = sealSize + 1
	// indexSlack is how many bytes the index may have besides twice those that it had when it was last written whole.
	indexSlack = 64 << 10
	// indexLimit is more than the index of a million connectors has, in bytes.
	indexLimit = 4 << 30
)

var headerSize = len(fmt.Sprintf(headerForm, 0, 0))

// rowShape tells the rows of this version from those of another one.
var rowShape = sync.OnceValue(func() uint32 { return shapeOf(reflect.TypeFor[row]()) })

// row is a connector but for its checks, and the file that it was read from.
type row struct {
	File  identity
	Added int64
	Value connector.Connector
}

func rowOf(k kept, of identity) row {
	r := row{File: of, Added: k.outer.value.Added, Value: k.inner.value}
	r.Value.Checks, r.Value.History = nil, nil
	return r
}

// framed adds a row or a seal.
func framed(text, part []byte) []byte {
	text = binary.LittleEndian.AppendUint32(text, uint32(len(part)))
	text = binary.LittleEndian.AppendUint32(text, crc32.ChecksumIEEE(part))
	return append(text, part...)
}

// frames takes rows and seals off a text. Its buffer is there so that not every check sum needs a copy of its row.
type frames struct {
	rest   string
	buffer [4 << 10]byte
}

// next takes the first row or seal; ok is false where it is not whole.
func (f *frames) next() (part string, ok bool) {
	if len(f.rest) < frameSize {
		return "", false
	}
	head := []byte(f.rest[:frameSize])
	n := uint64(binary.LittleEndian.Uint32(head))
	if n > uint64(len(f.rest)-frameSize) {
		return "", false
	}
	part, f.rest = f.rest[frameSize:frameSize+n], f.rest[frameSize+n:]
	return part, f.sum(part) == binary.LittleEndian.Uint32(head[4:])
}

func (f *frames) sum(part string) (sum uint32) {
	for part != "" {
		n := copy(f.buffer[:], part)
		sum, part = crc32.Update(sum, crc32.IEEETable, f.buffer[:n]), part[n:]
	}
	return sum
}

// appendTo adds the row; one that does not fit in the form is left out.
func (r row) appendTo(text []byte) []byte {
	part, err := appendValue([]byte(r.Value.ID+"\x00"), reflect.ValueOf(r))
	if err != nil || len(part) < rowSize {
		return text
	}
	return framed(text, part)
}

// seal is how things were after a change: when the folders of the connectors and of the names were last changed, in nanoseconds since 1970, and
// the greatest number that a connector was given.
type seal struct{ folder, names, added int64 }

// sealNow returns the seal of the folders as they are.
func (s *Store) sealNow(added int64) seal {
	return seal{folder: lookAt(s.path(connectorsFolder)).Modified, names: lookAt(s.path(namesFolder)).Modified, added: added}
}

func (l seal) appendTo(text []byte) []byte {
	part := []byte{}
	for _, n := range []int64{l.folder, l.names, l.added} {
		part = binary.LittleEndian.AppendUint64(part, uint64(n))
	}
	return framed(text, part)
}

func parseSeal(part string) (seal, bool) {
	if len(part) != sealSize {
		return seal{}, false
	}
	number := func(at int) int64 { return int64(binary.LittleEndian.Uint64([]byte(part[at:]))) }
	return seal{folder: number(0), names: number(8), added: number(16)}, true
}

// readIndex returns the newest row of every connector that the index has, by ID, still in its form.
func (s *Store) readIndex() map[string]string {
	text, err := safefile.ReadText(s.path(indexFile), indexLimit)
	if err != nil || len(text) < headerSize {
		return nil
	}
	if _, ok := parseHeader(text[:headerSize]); !ok {
		return nil
	}
	rows := make(map[string]string, len(text)/averageRow)
	all := frames{rest: text[headerSize:]}
	for part, ok := all.next(); ok; part, ok = all.next() { // until what a crash left of one, or what somebody is just writing
		if id, fields, isRow := cutRow(part); isRow {
			rows[id] = fields
		}
	}
	return rows
}

// averageRow is about how many bytes a row has, with its seal.
const averageRow = 700

// cutRow parts a row into the ID and the fields.
func cutRow(part string) (id, fields string, ok bool) {
	if len(part) < rowSize {
		return "", "", false
	}
	return strings.Cut(part, "\x00")
}

// parseRow fills in the connector of a row, and returns what else the row has. Of another file than that one it takes no more than it must. ok
// is false where it is that of another file, or no row; the connector is then empty.
func parseRow(fields string, of identity, c *connector.Connector) (added int64, ok bool) {
	var head [4]int64 // the fields of row before the connector
	var err error
	for i := range head {
		if head[i], fields, err = takeNumber(fields); err != nil {
			return 0, false
		}
	}
	if of != (identity{Size: head[0], Modified: head[1], Number: head[2]}) {
		return 0, false
	}
	rest, err := takeValue(fields, reflect.ValueOf(c).Elem())
	if err != nil || rest != "" {
		*c = connector.Connector{}
		return 0, false
	}
	return head[3], true
}

func parseHeader(line string) (whole int64, ok bool) {
	var shape uint32
	_, err := fmt.Sscanf(line, headerForm, &shape, &whole)
	return whole, err == nil && shape == rowShape()
}

// sealed returns the seal of the index, which vouches for index and names where nobody has changed the folders since. ok is false where it does
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
	head, tail := make([]byte, headerSize), make([]byte, frameSize+sealSize)
	if info.Size() < int64(len(head)+len(tail)) {
		return seal{}, false
	}
	if _, err := f.ReadAt(head, 0); err != nil {
		return seal{}, false
	}
	if _, err := f.ReadAt(tail, info.Size()-int64(len(tail))); err != nil {
		return seal{}, false
	}
	whole, ok := parseHeader(string(head))
	end := frames{rest: string(tail)}
	part, intact := end.next()
	last, isSeal := parseSeal(part)
	grown := info.Size() > 2*whole+indexSlack
	return last, ok && intact && isSeal && !grown && last == s.sealNow(last.added)
}

// writeIndex writes the index whole.
func (s *Store) writeIndex(all []found, values []connector.Connector, last seal) error {
	body := []byte{}
	for i := range all {
		body = row{File: all[i].file, Added: all[i].added, Value: values[i]}.appendTo(body)
	}
	body = last.appendTo(body)
	text := append(fmt.Appendf(nil, headerForm, rowShape(), headerSize+len(body)), body...)
	return safefile.Write(s.path(indexFile), text)
}

// forgetRow takes what the index says of a connector out of it. The connector that was removed is gone there too, not only from what the index
// tells.
func (s *Store) forgetRow(id string) {
	path := s.path(indexFile)
	text, err := safefile.ReadText(path, indexLimit)
	if err != nil || len(text) < headerSize {
		return
	}
	all := frames{rest: text[headerSize:]}
	for all.rest != "" {
		at := len(text) - len(all.rest)
		part, ok := all.next()
		if of, _, isRow := cutRow(part); ok && isRow && of == id {
			// A row of nobody, as long as it was, so that those behind it are still found.
			ok = safefile.Overwrite(path, int64(at), framed(nil, make([]byte, len(part)))) == nil
		}
		if !ok {
			_ = safefile.Remove(path) // it is damaged: it is made anew without the connector
			return
		}
	}
}

// note adds a change to the index. Where that fails the seal vouches for nothing any more, and the next change makes the index again.
func (s *Store) note(row []byte, added int64) {
	_ = safefile.Append(s.path(indexFile), s.sealNow(added).appendTo(row))
}
