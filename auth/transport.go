package auth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth/proxy"
)

// Limits of the back channel: what this program itself asks of Microsoft's services, without a browser.
const (
	maxAnswer       = 1 << 20
	backChannelTime = 60 * time.Second
	dialTime        = 15 * time.Second
	headerTime      = 45 * time.Second
)

// How many connections wait for the next request. A run that checks many connectors asks one host this often at once, and a new connection for
// each request would cost a handshake.
const (
	maxIdle     = 64
	maxIdleHost = 20
)

// HTTPClient returns the client for the services of c: its sign-in service, Partner Center, Graph and key vaults. There is one for each
// cloud. It follows no redirects and has a limit of 60 seconds; NewTransport says what else it does. The error is a
// *CloudsFileError about the CA file.
func HTTPClient(c Cloud) (*http.Client, error) {
	backChannels.Lock()
	defer backChannels.Unlock()
	if client, ok := backChannels.clients[c]; ok {
		return client, nil
	}
	transport, err := NewTransport(c)
	if err != nil {
		return nil, err
	}
	client := backChannelClient(transport)
	backChannels.clients[c] = client
	return client, nil
}

var backChannels = struct {
	sync.Mutex
	clients map[Cloud]*http.Client
}{clients: map[Cloud]*http.Client{}}

func backChannelClient(transport http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       backChannelTime,
	}
}

// NewTransport makes the round tripper of c's back channel. It trusts the system's roots and those of c.CAFile, goes through
// the proxy that the environment or the system names, speaks https only and only to the hosts of c and to its key vaults, and ends a body after
// 1 MiB with ErrBadAnswer. The error is a *CloudsFileError about the CA file.
func NewTransport(c Cloud) (http.RoundTripper, error) {
	own, err := ownRoots(c)
	if err != nil {
		return nil, err
	}
	hosts := map[string]bool{}
	dialer := &net.Dialer{Timeout: dialTime, KeepAlive: 30 * time.Second}
	for _, base := range []string{c.Login, c.PartnerCenter, c.Graph} {
		if u, err := url.Parse(base); err == nil && u.Host != "" {
			hosts[proxy.HostPort(u)] = true
		}
	}
	return &backChannel{cloud: c, hosts: hosts, own: own, base: &http.Transport{
		Proxy:                  proxyFor,
		ProxyConnectHeader:     http.Header{"User-Agent": {userAgent}},
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            localNames(dialer.DialContext),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)},
		TLSHandshakeTimeout:    dialTime,
		ResponseHeaderTimeout:  headerTime,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConns:           maxIdle,
		MaxIdleConnsPerHost:    maxIdleHost,
		Protocols:              onlyHTTP1(),
	}}, nil
}

// proxyFor is the proxy of a request; none for a name of this computer's.
func proxyFor(r *http.Request) (*url.URL, error) {
	if isLocalName(r.URL.Host) {
		return nil, nil //nolint:nilnil // it is how http.Transport is told that there is no proxy
	}
	return proxy.ForRequest(r)
}

// localNames dials this computer for names below localhost, and asks no name server for them.
func localNames(dial func(ctx context.Context, network, address string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(address); err == nil && isLocalName(host) {
			address = net.JoinHostPort("127.0.0.1", port)
		}
		return dial(ctx, network, address)
	}
}

// onlyHTTP1 keeps away from HTTP/2, whose client in Go writes headers and bodies, with the tokens in them, to standard error where
// GODEBUG has http2debug. https://pkg.go.dev/net/http#hdr-HTTP_2
func onlyHTTP1() *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	return &p
}

// ownRoots are those of the CA file; nil for the system's roots alone.
func ownRoots(c Cloud) ([]byte, error) {
	if c.CAFile == "" {
		return nil, nil
	}
	return readRoots(c.CAFile)
}

// trustOwn makes the channel trust the system's roots and its own. Reading those of the system takes as long as many a command that sends
// nothing, so that it waits for the first request.
func (b *backChannel) trustOwn() {
	if b.own == nil {
		return
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(b.own)
	b.base.TLSClientConfig.RootCAs = pool
}

// proxyAnswered tells a proxy that wants a sign-in from one that refuses for another reason.
func proxyAnswered(_ context.Context, address *url.URL, _ *http.Request, answer *http.Response) error {
	switch {
	case answer.StatusCode == http.StatusProxyAuthRequired:
		return &ProxyError{Address: address.Host, Cause: ErrProxyAuth}
	case answer.StatusCode != http.StatusOK:
		return &ProxyError{Address: address.Host, Cause: ErrProxyRefused}
	}
	return nil
}

// proxyUnreached is the error of a request whose proxy could not even be reached; err itself where it was something else.
func (b *backChannel) proxyUnreached(r *http.Request, err error) error {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "proxyconnect" || r.Context().Err() != nil || isKind[*ProxyError](err) {
		return err
	}
	down := &ProxyError{Cause: ErrProxyDown}
	if proxy, proxyErr := b.base.Proxy(r); proxyErr == nil && proxy != nil {
		down.Address = proxy.Host
	}
	return down
}

// backChannel keeps requests within one cloud.
type backChannel struct {
	base *http.Transport
	// hosts are those of the cloud's services; its key vaults are known by their names.
	hosts map[string]bool
	cloud Cloud
	// own are roots of a PEM file; nil for none. They are trusted from the first request on.
	own     []byte
	trusted sync.Once
}

// beforeRequests is the key of what BeforeRequests notes.
type beforeRequests struct{}

// BeforeRequests returns a ctx whose requests to Microsoft's services call notice before anything is sent. It may be called several times, and
// from several goroutines at once.
func BeforeRequests(ctx context.Context, notice func()) context.Context {
	return context.WithValue(ctx, beforeRequests{}, notice)
}

// RoundTrip implements http.RoundTripper.
func (b *backChannel) RoundTrip(r *http.Request) (*http.Response, error) {
	if notice, ok := r.Context().Value(beforeRequests{}).(func()); ok {
		notice()
	}
	if host := proxy.HostPort(r.URL); r.URL.Scheme != "https" || !b.hosts[host] && !b.cloud.hasKeyVault(host) {
		if r.Body != nil {
			_ = r.Body.Close() // nothing is sent
		}
		return nil, fmt.Errorf("%w: it leads to %s://%s", ErrBadAnswer, r.URL.Scheme, r.URL.Host)
	}
	b.trusted.Do(b.trustOwn)
	answer, err := b.base.RoundTrip(named(r))
	if err != nil {
		return nil, b.proxyUnreached(r, err)
	}
	if answer.StatusCode == http.StatusProxyAuthRequired {
		_ = answer.Body.Close() // the proxy's own page says nothing of use
		return nil, ErrProxyAuth
	}
	answer.Body = &boundedBody{body: answer.Body, left: maxAnswer}
	return answer, nil
}

// named is a request that names this program, in place of Go's own name.
// https://www.rfc-editor.org/rfc/rfc9110#field.user-agent
func named(r *http.Request) *http.Request {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", userAgent)
	return r
}

// userAgent is how this program calls itself.
var userAgent = "partner-center-connector/" + assets.Version

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the connections.
func (b *backChannel) CloseIdleConnections() { b.base.CloseIdleConnections() }

// boundedBody is a body that fails once more than left bytes were read of it.
type boundedBody struct {
	body io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, fmt.Errorf("%w: it is longer than %d bytes", ErrBadAnswer, maxAnswer)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.body.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n, fmt.Errorf("%w: it is longer than %d bytes", ErrBadAnswer, maxAnswer)
	}
	return n, err
}

// Close implements io.Closer.
func (b *boundedBody) Close() error { return b.body.Close() }

// readAnswer reads the whole body of an answer and closes it. Its error is one that Classify knows.
func readAnswer(answer *http.Response) ([]byte, error) {
	data, err := io.ReadAll(answer.Body)
	return data, errors.Join(err, answer.Body.Close())
}
