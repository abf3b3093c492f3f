package rehearsal_test

import (
	"crypto/tls"
	"crypto/x509"
	"strings"
	"testing"
)

// TestOnlyHTTP1: a client that would rather speak HTTP/2 gets what the program that serves can speak, however it was built.
func TestOnlyHTTP1(t *testing.T) {
	facts := start(t, options()).Facts()
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(facts.CA)
	config := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	connection, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp4", strings.TrimPrefix(facts.BackChannel, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if chosen := connection.(*tls.Conn).ConnectionState().NegotiatedProtocol; chosen != "http/1.1" {
		t.Errorf("%q", chosen)
	}
}
