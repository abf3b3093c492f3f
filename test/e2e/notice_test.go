//go:build e2e && linux

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// The notification service of dunst. https://dunst-project.org/documentation/
const (
	noticeName = "org.freedesktop.Notifications"
	noticePath = "/org/freedesktop/Notifications"
	dunstBrief = "org.dunstproject.cmd0"
)

// dunstConfig shows what is shown in the middle of the screen, where a click is the default action.
const dunstConfig = `[global]
origin = top-center
offset = 0x60
width = 520
height = 300
font = DejaVu Sans 11
format = "<b>%s</b>\n%b"
mouse_left_click = do_action, close_current
`

// daemon is a notification daemon with its connection to the session bus.
type daemon struct {
	t   *testing.T
	cmd *exec.Cmd
	bus *dbus.Conn
}

func startDaemon(t *testing.T, a *account) *daemon {
	t.Helper()
	d := &daemon{t: t, cmd: exec.Command("dunst", "-conf", a.paper("dunstrc", dunstConfig))}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	helpers.add(d.cmd.Process.Pid)
	t.Cleanup(d.end)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	d.bus = bus
	t.Cleanup(func() { _ = bus.Close() })
	until(t, "a notification daemon", func() bool {
		var has bool
		err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, noticeName).Store(&has)
		return err == nil && has
	})
	return d
}

func (d *daemon) end() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
}

// displayed is how many notifications are on the screen.
func (d *daemon) displayed() int {
	d.t.Helper()
	v, err := d.bus.Object(noticeName, noticePath).GetProperty(dunstBrief + ".displayedLength")
	if err != nil {
		d.t.Fatal(err)
	}
	n, _ := v.Value().(uint32)
	return int(n)
}

// seen are the texts of all that was on the screen and is not any more.
func (d *daemon) seen() []string {
	d.t.Helper()
	var all []map[string]dbus.Variant
	if err := d.bus.Object(noticeName, noticePath).Call(dunstBrief+".NotificationListHistory", 0).Store(&all); err != nil {
		d.t.Fatal(err)
	}
	texts := []string{}
	for _, n := range all {
		texts = append(texts, fmt.Sprint(n["summary"].Value(), "\n", n["body"].Value()))
	}
	return texts
}

// shows waits for a notification on the screen, and for what it looks like.
func (d *daemon) shows() {
	d.t.Helper()
	until(d.t, "a notification", func() bool { return d.displayed() == 1 })
}

// click clicks the notification as a person does.
func (d *daemon) click() {
	d.t.Helper()
	until(d.t, "the notification is clicked", func() bool {
		id, err := xdotool(d.t, "search", "--onlyvisible", "--class", "dunst")
		if ids := strings.Fields(id); err == nil && len(ids) > 0 {
			_, _ = xdotool(d.t, "mousemove", "--window", ids[0], "200", "30", "click", "1")
		}
		return comes(time.Second, func() bool { return d.displayed() == 0 })
	})
}

// scheduledRun starts what the schedule starts; --if-older would pass by what was just saved.
func scheduledRun(a *account, c *cloud) *program {
	return a.start(a.env, "", terminal, c.args("check", "--all", "--quiet", "--scheduled")...)
}

// silent makes a run that shows nothing.
func (d *daemon) silent(why string, a *account, c *cloud, code int) {
	d.t.Helper()
	before := len(d.seen())
	scheduledRun(a, c).result(patience).exits(code)
	if n := d.displayed(); n != 0 || len(d.seen()) != before {
		d.t.Errorf("%s: %d notifications are shown, %d were", why, n, len(d.seen())-before)
	}
}

// windows are the window programs that run in the account.
func (a *account) windows() []process {
	return slices.DeleteFunc(a.processes(), func(p process) bool { return len(p.args) == 0 || filepath.Base(p.args[0]) != window })
}

// agedNotices makes what was notified as old as a week.
func (a *account) agedNotices() {
	a.t.Helper()
	path := filepath.Join(a.config(), "notified.json")
	var file struct {
		Format   int              `json:"format"`
		Notified []map[string]any `json:"notified"`
	}
	text, err := os.ReadFile(path)
	if err != nil {
		a.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &file); err != nil || len(file.Notified) != 1 {
		a.t.Fatalf("notified: %v, %s", err, text)
	}
	file.Notified[0]["at"] = time.Now().AddDate(0, 0, -7)
	text, err = json.Marshal(file)
	if err != nil {
		a.t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// TestANotificationLeadsToTheConnector has a real daemon show what a run of the schedule found, and clicks it.
func TestANotificationLeadsToTheConnector(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	input, args := c.connect(a, "public", connectorName)
	a.pcc(c, input, args...).exits(0)
	d := startDaemon(t, a)
	d.silent("it is healthy", a, c, 0)
	emptyKeychain(t) // so that somebody has to sign in
	run := scheduledRun(a, c)
	d.shows()
	expectScreen(t, "notice")
	d.click()
	said := run.result(patience).exits(3).stderr
	expectPrivate(t, d.seen(), c)

	first := reachedWindow(t, a, a.list(c)[0].ID)
	page := first.look()
	first.turns("home", func() { first.key("Escape") })
	first.turns("the connector, by hand", func() { first.key("Return") })
	if n := difference(page, first.look()); n > turn {
		t.Errorf("the window was not at the connector: %d pixels differ", n)
	}
	expectScreen(t, "notice-window")
	d.silent("the same day", a, c, 3)

	first.turns("home", func() { first.key("Escape") })
	a.agedNotices()
	run = scheduledRun(a, c)
	d.shows()
	first.turns("the connector, in the window that runs", d.click)
	run.result(patience).exits(3)
	until(t, "there is one window", func() bool { return len(a.windows()) == 1 })
	if n := difference(page, first.look()); n > turn {
		t.Errorf("the window that runs was not at the connector: %d pixels differ", n)
	}
	closeWindow(t, first.pid)
	until(t, "the window has ended", func() bool { return len(a.windows()) == 0 })

	a.agedNotices()
	settings := filepath.Join(a.config(), "settings.json")
	if err := os.WriteFile(settings, []byte(`{"format": 1, "settings": {"notify": "off"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.silent("notifications are off", a, c, 3)
	if err := os.Remove(settings); err != nil {
		t.Fatal(err)
	}
	d.end()
	if r := scheduledRun(a, c).result(patience).exits(3); withoutTime(r.stderr) != withoutTime(said) || r.stdout != "" {
		t.Errorf("without a daemon it says\n%s\n%s\nwant\n%s", r.stdout, r.stderr, said)
	}
}

// withoutTime is what a run says without the lines that tell when.
func withoutTime(said string) string {
	lines := strings.Split(said, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.Contains(line, "Time: ") }), "\n")
}

// expectPrivate checks that what was on the screen names nobody, and says what to do.
func expectPrivate(t *testing.T, texts []string, c *cloud) {
	t.Helper()
	if len(texts) != 1 || !strings.Contains(texts[0], "sign in again") {
		t.Errorf("seen: %q", texts)
	}
	for _, name := range []string{connectorName, c.Facts().Domain, c.Facts().IntegrationUPN} {
		if strings.Contains(strings.Join(texts, "\n"), name) {
			t.Errorf("it names %s: %q", name, texts)
		}
	}
}

// expectScreen keeps a picture of the whole screen.
func expectScreen(t *testing.T, name string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := os.MkdirAll(picturesFolder(), 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(picturesFolder(), "e2e-"+name+".png")
	if out, err := exec.CommandContext(ctx, "import", "-window", "root", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	expectPicture(t, path)
}

// reached is a window that another program opened.
type reached struct {
	board
	pid int
}

// reachedWindow waits for the window program that was started for a connector.
func reachedWindow(t *testing.T, a *account, connectorID string) *reached {
	t.Helper()
	o := &reached{board: board{t: t, a: a}}
	until(t, "a window program for the connector", func() bool {
		for _, p := range a.windows() {
			if slices.Contains(p.args, connectorID) && slices.Contains(p.args, "--connector") {
				o.pid = p.pid
			}
		}
		return o.pid != 0
	})
	o.id = windowOf(t, o.pid)
	focus(t, o.id)
	o.rests()
	return o
}

func (o *reached) look() image.Image { return o.picture() }

// key presses a key once the window has the focus.
func (o *reached) key(name string) {
	o.t.Helper()
	focus(o.t, o.id)
	if _, err := xdotool(o.t, "key", "--clearmodifiers", name); err != nil {
		o.t.Fatal(err)
	}
}
