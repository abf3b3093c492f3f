package rehearsal

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
)

// TestKeyLineIsSecret: the line by which a leak is looked for is of the key, and nothing that the certificate tells everybody.
func TestKeyLineIsSecret(t *testing.T) {
	app, err := practiceAppCertificate()
	if err != nil {
		t.Fatal(err)
	}
	line, err := base64.StdEncoding.DecodeString(app.keyLine)
	if err != nil || len(line) != 48 {
		t.Fatalf("%q: %v", app.keyLine, err)
	}
	if bytes.Contains(app.der, line) || bytes.Contains(app.public.N.Bytes(), line) || strings.Count(app.bundle, app.keyLine) != 1 {
		t.Error("the line is public")
	}
}
