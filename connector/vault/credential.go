package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// maxCredential is how large a credential may be, in bytes: a hundred chunks of base64 text.
const (
	chunkSize     = 2000
	maxChunks     = 100
	maxCredential = maxChunks * chunkSize / 4 * 3
	versionLength = 16
)

// The formats of a header. A program that does not know the second takes it for a newer list.
const (
	formatChunks = 1
	formatWhole  = 2
)

var (
	idPattern      = lazyregexp.New(`^[a-z0-9-]{1,64}$`)
	versionPattern = lazyregexp.New(`^[0-9a-f]{16}$`) // of versionLength
)

var (
	errBadID = errors.New("not an ID of a connector")
	errEmpty = errors.New("the credential is empty")
)

// header is the item under a connector's ID: it says which version of a credential counts, or is the credential. Its JSON is kept as
// base64, as the chunks are: KeePassXC takes what is in braces for placeholders.
type header struct {
	Format int `json:"format"`
	// ID is the connector's, where the credential is here: so it is told from one that was copied from another item.
	ID      string `json:"id,omitempty"`
	Version string `json:"version,omitempty"`
	// Count is the number of chunks; Length and SHA256 are those of the credential.
	Count  int    `json:"count,omitempty"`
	Length int    `json:"length"`
	SHA256 string `json:"sha256"`
	// Text is the credential where it is here and UTF-8, Base64 where it is another one.
	Text   string `json:"text,omitempty"`
	Base64 string `json:"base64,omitempty"`
}

// packed is a credential as items: a header and, in one of the forms, chunks of a version.
type packed struct {
	version version
	header  string
	chunks  []string
}

// version names a version of a credential and how many chunks it has.
type version struct {
	Name  string `json:"version"`
	Count int    `json:"count"`
}

func (v version) valid() bool {
	return versionPattern.MatchString(v.Name) && v.Count > 0 && v.Count <= maxChunks
}

// account is the name of the item of one chunk.
func (v version) account(id string, n int) string { return fmt.Sprintf("%s.%s.%d", id, v.Name, n) }

// pack makes items of a credential.
func pack(id, credential string, form Form) (packed, error) {
	switch {
	case credential == "":
		return packed{}, errEmpty
	case len(credential) > maxCredential:
		return packed{}, &Error{Op: OpWrite, Cause: connector.ErrKeychainFull, Detail: fmt.Sprintf("%d bytes", len(credential))}
	case form == FormWhole:
		return packWhole(id, credential)
	}
	return packChunks(credential)
}

func packWhole(id, credential string) (packed, error) {
	h := header{Format: formatWhole, ID: id, Length: len(credential), SHA256: digest(credential), Text: credential}
	if !utf8.ValidString(credential) {
		h.Text, h.Base64 = "", base64.StdEncoding.EncodeToString([]byte(credential))
	}
	text, err := h.encode()
	return packed{header: text}, err
}

// packChunks cuts credential under a fresh version.
func packChunks(credential string) (packed, error) {
	text := base64.StdEncoding.EncodeToString([]byte(credential))
	p := packed{version: version{Name: newVersion()}}
	for ; len(text) > chunkSize; text = text[chunkSize:] {
		p.chunks = append(p.chunks, text[:chunkSize])
	}
	p.chunks = append(p.chunks, text)
	p.version.Count = len(p.chunks)
	h := header{
		Format: formatChunks, Version: p.version.Name, Count: p.version.Count,
		Length: len(credential), SHA256: digest(credential),
	}
	var err error
	p.header, err = h.encode()
	return p, err
}

func (h header) encode() (string, error) {
	encoded, err := json.Marshal(h)
	return base64.StdEncoding.EncodeToString(encoded), err
}

func newVersion() string {
	return hex.EncodeToString([]byte(randomText(versionLength / 2)))
}

func digest(credential string) string {
	sum := sha256.Sum256([]byte(credential))
	return hex.EncodeToString(sum[:])
}

func decodeHeader(text string) (h header, err error) {
	encoded, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(encoded, &h)
	}
	return h, err
}

// parseHeader reads a header that must be right in everything.
func parseHeader(text string) (header, error) {
	h, err := decodeHeader(text)
	if err != nil {
		return header{}, &DamagedError{Reason: "its header can't be read"}
	}
	if h.Format > formatWhole {
		return header{}, fmt.Errorf("keychain: credential of format %d: %w", h.Format, connector.ErrListNewer)
	}
	right := h.Format == formatWhole && h.ID != "" || h.Format == formatChunks && h.version().valid()
	if !right || h.Length <= 0 {
		return header{}, &DamagedError{Reason: "its header is wrong"}
	}
	return h, nil
}

func (h header) version() version { return version{Name: h.Version, Count: h.Count} }

// versionOf reads no more than the version out of a header, for cleaning up; ok is false where it has none.
func versionOf(text string) (v version, ok bool) {
	h, err := decodeHeader(text)
	if err != nil {
		return version{}, false
	}
	return h.version(), h.version().valid()
}

// unpack puts a credential together again.
func (h header) unpack(chunks []string) (string, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(chunks, ""))
	if err != nil {
		return "", &DamagedError{Reason: "a chunk is no base64 text"}
	}
	return h.verified(string(data))
}

// whole is the credential in the header itself, which must be that of id.
func (h header) whole(id string) (string, error) {
	if h.ID != id {
		return "", &DamagedError{Reason: "it is that of another connector"}
	}
	if h.Base64 == "" {
		return h.verified(h.Text)
	}
	data, err := base64.StdEncoding.DecodeString(h.Base64)
	if err != nil {
		return "", &DamagedError{Reason: "it is no base64 text"}
	}
	return h.verified(string(data))
}

func (h header) verified(credential string) (string, error) {
	if len(credential) != h.Length {
		return "", &DamagedError{Reason: fmt.Sprintf("it has %d bytes and should have %d", len(credential), h.Length)}
	}
	if digest(credential) != h.SHA256 {
		return "", &DamagedError{Reason: "its SHA-256 is another one"}
	}
	return credential, nil
}

// names reports whether a text begins as that of a whole credential of id does.
func names(id, text string) bool {
	begin := fmt.Sprintf(`{"format":%d,"id":"%s","length":`, formatWhole, id)
	begin = begin[:len(begin)/3*3] // base64 makes four letters of three bytes
	return strings.HasPrefix(text, base64.StdEncoding.EncodeToString([]byte(begin)))
}

// The grades of a text under an ID, from worst to best.
const (
	gradeOther = iota
	gradeHeader
	gradeWhole
)

// gradeOf says what a text is worth, where a keychain holds several for one account.
func gradeOf(id, text string) int {
	h, err := parseHeader(text)
	switch {
	case errors.Is(err, connector.ErrListNewer), err == nil && h.Format == formatChunks:
		return gradeHeader
	case err != nil:
		return gradeOther
	}
	if _, err := h.whole(id); err != nil {
		return gradeOther
	}
	return gradeWhole
}

func randomText(size int) string {
	b := make([]byte, size)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return string(b)
}
