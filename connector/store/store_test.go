package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func fullConnector(id string) connector.Connector {
	return connector.Connector{
		ID: id, Name: "Contoso “Süd” <& Co> " + id, Tenant: auth.Tenant{ID: "t", Domain: "contoso.example", Cloud: "global"},
		ClientID: "c", ClientKind: auth.SecretClient, RedirectPath: "/consent", WithGroups: true,
		User:  connector.Identity{TenantID: "t", ObjectID: "o", UPN: "u@contoso.example"},
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: "t", At: noon, Handover: &connector.Handover{State: "s", Link: "https://x/?a=1&b=2", Since: noon}},
		Checks: []connector.Check{{
			ID: connector.CheckMFA, State: connector.CheckFailed, Weight: connector.WeightAttention,
			Evidence: []connector.Fact{{Key: "k", Args: map[string]string{"a": "b"}}},
			Problem:  &connector.Problem{Kind: connector.KindNoMFA, Code: "900421", At: noon},
		}},
		Health: connector.HealthGood, Saved: noon, Consented: noon, Refreshed: noon, SecretExpires: connector.DayOf(noon),
	}
}

func TestConnectors(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if got := ids(t, s); len(got) != 0 {
		t.Errorf("a new folder holds %v", got)
	}
	for _, id := range []string{"b", "a", "c"} {
		if err := s.PutConnector(fullConnector(id)); err != nil {
			t.Fatal(err)
		}
	}
	changed := fullConnector("a")
	changed.Name = "renamed"
	if err := s.PutConnector(changed); err != nil {
		t.Fatal(err)
	}
	want := []connector.Connector{fullConnector("b"), changed, fullConnector("c")}
	if got := whole(t, beside(t, s)); !reflect.DeepEqual(got, want) {
		t.Errorf("read back: %+v", got)
	}
	for i := range want {
		want[i].Checks = nil
	}
	if got, err := beside(t, s).Connectors(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("listed: %v, %+v", err, got)
	}
	for _, id := range []string{"b", "nobody", "c", "a", "a"} {
		if err := s.DeleteConnector(id); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Connectors(); err != nil || len(got) != 0 {
		t.Errorf("after removing all: %v, %v", got, err)
	}
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	draft := connector.Draft{
		ID: "d-1", Created: noon, Step: connector.StepAdmin, Tenant: &auth.Tenant{ID: "t"}, Role: connector.RoleSalesAgent,
		Ticks: map[connector.Field]bool{connector.TickMFA: true}, HasSecret: true,
	}
	if err := s.PutDraft(draft); err != nil {
		t.Fatal(err)
	}
	if got, err := beside(t, s).Drafts(); err != nil || !reflect.DeepEqual(got, []connector.Draft{draft}) {
		t.Errorf("read back: %v, %+v", err, got)
	}
	if err := s.DeleteDraft("d-1"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Drafts(); err != nil || len(got) != 0 {
		t.Errorf("after removing: %v, %v", got, err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if got, err := s.Settings(); err != nil || got != (connector.Settings{}) {
		t.Errorf("a new folder: %+v, %v", got, err)
	}
	want := connector.Settings{Language: "de", Theme: connector.ThemeDark, AdminBrowser: "firefox", UserBrowser: "edge"}
	if err := s.ChangeSettings(func(connector.Settings) connector.Settings { return want }); err != nil {
		t.Fatal(err)
	}
	if got, err := beside(t, s).Settings(); err != nil || got != want {
		t.Errorf("read back: %+v, %v", got, err)
	}
	for _, key := range []string{`"language"`, `"theme"`, `"admin_browser"`, `"user_browser"`, `"format": 1`} {
		if !strings.Contains(readFile(t, s, settingsFile), key) {
			t.Errorf("the file has no %s", key)
		}
	}
	if err := beside(t, s).ChangeSettings(speaking("en")); err != nil {
		t.Fatal(err)
	}
	want.Language = "en"
	if got := PeekSettings(s.Dir()); got != want {
		t.Errorf("another process changed the language alone: %+v", got)
	}
	writeFile(t, s, settingsFile, "{")
	if got := PeekSettings(s.Dir()); got != (connector.Settings{}) {
		t.Errorf("a look at a damaged file: %+v", got)
	}
	if _, err := s.Settings(); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("damaged: %v", err)
	}
}

func TestBadIDs(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, id := range []string{"", "A", "../x", "a.b", "a/b", "ä", strings.Repeat("a", 65), "a\x00"} {
		_, lockErr := s.Lock(context.Background(), id)
		if lockErr == nil || s.PutConnector(connector.Connector{ID: id}) == nil || s.PutDraft(connector.Draft{ID: id}) == nil {
			t.Errorf("the ID %q was taken", id)
		}
	}
	if _, err := Open(""); err == nil {
		t.Error("a folder without a name was opened")
	}
}

func TestDefaultDir(t *testing.T) {
	dir, err := DefaultDir()
	if err != nil {
		t.Skip("this account has no config folder:", err)
	}
	if !filepath.IsAbs(dir) || filepath.Base(dir) != "partner-center-connector" {
		t.Errorf("the config folder is %s", dir)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	unlock, err := s.Lock(context.Background(), "one")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := beside(t, s).Lock(ctx, "one"); !errors.Is(err, connector.ErrBusy) {
		t.Errorf("a second holder: %v, want %v", err, connector.ErrBusy)
	}
	other, err := s.Lock(context.Background(), "two")
	if err != nil {
		t.Fatal(err)
	}
	other()
	unlock()
	unlock()
	again, err := s.Lock(context.Background(), "one")
	if err != nil {
		t.Fatal(err)
	}
	again()
	if left := glob(t, s, "locks/*"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func childOf(s *Store, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), envDir+"="+s.Dir()), env...)
	return cmd
}

func TestADeadHolderFreesTheLock(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	cmd := childOf(s, envHold+"=one")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Lock(ctx, "one"); !errors.Is(err, connector.ErrBusy) {
		t.Errorf("while the other process holds it: %v, want %v", err, connector.ErrBusy)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	unlock, err := s.Lock(context.Background(), "one")
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

func TestTwentyProcessesAddConnectors(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const processes = 20
	var want []string
	var wg sync.WaitGroup
	for i := range processes {
		id := fmt.Sprintf("c-%02d", i)
		want = append(want, id)
		wg.Go(func() {
			if out, err := childOf(s, envAdd+"="+id).CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", id, err, out)
			}
		})
	}
	wg.Wait()
	got := ids(t, s)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the list holds %v", got)
	}
	if left := glob(t, s, ".*"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
