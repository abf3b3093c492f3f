package main

import (
	"strings"
	"testing"
)

func TestRefused(t *testing.T) {
	r := &rules{Allowed: []string{"MIT", "BSD-3-Clause"}}
	for expression, want := range map[string]string{
		"MIT": "", "MIT AND BSD-3-Clause": "", "BSD-3-Clause OR Unlicense": "", "(BSD-3-Clause OR Unlicense) AND MIT": "",
		"GPL-3.0-only": "GPL-3.0-only", "MIT AND SSPL-1.0": "SSPL-1.0", "(AGPL-3.0-only OR Proprietary) AND MIT": "(AGPL-3.0-only OR Proprietary)",
	} {
		if got := strings.Join(r.refused(expression), ", "); got != want {
			t.Errorf("%q: %q, want %q", expression, got, want)
		}
	}
	if len(r.refused("")) == 0 {
		t.Error("no license at all is allowed")
	}
}

func TestAChangedFileHasToBeReadAnew(t *testing.T) {
	f := newFinder(&rules{Read: []read{{File: "x:LICENSE", SHA256: "0", License: "MIT"}}}, t.TempDir(), false)
	f.idsOf("x:LICENSE", []byte("changed"))
	if len(f.mistakes) != 1 || !strings.Contains(f.mistakes[0].Error(), "read it again") {
		t.Errorf("%v", f.mistakes)
	}
}

func TestAnUnknownTextIsAMistake(t *testing.T) {
	f := newFinder(&rules{}, t.TempDir(), false)
	if ids := f.idsOf("x:LICENSE", []byte("Do what you like on Sundays.")); len(ids) != 0 || len(f.mistakes) != 1 {
		t.Errorf("%v %v", ids, f.mistakes)
	}
}

func TestNoticeAround(t *testing.T) {
	text := "package x\n\n// Copyright X\n//\n// MIT\n// more\n\nvar a int\n"
	start := strings.Index(text, "MIT")
	if got, want := noticeAround(text, start, start+3), "Copyright X\n\nMIT\nmore"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
