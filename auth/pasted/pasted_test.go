package pasted

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestWhatStandsForACharacter: entities, percent signs and what nobody sees, one at a time.
func TestWhatStandsForACharacter(t *testing.T) {
	for as := range strings.FieldsSeq("&lt; &gt; &quot; &#34; &nbsp; &#160;") {
		if got, want := WithoutEntities(as), map[string]string{"&lt;": "<", "&gt;": ">", "&quot;": `"`, "&#34;": `"`, "&nbsp;": " ", "&#160;": " "}[as]; got != want {
			t.Errorf("%s: %q", as, got)
		}
	}
	if got := WithoutEntities("&#39;&apos;&shy;&#8203;&sect="); got != "''&sect=" {
		t.Errorf("%q", got)
	}
	// What is beside them in Unicode can be seen.
	const kept = "\u00ac\u200a\u2010\u202f\u205f\u2061\ufefe\uff00"
	if got := strings.Map(dropInvisible, kept); got != kept {
		t.Errorf("%q", got)
	}
	for in, want := range map[string]string{"%41%4a%4A": "AJJ", "%4": "%4", "%4g": "%4g", "%g4": "%g4", "%%41": "%A", "100%": "100%", "%ff": "?", "%zz%41": "%zzA"} {
		if got := WithoutPercents(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// TestRunsOfURLDefense: the digit after "**" is the length of a run, from 2 on, in an alphabet of its own.
// https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API
func TestRunsOfURLDefense(t *testing.T) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i, digit := range digits {
		taken := strings.Repeat("%", i+2) + "&"
		got := refill("a**"+string(digit)+"b*c*", base64.RawURLEncoding.EncodeToString([]byte(taken)))
		if want := "a" + strings.Repeat("%", i+2) + "b&c"; got != want {
			t.Errorf("%c: %q, want %q", digit, got, want)
		}
	}
	if got := refill("a*b", "not base64!"); got != "a*b" {
		t.Errorf("%q", got)
	}
}

// TestCodesOfBytes: what is no code stays.
func TestCodesOfBytes(t *testing.T) {
	for text, want := range map[string]string{"%00%0a%0A%30": "\x00\n\n0", "%": "%", "%3": "%3", "a%3": "a%3", "%a0": "?"} {
		if got := WithoutPercents(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got := WithoutQuotedPrintable("=3D=0A=3d"); got != "=\n=3d" {
		t.Errorf("got %q", got)
	}
	// A run, or one character, at the very end.
	taken := base64.RawURLEncoding.EncodeToString([]byte("&&"))
	for address, want := range map[string]string{"a**A": "a&&", "a*": "a&", "a**": "a&&", "**A": "&&"} {
		if got := refill(address, taken); got != want {
			t.Errorf("%q became %q, want %q", address, got, want)
		}
	}
}

// TestReadingsComeOnce: the text as it is comes first, what one change makes of it next, and nothing comes twice.
func TestReadingsComeOnce(t *testing.T) {
	got := []string{}
	for reading := range Readings("a%2541&amp;b") {
		got = append(got, reading)
	}
	want := []string{"a%2541&amp;b", "a%2541&b", "a%41&amp;b", "a%41&b", "aA&amp;b", "aA&b"}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%q, want %q", got, want)
	}
	for range Readings("a%2541&amp;b") {
		return
	}
	t.Error("there is no reading at all")
}

// TestHidingGateway: one that hides an address at a host that is expected.
func TestHidingGateway(t *testing.T) {
	for text, want := range map[string]string{
		"https://gateway.example/go?id=7&domain=login.example":  "gateway.example",
		"https://gateway.example/go?id=7&domain=other.example":  "",
		"https://protect.login.example/go?domain=login.example": "protect.login.example",
		"https://login.example/go?domain=login.example":         "",
	} {
		if got := HidingGateway(text, "login.example"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
