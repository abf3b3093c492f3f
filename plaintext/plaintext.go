// Package plaintext makes UTF-8 of the text that people have in files and pipes. Windows begins UTF-8 with a byte order mark, and Windows
// PowerShell 5.1 writes UTF-16 wherever ">" leads.
package plaintext

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrEncoding means that there is a NUL in the text, which no text of ours has: it is in UTF-16 without a byte order mark, in UTF-32, or
// no text at all. What its bytes mean would be a guess.
var ErrEncoding = errors.New("neither UTF-8 nor UTF-16 with a byte order mark")

var byteOrderMark = []byte("\ufeff")

// UTF8 returns the text of data in UTF-8, without byte order marks: files that were put together have several. What can't be read of UTF-16
// becomes U+FFFD. With ErrEncoding, and where data is neither UTF-16 nor valid UTF-8, it comes back as it is.
func UTF8(data []byte) ([]byte, error) {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	switch {
	case err != nil || bytes.IndexByte(text, 0) >= 0:
		return data, ErrEncoding
	case !utf8.Valid(text):
		return data, nil
	}
	return bytes.ReplaceAll(text, byteOrderMark, nil), nil
}
