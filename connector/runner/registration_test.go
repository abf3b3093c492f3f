package runner

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// bundleOf is a key with its certificate.
func bundleOf(t *testing.T, name string) auth.Secret {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	bundle := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return auth.NewSecret(string(append(bundle, pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})...)))
}

// TestTheScriptHasTheOwnersCertificate holds that it comes from the keychain, and that without it there is a script all the same.
func TestTheScriptHasTheOwnersCertificate(t *testing.T) {
	tenant := tenantA
	draft := connector.Draft{
		ID: "d", Name: "Contoso", Step: connector.StepConnector, Tenant: &tenant, ClientKind: auth.CertificateClient, RedirectPath: "/consent",
		HasSecret: true,
	}
	for name, tc := range map[string]struct {
		change func(*world, *connector.Draft)
		want   string
	}{
		"kept":         {func(*world, *connector.Draft) {}, "bash makes Contoso in " + tenantA.ID + " at http://localhost/consent with CN=owner"},
		"not entered":  {func(_ *world, d *connector.Draft) { d.HasSecret = false }, "with no certificate"},
		"another kind": {func(_ *world, d *connector.Draft) { d.ClientKind = auth.SecretClient }, "with no certificate"},
		"lost":         {func(w *world, d *connector.Draft) { delete(w.secrets, keeper.DraftSecretID("d")) }, "with no certificate"},
		"damaged": {func(w *world, d *connector.Draft) {
			w.secrets[keeper.DraftSecretID("d")] = auth.NewSecret("-----BEGIN nothing")
		}, "with no certificate"},
		"an odd name":  {func(_ *world, d *connector.Draft) { d.Name = "" }, "makes Partner Center Connector in"},
		"an odd path":  {func(_ *world, d *connector.Draft) { d.RedirectPath = "no path" }, "at http://localhost/consent with"},
		"without path": {func(_ *world, d *connector.Draft) { d.RedirectPath = "" }, "at http://localhost with"},
	} {
		w := newWorld()
		w.secrets[keeper.DraftSecretID("d")] = bundleOf(t, "owner")
		d := draft
		tc.change(w, &d)
		got := start(t, w).runner.scriptOf(t.Context(), wizard.WriteScript{Draft: d, Way: connector.RegisterByBash})
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

func TestSavingTheScript(t *testing.T) {
	w := newWorld()
	s := start(t, w)
	keep := wizard.KeepScript{Attempt: 4, Draft: connector.Draft{Name: "Contoso"}, Way: connector.RegisterByGraph, Text: "text"}
	if got := s.runner.keepScript(keep); got != (wizard.ScriptSaved{Attempt: 4, Path: "/home/me/Contoso.graph-powershell"}) {
		t.Errorf("%+v", got)
	}
	w.fail["save text"] = errors.New("no space\nleft")
	if got := s.runner.keepScript(keep); got != (wizard.ScriptSaved{Attempt: 4, Raw: "no space left"}) {
		t.Errorf("%+v", got)
	}
}
