package logfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

// newDir is a config folder.
func newDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "config")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestNothingIsOpenedBeforeTheFirstRecord(t *testing.T) {
	dir := newDir(t)
	log := New(Options{Dir: dir, Program: "pcc"})
	log.Debug("not worth it")
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Fatalf("there is %v", entries)
	}
	log.Info("command ended", "exit", 3)
	line := read(t, filepath.Join(dir, "log", "log.txt"))
	if want := " level=INFO msg=\"command ended\" program=pcc pid=" + strconv.Itoa(os.Getpid()) + " exit=3\n"; !strings.HasPrefix(line, "time=") || !strings.HasSuffix(line, want) {
		t.Errorf("%q", line)
	}
	for path, mode := range map[string]fs.FileMode{"log": 0o700, "log/log.txt": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil || filepath.Separator == '/' && info.Mode().Perm() != mode {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}

func TestNoConfigFolderIsMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "config")
	New(Options{Dir: dir}).Error("lost")
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestLevels(t *testing.T) {
	for level, want := range map[connector.LogLevel]string{
		"": "info warn", connector.LogInfo: "info warn", connector.LogOff: "", connector.LogDebug: "debug info warn", "of a newer version": "info warn",
	} {
		dir := newDir(t)
		beside := &bytes.Buffer{}
		log := New(Options{Dir: dir, Level: Level(level), Beside: beside})
		log.Debug("debug")
		log.Info("info")
		log.Warn("warn")
		if got := messages(read(t, Path(dir))); got != want {
			t.Errorf("%q: %q", level, got)
		}
		if got := messages(beside.String()); got != "debug info warn" {
			t.Errorf("%q, beside: %q", level, got)
		}
	}
}

// messages are those of the records of a log, which have one word each.
func messages(text string) string {
	var found []string
	for line := range strings.Lines(text) {
		_, rest, _ := strings.Cut(line, " msg=")
		word, _, _ := strings.Cut(rest, " ")
		found = append(found, word)
	}
	return strings.Join(found, " ")
}

func TestTheLevelMayChange(t *testing.T) {
	dir, level := newDir(t), &slog.LevelVar{}
	log := New(Options{Dir: dir, Level: level})
	level.Set(Level(connector.LogOff))
	log.Error("lost")
	level.Set(Level(connector.LogDebug))
	log.Debug("kept")
	if got := messages(read(t, Path(dir))); got != "kept" {
		t.Errorf("%q", got)
	}
}

// jwt and others are secrets as they come; none of them is anybody's.
const (
	jwt     = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl"
	refresh = "0.AXkAabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_abcdef"
	secret  = "abc8Q~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"
	link    = "https://login.microsoftonline.com/common/adminconsent?client_id=7a3f&state=st4te-nobody-may-see&nonce=n0nce-nobody-may-see"
)

type pair struct{ Name, Value string }

type valuer struct{ v slog.Value }

func (v valuer) LogValue() slog.Value { return v.v }

// TestNoSecretGetsOut plants secrets wherever a record has room for them.
func TestNoSecretGetsOut(t *testing.T) {
	planted := []string{jwt, refresh, secret, "st4te-nobody-may-see", "n0nce-nobody-may-see", "short-one"}
	dir, beside := newDir(t), &bytes.Buffer{}
	log := New(Options{Dir: dir, Level: slog.LevelDebug, Beside: beside})
	for _, text := range []string{jwt, refresh, secret, link, "Bearer " + jwt, "refresh_token=" + refresh, `{"refresh_token":"short-one"}`, "code=short-one"} {
		log.Info("refused: " + text)
		log.Debug("as an attribute", "answer", text)
		log.Warn("as an error", "error", fmt.Errorf("redeem: %w", errors.New(text)))
		log.Error("in a struct", "pair", pair{"kept", text}, "pointer", &pair{"kept", text}, "list", []string{text}, "map", map[string]string{"a": text})
		log.Info("as bytes", "bytes", []byte(text), "reader", strings.NewReader(text))
		log.Info("in a group", slog.Group("answer", slog.String("raw", text), slog.Group("inner", slog.Any("raw", errors.New(text)))))
		log.Info("of a valuer", "value", valuer{slog.StringValue(text)}, "group", valuer{slog.GroupValue(slog.String("raw", text))})
		log.With("kept", text).WithGroup("group").Info("with", "more", text)
	}
	for _, key := range []string{"state", "code", "client_secret", "RefreshToken", "password", "url", "link", "id_token", "nonce", "ticket", "cookie", "Authorization", "credential"} {
		log.Info("by its name", key, "short-one", slog.Group("inner", slog.String(key, "short-one")))
	}
	log.Info("of other kinds", "bool", true, "number", 7, "word", connector.KindNoMFA, "list", []string{"a", "b"}, "struct", pair{"a", "b"}, "nothing", nil)
	if !strings.HasSuffix(beside.String(), ` bool=true number=7 word=no-mfa list="[a b]" struct=logfile.pair nothing=<nil>`+"\n") {
		t.Errorf("%s", beside.String()[max(0, beside.Len()-200):])
	}
	log.Info("hidden", "credential", auth.NewSecret("short-one"), "plain", auth.NewSecret("short-one"), "in", struct{ S auth.Secret }{auth.NewSecret("short-one")})
	for where, text := range map[string]string{"the file": read(t, Path(dir)), "beside it": beside.String()} {
		if lines := strings.Count(text, "\n"); lines != 8*8+13+2 {
			t.Errorf("%s has %d lines", where, lines)
		}
		for _, p := range planted {
			if i := strings.Index(text, p); i >= 0 {
				t.Errorf("%s has %q: %s", where, p, text[max(0, i-80):i+len(p)])
			}
			if numbers := strings.Trim(fmt.Sprintf("%d", []byte(p[:8])), "[]"); strings.Contains(text, numbers) {
				t.Errorf("%s has %q as numbers", where, p)
			}
		}
	}
}

func TestWhatSupportAsksForStays(t *testing.T) {
	dir := newDir(t)
	c := connector.Connector{
		ID: "9d3ca6f4-8c7e-4e9f-8a57-0f2b5a9f9d10", Name: "Contoso of a customer", ClientID: "7a3f1b52-6f0e-4a36-9d0c-2f4f1f6d9e11",
		Tenant: auth.Tenant{ID: "1b0a7c55-2222-4a36-9d0c-2f4f1f6d9e12", Cloud: "global", Domain: "contoso.example"},
	}
	p := &connector.Problem{
		Kind: connector.KindNoMFA, Code: "AADSTS50076", OAuth: "interaction_required", CorrelationID: "5e8a1c77-3333-4a36-9d0c-2f4f1f6d9e13",
		TraceID: "6e8a1c77-4444-4a36-9d0c-2f4f1f6d9e14", Raw: "AADSTS50076: alex@contoso.example must", Args: map[string]string{"UPN": "alex@contoso.example"},
	}
	checks := connector.Outcomes{{ID: connector.CheckTenant, State: connector.CheckPassed}, {ID: connector.CheckMFA, State: connector.CheckFailed}}
	New(Options{Dir: dir}).Info("connector checked", "connector", c, "checks", checks, "problem", p, "none", (*connector.Problem)(nil), "took", 1500*time.Millisecond)
	_, got, _ := strings.Cut(read(t, Path(dir)), " pid="+strconv.Itoa(os.Getpid())+" ")
	want := "connector.id=9d3ca6f4-8c7e-4e9f-8a57-0f2b5a9f9d10 connector.cloud=global connector.tenant=1b0a7c55-2222-4a36-9d0c-2f4f1f6d9e12 " +
		"connector.client=7a3f1b52-6f0e-4a36-9d0c-2f4f1f6d9e11 checks=\"tenant=passed mfa=failed\" problem.kind=no-mfa problem.answer=AADSTS50076 " +
		"problem.oauth=interaction_required problem.correlation=5e8a1c77-3333-4a36-9d0c-2f4f1f6d9e13 problem.trace=6e8a1c77-4444-4a36-9d0c-2f4f1f6d9e14 took=1.5s\n"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// fill makes the newest file as long as that.
func fill(t *testing.T, dir string, size int) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(Path(dir)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(Path(dir), append(bytes.Repeat([]byte("x"), size-1), '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestThreeFilesAreKept(t *testing.T) {
	dir := newDir(t)
	log := New(Options{Dir: dir})
	for _, message := range []string{"first", "second", "third", "fourth"} {
		log.Info(message)
		text := read(t, Path(dir))
		fill(t, dir, maxSize)
		if err := os.WriteFile(Path(dir), []byte(text+read(t, Path(dir))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log.Info("fifth")
	entries, _ := os.ReadDir(filepath.Join(dir, "log"))
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	if !slices.Equal(found, []string{"log.1.txt", "log.2.txt", "log.txt", "turn.lock"}) {
		t.Errorf("%v", found)
	}
	for i, want := range []string{"fifth", "fourth", "third"} {
		if text := read(t, path(dir, i)); !strings.Contains(text[:min(200, len(text))], "msg="+want) {
			t.Errorf("%s does not begin with %s", names[i], want)
		}
	}
}

// TestALogThatCannotBeTurnedOver grows to its limit, and no further.
func TestALogThatCannotBeTurnedOver(t *testing.T) {
	dir := newDir(t)
	fill(t, dir, maxSize)
	if err := os.WriteFile(path(dir, 1), []byte("older\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path(dir, 2), 0o700); err != nil {
		t.Fatal(err)
	}
	now := time.Unix(0, 0)
	f := newFile(dir)
	f.now = func() time.Time { return now }
	if n, err := f.Write([]byte("one\n")); n != 4 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if got, want := f.turns, now.Add(time.Minute); !got.Equal(want) {
		t.Errorf("tried again at %v", got)
	}
	fill(t, dir, 2*maxSize)
	if _, err := f.Write([]byte("two\n")); !errors.Is(err, errTooLarge) || f.size() != 2*maxSize {
		t.Errorf("%v, %d bytes", err, f.size())
	}
	if err := os.Remove(path(dir, 2)); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if _, err := f.Write([]byte("three\n")); err != nil || read(t, Path(dir)) != "three\n" || read(t, path(dir, 2)) != "older\n" {
		t.Errorf("%v", err)
	}
}

// TestADiskThatTakesNothing costs a command one try.
func TestADiskThatTakesNothing(t *testing.T) {
	dir := newDir(t)
	if err := os.MkdirAll(Path(dir), 0o700); err != nil { // a folder in its place
		t.Fatal(err)
	}
	now := time.Unix(0, 0)
	f := newFile(dir)
	f.now = func() time.Time { return now }
	for _, tc := range []struct {
		later time.Duration
		rests bool
	}{{0, false}, {59 * time.Second, true}, {time.Second, false}, {time.Second, true}} {
		now = now.Add(tc.later)
		if _, err := f.Write([]byte("lost\n")); err == nil || errors.Is(err, errRests) != tc.rests {
			t.Errorf("%v later: %v", tc.later, err)
		}
	}
	slog.New(text(f, slog.LevelInfo)).Error("nobody fails for it")
}

func TestTail(t *testing.T) {
	dir := newDir(t)
	if lines, err := Tail(dir, 10); len(lines) != 0 || err != nil {
		t.Errorf("without a log: %v, %v", lines, err)
	}
	fill(t, dir, 10)
	for i, text := range []string{"five\r\nsix id=0b1f0d0e-1111-4222-8333-444455556666\nseven", "three\nfour\n", "one\ntwo\n"} {
		if err := os.WriteFile(path(dir, i), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range map[int][]string{
		2:  {"six id=0b1f0d0e-1111-4222-8333-444455556666", "seven"},
		4:  {"four", "five", "six id=0b1f0d0e-1111-4222-8333-444455556666", "seven"},
		10: {"one", "two", "three", "four", "five", "six id=0b1f0d0e-1111-4222-8333-444455556666", "seven"},
	} {
		if lines, err := Tail(dir, n); err != nil || !slices.Equal(lines, want) {
			t.Errorf("%d: %q, %v", n, lines, err)
		}
	}
	if err := os.WriteFile(Path(dir), []byte(strings.Repeat("a", tailSize)+"\nthe last line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if lines, err := Tail(dir, 1); err != nil || !slices.Equal(lines, []string{"the last line"}) {
		t.Errorf("of a long file: %v, %v", lines, err)
	}
	if err := os.Remove(Path(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(Path(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Tail(dir, 1); err == nil {
		t.Error("what can't be read is taken for nothing")
	}
}
