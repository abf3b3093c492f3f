//go:build e2e && linux

package soak

import (
	"bytes"
	"encoding/base64"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/sys/unix"
)

// operationsIn names the system calls that change something for good: files below dir, items of the keychain, and what is sent to
// the cloud. The names are the same in every run.
func operationsIn(dir string, ids map[string]string) func(tracer, call) string {
	o := operations{dir: dir, ids: ids}
	return func(t tracer, c call) string {
		switch c.number {
		case unix.SYS_WRITE, unix.SYS_SENDMSG, unix.SYS_SENDTO:
			return o.send(t, c)
		case unix.SYS_OPENAT:
			if c.args[2]&unix.O_CREAT == 0 {
				return ""
			}
			return o.file("create", t.path(c.args[0], c.args[1]))
		case unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2:
			from, to := o.file("", t.path(c.args[0], c.args[1])), o.file("", t.path(c.args[2], c.args[3]))
			if from == "" {
				return ""
			}
			return "rename" + from + " to" + to
		case unix.SYS_UNLINKAT:
			return o.file("remove", t.path(c.args[0], c.args[1]))
		case unix.SYS_MKDIRAT:
			return o.file("make folder", t.path(c.args[0], c.args[1]))
		case unix.SYS_FCHMOD:
			return o.file("close to others", t.file(c.args[0]))
		case unix.SYS_FSYNC, unix.SYS_FDATASYNC:
			return o.file("flush", t.file(c.args[0]))
		case unix.SYS_FTRUNCATE:
			return o.file("cut", t.file(c.args[0]))
		case unix.SYS_FLOCK:
			if c.args[1]&unix.LOCK_UN != 0 {
				return o.file("unlock", t.file(c.args[0]))
			}
			return o.file("lock", t.file(c.args[0]))
		}
		return ""
	}
}

// path is that of a call with a folder's descriptor and a path.
func (t tracer) path(folder, address uint64) string {
	path := t.text(address)
	if int32(folder) == unix.AT_FDCWD || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(t.file(folder), path)
}

type operations struct {
	dir string
	// ids are the names of random IDs.
	ids map[string]string
}

var (
	versionOf   = regexp.MustCompile(`\.[0-9a-f]{16}\.[0-9]+`)
	temporaryOf = regexp.MustCompile(`(/\.[^/]*?)[0-9]+$`)
	claimOf     = regexp.MustCompile(`(/names/\.?)[0-9a-f]{2}`)
	uuid        = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	account     = regexp.MustCompile(`(?:draft-)?` + uuid.String() + `(?:\.[0-9a-f]{16}\.[0-9]+)?`)
)

// named puts names in place of what is random.
func (o operations) named(text string) string {
	text = uuid.ReplaceAllStringFunc(text, func(id string) string {
		if name, known := o.ids[id]; known {
			return name
		}
		return "DRAFT"
	})
	return versionOf.ReplaceAllString(claimOf.ReplaceAllString(text, "${1}NAME"), ".VERSION.N")
}

func (o operations) file(what, path string) string {
	below, ours := strings.CutPrefix(path, o.dir)
	if !ours {
		return ""
	}
	below = strings.TrimSuffix(below, " (deleted)")
	if below == "" {
		return what + " the config folder"
	}
	return what + " " + strings.TrimPrefix(temporaryOf.ReplaceAllString(o.named(below), "${1}*"), "/")
}

// textOf is the beginning of an item's text, which names its account: base64 of JSON.
var textOf = regexp.MustCompile(`eyJmb3JtYXQi[A-Za-z0-9+/]{96}`)

func decoded(data []byte) []byte {
	text, _ := base64.StdEncoding.DecodeString(string(textOf.Find(data)))
	return text
}

// tlsData is the first byte of a TLS record with data in it.
const tlsData = 0x17

// send names what is written to a file, the keychain or the cloud.
func (o operations) send(t tracer, c call) string {
	target := t.file(c.args[0])
	if !strings.HasPrefix(target, "socket:") {
		return o.file("write", target)
	}
	data := t.sent(c)
	holds := func(text string) bool { return bytes.Contains(data, []byte(text)) }
	switch {
	case len(data) > 0 && data[0] == tlsData:
		return "ask the cloud"
	// The calls of the Secret Service that change something: https://specifications.freedesktop.org/secret-service-spec/latest/
	case holds("CreateItem\x00"):
		return "keychain: create " + o.named(string(account.Find(data)))
	case holds("SetSecret\x00"):
		return "keychain: change " + o.named(string(account.Find(decoded(data))))
	case holds("Secret.Item\x00") && holds("Delete\x00"):
		return "keychain: remove an item"
	}
	return ""
}
