//go:build unix

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
)

// TestOtherProgramsTakeATokenAsItIs lets a real shell take the lines of env, curl that of header, and git those of git-credential.
func TestOtherProgramsTakeATokenAsItIs(t *testing.T) {
	needsTools(t, "sh", "curl", "git")
	w := newWorld(t, "good")
	w.mustConnect()
	want := strings.TrimSpace(w.run("token", "Practice").out)
	sh := exec.CommandContext(t.Context(), "sh", "-c", `eval "$(cat)"; printf '%s %s' "$PCC_ACCESS_TOKEN" "$(env | grep -c PCC_ACCESS_TOKEN)"`)
	sh.Stdin = strings.NewReader(w.run("token", "Practice", "--format", "env").out)
	if out, err := sh.Output(); err != nil || string(out) != want+" 0" {
		t.Errorf("sh: %v, %q", err, out)
	}
	var sent string
	api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { sent = r.Header.Get("Authorization") }))
	defer api.Close()
	curl := exec.CommandContext(t.Context(), "curl", "--silent", "--show-error", "--fail", "--noproxy", "*", "--header", "@-", api.URL)
	curl.Stdin = strings.NewReader(w.run("token", "Practice", "--format", "header").out)
	if out, err := curl.CombinedOutput(); err != nil || sent != "Bearer "+want {
		t.Errorf("curl: %v, %s, it sent %q", err, out, sent)
	}
	lines := w.run("token", "Practice", "--format", "git-credential").out
	_, host, _ := strings.Cut(lines, "host=")
	host, _, _ = strings.Cut(host, "\n")
	git := exec.CommandContext(t.Context(), "git", "-c", "credential.helper=", "-c", `credential.helper=!f() { test "$1" != get || cat "$LINES_FILE"; }; f`, "credential", "fill")
	git.Env = append(git.Environ(), "LINES_FILE="+w.write("lines", lines), "GIT_CONFIG_NOSYSTEM=1", "HOME="+w.dir, "GIT_TERMINAL_PROMPT=0")
	git.Stdin = strings.NewReader("protocol=https\nhost=" + host + "\n\n")
	if out, err := git.Output(); err != nil || !strings.Contains(string(out), "\npassword="+want+"\n") {
		t.Errorf("git: %v, %q", err, out)
	}
}
