package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/test/golden"
)

// TestJSONKeys holds the keys and types of everything that --json prints: scripts rely on them.
func TestJSONKeys(t *testing.T) {
	w := newWorld(t, "good")
	var all strings.Builder
	kept := map[string]bool{}
	keep := func(name string, r result) {
		var document any
		w.decode(r, &document)
		keys := shape("", document)
		keepsKeys(t, name, keys)
		kept[name] = true
		fmt.Fprintf(&all, "# %s\n%s\n\n", name, strings.Join(slices.Sorted(maps.Keys(keys)), "\n"))
	}
	keep("connect", w.connect("--json"))
	keep("connect, handed over", w.connect("--json", "--name", "Second", "--admin-consent", "other-person"))
	keep("list", w.run("list", "--json"))
	keep("check", w.run("check", "Practice", "--json"))
	keep("status", w.run("status", "Practice", "--json"))
	keep("token", w.run("token", "Practice", "--json"))
	keep("renew", w.run("renew", "Practice", "--json"))
	keep("rename", w.run("rename", "Practice", "Practice", "--json"))
	keep("record", w.run("record", "Practice", "--json"))
	keep("registration", w.run("registration", "--json"))
	w.play("later-revoked")
	w.clock.forward(time.Hour)
	keep("check, with a problem", w.run("check", "Practice", "--json"))
	keep("report", w.run("report", "--json"))
	keep("remove --draft", w.run("remove", "--draft", "Second", "--yes", "--json"))
	keep("remove", w.run("remove", "Practice", "--yes", "--json"))
	keep("remove --all", w.run("remove", "--all", "--yes", "--json"))
	keep("doctor", w.run("doctor", "--json"))
	keep("explain", w.run("explain", "AADSTS65001", "--json"))
	keep("version", w.run("version", "--json", "--licenses"))
	keep("rehearse --list-scenarios", w.run("rehearse", "--list-scenarios", "--json"))
	keep("rehearse --serve", w.served("--json"))
	w.schedules = &schedules{plan: practicePlan, now: connector.Schedule{Last: connector.ScheduledRun{At: w.clock.Now()}}}
	keep("schedule install", w.run("schedule", "install", "--yes", "--json"))
	keep("schedule status", w.run("schedule", "status", "--json"))
	keep("schedule remove", w.run("schedule", "remove", "--yes", "--json"))
	keep("an error", w.run("token", "Practice", "--json"))
	for name := range keysBefore {
		if !kept[name] {
			t.Errorf("%s is not printed any more", name)
		}
	}
	golden.Compare(t, "json.golden", all.String())
}

// practice is a stream that presses Ctrl+C once the practice cloud is ready: then its last words, or keys, were written.
type practice struct {
	bytes.Buffer
	stop context.CancelFunc
}

// Write implements io.Writer.
func (p *practice) Write(b []byte) (int, error) {
	n, err := p.Buffer.Write(b)
	if text := p.String(); strings.Contains(text, words("cli.rehearse.stop")) || strings.Contains(text, "practiceCertificateFile") {
		p.stop()
	}
	return n, err
}

// served runs rehearse --serve until it is ready.
func (w *world) served(more ...string) result {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	out := &practice{stop: cancel}
	host := w.host("", nil, &bytes.Buffer{})
	host.Out = out
	code := cli.Main(ctx, host, append([]string{"rehearse", "--serve", "--clouds-file", filepath.Join(w.dir, "r.toml")}, more...))
	return result{code: code, out: out.String()}
}

func TestRehearseInWords(t *testing.T) {
	w := newWorld(t, "good")
	r := w.served("--scenario", "certificate-unknown")
	for _, want := range []string{
		"The practice cloud is ready. " + words("rehearsal.scenario.certificate-unknown"), "  " + words("rehearsal.role.admin"),
		fmt.Sprintf("pcc connect --clouds %q", filepath.Join(w.dir, "r.toml")),
		"--tenant rehearsal.example --user integration@rehearsal.example --client-id " + w.facts.Clients.Certificate,
		fmt.Sprintf("--client-kind certificate --with-groups --certificate %q", filepath.Join(w.dir, "r.certificate.pem")), "Ctrl+C ends it.",
	} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
}

// shape has a line for each key of a document, with its type.
func shape(path string, v any) map[string]bool {
	switch v := v.(type) {
	case map[string]any:
		lines := map[string]bool{}
		for key, value := range v {
			maps.Copy(lines, shape(strings.TrimPrefix(path+"."+key, "."), value))
		}
		return lines
	case []any:
		lines := map[string]bool{}
		for _, value := range v {
			maps.Copy(lines, shape(path+"[]", value))
		}
		if len(v) == 0 {
			lines[path+"[]"] = true
		}
		return lines
	case nil:
		return map[string]bool{path + " null": true}
	case json.Number, float64:
		return map[string]bool{path + " number": true}
	}
	return map[string]bool{fmt.Sprintf("%s %T", path, v): true}
}
