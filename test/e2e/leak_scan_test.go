//go:build e2e && linux

package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// needle is a piece of a secret in one of the forms in which it could be found.
type needle struct {
	form string
	text []byte
}

// pieceSize is the length of a piece: enough to be random, and little enough to be found where a secret was cut or compressed.
const pieceSize = 32

// needles are the pieces of all secrets in all forms. An access token's beginning is the same for all, so its middle and its end
// are looked for.
func needles(secrets []string) []needle {
	var all []needle
	for _, secret := range secrets {
		for _, piece := range pieces(secret) {
			all = append(all, needle{"plain", []byte(piece)}, needle{"UTF-16", wide(piece)})
			// What has nothing that is encoded in an address is there as it is.
			if escaped := url.QueryEscape(piece); escaped != piece {
				all = append(all, needle{"percent-encoded", []byte(escaped)}, needle{"percent-encoded twice", []byte(url.QueryEscape(escaped))})
			}
			for shift := range 3 {
				all = append(all, needle{"base64", encoded(base64.StdEncoding, piece, shift)}, needle{"base64url", encoded(base64.URLEncoding, piece, shift)})
			}
		}
	}
	return all
}

func pieces(secret string) []string {
	if len(secret) <= pieceSize {
		return []string{secret}
	}
	middle := (len(secret) - pieceSize) / 2
	return []string{secret[middle : middle+pieceSize], secret[len(secret)-pieceSize:]}
}

func wide(text string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

// encoded is the part of an encoding that does not depend on what is before and after the text.
func encoded(e *base64.Encoding, text string, shift int) []byte {
	from, to := (3-shift)%3, len(text)
	to -= (to - from) % 3
	return []byte(e.EncodeToString([]byte(text[from:to])))
}

// leaks looks for secrets everywhere, and says where they are. The keychain's own files are encrypted.
func leaks(a *account, secrets []string) []string {
	all := needles(secrets)
	var found []string
	report := func(place string, data []byte) {
		for _, n := range all {
			if bytes.Contains(data, n.text) {
				found = append(found, fmt.Sprintf("%s holds a secret (%s)", place, n.form))
				return
			}
		}
	}
	for _, folder := range searched(a) {
		searchFolder(folder, report)
	}
	for _, p := range a.processes() {
		for _, name := range []string{"cmdline", "environ"} {
			if data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.pid), name)); err == nil {
				report(fmt.Sprintf("%s of %s", name, p.args[:min(1, len(p.args))]), data)
			}
		}
	}
	return found
}

// logsAll has the programs of an account log whatever they can, so that what is looked through has all of it.
func (a *account) logsAll() *account {
	a.t.Helper()
	if err := os.MkdirAll(a.config(), 0o700); err != nil {
		a.t.Fatal(err)
	}
	a.write("home/.config/partner-center-connector/settings.json", `{"format": 1, "settings": {"log": "debug"}}`)
	return a
}

// expectLogged checks that the log was there to be looked through: each of the messages is in it.
func expectLogged(tb testing.TB, a *account, messages ...string) {
	tb.Helper()
	log, err := os.ReadFile(filepath.Join(a.config(), "log", "log.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	for _, m := range append(messages, "effect") {
		if !bytes.Contains(log, []byte(" msg="+m+" ")) {
			tb.Errorf("the log has no %s", m)
		}
	}
}

// searched are the folders in which a program of this account could leave something: those of the account, and those of the
// session that the keychain and the window manager live in.
func searched(a *account) []string {
	folders := []string{a.root, "/dev/shm"}
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"} {
		if folder := os.Getenv(name); folder != "" {
			folders = append(folders, folder)
		}
	}
	return folders
}

// searchFolder reads all files, those of the keychain too: they are where secrets belong, and they must be encrypted.
func searchFolder(folder string, report func(string, []byte)) {
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // it went away while it was looked at
		case d.Type()&fs.ModeSymlink != 0:
			// Firefox and Chromium write their locks into the targets of links.
			target, _ := os.Readlink(path)
			report(path, []byte(target))
		case d.Type().IsRegular():
			data, _ := os.ReadFile(path)
			report(path, data)
		}
		report(path, []byte(filepath.Base(path)))
		return nil
	})
}

// withoutTwins removes what was found more than once.
func withoutTwins(found []string) string {
	slices.Sort(found)
	return strings.Join(slices.Compact(found), "\n")
}
