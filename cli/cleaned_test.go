package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// TestFlagsAreCleaned connects with values as people paste them, and holds that what is not used of them is told.
func TestFlagsAreCleaned(t *testing.T) {
	w := newWorld(t, "good")
	id := w.clientID("secret")
	r := w.runWith("\u201c"+w.facts.ClientSecret+"\u200b\u201d\r\n", "connect", "--yes", "--secret-stdin",
		"--tenant", "Tenant ("+w.facts.Domain+")", "--user", "\u200b"+w.facts.IntegrationUPN, "--name", "Prac\u202etice",
		"--client-id", "Client ID: "+id, "--redirect-path", "http://localhost:8400/consent", "--secret-expires", "Ends: 2027-01-31",
		"--client-kind", "\u2018secret\u2019", "--role", "admin\u2011agent", "--with-groups")
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	for _, want := range []string{
		"--tenant: Used: " + w.facts.Domain + ". Left out: Tenant ( … )",
		"--user: Used: " + w.facts.IntegrationUPN + ". Removed: invisible characters (U+200B).",
		"--name: Used: Practice. Removed: invisible characters (U+202E).",
		"--client-id: Used: " + id + ". Left out: Client ID:",
		"--redirect-path: Used: http://localhost/consent. Left out: http://localhost:8400",
		"--secret-expires: Used: 2027-01-31. Left out: Ends:",
		"--client-kind: Used: secret. Left out: \u2018 … \u2019",
		"--role: Used: admin-agent. Replaced: look-alike characters (U+2011).",
		"Not used of the client secret, as it was entered: the quotation marks, label or punctuation around it. Characters that nobody sees (U+200B).",
	} {
		if !strings.Contains(strings.Join(strings.Fields(r.err), " "), want) {
			t.Errorf("no %q in\n%s", want, r.err)
		}
	}
	if list := w.run("list", "--json"); !strings.Contains(list.out, `"name": "Practice"`) || !strings.Contains(list.out, w.facts.IntegrationUPN) {
		t.Errorf("the connector became\n%s", list.out)
	}
	if r := w.run("rename", "Practice", "Con\u00adtoso"); r.code != cli.ExitFine || !strings.Contains(r.err, "(U+00AD)") || !strings.Contains(r.err, "Used: Contoso. ") {
		t.Errorf("rename: exit code %d\n%s", r.code, r.err)
	}
}

// TestMicrosoftsAddressAsTenant holds that an address of Microsoft's is named as one, or gives the tenant.
func TestMicrosoftsAddressAsTenant(t *testing.T) {
	w := newWorld(t, "good")
	r := w.run("registration", "--tenant", "https://partner.microsoft.com/dashboard/"+strings.Repeat("x", 300))
	if want := words("problem.bad-tenant-input.title", "Address", "partner.microsoft.com"); r.code != cli.ExitUsage || !strings.Contains(r.err, want) {
		t.Errorf("exit code %d, no %q in\n%s", r.code, want, r.err)
	}
	r = w.run("registration", "--tenant", "https://login.microsoftonline.com/"+w.facts.TenantID+"/wsfed?x="+strings.Repeat("x", 300))
	if r.code != cli.ExitFine || !strings.Contains(r.out, w.facts.TenantID) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
