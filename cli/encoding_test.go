package cli_test

import (
	"encoding/pem"
	"maps"
	"strings"
	"testing"
	"unicode/utf16"

	"partner-center-connector/cli"
)

// encodings are what editors and shells of Windows write; neither is what can't be told apart from what is no text.
var (
	encodings = map[string]func(string) string{
		"UTF-8 with a mark":         func(s string) string { return "\ufeff" + s },
		"UTF-16":                    func(s string) string { return "\xff\xfe" + units(s, 0, 8) },
		"UTF-16, big end first":     func(s string) string { return "\xfe\xff" + units(s, 8, 0) },
		"UTF-16 of a second \">>\"": func(s string) string { return "\xff\xfe" + units("\ufeff"+s, 0, 8) },
	}
	neither = map[string]func(string) string{
		"UTF-16 without a mark":                func(s string) string { return units(s, 0, 8) },
		"UTF-16, big end first without a mark": func(s string) string { return units(s, 8, 0) },
		"UTF-32": func(s string) string {
			return "\xff\xfe\x00\x00" + strings.Join(strings.Split(s, ""), "\x00\x00\x00") + "\x00\x00\x00"
		},
	}
)

// units are the UTF-16 units of s, the byte above the shift first before the byte above the shift second.
func units(s string, first, second int) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u >> first), byte(u >> second)})
	}
	return b.String()
}

// TestWhatWindowsWrites gives every text that comes in a file or a pipe in every encoding: it is read, or its encoding is named.
func TestWhatWindowsWrites(t *testing.T) {
	w := newWorld(t, "certificate-unknown")
	bundle := w.facts.Certificate
	block, _ := pem.Decode([]byte(bundle[strings.Index(bundle, "-----BEGIN CERTIFICATE-----"):]))
	for _, c := range []struct {
		name string
		give func(encode func(string) string) result
		read string
		file string
	}{
		{"an error text", func(encode func(string) string) result {
			return w.runWith(encode("Es gab ein Problem – AADSTS50105: blocked\r\n"), "explain")
		}, "AADSTS50105\n  ", ""},
		{"a certificate", func(encode func(string) string) result {
			return w.run("registration", "--certificate", w.write("app.pem", encode(strings.ReplaceAll(bundle, "\n", "\r\n"))))
		}, "client", w.path("app.pem")},
		{"a clouds file", func(encode func(string) string) result {
			return w.runPlain("list", "--config-dir", w.path("config"), "--clouds", w.write("other.toml", encode(w.read(w.path("clouds.toml")))))
		}, "", w.path("other.toml")},
	} {
		for name, encode := range encodings {
			if r := c.give(encode); r.code != cli.ExitFine || !strings.Contains(r.out, c.read) {
				t.Errorf("%s in %s: exit code %d\n%s%s", c.name, name, r.code, r.out, r.err)
			}
		}
		for name, encode := range neither {
			r := c.give(encode)
			if r.code != cli.ExitUsage || !strings.Contains(r.err, "neither in UTF-8 nor in UTF-16 with a byte order mark") || !strings.Contains(r.err, c.file) {
				t.Errorf("%s in %s: exit code %d\n%s%s", c.name, name, r.code, r.out, r.err)
			}
		}
	}
	if r := w.run("registration", "--certificate", w.write("app.cer", string(block.Bytes))); r.code != cli.ExitFine {
		t.Errorf("a binary certificate: exit code %d\n%s", r.code, r.err)
	}
}

// TestASecretThatWindowsWrites connects with each: what is kept is the secret, and no byte of its encoding.
func TestASecretThatWindowsWrites(t *testing.T) {
	for name, encode := range encodings {
		w := newWorld(t, "good")
		w.facts.ClientKind = "secret"
		if r := w.runWith(encode(w.facts.ClientSecret+"\r\n"), w.connectArgs()...); r.code != cli.ExitFine {
			t.Errorf("%s: exit code %d\n%s", name, r.code, r.err)
		}
	}
	refused := map[string]func(string) string{
		"UTF-16 that is cut off": func(s string) string { return "\xff\xfe" + units(s, 0, 8) + "x" },
		"another code page":      func(s string) string { return s + "\xfc" },
	}
	maps.Copy(refused, neither)
	w := newWorld(t, "good")
	w.facts.ClientKind = "secret"
	for name, encode := range refused {
		r := w.runWith(encode(w.facts.ClientSecret), w.connectArgs()...)
		if r.code != cli.ExitUsage || !strings.Contains(r.err, words("cli.error.encoding")) {
			t.Errorf("%s: exit code %d\n%s", name, r.code, r.err)
		}
	}
}

// TestACertificateThatWindowsWrites connects with it: what is kept in the keychain is UTF-8.
func TestACertificateThatWindowsWrites(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "certificate"
	w.facts.Certificate = encodings["UTF-16"](strings.ReplaceAll(w.facts.Certificate, "\n", "\r\n"))
	if r := w.connect(); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
