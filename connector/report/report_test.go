package report

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/test/golden"
)

// TestGoldens shows what a report tells, in both forms. The version of Go and the system it runs on are not the test's.
func TestGoldens(t *testing.T) {
	r := full().Report()
	if r.Program.Go != runtime.Version() || r.Program.OS != runtime.GOOS || r.Program.Arch != runtime.GOARCH {
		t.Errorf("the program is %+v", r.Program)
	}
	r.Program.Go, r.Program.OS, r.Program.Arch = "go1.26.8", "linux", "amd64"
	golden.Compare(t, "full.json", string(r.JSON()))
	for _, lang := range []string{"en", "de"} {
		golden.Compare(t, "full."+lang+".md", r.Text(assets.NewTranslator(lang)))
	}
	empty := Report{}
	golden.Compare(t, "empty.md", empty.Text(assets.NewTranslator("en")))
}

// TestNoNameIsInAFullReport is the golden's own promise: what is there to be told names nobody.
func TestNoNameIsInAFullReport(t *testing.T) {
	text := strings.ToLower(string(full().Report().JSON()))
	for _, name := range []string{"contoso", "fabrikam", "@", "http", "pc-integration"} {
		if strings.Contains(text, name) {
			t.Errorf("it has %q", name)
		}
	}
}

func TestTheMostUrgentComeFirst(t *testing.T) {
	s := Source{Now: viewtest.Now}
	listed := viewtest.Saved()
	listed.Checks = nil // as a list has it
	for range MaxConnectors {
		s.Connectors = append(s.Connectors, listed)
	}
	last := listed
	last.ID, last.Health = "00000000-0000-4000-8000-000000000001", connector.HealthSignIn
	s.Connectors = append(s.Connectors, last)
	s.Whole = func(id string) (connector.Connector, error) {
		if id != last.ID {
			return connector.Connector{}, errors.New("unreadable")
		}
		whole := last
		whole.Checks = viewtest.EvidentChecks()
		return whole, nil
	}
	r := s.Report()
	if len(r.Connectors) != MaxConnectors || r.Count != MaxConnectors+1 || r.Connectors[0].ID != last.ID || len(r.Connectors[0].Checks) == 0 {
		t.Errorf("%d of %d, the first is %+v", len(r.Connectors), r.Count, r.Connectors[0])
	}
	if len(r.Connectors[1].Checks) != 0 || r.Connectors[1].Health != "good" {
		t.Errorf("one that can't be read whole: %+v", r.Connectors[1])
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	r := Source{Now: viewtest.Now, ListErr: connector.ErrListDamaged}.Report()
	if r.ListProblem == nil || r.ListProblem.Kind != string(connector.KindListDamaged) {
		t.Errorf("the list: %+v", r.ListProblem)
	}
	if text := r.Text(assets.NewTranslator("en")); !strings.Contains(text, "list-damaged") {
		t.Errorf("it is not said:\n%s", text)
	}
}

func TestCodes(t *testing.T) {
	for text, want := range map[string]string{
		"AADSTS50076": "AADSTS50076", "AADSTS99999999": "AADSTS99999999", "900421": "900421", "HTTP 503": "HTTP 503", "invalid_grant": "invalid_grant",
		"ForbiddenByRbac": "ForbiddenByRbac", "AKV10022": "AKV10022", "": "", "fabrikam": "other", "AADSTS50076 fabrikam": "other", "12": "other",
	} {
		if got := code(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestEveryKeyIsThere checks that a key is there whether it has a value or not, and that no list is null.
func TestEveryKeyIsThere(t *testing.T) {
	bare := Source{Connectors: []connector.Connector{{}}, Drafts: []connector.Draft{{}}}.Report()
	var got map[string]any
	if err := json.Unmarshal(bare.JSON(), &got); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"browsers", "proxies", "shown", "connectors", "drafts", "log"} {
		if _, ok := got[list].([]any); !ok {
			t.Errorf("%s is %v", list, got[list])
		}
	}
	if len(got) != 17 {
		t.Errorf("%d keys: %v", len(got), got)
	}
}

func TestSaveLeavesFilesAlone(t *testing.T) {
	home := t.TempDir()
	for _, want := range []string{"support-report-2026-11-23.md", "support-report-2026-11-23-2.md"} {
		path, err := Save("text", home, viewtest.Now)
		if err != nil || path != filepath.Join(home, want) {
			t.Fatalf("%s, %v", path, err)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	if err := os.Mkdir(filepath.Join(home, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	if path, err := Save("text", home, viewtest.Now); err != nil || filepath.Dir(path) != filepath.Join(home, "Documents") {
		t.Errorf("%s, %v", path, err)
	}
}

func TestWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.md")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, []byte("report"), false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if text, _ := os.ReadFile(file); string(text) != "mine" {
		t.Errorf("it became %q", text)
	}
	if err := Write(file, []byte("report"), true); err != nil {
		t.Error(err)
	}
	if text, _ := os.ReadFile(file); string(text) != "report" {
		t.Errorf("it stayed %q", text)
	}
	if err := Write(filepath.Dir(file), nil, true); !errors.Is(err, connector.ErrNotAFile) {
		t.Errorf("a folder: %v", err)
	}
}
