package notices_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"partner-center-connector/assets/notices"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTheProgramsCarryTheTexts compares what is packed with the texts that are reviewed.
func TestTheProgramsCarryTheTexts(t *testing.T) {
	named := map[string]bool{}
	for _, program := range []string{"pcc", "window"} {
		for _, system := range []string{"linux", "windows", "darwin"} {
			set := notices.Set{List: read(t, program+"/"+system+".txt"), Packed: read(t, program+"/"+system+".gz")}
			texts, err := set.Texts()
			if err != nil {
				t.Fatal(err)
			}
			wanted := map[string]bool{}
			for _, p := range set.Parts() {
				if p.License == "" || len(p.Texts) == 0 {
					t.Errorf("%s for %s: %s has the license %q and the texts %q", program, system, p.Path, p.License, p.Texts)
				}
				for _, name := range p.Texts {
					wanted[name], named[name] = true, true
					if texts[name] != read(t, "texts/"+name) {
						t.Errorf("%s for %s carries another %s: make notices", program, system, name)
					}
				}
			}
			if len(texts) != len(wanted) {
				t.Errorf("%s for %s carries %d texts, and its list names %d: make notices", program, system, len(texts), len(wanted))
			}
			for _, path := range []string{"Go", notices.Ours, "golang.org/x/sys"} {
				if !set.Has(path) {
					t.Errorf("%s for %s has no %s", program, system, path)
				}
			}
		}
	}
	files, err := fs.Glob(os.DirFS("."), "texts/*")
	if err != nil || len(files) != len(named) {
		t.Errorf("%d texts, of which the lists name %d (%v): make notices", len(files), len(named), err)
	}
}

// TestWrite has each part once, and each text once under all whose it is, for two programs together too.
func TestWrite(t *testing.T) {
	files := fstest.MapFS{"texts/a.txt": {Data: []byte("Text A\n")}, "texts/b.txt": {Data: []byte("Text B\n")}}
	set := func(list string) notices.Set {
		packed, err := notices.Pack(list, files)
		if err != nil {
			t.Fatal(err)
		}
		return notices.Set{List: list, Packed: string(packed)}
	}
	one, two := set("Go\tBSD-3-Clause\ta.txt\nx.example/m\tMIT\tb.txt\n"), set("Go\tBSD-3-Clause\ta.txt\nx.example/n\tMIT\tb.txt\n")
	out := &bytes.Buffer{}
	if err := notices.Write(out, map[string]string{"Go": "go1.26.0", "x.example/m": "v1.0.0"}, one, two); err != nil {
		t.Fatal(err)
	}
	rule := strings.Repeat("=", 80) + "\n"
	want := "Go go1.26.0: BSD-3-Clause\nx.example/m v1.0.0: MIT\nx.example/n: MIT\n\n" +
		rule + "Go go1.26.0\n" + rule + "\nText A\n\n" + rule + "x.example/m v1.0.0\nx.example/n\n" + rule + "\nText B\n"
	if out.String() != want {
		t.Errorf("%s", out)
	}
}

func TestPackWantsEveryText(t *testing.T) {
	if _, err := notices.Pack("Go\tBSD-3-Clause\tmissing.txt\n", fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "missing.txt") {
		t.Errorf("%v", err)
	}
}

func TestDamagedTextsAreAnError(t *testing.T) {
	for _, packed := range []string{"no gzip", read(t, "pcc/linux.gz")[:100]} {
		if texts, err := (notices.Set{Packed: packed}).Texts(); err == nil {
			t.Errorf("%d texts of %d bytes", len(texts), len(packed))
		}
	}
}
