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

	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// What an item may hold: Windows takes 2,560 bytes, macOS about 2,800 after its own encoding.
// https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw
const (
	chunkSize     = 2000
	maxChunks     = 100
	headerFormat  = 1
	versionLength = 16
)

var (
	idPattern      = lazyregexp.New(`^[a-z0-9-]{1,64}$`)
	versionPattern = lazyregexp.New(`^[0-9a-f]{16}$`) // of versionLength
)

var (
	errBadID = errors.New("not an ID of a connector")
	errEmpty = errors.New("the credential is empty")
)

// header is the item that says which version of a credential counts. Its JSON is kept as base64, as the chunks are: KeePassXC
// takes what is in braces for placeholders.
type header struct {
	Format  int    `json:"format"`
	Version string `json:"version"`
	// Count is the number of chunks; Length and SHA256 are those of the credential.
	Count  int    `json:"count"`
	Length int    `json:"length"`
	SHA256 string `json:"sha256"`
}

// packed is a credential cut into items.
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

// pack cuts credential into items under a fresh version.
func pack(credential string) (packed, error) {
	if credential == "" {
		return packed{}, errEmpty
	}
	text := base64.StdEncoding.EncodeToString([]byte(credential))
	if len(text) > maxChunks*chunkSize {
		return packed{}, &Error{Op: OpWrite, Cause: connector.ErrKeychainFull, Detail: fmt.Sprintf("%d bytes", len(credential))}
	}
	p := packed{version: version{Name: newVersion()}}
	for ; len(text) > chunkSize; text = text[chunkSize:] {
		p.chunks = append(p.chunks, text[:chunkSize])
	}
	p.chunks = append(p.chunks, text)
	p.version.Count = len(p.chunks)
	h := header{
		Format: headerFormat, Version: p.version.Name, Count: p.version.Count,
		Length: len(credential), SHA256: digest(credential),
	}
	encoded, err := json.Marshal(h)
	p.header = base64.StdEncoding.EncodeToString(encoded)
	return p, err
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
	if h.Format > headerFormat {
		return header{}, fmt.Errorf("keychain: credential of format %d: %w", h.Format, connector.ErrListNewer)
	}
	v := version{Name: h.Version, Count: h.Count}
	if h.Format != headerFormat || !v.valid() || h.Length <= 0 {
		return header{}, &DamagedError{Reason: "its header is wrong"}
	}
	return h, nil
}

// versionOf reads no more than the version out of a header, for cleaning up; ok is false where it has none.
func versionOf(text string) (v version, ok bool) {
	h, err := decodeHeader(text)
	if err != nil {
		return version{}, false
	}
	v = version{Name: h.Version, Count: h.Count}
	return v, v.valid()
}

// unpack puts a credential together again.
func (h header) unpack(chunks []string) (string, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(chunks, ""))
	switch {
	case err != nil:
		return "", &DamagedError{Reason: "a chunk is no base64 text"}
	case len(data) != h.Length:
		return "", &DamagedError{Reason: fmt.Sprintf("it has %d bytes and should have %d", len(data), h.Length)}
	case digest(string(data)) != h.SHA256:
		return "", &DamagedError{Reason: "its SHA-256 is another one"}
	}
	return string(data), nil
}

func randomText(size int) string {
	b := make([]byte, size)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return string(b)
}
