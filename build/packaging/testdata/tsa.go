// Command tsa is a time stamp server for tests: it prints its address and answers with the certificate tsa.pem, and the key tsa.key, of
// a folder. Openssl makes the answers.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

const settings = `[tsa]
serial = %[1]s/tsa.serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
`

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "tsa:", err)
		os.Exit(1)
	}
}

func serve(dir string) error {
	config := filepath.Join(dir, "tsa.cnf")
	if err := os.WriteFile(config, fmt.Appendf(nil, settings, dir), 0o600); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/\n", listener.Addr())
	return http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := answer(w, r.Body, dir, config); err != nil {
			fmt.Fprintln(os.Stderr, "tsa:", err)
			http.Error(w, "no time stamp", http.StatusInternalServerError)
		}
	}))
}

func answer(w http.ResponseWriter, query io.Reader, dir, config string) error {
	asked := filepath.Join(dir, "tsa.query")
	data, err := io.ReadAll(io.LimitReader(query, 1<<20))
	if err != nil {
		return err
	}
	if err := os.WriteFile(asked, data, 0o600); err != nil {
		return err
	}
	certificate, key := filepath.Join(dir, "tsa.pem"), filepath.Join(dir, "tsa.key")
	reply := exec.Command("openssl", "ts", "-reply", "-config", config, "-section", "tsa", "-queryfile", asked, "-signer", certificate, "-inkey", key)
	stamp, err := reply.Output()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	_, err = w.Write(stamp)
	return err
}
