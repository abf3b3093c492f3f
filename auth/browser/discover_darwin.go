package browser

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"time"
)

// scriptLimit is how long the script may take; the first one after a start of the system loads the frameworks.
const scriptLimit = 8 * time.Second

// jxaScript lists the applications that open links, the default one, and their managed policies, as JSON. Its arguments are the
// account's name and the names of the policies. It asks for no permission.
// https://developer.apple.com/documentation/appkit/nsworkspace
//
//go:embed discover.js
var jxaScript string

func discover(ctx context.Context) ([]Browser, error) {
	all, err := runJXA(ctx)
	if err != nil {
		all = usual()
	}
	var there []Browser
	for _, b := range all {
		if _, err := os.Stat(b.Command[0]); err == nil {
			there = append(there, b)
		}
	}
	return there, ctx.Err()
}

func runJXA(ctx context.Context) ([]Browser, error) {
	ctx, cancel := context.WithTimeout(ctx, scriptLimit)
	defer cancel()
	account := ""
	if me, err := user.Current(); err == nil {
		account = me.Username
	}
	args := append([]string{"-l", "JavaScript", "-e", jxaScript, account, enabled}, policyNames...)
	cmd := exec.CommandContext(ctx, "/usr/bin/osascript", args...)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	return parseJXA(out)
}

// usual are the known browsers in their usual places, for a computer on which scripts may not run.
func usual() []Browser {
	// Without a home there are no applications of the account.
	home, _ := os.UserHomeDir()
	var all []Browser
	for _, p := range products {
		if p.app == "" {
			continue
		}
		for _, dir := range []string{"/Applications", filepath.Join(home, "Applications")} {
			exe := filepath.Join(dir, p.app+".app", "Contents", "MacOS", p.inner)
			all = append(all, Browser{
				ID: p.id, Name: p.name, Family: p.family, Packaging: Native, Command: []string{exe}, Policy: PolicyUnknown,
			})
		}
	}
	return all
}
