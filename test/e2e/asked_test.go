//go:build e2e && linux

package e2e

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// microsofts are the hosts of the built-in clouds: https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls and
// https://learn.microsoft.com/graph/deployments.
var microsofts = []string{
	"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "graph.microsoft.com", "graph.microsoft.us",
	"microsoftgraph.chinacloudapi.cn", "api.partnercenter.microsoft.com", "api.partnercenter.microsoft.us", "partner.partnercenterapi.microsoftonline.cn",
}

// TestNobodyElseIsAsked runs the commands of pcc, and starts the window, where every request would be seen: they ask nobody but Microsoft's
// hosts, and most of them nobody at all. No update is looked for, and nobody learns that a program runs.
func TestNobodyElseIsAsked(t *testing.T) {
	a, internet := newAccount(t, chromium), newInternet(t, nil)
	env := append(slices.Clone(a.env), internet.environment()...)
	for _, args := range [][]string{
		{"version"},
		{"version", "--json"},
		{"list"},
		{"check", "--all", "--quiet"},
		{"report"},
		{"explain", "AADSTS65001"},
		{"registration"},
		{"help"},
		{"schedule", "status"},
		{"remove", "--all", "--yes"},
	} {
		a.start(env, "", terminal, append(args, "--lang", "en")...).result(2 * patience)
		if asked := internet.asked(); len(asked) > 0 {
			t.Errorf("pcc %s asked %v", strings.Join(args, " "), asked)
		}
	}
	for _, args := range [][]string{
		{"doctor"},
		{"connect", "--no-input", "--yes", "--tenant", "contoso.com", "--user", "integration@contoso.com", "--client-id", "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58", "--client-kind", "public", "--name", "Contoso"},
	} {
		a.start(env, "", terminal, append(args, "--lang", "en")...).result(2 * patience)
		asked := internet.asked()
		if len(asked) == 0 {
			t.Errorf("pcc %s asked nobody: the test sees nothing", args[0])
		}
		for _, host := range asked {
			if !slices.Contains(microsofts, strings.TrimSuffix(host, ":443")) {
				t.Errorf("pcc %s asked %s", args[0], host)
			}
		}
	}
	p := a.start(env, "", window, "--lang", "en")
	windowOf(t, p.cmd.Process.Pid)
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.result(patience).exits(0)
	if asked := internet.asked(); len(asked) > 0 {
		t.Errorf("the window asked %v", asked)
	}
}
