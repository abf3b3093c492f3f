package assets

import (
	"regexp"
	"testing"
)

func TestVersionIsThatOfTheFile(t *testing.T) {
	line := regexp.MustCompile(`(?m)^Version = "(\d+\.\d+\.\d+)"$`).FindStringSubmatch(description)
	if line == nil || Version != line[1] {
		t.Errorf("the programs say %q, FyneApp.toml %q", Version, line)
	}
}

func TestWebsiteIsThatOfTheFile(t *testing.T) {
	line := regexp.MustCompile(`(?m)^Website = "(https://[^"]+)"$`).FindStringSubmatch(description)
	if line == nil || Website != line[1] {
		t.Errorf("the programs say %q, FyneApp.toml %q", Website, line)
	}
}

func TestAFileWithoutVersion(t *testing.T) {
	for _, data := range []string{"", "not toml", "[Details]\nName = \"x\"\n"} {
		if got := readVersion(data); got != "unknown" {
			t.Errorf("%q gives %q", data, got)
		}
	}
}
