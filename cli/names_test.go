package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
)

// runWhile runs a command line; meanwhile is done by another process as soon as the private window opens, before anybody signs in there.
func (w *world) runWhile(meanwhile func(keeper.Keeper), stdin string, args ...string) result {
	w.t.Helper()
	other := w.mustOpen().Keeper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host(stdin, out, errs)
	host.Open = func(o engine.Options) (*engine.Engine, error) {
		e, err := w.open(o)
		if err == nil {
			e.Ports.Browsers = busyBrowsers{w.browsers, func() { meanwhile(other) }}
		}
		return e, err
	}
	code := cli.Main(w.t.Context(), host, w.args(args))
	return result{code, out.String(), errs.String()}
}

// busyBrowsers are of a computer on which something else is done when the private window opens.
type busyBrowsers struct {
	*browsers
	meanwhile func()
}

func (b busyBrowsers) OpenPrivate(ctx context.Context, which browser.Browser, m browser.Mode, url string) (connector.Window, error) {
	b.meanwhile()
	return b.browsers.OpenPrivate(ctx, which, m, url)
}

func (w *world) rename(id, name string) func(keeper.Keeper) {
	return func(other keeper.Keeper) {
		if err := other.Rename(context.Background(), id, name); err != nil {
			w.t.Error(err)
		}
	}
}

func (w *world) onlyID() string {
	w.t.Helper()
	id, _ := w.list().Connectors[0]["id"].(string)
	return id
}

// TestConnectByANameThatIsTakenMeanwhile holds that pcc ends with the reason, as for any other bad input, and goes on with another name.
func TestConnectByANameThatIsTakenMeanwhile(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	id := w.onlyID()
	if r := w.run("rename", "Practice", "Elsewhere"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	items := w.keychain.count()
	r := w.runWhile(w.rename(id, "PRACTICE"), w.facts.ClientSecret+"\n", w.connectArgs()...)
	if r.code != cli.ExitUsage || !strings.Contains(r.err, words("reason.name-taken")) || strings.Contains(r.err, "reason.") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	l := w.list()
	if len(l.Connectors) != 1 || len(l.Drafts) != 1 {
		t.Fatalf("%+v", l)
	}
	if got := w.keychain.count(); w.facts.ClientKind == "public" && got != items {
		t.Errorf("%d items in the keychain, before there were %d", got, items)
	}
	if r := w.run("connect", "--resume", "--name", "Second", "--yes"); r.code != cli.ExitFine || len(w.list().Connectors) != 2 {
		t.Errorf("by another name: exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

func TestRenewOfOneThatIsRenamedMeanwhile(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	r := w.runWhile(w.rename(w.onlyID(), "Elsewhere"), "", "renew", "Practice")
	if got := w.list().Connectors; r.code != cli.ExitFine || len(got) != 1 || got[0]["name"] != "Elsewhere" || !strings.Contains(r.out, "Elsewhere") {
		t.Errorf("exit code %d, %+v\n%s%s", r.code, got, r.out, r.err)
	}
}

func TestRenewOfOneThatIsRemovedMeanwhile(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	id := w.onlyID()
	r := w.runWhile(func(other keeper.Keeper) {
		if err := other.Remove(context.Background(), id); err != nil {
			t.Error(err)
		}
	}, "", "renew", "Practice", "--json")
	got := failed{}
	w.decode(r, &got)
	if got.Error.Kind != "connector-gone" || got.Error.ExitCode != cli.ExitFailed || r.code != cli.ExitFailed {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if l := w.list(); len(l.Connectors)+len(l.Drafts)+w.keychain.count() != 0 {
		t.Errorf("it is back: %+v, %d items in the keychain", l, w.keychain.count())
	}
}

// files are those of the connectors.
func (w *world) files() []string {
	w.t.Helper()
	files, err := filepath.Glob(w.path("config/connectors/*.json"))
	if err != nil || len(files) == 0 {
		w.t.Fatal("no files of connectors", err)
	}
	return files
}

// oldNames makes the connectors' names in the list what an older version let them be.
func (w *world) oldNames(names map[string]string) {
	w.t.Helper()
	for _, path := range w.files() {
		text := w.read(path)
		for now, then := range names {
			text = strings.Replace(text, `"name": "`+now+`"`, `"name": "`+then+`"`, 1)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			w.t.Fatal(err)
		}
	}
}

// TestNamesOfAnOlderVersion holds that a connector is found by what is shown of its name, that of two none is taken silently, and that each
// can be reached and set right by its ID.
func TestNamesOfAnOlderVersion(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.connect("--name", "Second"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.oldNames(map[string]string{"Practice": `Practice\u200b `})
	if r := w.run("token", "practice"); r.code != cli.ExitFine {
		t.Errorf("a name with a blank behind: exit code %d\n%s", r.code, r.err)
	}
	w.oldNames(map[string]string{"Second": "PRACTICE"})
	first, _ := w.list().Connectors[0]["id"].(string)
	second, _ := w.list().Connectors[1]["id"].(string)
	want := words("cli.error.several-connectors", "Name", "Practice", "IDs", first+", "+second)
	for _, command := range []string{"token", "check", "renew", "remove", "record"} {
		if r := w.run(command, "Practice"); r.code != cli.ExitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%s: exit code %d\n%s", command, r.code, r.err)
		}
	}
	if r := w.runPlain(append(w.args([]string{"__complete", "token"}), "")...); !strings.HasPrefix(r.out, first+"\n"+second+"\n") {
		t.Errorf("completed with %q", r.out)
	}
	r := w.run("check", second)
	if r.code != cli.ExitFine || w.list().Connectors[1]["name"] != "PRACTICE" {
		t.Errorf("by its ID: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("renew", second); r.code != cli.ExitFine || !strings.Contains(r.out, ": pcc token --config-dir ") || !strings.HasSuffix(r.out, " "+second+"\n") {
		t.Errorf("renewed by its ID: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("rename", second, "practice"); r.code != cli.ExitUsage || !strings.Contains(r.err, words("reason.name-taken")) {
		t.Errorf("renamed to the same: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("rename", second, "Second"); r.code != cli.ExitFine {
		t.Errorf("named apart: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine {
		t.Errorf("after that: exit code %d\n%s", r.code, r.err)
	}
}

func TestConnectByACleanName(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.connect("--name", " Mu\u0308ller \u00a0 GmbH\t"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	if got := w.list().Connectors[0]["name"]; got != "M\u00fcller GmbH" {
		t.Errorf("it is called %+q", got)
	}
	if r := w.run("token", "MU\u0308LLER  gmbh"); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestNamesOfOlderVersionsInTheList holds that each row can be told apart, and that what it shows finds the connector.
func TestNamesOfOlderVersionsInTheList(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	e := w.mustOpen()
	c, err := e.Keeper().Find("Practice")
	if err != nil {
		t.Fatal(err)
	}
	for name, shown := range map[string]string{"Con\ntoso": "Con toso", "  Con \t toso ": "Con toso", "": c.ID, "\u200b": c.ID} {
		c.Name = name
		if err := e.Ports.Store.PutConnector(c); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(w.run("list").out), "\n")
		if len(lines) != 2 || !strings.HasPrefix(lines[1], shown+"  ") {
			t.Errorf("%+q: %q", name, lines)
		}
		if r := w.run("check", shown); r.code != cli.ExitFine || !strings.HasPrefix(r.out, shown+"\n") {
			t.Errorf("%+q: exit code %d, %.80q %s", name, r.code, r.out, r.err)
		}
	}
}
