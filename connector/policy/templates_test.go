package policy

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/micromdm/plist"
)

const templates = "../../build/packaging/policies"

// TestTheExampleFileCanBeUsed: with the marks of comments away, each setting is said with each strength that it can have, and each counts.
func TestTheExampleFileCanBeUsed(t *testing.T) {
	data := read(t, "policy.example.toml")
	if all, wrong := parseTOML(data, "example"); wrong != nil || len(all) != 0 {
		t.Errorf("as it is, it says %v, %v", all, wrong)
	}
	usable(t, regexp.MustCompile(`(?m)^#([a-z])`).ReplaceAll(data, []byte("$1")), parseTOML)
}

// TestTheProfileCanBeUsed: the same with what macOS makes of the profile, which is its one payload.
func TestTheProfileCanBeUsed(t *testing.T) {
	data := read(t, "partner-center-connector.mobileconfig")
	if all, wrong := parsePlist(payload(t, data), "profile"); wrong != nil || len(all) != 0 {
		t.Errorf("as it is, it says %v, %v", all, wrong)
	}
	data = regexp.MustCompile(`<!-- (<key>.*) -->`).ReplaceAll(data, []byte("$1"))
	usable(t, payload(t, data), parsePlist)
}

func payload(t *testing.T, profile []byte) []byte {
	t.Helper()
	top := struct {
		PayloadType    string
		PayloadContent []map[string]any
	}{}
	if err := plist.Unmarshal(profile, &top); err != nil {
		t.Fatal(err)
	}
	if top.PayloadType != "Configuration" || len(top.PayloadContent) != 1 || top.PayloadContent[0]["PayloadType"] != "io.github.partnercenterconnector" {
		t.Fatalf("the profile has other payloads: %+v", top)
	}
	data, err := plist.Marshal(top.PayloadContent[0])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func usable(t *testing.T, data []byte, parse func([]byte, string) ([]said, *fault)) {
	t.Helper()
	all, wrong := parse(data, "template")
	if wrong != nil {
		t.Fatalf("%+v", wrong)
	}
	counts := map[string]bool{}
	for _, s := range all {
		v, wrong := s.value()
		if wrong != nil {
			t.Errorf("%s: %+v", s.name, wrong)
		}
		if v.Locked {
			counts[v.Name] = true
		} else {
			counts["recommended "+v.Name] = true
		}
	}
	for _, s := range Settings() {
		if counts[s.Name] != s.Mandatory || counts["recommended "+s.Name] != s.Recommended {
			t.Errorf("%s: mandatory %v, recommended %v", s.Name, counts[s.Name], counts["recommended "+s.Name])
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(templates, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
