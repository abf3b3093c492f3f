//go:build e2e && linux

package e2e

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/rehearsal"
)

// pageTime is how long each practice page is shown before it presses its button: long enough to be seen in /proc and on pictures.
const pageTime = 300 * time.Millisecond

// cloud is a practice cloud in this process, with the file that leads the programs to it.
type cloud struct {
	*rehearsal.Cloud
	t    testing.TB
	file string
}

// newCloud starts a practice cloud. Its pages press their own buttons if auto says so.
func newCloud(tb testing.TB, scenario string, auto bool) *cloud {
	tb.Helper()
	tr := assets.NewTranslator("en")
	inner, err := rehearsal.Start(context.Background(), rehearsal.Options{Scenario: scenario, Auto: auto, AutoDelay: pageTime, Text: tr.Text})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := inner.Close(); err != nil {
			tb.Error(err)
		}
	})
	c := &cloud{Cloud: inner, t: tb, file: filepath.Join(tb.TempDir(), "clouds.toml")}
	if err := inner.WriteCloudsFile(c.file); err != nil {
		tb.Fatal(err)
	}
	return c
}

// play changes the scenario.
func (c *cloud) play(scenario string) {
	c.t.Helper()
	if err := c.SetScenario(scenario); err != nil {
		c.t.Fatal(err)
	}
}

// clientID is that of the practice registration of a kind.
func (c *cloud) clientID(kind string) string {
	f := c.Facts()
	return map[string]string{"public": f.Clients.Public, "secret": f.Clients.Secret, "certificate": f.Clients.Certificate}[kind]
}

// connect is the command line of `pcc connect` for a kind of registration, with nobody at the keyboard, and what it reads.
func (c *cloud) connect(a *account, kind, name string, more ...string) (input string, args []string) {
	f := c.Facts()
	args = []string{
		"connect", "--json", "--no-input", "--yes", "--tenant", f.Domain, "--user", f.IntegrationUPN,
		"--client-id", c.clientID(kind), "--client-kind", kind, "--name", name,
	}
	if f.WithGroups {
		args = append(args, "--with-groups")
	}
	switch kind {
	case "secret":
		nextYear := time.Now().AddDate(1, 0, 0).Format(time.DateOnly)
		args, input = append(args, "--secret-stdin", "--secret-expires", nextYear), f.ClientSecret+"\n"
	case "certificate":
		args = append(args, "--certificate", a.paper("app.pem", f.Certificate))
	}
	return input, append(args, more...)
}
