package cli_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// full is a file on a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestOutputThatDoesNotArrive holds that a script learns of it, and that standard error has nothing but words.
func TestOutputThatDoesNotArrive(t *testing.T) {
	for _, command := range []string{"list", "list --json", "version", "version --json", "explain AADSTS65001", "--help", "completion bash", "token Missing --json --resource sharepoint"} {
		t.Run(command, func(t *testing.T) {
			said := &strings.Builder{}
			args := append(strings.Fields(command), "--config-dir", t.TempDir())
			code := cli.Main(t.Context(), cli.Host{In: strings.NewReader(""), Out: full{}, Err: said, Language: "en"}, args)
			want := cli.ExitFailed
			if strings.HasPrefix(command, "token") {
				want = cli.ExitUsage
			}
			if code != want || !strings.Contains(said.String(), "The output could not be written: no space left.") {
				t.Errorf("exit code %d\n%s", code, said)
			}
		})
	}
}

// TestTokenForNobody holds that a token is not asked for where nobody gets it.
func TestTokenForNobody(t *testing.T) {
	said := &strings.Builder{}
	host := cli.Host{In: strings.NewReader(""), Out: io.Discard, OutClosed: true, Err: said, Language: "en"}
	code := cli.Main(t.Context(), host, []string{"token", "Any", "--config-dir", t.TempDir()})
	if want := "The output could not be written: standard output is closed."; code != cli.ExitFailed || !strings.Contains(said.String(), want) {
		t.Errorf("exit code %d\n%s", code, said)
	}
}

// TestJSONInWords holds that what steers a terminal, or is not seen, is an escape in JSON, and reads back as it was.
func TestJSONInWords(t *testing.T) {
	odd := "a\u202eb\u2066c\u200dd\u061ce\u007f\u009bf\U000e0041"
	out := &strings.Builder{}
	host := cli.Host{In: strings.NewReader(""), Out: out, Err: io.Discard, Language: "en"}
	cli.Main(t.Context(), host, []string{"token", odd, "--json", "--config-dir", t.TempDir()})
	if want := `a\u202eb\u2066c\u200dd\u061ce\u007f\u009bf\udb40\udc41`; !strings.Contains(out.String(), want) {
		t.Errorf("%q", out)
	}
	var got struct{ Error struct{ Title string } }
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil || !strings.Contains(got.Error.Title, odd) {
		t.Errorf("%v %q", err, got.Error.Title)
	}
}

// TestOutputInWords holds that no text steers the terminal, whoever wrote it.
func TestOutputInWords(t *testing.T) {
	said := &strings.Builder{}
	host := cli.Host{In: strings.NewReader(""), Out: io.Discard, Err: said, Language: "en"}
	cli.Main(t.Context(), host, []string{"co\x1b]0;title\x07\u009b31m\u202eabc\u2066\u061c\u200e\u200f\u2028"})
	if got := said.String(); strings.ContainsAny(got, "\x1b\x07\u009b\u202e\u2066\u061c\u200e\u200f\u2028") || !strings.Contains(got, `"co�]0;title��31m�abc�����"`) {
		t.Errorf("%q", got)
	}
}
