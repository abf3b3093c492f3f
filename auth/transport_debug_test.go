package auth

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const (
	envDebug    = "AUTH_TEST_DEBUG"
	debugSecret = "hunter4-hunter4-hunter4"
)

// TestDebuggingShowsNoRequest makes requests with a secret in the header and in the body, in a program whose environment asks Go
// to write down what it does.
func TestDebuggingShowsNoRequest(t *testing.T) {
	if os.Getenv(envDebug) != "" {
		askWithSecrets(t)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestDebuggingShowsNoRequest$", "-test.v")
	cmd.Env = append(os.Environ(), envDebug+"=1", "GODEBUG=http2debug=2,netdns=2")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "answered over HTTP/1.1") {
		t.Fatalf("%v: %s", err, out)
	}
	if strings.Contains(string(out), "hunter4") {
		t.Errorf("the secret is in what was written: %s", out)
	}
}

func askWithSecrets(t *testing.T) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(body), debugSecret) || !strings.Contains(r.Header.Get("Authorization"), debugSecret) {
			http.Error(w, "it does not hold the secret", http.StatusBadRequest)
		}
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	client, err := HTTPClient(Cloud{Login: server.URL, CAFile: writeCA(t, server)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader("refresh_token="+debugSecret))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+debugSecret)
	answer, err := client.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", answer, err)
	}
	_ = answer.Body.Close()
	t.Log("answered over", answer.Proto)
}
