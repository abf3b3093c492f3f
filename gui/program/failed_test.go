package program

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
)

// TestTheFolderForPicturesIsMade also where the folders above it are not there.
func TestTheFolderForPicturesIsMade(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "pictures")
	o, err := parse([]string{"--rehearse", "--unattended", "--pictures", folder}, connector.Policy{}, &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.makePictures(); err != nil {
		t.Fatal(err)
	}
	if err := o.makePictures(); err != nil {
		t.Errorf("a second time: %v", err)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		t.Errorf("there is %v, %v", info, err)
	}
}

// TestWhyTheProgramCannotStart holds that it is said in a sentence with what to do.
func TestWhyTheProgramCannotStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("[[cloud]]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(file, "below")
	for name, c := range map[string]struct {
		options options
		want    string
	}{
		"pictures":  {options{rehearse: true, pictures: below}, "The folder " + below + " for the pictures could not be made. Name another one after --pictures. The system says: "},
		"clouds":    {options{configDir: t.TempDir(), cloudsFile: file}, "The clouds file " + file + ", can't be used: cloud 1: name: "},
		"no clouds": {options{configDir: t.TempDir(), cloudsFile: below}, "The clouds file " + below + ", can't be used: "},
		"folder":    {options{configDir: below}, "The folder for the connectors can't be used. Name another one with --config-dir, "},
	} {
		p := &program{options: c.options, tr: assets.NewTranslator("en"), releaseInstance: func() {}}
		err := p.start()
		if err == nil {
			p.close()
			t.Errorf("%s: it starts", name)
			continue
		}
		if got := p.startError(err); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q…", name, got, c.want)
		}
	}
}

// TestAFlagThatIsNotThereIsSaidInASentence, without the list of flags, which pushes it off the screen.
func TestAFlagThatIsNotThereIsSaidInASentence(t *testing.T) {
	tr := assets.NewTranslator(assets.SystemLanguage())
	said := &bytes.Buffer{}
	if _, err := parse([]string{"--nosuch"}, connector.Policy{}, said); err == nil {
		t.Fatal("it was taken")
	}
	want := tr.Text("start.error.flag", map[string]any{"Raw": "flag provided but not defined: -nosuch"}) + "\n"
	if said.String() != want {
		t.Errorf("%q, want %q", said, want)
	}
	said.Reset()
	if _, err := parse([]string{"--help"}, connector.Policy{}, said); err == nil || !strings.Contains(said.String(), tr.Text("start.flag.version", nil)) {
		t.Errorf("--help says %q", said)
	}
}
